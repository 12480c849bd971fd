import { describe, expect, test } from 'vitest';
import type { Change } from '../../server/src/fixes/writer/changes.ts';
import { snippetText } from '../../server/src/fixes/writer/edits.ts';
import { call, ref, sub, tabStop, textOf, type Value } from '../../server/src/fixes/writer/values.ts';
import { edit, edited, lines } from './edited.ts';

const log = ['Resources', 'Log'];
const properties = [...log, 'Properties'];

/** A template of one flow log. */
function yaml(...body: readonly string[]): string {
  return lines('Resources:', '  Log:', '    Type: AWS::EC2::FlowLog', ...body.map((line) => `    ${line}`));
}

function set(at: readonly (string | number)[], value: Value): Change {
  return { kind: 'set', at, value };
}

describe('set', () => {
  test.each<readonly [what: string, before: readonly string[], value: Value, after: readonly string[]]>([
    ['a plain word', ['TrafficType: ACCEPT # all'], 'ALL', ['TrafficType: ALL # all']],
    ['a quoted word', ['TrafficType: "ACCEPT"'], 'ALL', ['TrafficType: "ALL"']],
    ['a word where quotes become needed', ['TrafficType: ACCEPT'], 'on', ["TrafficType: 'on'"]],
    ['a number', ['TrafficType: 60'], 600, ['TrafficType: 600']],
    ['nothing', ['TrafficType:'], 'ALL', ['TrafficType: ALL']],
    ['null', ['TrafficType: null # why'], 'ALL', ['TrafficType: ALL # why']],
    ['a short call', ['TrafficType: !Ref Traffic # p'], 'ALL', ['TrafficType: ALL # p']],
    ['an alias', ['TrafficType: *t'], 'ALL', ['TrafficType: ALL']],
    ['a long call', ['TrafficType:', '  Ref: Traffic', 'A: b'], 'ALL', ['TrafficType: ALL', 'A: b']],
    [
      'a long call under a comment',
      ['TrafficType: # why', '  Ref: Traffic', 'A: b'],
      'ALL',
      ['TrafficType: ALL # why', 'A: b'],
    ],
    ['a folded text', ['TrafficType: >-', '  ALL', 'A: b'], 'ALL', ['TrafficType: ALL', 'A: b']],
    ['a text over lines', ['TrafficType: "A', '  B" # c', 'A: b'], 'ALL', ['TrafficType: "ALL"', 'A: b']],
    [
      'a text that keeps its line ends',
      ['TrafficType: |+', '  ALL', '', 'A: b'],
      'ALL',
      ['TrafficType: ALL', 'A: b'],
    ],
    ['a word by a call', ['TrafficType: ALL # c'], ref('Traffic'), ['TrafficType: !Ref Traffic # c']],
    [
      'a word by a list of mappings',
      ['TrafficType: ALL # c', 'A: b'],
      [{ Key: 'a' }],
      ['TrafficType: # c', '  - Key: a', 'A: b'],
    ],
    [
      'braces over lines by a mapping',
      ['TrafficType: { # c', '  A: b', '}'],
      { C: { D: 'e' } },
      ['TrafficType: # c', '  C:', '    D: e'],
    ],
    ['a value in braces', ['{ TrafficType: ACCEPT, A: b }'], 'ALL', ['{ TrafficType: ALL, A: b }']],
  ])('in place of %s', (_, before, value, after) => {
    const text = (body: readonly string[]): string =>
      body[0]?.startsWith('{') === true
        ? yaml(`Properties: ${body.join(' ')}`)
        : yaml(
            'Metadata:',
            '  X: &t ACCEPT',
            'Properties:',
            ...body.map((line) => (line === '' ? '' : `  ${line}`)),
          );
    expect(edited(text(before), set([...properties, 'TrafficType'], value))).toBe(text(after));
  });

  test('in a branch of an intrinsic function', () => {
    expect(
      edited(
        yaml('Properties:', '  TrafficType: !If [All, ALL, ACCEPT]'),
        set([...properties, 'TrafficType', 'Fn::If', 2], 'ALL'),
      ),
    ).toBe(yaml('Properties:', '  TrafficType: !If [All, ALL, ALL]'));
    expect(
      edited(
        yaml('Properties:', '  TrafficType:', '    Fn::If:', '    - All', '    - ALL', '    - ACCEPT'),
        set([...properties, 'TrafficType', 'Fn::If', 2], ref('T')),
      ),
    ).toBe(yaml('Properties:', '  TrafficType:', '    Fn::If:', '    - All', '    - ALL', '    - Ref: T'));
  });

  test('the argument of a short form', () => {
    expect(
      edited(
        yaml('Properties:', '  ResourceId: !Ref Vcp # x'),
        set([...properties, 'ResourceId', 'Ref'], 'Vpc'),
      ),
    ).toBe(yaml('Properties:', '  ResourceId: !Ref Vpc # x'));
    expect(
      edited(
        yaml('Properties:', '  ResourceId: !GetAtt Vcp.VpcId'),
        set([...properties, 'ResourceId', 'Fn::GetAtt'], 'Vpc.VpcId'),
      ),
    ).toBe(yaml('Properties:', '  ResourceId: !GetAtt Vpc.VpcId'));
  });

  test('adds what is not there, with all that is around it', () => {
    const changes = [
      set([...properties, 'Tags'], [{ Key: 'a', Value: 'b' }]),
      set([...properties, 'DestinationOptions', 'FileFormat'], 'parquet'),
      set([...log, 'Condition'], 'Wanted'),
      set([...log, 'Metadata', 'a', 'b'], 1),
      set([...log, 'Metadata', 'a', 'c'], true),
    ];
    expect(edited(yaml('Properties:', '  TrafficType: ALL', '  # end', '', '# next'), ...changes)).toBe(
      yaml(
        'Condition: Wanted',
        'Metadata:',
        '  a:',
        '    b: 1',
        '    c: true',
        'Properties:',
        '  TrafficType: ALL',
        '  Tags:',
        '    - Key: a',
        '      Value: b',
        '  DestinationOptions:',
        '    FileFormat: parquet',
        '  # end',
        '',
        '# next',
      ),
    );
  });

  test('fills what is empty', () => {
    const change = set([...properties, 'TrafficType'], 'ALL');
    const filled = yaml('Properties:', '  TrafficType: ALL');
    expect(edited(yaml('Properties:'), change)).toBe(filled);
    expect(edited(yaml('Properties: {}'), change)).toBe(filled);
    expect(edited(yaml('Properties: ~'), change)).toBe(filled);
    expect(edited(yaml(), change)).toBe(filled);
    expect(edited('{"Resources": {"Log": {"Type": "AWS::EC2::FlowLog", "Properties": {}}}}', change)).toBe(
      '{"Resources": {"Log": {"Type": "AWS::EC2::FlowLog", "Properties": {"TrafficType": "ALL"}}}}',
    );
    expect(
      edited(
        lines('{', '  "Resources": {', '    "Log": {', '      "Properties": {}', '    }', '  }', '}'),
        change,
      ),
    ).toBe(
      lines(
        '{',
        '  "Resources": {',
        '    "Log": {',
        '      "Properties": {',
        '        "TrafficType": "ALL"',
        '      }',
        '    }',
        '  }',
        '}',
      ),
    );
  });

  test('overrides what is merged', () => {
    const before = lines(
      'X: &x {TrafficType: ACCEPT}',
      'Resources:',
      '  Log:',
      '    Properties:',
      '      <<: *x',
    );
    expect(edited(before, set([...properties, 'TrafficType'], 'ALL'))).toBe(
      `${before}      TrafficType: ALL\n`,
    );
  });

  test('in JSON keeps the rest of the line', () => {
    const before = '{"Resources": {"Log": {\n  "Properties": {"A": {"Ref": "B"}, "C": 1}\n}}}';
    expect(edited(before, set([...properties, 'A'], ['x']), set([...properties, 'D'], ref('E')))).toBe(
      '{"Resources": {"Log": {\n  "Properties": {"A": ["x"], "C": 1, "D": {"Ref": "E"}}\n}}}',
    );
  });

  test('the last of a key that stands twice', () => {
    expect(edited(yaml('A: 1', 'A: 2'), set([...log, 'A'], 3))).toBe(yaml('A: 1', 'A: 3'));
  });
});

describe('replace-entry', () => {
  test('changes name and value in place', () => {
    const change: Change = {
      kind: 'replace-entry',
      at: [...properties, 'LogDestination'],
      name: 'LogGroupName',
      value: ref('Group'),
    };
    expect(edited(yaml('Properties:', '  LogDestination: !GetAtt Group.Arn # g', '  A: b'), change)).toBe(
      yaml('Properties:', '  LogGroupName: !Ref Group # g', '  A: b'),
    );
    expect(
      edited(
        '{"Resources":{"Log":{"Properties":{"LogDestination":{"Fn::GetAtt":["Group","Arn"]}}}}}',
        change,
      ),
    ).toBe('{"Resources":{"Log":{"Properties":{"LogGroupName":{"Ref":"Group"}}}}}');
  });
});

describe('append', () => {
  const statement = { Effect: 'Allow', Action: ['s3:PutObject', 's3:GetBucketAcl'] };
  const append: Change = { kind: 'append', to: [...properties, 'Statement'], items: [statement] };
  const added = ['- Effect: Allow', '  Action:', '    - s3:PutObject', '    - s3:GetBucketAcl'];

  test.each<readonly [what: string, before: readonly string[], after: readonly string[]]>([
    [
      'a list',
      ['Statement:', '  - Effect: Deny', '# next'],
      ['Statement:', '  - Effect: Deny', ...added.map((line) => `  ${line}`), '# next'],
    ],
    [
      'a list whose last item has a comment',
      ['Statement:', '  - Effect: Deny # d', '    # more'],
      ['Statement:', '  - Effect: Deny # d', '    # more', ...added.map((line) => `  ${line}`)],
    ],
    ['an empty list', ['Statement: [] # none'], ['Statement: # none', ...added.map((line) => `  ${line}`)]],
    ['nothing', [], ['Statement:', ...added.map((line) => `  ${line}`)]],
    [
      'brackets',
      ['Statement: [{Effect: Deny}]'],
      ["Statement: [{Effect: Deny}, {Effect: Allow, Action: ['s3:PutObject', 's3:GetBucketAcl']}]"],
    ],
    [
      'a single one',
      ['Statement:', '  Effect: Deny # d', '  Action: # a', '    - x', '  # end', 'A: b'],
      [
        'Statement:',
        '- Effect: Deny # d',
        '  Action: # a',
        '    - x',
        '  # end',
        '- Effect: Allow',
        '  Action:',
        '    - s3:PutObject',
        '    - s3:GetBucketAcl',
        'A: b',
      ],
    ],
    [
      'a single one in braces',
      ['Statement: {Effect: Deny}'],
      ["Statement: [{Effect: Deny}, {Effect: Allow, Action: ['s3:PutObject', 's3:GetBucketAcl']}]"],
    ],
  ])('to %s', (_, before, after) => {
    const text = (body: readonly string[]): string =>
      yaml('Properties:', '  A: b', ...body.map((line) => `  ${line}`));
    const unique = (body: readonly string[]): string =>
      text(body.map((line) => line.replace('A: b', 'Z: b')));
    expect(edited(unique(before), append)).toBe(unique(after));
  });

  test('to a single one in JSON', () => {
    const before = ['"Statement": {', '  "Effect": "Deny"', '}'];
    const after = [
      '"Statement": [{',
      '  "Effect": "Deny"',
      '}, {',
      '  "Effect": "Allow",',
      '  "Action": [',
      '    "s3:PutObject",',
      '    "s3:GetBucketAcl"',
      '  ]',
      '}]',
    ];
    const text = (body: readonly string[]): string =>
      lines(
        '{',
        '  "A": ["b"],',
        '  "B": [',
        '    "c"',
        '  ],',
        '  "C": [',
        '    "c"',
        '  ],',
        '  "Resources": {',
        '    "Log": {',
        '      "Properties": {',
        ...body.map((line) => `        ${line}`),
        '      }',
        '    }',
        '  }',
        '}',
      );
    expect(edited(text(before), append)).toBe(text(after));
  });

  const dependsOn = (...items: readonly string[]): Change => ({
    kind: 'append',
    to: [...log, 'DependsOn'],
    items,
  });

  test.each<
    readonly [what: string, before: readonly string[], items: readonly string[], after: readonly string[]]
  >([
    ['nothing', [], ['A'], ['DependsOn: A']],
    ['nothing, for two', [], ['A', 'B'], ['DependsOn:', '  - A', '  - B']],
    ['one', ["DependsOn: 'A'"], ['B'], ['DependsOn:', "  - 'A'", "  - 'B'"]],
    ['itself', ['DependsOn: A'], ['A'], ['DependsOn: A']],
    ['a list that has it', ['DependsOn: [A, B]'], ['B', 'C'], ['DependsOn: [A, B, C]']],
    [
      'brackets over lines',
      ['DependsOn: [', '  A, # a', '  B # b', ']'],
      ['C'],
      ['DependsOn: [', '  A, # a', '  B, # b', '  C', ']'],
    ],
    [
      'brackets with a last comma',
      ['DependsOn: [', '  A,', ']'],
      ['B'],
      ['DependsOn: [', '  A,', '  B,', ']'],
    ],
  ])('DependsOn to %s', (_, before, items, after) => {
    expect(edited(yaml(...before), dependsOn(...items))).toBe(yaml(...after));
  });

  test('in the way of the other lists of the template', () => {
    expect(edited(yaml('Other: [X]', 'DependsOn: A'), dependsOn('B'))).toBe(
      yaml('Other: [X]', 'DependsOn: [A, B]'),
    );
    const json =
      '{\n  "Other": [\n    "X"\n  ],\n  "Resources": {\n    "Log": {\n      "DependsOn": "A"\n    }\n  }\n}';
    expect(edited(json, dependsOn('B'))).toBe(json.replace('"A"', '[\n        "A",\n        "B"\n      ]'));
  });

  test('of two changes adds both', () => {
    expect(edited(yaml(), dependsOn('A'), dependsOn('B'))).toBe(yaml('DependsOn:', '  - A', '  - B'));
  });
});

describe('remove', () => {
  const remove = (...at: readonly (string | number)[]): Change => ({
    kind: 'remove',
    at: [...properties, ...at],
  });

  test.each<
    readonly [what: string, before: readonly string[], changes: readonly Change[], after: readonly string[]]
  >([
    ['the first', ['A: 1 # a', 'B: 2'], [remove('A')], ['B: 2']],
    ['the last', ['A: 1', 'B:', '  C: 2'], [remove('B')], ['A: 1']],
    ['several', ['A: 1', 'B: 2', 'C: 3', 'D: 4'], [remove('B'), remove('C')], ['A: 1', 'D: 4']],
    [
      'what stands under a comment on others',
      ['A: 1', '# b and c', 'B: 2', 'C: 3'],
      [remove('B')],
      ['A: 1', '# b and c', 'C: 3'],
    ],
    ['the first of an item', ['L:', '  - A: 1', '    B: 2'], [remove('L', 0, 'A')], ['L:', '  - B: 2']],
    ['an item', ['L:', '  - a', '  - b'], [remove('L', 0)], ['L:', '  - b']],
    ['the last item', ['L:', '  - a # x', 'B: 1'], [remove('L', 0)], ['L: [] # x', 'B: 1']],
    ['the last entry', ['M:', '  A: 1', 'B: 1'], [remove('M', 'A')], ['M: {}', 'B: 1']],
    ['in braces', ['M: {A: 1, B: 2, C: 3}'], [remove('M', 'A'), remove('M', 'C')], ['M: {B: 2}']],
    ['all in braces', ['M: {A: 1, B: 2}'], [remove('M', 'A'), remove('M', 'B')], ['M: {}']],
    [
      'one and add another in its place',
      ['A: 1', 'B: 2'],
      [remove('B'), set([...properties, 'C'], 3)],
      ['A: 1', 'C: 3'],
    ],
    [
      'one in braces and add another',
      ['M: {A: 1}'],
      [remove('M', 'A'), set([...properties, 'M', 'C'], 3)],
      ['M: {C: 3}'],
    ],
  ])('%s', (_, before, changes, after) => {
    const text = (body: readonly string[]): string => yaml('Properties:', ...body.map((line) => `  ${line}`));
    expect(edited(text(before), ...changes)).toBe(text(after));
  });

  test('in JSON takes a comma along', () => {
    const json = (...body: readonly string[]): string =>
      lines('{"Resources": {"Log": {"Properties": {', ...body.map((line) => `  ${line}`), '}}}}');
    expect(edited(json('"A": 1,', '"B": 2,', '"C": 3'), remove('B'))).toBe(json('"A": 1,', '"C": 3'));
    expect(edited(json('"A": 1,', '"B": 2,', '"C": 3'), remove('B'), remove('C'))).toBe(json('"A": 1'));
    expect(edited(json('"A": 1,', '"B": 2,', '"C": 3'), remove('C'), set([...properties, 'D'], 4))).toBe(
      json('"A": 1,', '"B": 2,', '"D": 4'),
    );
  });

  test('a resource with the blank lines that separated it', () => {
    const two = lines('Resources:', '  A: {Type: A::B::C}', '', '  Log: {Type: A::B::C}');
    const change: Change = { kind: 'remove', at: log };
    expect(edited(two, change)).toBe(lines('Resources:', '  A: {Type: A::B::C}'));
    expect(edited(two.trimEnd(), change)).toBe('Resources:\n  A: {Type: A::B::C}');
    expect(edited(`${two}\n  B: {Type: A::B::C}\n`, change)).toBe(
      lines('Resources:', '  A: {Type: A::B::C}', '', '  B: {Type: A::B::C}'),
    );
  });
});

describe('sections', () => {
  const sections: readonly Change[] = [
    { kind: 'add-entries', to: ['Outputs'], entries: { LogId: { Value: ref('Log') } } },
    {
      kind: 'add-entries',
      to: ['Conditions'],
      entries: { IsProd: call('Fn::Equals', [ref('Env'), 'prod']) },
    },
    {
      kind: 'add-entries',
      to: ['Parameters'],
      entries: { Env: { Type: 'String' }, Arn: { Type: 'String' } },
    },
  ];

  test('are made at their customary place', () => {
    expect(
      edited(
        lines(
          "AWSTemplateFormatVersion: '2010-09-09'",
          '',
          '# What there is',
          'Resources:',
          '  Log:',
          '    Type: A::B::C',
          '',
          '  B:',
          '    Type: A::B::C',
        ),
        ...sections,
      ),
    ).toBe(
      lines(
        "AWSTemplateFormatVersion: '2010-09-09'",
        '',
        'Parameters:',
        '  Env:',
        '    Type: String',
        '',
        '  Arn:',
        '    Type: String',
        '',
        'Conditions:',
        '  IsProd: !Equals [!Ref Env, prod]',
        '',
        '# What there is',
        'Resources:',
        '  Log:',
        '    Type: A::B::C',
        '',
        '  B:',
        '    Type: A::B::C',
        '',
        'Outputs:',
        '  LogId:',
        '    Value: !Ref Log',
      ),
    );
  });

  test('gain entries at their end', () => {
    expect(
      edited(
        lines(
          'Resources:',
          '  Log: {Type: A::B::C}',
          'Parameters:',
          '  A:',
          '    Type: String',
          'Conditions: {}',
          'Outputs:',
          '  X: {Value: 1}',
        ),
        ...sections,
      ),
    ).toBe(
      lines(
        'Resources:',
        '  Log: {Type: A::B::C}',
        'Parameters:',
        '  A:',
        '    Type: String',
        '  Env:',
        '    Type: String',
        '  Arn:',
        '    Type: String',
        'Conditions:',
        '  IsProd: !Equals [!Ref Env, prod]',
        'Outputs:',
        '  X: {Value: 1}',
        '  LogId:',
        '    Value: !Ref Log',
      ),
    );
  });

  test('are made in JSON', () => {
    expect(
      edited(
        lines('{', '  "Resources": {', '    "Log": {', '      "Type": "A::B::C"', '    }', '  }', '}'),
        ...sections,
      ),
    ).toBe(
      lines(
        '{',
        '  "Parameters": {',
        '    "Env": {',
        '      "Type": "String"',
        '    },',
        '    "Arn": {',
        '      "Type": "String"',
        '    }',
        '  },',
        '  "Conditions": {',
        '    "IsProd": { "Fn::Equals": [{ "Ref": "Env" }, "prod"] }',
        '  },',
        '  "Resources": {',
        '    "Log": {',
        '      "Type": "A::B::C"',
        '    }',
        '  },',
        '  "Outputs": {',
        '    "LogId": {',
        '      "Value": { "Ref": "Log" }',
        '    }',
        '  }',
        '}',
      ),
    );
  });
});

describe('comments', () => {
  const text = textOf('flow-log-guard-disable-next-line vpc-no-flow-log -- ', tabStop(1, 'reason'));

  test('stand right above, with a tab stop', () => {
    const before = lines('Resources:', '  # The log', '  Log: {Type: A::B::C}');
    const { text: after, edits } = edit(before, [{ kind: 'comment', above: log, text }]);
    const comment = '  # flow-log-guard-disable-next-line vpc-no-flow-log -- reason';
    expect(after).toBe(lines('Resources:', '  # The log', comment, '  Log: {Type: A::B::C}'));
    expect(edits.map(({ newText }) => snippetText(newText))).toEqual([
      comment.replace('reason', '${1:reason}') + '\n',
    ]);
  });
});

describe('all changes of one edit', () => {
  test('keep their order where they meet', () => {
    const before = lines(
      'Resources:',
      '  Log:',
      '    Type: A::B::C',
      '    Properties:',
      '      Tags:',
      '      - a',
    );
    const after = lines(
      'Resources:',
      '  Log:',
      '    Type: A::B::C',
      '    Properties:',
      '      Tags:',
      '      - a',
      '      - b',
      '      X: !Sub "${Y}"',
      '  New:',
      '    Type: A::B::C',
      '  Next: {Type: A::B::C}',
    );
    expect(
      edited(
        `${before}  Next: {Type: A::B::C}\n`.replace('Type: A::B::C', 'Type: A::B::C'),
        { kind: 'add-resources', beside: log, resources: { New: { Type: 'A::B::C' } } },
        set([...properties, 'X'], sub('${Y}')),
        { kind: 'append', to: [...properties, 'Tags'], items: ['b'] },
      ),
    ).toBe(after.replaceAll('"', "'"));
  });
});
