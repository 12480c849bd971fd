import { describe, expect, test } from 'vitest';
import type { Change } from '../../server/src/fixes/writer/changes.ts';
import { ref } from '../../server/src/fixes/writer/values.ts';
import { nodePath, openTemplate, resourcePath } from '../../server/src/fixes/writer/written-template.ts';
import { insertIncludes } from '../../server/src/template/includes.ts';
import { readDocuments } from '../../server/src/template/read.ts';
import { child } from '../../server/src/template/syntax.ts';
import { readTemplate } from '../../server/src/template/template.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { edited, lines, refusal } from './edited.ts';

const log = ['Resources', 'Log'];
const setTraffic: Change = { kind: 'set', at: [...log, 'Properties', 'TrafficType'], value: 'ALL' };
const addTopic: Change = {
  kind: 'add-resources',
  beside: log,
  resources: { Topic: { Type: 'AWS::SNS::Topic' } },
};

function yaml(...body: readonly string[]): string {
  return lines('Resources:', '  Log:', '    Type: AWS::EC2::FlowLog', ...body.map((line) => `    ${line}`));
}

describe('what cannot be edited safely is refused', () => {
  test.each<readonly [what: string, text: string, change: Change, why: RegExp]>([
    ['syntax errors', 'Resources:\n  Log: {Type: A::B::C\n', addTopic, /syntax errors/],
    ['no template', '# nothing\n', addTopic, /no template/],
    ['a list', '- a\n', addTopic, /no template/],
    ['a resource that is not there', 'Resources:\n  Other: {Type: A::B::C}\n', addTopic, /Log is not there/],
    ['a name that is taken', `${yaml()}  Topic: {Type: A::B::C}\n`, addTopic, /Topic is already there/],
    [
      'a value behind an alias',
      lines('X: &x {A: b}', 'Resources:', '  Log:', '    Properties: *x'),
      setTraffic,
      /alias/,
    ],
    [
      'a resource behind an alias',
      lines('X: &x {Type: A::B::C}', 'Resources:', '  Log: *x'),
      setTraffic,
      /alias/,
    ],
    [
      'a mapping that an alias shares',
      lines('Resources:', '  Log:', '    Properties: &p', '      A: b', '  Other:', '    Properties: *p'),
      setTraffic,
      /anchor/,
    ],
    [
      'a mapping that is merged elsewhere',
      lines(
        'Resources:',
        '  Log:',
        '    Properties: &p',
        '      A: b',
        '  Other:',
        '    Properties:',
        '      <<: *p',
      ),
      setTraffic,
      /anchor/,
    ],
    [
      'a mapping that is merged',
      lines('X: &x {Properties: {A: b}}', 'Resources:', '  Log:', '    <<: *x'),
      setTraffic,
      /edited safely|anchor/,
    ],
    [
      'properties that a function makes',
      yaml('Properties: !If [C, {A: b}, {}]'),
      setTraffic,
      /intrinsic function/,
    ],
    [
      'properties that a long call makes',
      yaml('Properties:', '  Fn::If: [C, {A: b}, {}]'),
      setTraffic,
      /Fn::If/,
    ],
    ['a text where a mapping is needed', yaml('Properties: text'), setTraffic, /no mapping/],
    ['a list where a mapping is needed', yaml('Properties:', '  - a'), setTraffic, /list/],
    ['an explicit key', yaml('Properties:', '  ? TrafficType', '  : ACCEPT'), setTraffic, /already there/],
    [
      'a list that a function makes',
      yaml('DependsOn: !Ref Names'),
      { kind: 'append', to: [...log, 'DependsOn'], items: ['A'] },
      /made a list of/,
    ],
    [
      'a single statement that is indented too little',
      yaml('Statement:', ' Effect: Allow'),
      { kind: 'append', to: [...log, 'Statement'], items: [{ Effect: 'Deny' }] },
      /indented too little/,
    ],
    [
      'a comment in JSON',
      '{"Resources": {"Log": {"Type": "A::B::C"}}}',
      { kind: 'comment', above: log, text: 'x' },
      /No comment/,
    ],
    [
      'a comment in braces',
      'Resources: {Log: {Type: A::B::C}}',
      { kind: 'comment', above: log, text: 'x' },
      /No comment/,
    ],
    [
      'the removal of what stands before a comment',
      yaml('L:', '  - A: 1', '    # on b', '    B: 2'),
      { kind: 'remove', at: [...log, 'L', 0, 'A'] },
      /comment/,
    ],
    [
      'a value of several lines as an argument',
      yaml('A: !Join', '  - a', '  - [b]'),
      { kind: 'set', at: [...log, 'A', 'Fn::Join'], value: 'x' },
      /argument/,
    ],
  ])('%s', (_, text, change, why) => {
    expect(refusal(text, change)).toMatch(why);
  });

  test('two changes of one value', () => {
    expect(
      refusal(
        yaml('A: 1'),
        { kind: 'set', at: [...log, 'A'], value: 2 },
        { kind: 'set', at: [...log, 'A'], value: 3 },
      ),
    ).toMatch(/same value/);
  });

  test('a change inside of what another removes', () => {
    expect(
      refusal(
        yaml('A:', '  B: 1', '  C: 2'),
        { kind: 'remove', at: [...log, 'A'] },
        { kind: 'set', at: [...log, 'A', 'B'], value: 3 },
      ),
    ).toBeDefined();
  });
});

describe('what CloudFormation would not take is refused', () => {
  const many = (count: number): string =>
    lines(
      'Resources:',
      '  Log: {Type: A::B::C}',
      ...Array.from({ length: count - 1 }, (_, index) => `  R${index}: {Type: A::B::C}`),
    );

  test('the 501st resource', () => {
    expect(refusal(many(499), addTopic)).toBeUndefined();
    expect(refusal(many(500), addTopic)).toMatch(/501 resources/);
    // What is there already is not held against an edit that adds none.
    expect(refusal(many(501), setTraffic)).toBeUndefined();
  });

  test('the resources that a loop makes', () => {
    const names = Array.from({ length: 300 }, (_, index) => `n${index}`).join(', ');
    const text = lines(
      'Transform: AWS::LanguageExtensions',
      'Resources:',
      '  Fn::ForEach::L:',
      '    - N',
      `    - [${names}]`,
      '    - Log${N}:',
      '        Type: A::B::C',
    );
    const beside = ['Resources', 'Fn::ForEach::L', 2, 'Log${N}'];
    const add = { kind: 'add-resources', beside, resources: { 'Topic${N}': { Type: 'A::B::C' } } } as const;
    expect(refusal(text, add)).toMatch(/600 resources/);
  });

  test('a template of more than 1 MB', () => {
    const added = '  Topic: {Type: AWS::SNS::Topic}\n';
    // Two bytes a letter in UTF-8.
    const letters = (1024 * 1024 - '#\n'.length - 'Resources:\n  Log: {Type: A::B::C}\n'.length) / 2;
    const text = (fewer: number): string =>
      `#${'ä'.repeat(letters - fewer)}\nResources:\n  Log: {Type: A::B::C}\n`;
    expect(refusal(text(added.length), addTopic)).toBeUndefined();
    expect(refusal(text(0), addTopic)).toMatch(/1 MB/);
    expect(refusal(text(0), { kind: 'remove', at: [...log, 'Type'] })).toBeUndefined();
  });
});

describe('finding the way to what the analysis speaks of', () => {
  const text = lines(
    'Transform: AWS::LanguageExtensions',
    'Resources:',
    '  Fn::Transform: {Name: AWS::Include, Parameters: {Location: more.yaml}}',
    '  Fn::ForEach::Vpcs:',
    '    - Env',
    '    - [dev, prod]',
    '    - Vpc${Env}:',
    '        Type: AWS::EC2::VPC',
    '  Log:',
    '    Type: AWS::EC2::FlowLog',
    '    Properties:',
    '      ResourceId: !If [C, !Ref A, !Ref B]',
    '---',
    'Resources:',
    '  Log: {Type: AWS::SNS::Topic}',
  );
  const [document, second] = readDocuments(text);
  const template = toEnd(openTemplate(text));
  if (template.kind === 'refused') throw new Error(template.why);

  test('a resource', () => {
    const found = readTemplate(document!)!.resources.get('Log')!;
    expect(resourcePath(template, found)).toEqual(log);
  });

  test('a resource that a loop makes', () => {
    const found = readTemplate(document!)!.resources.get('Vpcprod')!;
    expect(resourcePath(template, found)).toEqual(['Resources', 'Fn::ForEach::Vpcs', 2, 'Vpc${Env}']);
  });

  test('a resource of another document', () => {
    const found = readTemplate(second!)!.resources.get('Log')!;
    const other = toEnd(openTemplate(text, found.span.start));
    expect(other.kind === 'template' && resourcePath(other, found)).toEqual(log);
    expect(other.kind === 'template' && edited(text)).toBe(text);
  });

  test('a value inside of a function', () => {
    const resourceId = child(readTemplate(document!)!.resources.get('Log')!.properties, 'ResourceId')!;
    const branches = child(resourceId, 'Fn::If')!;
    const branch = branches.kind === 'sequence' ? branches.items[2]! : branches;
    expect(nodePath(template, branch)).toEqual([...log, 'Properties', 'ResourceId', 'Fn::If', 2]);
  });

  test('nothing that is included', () => {
    const [included] = readDocuments('Extra: {Type: AWS::SNS::Topic}\n');
    const root = insertIncludes(document!.root!, () => included!.root);
    const { resources } = readTemplate({ ...document!, root })!;
    const extra = resources.get('Extra')!;
    expect(resourcePath(template, extra)).toMatchObject({ kind: 'refused', why: /included/ });
    expect(nodePath(template, extra.body)).toMatchObject({ kind: 'refused' });
    expect(
      refusal(text, { kind: 'set', at: [...log, 'Properties', 'ResourceId'], value: ref('Vpcdev') }),
    ).toBeUndefined();
  });
});
