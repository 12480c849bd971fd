import { describe, expect, test } from 'vitest';
import { equals, type Formula } from '../../server/src/template/formula.ts';
import { pseudoSubject, subjectOf } from '../../server/src/template/parameters.ts';
import { readDocuments } from '../../server/src/template/read.ts';
import { readTemplate } from '../../server/src/template/template.ts';

function subject(declaration: string): ReturnType<typeof subjectOf> {
  const [document] = readDocuments(
    `AWSTemplateFormatVersion: '2010-09-09'\nParameters:\n  P: ${declaration}\n`,
  );
  return subjectOf(readTemplate(document!)!.parameters.get('P')!, '');
}

describe('allowed values', () => {
  test.each([
    ['{ Type: String, AllowedValues: [a, b] }', ['a', 'b']],
    ['{ Type: String, AllowedValues: [a, a, 1, true, yes] }', ['a', '1', 'true']],
    ["{ Type: String, AllowedValues: ['', a] }", ['', 'a']],
    ['{ Type: String, AllowedPattern: true|false }', ['true', 'false']],
    ['{ Type: String, AllowedPattern: ^(true|false)$ }', ['true', 'false']],
    ['{ Type: String, AllowedPattern: ^(?:us-east-1|eu-west-1)$ }', ['us-east-1', 'eu-west-1']],
    ['{ Type: String, AllowedPattern: a.c|d }', undefined],
    ["{ Type: String, AllowedPattern: '[ab]|c' }", undefined],
    ['{ Type: String }', undefined],
    ['{ Type: AWS::SSM::Parameter::Value<String>, AllowedValues: [/a, /b] }', undefined],
  ])('of %s', (declaration, values) => {
    expect(subject(declaration).values).toEqual(values);
  });
});

describe('defaults', () => {
  test.each([
    ['{ Type: String, Default: a }', 'a'],
    ["{ Type: String, Default: '' }", ''],
    ['{ Type: String, Default: false }', 'false'],
    ['{ Type: Number, Default: 010 }', '010'],
    ['{ Type: String }', undefined],
    ['{ Type: AWS::SSM::Parameter::Value<String>, Default: /a }', undefined],
  ])('of %s', (declaration, value) => {
    expect(subject(declaration).default).toBe(value);
  });
});

describe('what a parameter can be', () => {
  const possible: Formula['kind'] = 'equals';

  test.each([
    ['{ Type: String }', '', possible],
    ['{ Type: String, MinLength: 1 }', '', 'constant'],
    ['{ Type: String, MinLength: 1 }', 'a', possible],
    ['{ Type: String, MaxLength: 2 }', 'abc', 'constant'],
    ['{ Type: String, AllowedPattern: "[a-z]+" }', 'abc', possible],
    ['{ Type: String, AllowedPattern: "[a-z]+" }', 'ABC', 'constant'],
    // The whole value must match, anchors or not.
    ['{ Type: String, AllowedPattern: "[a-z]+" }', 'abc1', 'constant'],
    ['{ Type: String, AllowedPattern: "a|bc" }', 'ac', 'constant'],
    // A pattern that JavaScript cannot read restricts nothing.
    ['{ Type: String, AllowedPattern: "(?>a)b++" }', 'x', possible],
    ['{ Type: AWS::EC2::VPC::Id }', '', 'constant'],
    ['{ Type: AWS::EC2::VPC::Id }', 'vpc-1', possible],
    ['{ Type: AWS::SSM::Parameter::Value<String>, AllowedPattern: a }', 'b', possible],
    ['{ Type: String, AllowedValues: [a, b] }', 'a', possible],
    ['{ Type: String, AllowedValues: [a, b] }', 'c', 'constant'],
    ['{ Type: String, AllowedValues: [a] }', 'a', 'constant'],
    ['String', 'a', possible],
  ])('%s as %j', (declaration, value, kind) => {
    expect(equals(subject(declaration), value).kind).toBe(kind);
  });
});

test('a region is the whole deployment’s, a name its stack’s', () => {
  expect(pseudoSubject('AWS::Region', 'a|').key).toBe(pseudoSubject('AWS::Region', 'b|').key);
  expect(pseudoSubject('AWS::StackName', 'a|').key).not.toBe(pseudoSubject('AWS::StackName', 'b|').key);
});
