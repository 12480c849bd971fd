import { describe, expect, test } from 'vitest';
import type { Change } from '../../server/src/fixes/writer/changes.ts';
import {
  commented,
  getAtt,
  ifElse,
  noValue,
  ref,
  sub,
  type Fields,
} from '../../server/src/fixes/writer/values.ts';
import { edit, edited, lines } from './edited.ts';

/** Resources next to the one called `Vpc`. */
function beside(resources: Readonly<Record<string, Fields>>, side: 'after' | 'before' = 'after'): Change {
  return { kind: 'add-resources', beside: ['Resources', 'Vpc'], side, resources };
}

const flowLog: Fields = {
  Type: 'AWS::EC2::FlowLog',
  Properties: {
    ResourceId: ref('Vpc'),
    MaxAggregationInterval: 600,
    Role: getAtt('Role', 'Arn'),
    Tags: [{ Key: 'Name', Value: sub('${AWS::StackName}-log') }],
  },
};

const topic: Fields = { Type: 'AWS::SNS::Topic' };

describe('in the style of YAML templates', () => {
  test.each<readonly [style: string, before: string, after: string]>([
    [
      'two spaces, lists indented, short tags',
      lines(
        'Resources:',
        '  Vpc:',
        '    Type: AWS::EC2::VPC',
        '    Properties:',
        '      CidrBlock: !Ref Cidr',
        '      Tags:',
        '        - Key: Name',
        '          Value: !Sub vpc-${Env}',
      ),
      lines(
        '  VpcFlowLog:',
        '    Type: AWS::EC2::FlowLog',
        '    Properties:',
        '      ResourceId: !Ref Vpc',
        '      MaxAggregationInterval: 600',
        '      Role: !GetAtt Role.Arn',
        '      Tags:',
        '        - Key: Name',
        '          Value: !Sub ${AWS::StackName}-log',
      ),
    ],
    [
      'lists at their key, double quotes, a list for GetAtt',
      lines(
        'Resources:',
        '  Vpc:',
        '    Type: "AWS::EC2::VPC"',
        '    Properties:',
        '      CidrBlock: !GetAtt [Ipam, Cidr]',
        '      Tags:',
        '      - Key: "Name"',
        '        Value: !Sub "vpc-${Env}"',
      ),
      lines(
        '  VpcFlowLog:',
        '    Type: "AWS::EC2::FlowLog"',
        '    Properties:',
        '      ResourceId: !Ref Vpc',
        '      MaxAggregationInterval: 600',
        '      Role: !GetAtt [Role, Arn]',
        '      Tags:',
        '      - Key: "Name"',
        '        Value: !Sub "${AWS::StackName}-log"',
      ),
    ],
    [
      'four spaces, long forms, dashes on their own lines',
      lines(
        'Resources:',
        '    Vpc:',
        "        Type: 'AWS::EC2::VPC'",
        '        Properties:',
        '            CidrBlock:',
        '                Ref: Cidr',
        '            Tags:',
        '                -',
        '                    Key: Name',
        '                    Value: vpc',
      ),
      lines(
        '    VpcFlowLog:',
        "        Type: 'AWS::EC2::FlowLog'",
        '        Properties:',
        '            ResourceId:',
        '                Ref: Vpc',
        '            MaxAggregationInterval: 600',
        '            Role:',
        '                Fn::GetAtt: [Role, Arn]',
        '            Tags:',
        '                -',
        '                    Key: Name',
        '                    Value:',
        "                        Fn::Sub: '${AWS::StackName}-log'",
      ),
    ],
    [
      'long forms and tags in braces, keys in quotes',
      lines(
        "'Resources':",
        "  'Vpc':",
        "    'Type': AWS::EC2::VPC",
        "    'Properties':",
        "      'CidrBlock': { 'Ref': Cidr }",
        "      'Tags':",
        "        - { 'Key': Name, 'Value': { 'Fn::Sub': vpc } }",
      ),
      lines(
        "  'VpcFlowLog':",
        "    'Type': AWS::EC2::FlowLog",
        "    'Properties':",
        "      'ResourceId': { 'Ref': Vpc }",
        "      'MaxAggregationInterval': 600",
        "      'Role': { 'Fn::GetAtt': [Role, Arn] }",
        "      'Tags':",
        "        - { 'Key': Name, 'Value': { 'Fn::Sub': '${AWS::StackName}-log' } }",
      ),
    ],
    [
      'wide dashes',
      lines(
        'Resources:',
        '  Vpc:',
        '    Type: AWS::EC2::VPC',
        '    Tags:',
        '    -   Key: a',
        '        Value: b',
      ),
      lines(
        '  VpcFlowLog:',
        '    Type: AWS::EC2::FlowLog',
        '    Properties:',
        '      ResourceId: !Ref Vpc',
        '      MaxAggregationInterval: 600',
        '      Role: !GetAtt Role.Arn',
        '      Tags:',
        '      -   Key: Name',
        "          Value: !Sub '${AWS::StackName}-log'",
      ),
    ],
    [
      'resources in braces',
      lines('Resources:', '  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Cidr}}'),
      lines(
        '  VpcFlowLog: {Type: AWS::EC2::FlowLog, Properties: {ResourceId: !Ref Vpc, MaxAggregationInterval: 600, ' +
          "Role: !GetAtt Role.Arn, Tags: [{Key: Name, Value: !Sub '${AWS::StackName}-log'}]}}",
      ),
    ],
  ])('%s', (_, before, added) => {
    expect(edited(before, beside({ VpcFlowLog: flowLog }))).toBe(before + added);
  });

  test('everything in braces on one line', () => {
    expect(edited('Resources: {Vpc: {Type: AWS::EC2::VPC}}\n', beside({ Topic: topic }))).toBe(
      'Resources: {Vpc: {Type: AWS::EC2::VPC}, Topic: {Type: AWS::SNS::Topic}}\n',
    );
  });

  test('a colon in braces is quoted where the template quotes it', () => {
    expect(edited("Resources: {Vpc: {Type: 'AWS::EC2::VPC'}}\n", beside({ Topic: topic }))).toBe(
      "Resources: {Vpc: {Type: 'AWS::EC2::VPC'}, Topic: {Type: 'AWS::SNS::Topic'}}\n",
    );
  });

  test('names of pseudo parameters and keys with a colon have the quotes of their like', () => {
    const before = lines(
      'Resources:',
      '  Vpc:',
      '    Type: AWS::EC2::VPC',
      '    Metadata:',
      '      "aws:copilot:description": !Ref "AWS::Region"',
    );
    const added = {
      Type: 'AWS::SNS::Topic',
      Condition: undefined,
      Metadata: { 'aws:Id': ref('AWS::AccountId') },
    };
    expect(edited(before, beside({ Topic: added }))).toBe(
      before +
        lines(
          '  Topic:',
          '    Type: AWS::SNS::Topic',
          '    Metadata:',
          '      "aws:Id": !Ref "AWS::AccountId"',
        ),
    );
  });

  test('what a function is called with stands over lines where it does', () => {
    const before = lines(
      'Resources:',
      '  Vpc:',
      '    Type: AWS::EC2::VPC',
      '    Properties:',
      '      CidrBlock: !If',
      '        - Big',
      '        - 10.0.0.0/8',
      '        - 10.0.0.0/16',
    );
    const added = { Type: 'A::B::C', Properties: { A: ifElse('Big', { B: [ref('Vpc')] }, noValue) } };
    expect(edited(before, beside({ New: added }))).toBe(
      before +
        lines(
          '  New:',
          '    Type: A::B::C',
          '    Properties:',
          '      A: !If',
          '        - Big',
          '        - B:',
          '            - !Ref Vpc',
          '        - !Ref AWS::NoValue',
        ),
    );
  });

  test('a mapping cannot stand in brackets, so its list does not either', () => {
    const before = lines('Resources:', '  Vpc:', '    Type: AWS::EC2::VPC', '    A: !If [C, a, b]');
    const added = { Type: 'A::B::C', A: ifElse('C', 'a', noValue), B: ifElse('C', { D: 'e' }, noValue) };
    expect(edited(before, beside({ New: added }))).toBe(
      before +
        lines(
          '  New:',
          '    Type: A::B::C',
          "    A: !If [C, a, !Ref 'AWS::NoValue']",
          '    B: !If',
          '      - C',
          '      - D: e',
          '      - !Ref AWS::NoValue',
        ),
    );
  });

  test('comments where they are asked for, and texts of several lines', () => {
    const before = lines('Resources:', '  Vpc:', '    Type: AWS::EC2::VPC');
    const added = { Type: 'A::B::C', A: commented(['Why', 'it is'], 'a\n\n  b\n'), B: 'c\nd' };
    expect(edited(before, beside({ New: added }))).toBe(
      before +
        lines(
          '  New:',
          '    Type: A::B::C',
          '    # Why',
          '    # it is',
          '    A: |',
          '      a',
          '',
          '        b',
          '    B: |-',
          '      c',
          '      d',
        ),
    );
  });

  test('attributes stand in the order that the template has', () => {
    const before = lines(
      'Resources:',
      '  Vpc:',
      '    Condition: Needed',
      '    Type: AWS::EC2::VPC',
      '    Properties:',
      '      A: b',
      '    DependsOn: Other',
    );
    const added = { Type: 'A::B::C', DependsOn: 'Vpc', Condition: 'Needed', Properties: { A: 'b' } };
    expect(edited(before, beside({ New: added }))).toBe(
      before +
        lines(
          '  New:',
          '    Condition: Needed',
          '    Type: A::B::C',
          '    Properties:',
          '      A: b',
          '    DependsOn: Vpc',
        ),
    );
  });
});

describe('in the style of JSON templates', () => {
  test.each<readonly [style: string, before: string, after: string]>([
    [
      'everything over lines',
      `{
  "Resources": {
    "Vpc": {
      "Type": "AWS::EC2::VPC",
      "Properties": {
        "CidrBlock": {
          "Ref": "Cidr"
        },
        "Role": {
          "Fn::GetAtt": [
            "A",
            "B"
          ]
        }
      }
    }
  }
}
`,
      `{
  "Resources": {
    "Vpc": {
      "Type": "AWS::EC2::VPC",
      "Properties": {
        "CidrBlock": {
          "Ref": "Cidr"
        },
        "Role": {
          "Fn::GetAtt": [
            "A",
            "B"
          ]
        }
      }
    },
    "VpcFlowLog": {
      "Type": "AWS::EC2::FlowLog",
      "Properties": {
        "ResourceId": {
          "Ref": "Vpc"
        },
        "MaxAggregationInterval": 600,
        "Role": {
          "Fn::GetAtt": [
            "Role",
            "Arn"
          ]
        },
        "Tags": [
          {
            "Key": "Name",
            "Value": {
              "Fn::Sub": "\${AWS::StackName}-log"
            }
          }
        ]
      }
    }
  }
}
`,
    ],
    [
      'spaces around colons and in brackets, small things on one line, tabs',
      `{
\t"Resources" : {
\t\t"Vpc" : {
\t\t\t"Type" : "AWS::EC2::VPC",
\t\t\t"Properties" : {
\t\t\t\t"CidrBlock" : { "Ref" : "Cidr" },
\t\t\t\t"Tags" : [ { "Key" : "Name", "Value" : "vpc" } ]
\t\t\t}
\t\t}
\t}
}`,
      `{
\t"Resources" : {
\t\t"Vpc" : {
\t\t\t"Type" : "AWS::EC2::VPC",
\t\t\t"Properties" : {
\t\t\t\t"CidrBlock" : { "Ref" : "Cidr" },
\t\t\t\t"Tags" : [ { "Key" : "Name", "Value" : "vpc" } ]
\t\t\t}
\t\t},
\t\t"VpcFlowLog" : {
\t\t\t"Type" : "AWS::EC2::FlowLog",
\t\t\t"Properties" : {
\t\t\t\t"ResourceId" : { "Ref" : "Vpc" },
\t\t\t\t"MaxAggregationInterval" : 600,
\t\t\t\t"Role" : { "Fn::GetAtt" : [ "Role", "Arn" ] },
\t\t\t\t"Tags" : [ { "Key" : "Name", "Value" : { "Fn::Sub" : "\${AWS::StackName}-log" } } ]
\t\t\t}
\t\t}
\t}
}`,
    ],
    [
      'brackets at braces',
      `{
    "Resources": {
        "Vpc": {
            "Type": "AWS::EC2::VPC",
            "Properties": {
                "Tags": [{
                    "Key": "Name",
                    "Value": {"Ref": "Name"}
                }]
            }
        },

        "Other": {
            "Type": "AWS::SNS::Topic"
        }
    }
}`,
      `{
    "Resources": {
        "Vpc": {
            "Type": "AWS::EC2::VPC",
            "Properties": {
                "Tags": [{
                    "Key": "Name",
                    "Value": {"Ref": "Name"}
                }]
            }
        },

        "VpcFlowLog": {
            "Type": "AWS::EC2::FlowLog",
            "Properties": {
                "ResourceId": {"Ref": "Vpc"},
                "MaxAggregationInterval": 600,
                "Role": {"Fn::GetAtt": ["Role", "Arn"]},
                "Tags": [{
                    "Key": "Name",
                    "Value": {"Fn::Sub": "\${AWS::StackName}-log"}
                }]
            }
        },

        "Other": {
            "Type": "AWS::SNS::Topic"
        }
    }
}`,
    ],
    [
      'no line ends and no spaces',
      '{"Resources":{"Vpc":{"Type":"AWS::EC2::VPC"},"Other":{"Type":"AWS::SNS::Topic"}}}',
      '{"Resources":{"Vpc":{"Type":"AWS::EC2::VPC"},' +
        '"VpcFlowLog":{"Type":"AWS::EC2::FlowLog","Properties":{"ResourceId":{"Ref":"Vpc"},' +
        '"MaxAggregationInterval":600,"Role":{"Fn::GetAtt":["Role","Arn"]},' +
        '"Tags":[{"Key":"Name","Value":{"Fn::Sub":"${AWS::StackName}-log"}}]}},' +
        '"Other":{"Type":"AWS::SNS::Topic"}}}',
    ],
    [
      'a resource a line',
      lines(
        '{"Resources": {',
        '  "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},',
        '  "Other": {"Type": "AWS::SNS::Topic"}',
        '}}',
      ),
      lines(
        '{"Resources": {',
        '  "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},',
        '  "VpcFlowLog": {"Type": "AWS::EC2::FlowLog", "Properties": {"ResourceId": {"Ref": "Vpc"}, ' +
          '"MaxAggregationInterval": 600, "Role": {"Fn::GetAtt": ["Role", "Arn"]}, ' +
          '"Tags": [{"Key": "Name", "Value": {"Fn::Sub": "${AWS::StackName}-log"}}]}},',
        '  "Other": {"Type": "AWS::SNS::Topic"}',
        '}}',
      ),
    ],
  ])('%s', (_, before, after) => {
    expect(edited(before, beside({ VpcFlowLog: flowLog }))).toBe(after);
  });
});

describe('the place', () => {
  const vpc = ['  Vpc:', '    Type: AWS::EC2::VPC'];
  const added = ['  Topic:', '    Type: AWS::SNS::Topic'];

  test.each<readonly [place: string, above: readonly string[], below: readonly string[]]>([
    ['between two', vpc, ['  Next:', '    Type: A::B::C']],
    ['above a comment on the next', vpc, ['  # The next', '  Next:', '    Type: A::B::C']],
    [
      'below a comment that belongs to it',
      [...vpc, '    # no tags', '    # Tags: []'],
      ['  Next: {Type: A::B::C}'],
    ],
    [
      'below code that is commented out',
      [...vpc, '#    Tags: []'],
      ['# The next', '  Next: {Type: A::B::C}'],
    ],
    [
      'below a comment on its last line',
      ['  Vpc:', '    Type: AWS::EC2::VPC # main'],
      ['  Next: {Type: A::B::C}'],
    ],
    ['above the next section', vpc, ['Outputs:', '  A: {Value: b}']],
    ['above the next document', vpc, ['---', 'Other: 1']],
    ['above the end of the document', vpc, ['...']],
    ['at the end', vpc, []],
    [
      'below a block scalar',
      [...vpc, '    Metadata:', '      Script: |', '        #!/bin/sh', '        # end'],
      ['Outputs: {}'],
    ],
    ['below an alias', ['  A: &a', '    Type: A::B::C', '  Vpc: *a'], ['  Next: {Type: A::B::C}']],
    [
      'below a merge',
      ['  A: &a', '    Type: A::B::C', '  Vpc:', '    Type: AWS::EC2::VPC', '    <<: *a'],
      ['Outputs: {}'],
    ],
    [
      'below a list at the column of its key',
      ['  Vpc:', '    Type: AWS::EC2::VPC', '    Tags:', '    - a', '    - b'],
      ['  Next: {Type: A::B::C}'],
    ],
    [
      'below a text that CloudFormation reads though it is indented too little',
      ['  Vpc:', '    Type: AWS::EC2::VPC', '    Description: "a', '  b"'],
      ['  Next: {Type: A::B::C}'],
    ],
  ])('%s', (_, above, below) => {
    expect(edited(lines('Resources:', ...above, ...below), beside({ Topic: topic }))).toBe(
      lines('Resources:', ...above, ...added, ...below),
    );
  });

  test('before one, above the comment on it', () => {
    expect(edited(lines('Resources:', '  # The VPC', ...vpc), beside({ Topic: topic }, 'before'))).toBe(
      lines('Resources:', ...added, '  # The VPC', ...vpc),
    );
  });

  test('before one in JSON', () => {
    expect(
      edited('{"Resources": {\n  "Vpc": {"Type": "A::B::C"}\n}}', beside({ Topic: topic }, 'before')),
    ).toBe('{"Resources": {\n  "Topic": {"Type": "AWS::SNS::Topic"},\n  "Vpc": {"Type": "A::B::C"}\n}}');
  });

  test('several, with the blank lines that the template has', () => {
    const below = ['', '', '  Next:', '    Type: A::B::C'];
    expect(edited(lines('Resources:', '', ...vpc, ...below), beside({ Topic: topic, Other: topic }))).toBe(
      lines(
        'Resources:',
        '',
        ...vpc,
        '',
        '',
        ...added,
        '',
        '',
        '  Other:',
        '    Type: AWS::SNS::Topic',
        ...below,
      ),
    );
  });

  test('what is grouped stays together', () => {
    const group = ['Resources:', '  A: {Type: A::B::C}', '  Vpc: {Type: A::B::C}'];
    const next = ['', '  # Others', '  B: {Type: A::B::C}'];
    expect(edited(lines(...group, ...next), beside({ Topic: topic }))).toBe(
      lines(...group, '  Topic: {Type: AWS::SNS::Topic}', ...next),
    );
  });

  test('after the last line that has no line end, the new last one has none', () => {
    expect(edited('Resources:\n  Vpc:\n    Type: A::B::C', beside({ Topic: topic }))).toBe(
      'Resources:\n  Vpc:\n    Type: A::B::C\n  Topic:\n    Type: AWS::SNS::Topic',
    );
  });

  test('after a block scalar that keeps its blank lines', () => {
    const before = 'Resources:\n  A: {Type: A::B::C}\n\n  Vpc:\n    Type: A::B::C\n    A: |+\n      a\n\n';
    expect(edited(before, beside({ Topic: topic }))).toBe(`${before}  Topic:\n    Type: AWS::SNS::Topic\n`);
  });

  test('in the document that is meant', () => {
    const text = 'Resources:\n  A: {Type: A::B::C}\n---\nResources:\n  Vpc: {Type: A::B::C}\n';
    expect(
      edit(`\uFEFF${text}`, [{ kind: 'set', at: ['Resources', 'A', 'Metadata'], value: 'x' }]).text,
    ).toBe('\uFEFFResources:\n  A: {Type: A::B::C, Metadata: x}\n---\nResources:\n  Vpc: {Type: A::B::C}\n');
  });

  test('in the body of a loop', () => {
    const above = lines(
      'Transform: AWS::LanguageExtensions',
      'Resources:',
      '  Fn::ForEach::Vpcs:',
      '    - Env',
      '    - [dev, prod]',
      '    - Vpc${Env}:',
      '        Type: AWS::EC2::VPC',
    );
    const change: Change = {
      kind: 'add-resources',
      beside: ['Resources', 'Fn::ForEach::Vpcs', 2, 'Vpc${Env}'],
      resources: {
        'Vpc${Env}FlowLog': { Type: 'AWS::EC2::FlowLog', Properties: { ResourceId: ref('Vpc${Env}') } },
      },
    };
    expect(edited(above, change)).toBe(
      above +
        lines(
          '      Vpc${Env}FlowLog:',
          '        Type: AWS::EC2::FlowLog',
          '        Properties:',
          '          ResourceId: !Ref Vpc${Env}',
        ),
    );
    expect(edited(above, { ...change, side: 'before' })).toContain('    - Vpc${Env}FlowLog:\n        Type:');
  });

  test('in the body of a loop in JSON', () => {
    const before = lines(
      '{"Resources": {"Fn::ForEach::Vpcs": ["Env", ["dev", "prod"], {',
      '  "Vpc${Env}": {',
      '    "Type": "AWS::EC2::VPC"',
      '  }',
      '}]}}',
    );
    const change: Change = {
      kind: 'add-resources',
      beside: ['Resources', 'Fn::ForEach::Vpcs', 2, 'Vpc${Env}'],
      resources: { 'Topic${Env}': topic },
    };
    expect(edited(before, change)).toBe(
      before.replace(/ {2}}\n}/, () => '  },\n  "Topic${Env}": {\n    "Type": "AWS::SNS::Topic"\n  }\n}'),
    );
  });
});

describe('line ends', () => {
  test('are those of the file', () => {
    const before = lines('Resources:', '  Vpc:', '    Type: A::B::C').replaceAll('\n', '\r\n');
    expect(edited(before, beside({ Topic: { ...topic, A: 'a\nb' } }))).toBe(
      before + '  Topic:\r\n    Type: AWS::SNS::Topic\r\n    A: |-\r\n      a\r\n      b\r\n',
    );
  });

  test('are those of the neighbour where they are mixed', () => {
    const before = 'Resources:\r\n  A: {Type: A::B::C}\r\n  Vpc: {Type: A::B::C}\nOutputs: {}\r\n';
    expect(edited(before, beside({ Topic: topic }))).toContain('  Topic: {Type: AWS::SNS::Topic}\nOutputs');
  });
});
