import { describe, expect, test } from 'vitest';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';
import { checkText } from '../../server/src/workspace/check.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { mayBeTemplate } from '../../server/src/workspace/template-file.ts';

function kindOf(text: string): FileCheck['kind'] {
  return checkText(text).kind;
}

describe('a template', () => {
  test.each([
    ['a resource of AWS', 'Resources:\n  A: { Type: AWS::S3::Bucket }\n'],
    ['a custom resource', 'Resources:\n  A: { Type: Custom::Thing }\n'],
    ['a resource of a third party', 'Resources:\n  A: { Type: Acme::Network::Vpc }\n'],
    ['one resource of many', 'Resources:\n  A:\n  B: x\n  C: [y]\n  D: { Type: AWS::SNS::Topic }\n'],
    ['the version alone', "AWSTemplateFormatVersion: '2010-09-09'\n"],
    ['the version and resources to come', "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"],
    ['the version and no mapping', 'AWSTemplateFormatVersion: x\nResources: [a, b]\n'],
    ['JSON', '{"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}'],
    ['JSON with a byte order mark', '\uFEFF{"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}'],
    ['the second of two documents', 'kind: Pod\n---\nResources:\n  A: { Type: AWS::S3::Bucket }\n'],
    ['no extension of its own', '\n\n# x\nResources:\n  A:\n    Type: "AWS::S3::Bucket"\n'],
    ['a key in brackets of YAML', "{ 'Description': x, Resources : { A: { Type: AWS::S3::Bucket } } }"],
    ['a key with its colon in the next line', '? Resources\n: A: { Type: AWS::S3::Bucket }\n'],
    ['a key behind the mark of a document', '--- { Resources: { A: { Type: AWS::S3::Bucket } } }\n'],
    ['dynamic references', "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    B: '{{resolve:ssm:x}}'\n"],
  ])('is told by %s', (_, text) => {
    expect(kindOf(text)).toBe('template');
  });
});

describe('no template', () => {
  test.each([
    ['nothing', ''],
    ['text', 'Resources of AWS::EC2::VPC are mentioned here.'],
    ['a list', '- Resources:\n    A: { Type: AWS::EC2::VPC }\n'],
    ['a JSON list', '[{"Resources": {"A": {"Type": "AWS::EC2::VPC"}}}]'],
    ['a comment', '# AWSTemplateFormatVersion\n# Resources:\n#   A: { Type: AWS::EC2::VPC }\nkind: Pod\n'],
    ['resources of another kind', 'Resources:\n  A: { Type: pod }\n  B: { Type: a::b }\n  C: [1]\n'],
    ['resources in a deeper place', 'spec:\n  Resources:\n    A: { Type: AWS::EC2::VPC }\n'],
    ['lower case', 'resources:\n  A: { Type: AWS::EC2::VPC }\n'],
    ['a Kubernetes manifest', 'apiVersion: v1\nkind: Pod\nmetadata: { name: Resources }\n'],
    ['a serverless.yml', 'service: x\nresources:\n  Resources:\n    A: { Type: AWS::EC2::VPC }\n'],
    ['a state machine', '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "AWS::EC2::VPC"}}}'],
    ['a text block', 'template: |\n  Resources:\n    A:\n      Type: AWS::EC2::VPC\n'],
  ])('is %s', (_, text) => {
    expect(kindOf(text)).toBe('not-a-template');
  });
});

describe('placeholders of a template engine', () => {
  test.each([
    ['a block', 'Resources:\n  A:\n    Type: AWS::EC2::VPC\n{% if x %}\n    B: c\n{% endif %}\n'],
    ['a value', 'Resources:\n  A:\n    Type: AWS::EC2::VPC\n    Name: {{ name }}-vpc\n'],
    ['another engine', 'Resources:\n  A:\n    Type: AWS::EC2::VPC\n<% if x %>\n'],
  ])('that make it unreadable leave it alone, and it says why: %s', (_, text) => {
    const check = checkText(text);
    expect(check.kind === 'unreadable' && check.message).toContain('placeholders');
  });

  test('count as soon as a mistake is typed, and until it is mended', () => {
    const sound = "Resources:\n  A:\n    Type: AWS::EC2::VPC\n    Name: '{{ name }}'\n";
    const workspace = new Workspace();
    const kinds = [sound, `${sound}  Half\n`, `${sound}  Half:\n`, sound].map((text) => {
      workspace.openDocument('/template', text);
      return workspace.check('/template').kind;
    });
    expect(kinds).toEqual(['template', 'unreadable', 'template', 'template']);
  });

  test('in texts do no harm', () => {
    const check = checkText("Resources:\n  A:\n    Type: AWS::EC2::VPC\n    Name: '{{ name }}'\n");
    expect(check.kind === 'template' && check.vpcs.map(({ verdict }) => verdict)).toEqual(['missing']);
  });
});

test('a text far too large for CloudFormation is not read, but one without a VPC is not worth a word', () => {
  const filling = `#${'x'.repeat(99)}\n`.repeat(60_000);
  const large = checkText(`${filling}Resources:\n  A: { Type: AWS::EC2::VPC }\n`);
  expect(large.kind === 'unreadable' && large.message).toContain('5.8 MB');
  expect(kindOf(`${filling}Resources:\n  A: { Type: AWS::S3::Bucket }\n`)).toBe('not-a-template');
});

describe('a text that speaks of resources', () => {
  /** Long, and of many documents, which only the parser of the whole could tell apart. */
  const manifest = (description: string): string =>
    `${'kind: CustomResourceDefinition\nmetadata:\n  name: x\n---\n'.repeat(20)}description: ${description}\n`;

  test.each([
    'the Resources: of a pod',
    '|\n  Resources of a pod',
    'theResources:',
    '"Resources" are shared',
  ])('is not parsed: %s', (description) => {
    expect(mayBeTemplate(manifest(description))).toBe(false);
  });

  test.each([
    '|\n  Resources:',
    '\nResources',
    '\n\tResources :',
    '\n"Resources"',
    "{'Resources': 1}",
    '\n"Resources {',
    '{"Resources" {',
  ])('is parsed: %s', (description) => {
    expect(mayBeTemplate(manifest(description))).toBe(true);
  });

  test('is not parsed where it is a list', () => {
    expect(mayBeTemplate('\uFEFF [{ "Resources": {} }]')).toBe(false);
    expect(mayBeTemplate('\uFEFF {"A": [], "Resources": {} }')).toBe(true);
  });
});
