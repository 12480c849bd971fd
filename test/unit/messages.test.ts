import { describe, expect, test } from 'vitest';
import { checkText } from '../../server/src/workspace/check.ts';

function flowLog(name: string, options: { on?: string; condition?: string; traffic?: string } = {}): string {
  const { on = '!Ref Vpc', condition, traffic = 'ALL' } = options;
  return [
    `  ${name}:`,
    '    Type: AWS::EC2::FlowLog',
    ...(condition === undefined ? [] : [`    Condition: ${condition}`]),
    '    Properties:',
    `      ResourceId: ${on}`,
    '      ResourceType: VPC',
    `      TrafficType: ${traffic}`,
    '      LogDestinationType: s3',
    '      LogDestination: arn:aws:s3:::example-flow-logs',
    '',
  ].join('\n');
}

function reasonOf(resources: string, sections = ''): string | undefined {
  const check = checkText(`${sections}\nResources:\n  Vpc: { Type: AWS::EC2::VPC }\n${resources}`);
  return check.kind === 'template' ? check.vpcs[0]?.reason : check.kind;
}

/** Why a VPC is bare whose flow log is there only under a condition. */
function reasonUnless(condition: string, parameters: string): string | undefined {
  const sections = `Parameters:\n${parameters}\nConditions:\n  C: ${condition}\n`;
  return reasonOf(flowLog('FlowLog', { condition: 'C' }), sections);
}

test('a covered VPC is said to be so by the flow logs that count', () => {
  expect(reasonOf(flowLog('A'))).toBe('A records the rejected traffic of Vpc');
  expect(
    reasonOf(flowLog('A') + flowLog('B', { traffic: 'REJECT' }) + flowLog('C', { traffic: 'ACCEPT' })),
  ).toBe('A and B record the rejected traffic of Vpc');
  const many = Array.from({ length: 9 }, (_, index) => flowLog(`F${index}`)).join('');
  expect(reasonOf(many)).toBe('F0, F1, F2, F3, F4 and 4 more record the rejected traffic of Vpc');
});

describe('a bare VPC is explained by what comes nearest', () => {
  const subnet = '  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc } }\n';
  const onSubnet = flowLog('OnSubnet', { on: '!Ref Subnet' }).replace(
    'ResourceType: VPC',
    'ResourceType: Subnet',
  );
  const other = `  Other: { Type: AWS::EC2::VPC }\n${flowLog('OnOther', { on: '!Ref Other' })}`;
  const outside = flowLog('Outside', { on: 'vpc-0123456789abcdef0' });
  const lost = flowLog('Lost', { on: '!Ref vpc' });
  const refused = flowLog('Refused', { traffic: 'NONE' });

  test.each([
    ['nothing', '', 'Vpc has no flow log'],
    ['another VPC', other, 'Vpc has no flow log: OnOther is on Other'],
    [
      'a VPC outside',
      other + outside,
      'Vpc has no flow log: Outside is on vpc-0123456789abcdef0, outside this template',
    ],
    [
      'a literal',
      flowLog('Literal', { on: 'Vpc' }),
      "Vpc has no flow log: Literal is on the literal 'Vpc', outside this template",
    ],
    [
      'a subnet',
      other + outside + subnet + onSubnet,
      'Vpc has no flow log: OnSubnet is on Subnet, not on the VPC',
    ],
    [
      'a name that is not there',
      other + outside + subnet + onSubnet + lost,
      'Vpc has no flow log: Lost is on vpc, which does not exist',
    ],
    [
      'one that AWS refuses',
      other + outside + subnet + onSubnet + lost + refused,
      "Vpc has no flow log: Refused does not count: AWS does not know the TrafficType 'NONE'",
    ],
    [
      'ACCEPT traffic',
      flowLog('A', { traffic: 'ACCEPT' }),
      'Vpc has no flow log that counts: A records ACCEPT traffic only; EC2.6 asks for REJECT or ALL',
    ],
    [
      'ACCEPT traffic twice',
      flowLog('A', { traffic: 'ACCEPT' }) + flowLog('B', { traffic: 'ACCEPT' }),
      'Vpc has no flow log that counts: A and B record ACCEPT traffic only; EC2.6 asks for REJECT or ALL',
    ],
  ])('%s', (_, resources, reason) => {
    expect(reasonOf(resources)).toBe(reason);
  });
});

describe('the deployments that leave a VPC bare are told by their parameters', () => {
  test.each([
    ['!Equals [!Ref P, on]', '  P: { Type: String }', "P is not 'true'"],
    ["!Equals [!Ref P, 'on']", "  P: { Type: String, Default: 'off' }", "P is 'off' (the default)"],
    ["!Equals [!Ref P, 'on']", "  P: { Type: String, Default: 'on' }", "P is not 'on'"],
    ['!Equals [!Ref P, a]', '  P: { Type: String, AllowedValues: [a, b, c] }', "P is 'b'"],
    ['!Or [!Equals [!Ref P, a], !Equals [!Ref P, b]]', '  P: { Type: String }', "P is not 'a' or 'b'"],
    ["!Not [!Equals [!Ref P, '']]", '  P: { Type: String }', 'P is empty'],
    ["!Not [!Equals [!Ref P, '']]", "  P: { Type: String, Default: '' }", 'P is empty (the default)'],
    [
      '!Or [!Equals [!Ref P, a], !Equals [!Ref Q, a]]',
      '  P: { Type: String, AllowedValues: [a, b] }\n  Q: { Type: String, Default: c }',
      "P is 'b' and Q is 'c' (the default)",
    ],
    [
      '!And [!Equals [!Ref P, a], !Equals [!Ref Q, a]]',
      '  P: { Type: String, AllowedValues: [a, b] }\n  Q: { Type: String, Default: c }',
      "Q is 'c' (the default)",
    ],
    [
      '!And [!Equals [!Ref P, a], !Equals [!Ref Q, a]]',
      '  P: { Type: String, Default: b }\n  Q: { Type: String, Default: c }',
      "P is 'b' (the default)",
    ],
    ['!Equals [!Ref AWS::Region, x]', '  P: { Type: String }', "AWS::Region is not 'x'"],
    ['!Equals [!Ref P, !Ref Q]', '  P: { Type: String }\n  Q: { Type: String }', 'Q differs from P'],
    ['!Not [!Equals [!Ref P, !Ref Q]]', '  P: { Type: String }\n  Q: { Type: String }', 'Q is the same as P'],
    [
      '!Equals [!Ref P, !Ref Q]',
      '  P: { Type: String, Default: a }\n  Q: { Type: String }',
      "P is 'a' (the default) and Q is not 'a'",
    ],
    [
      '!Not [!Equals [!Ref P, !Ref Q]]',
      '  P: { Type: String, Default: a }\n  Q: { Type: String, Default: a }',
      "P is 'a' (the default) and Q is 'a' (the default)",
    ],
    [
      '!Or [!Equals [!Ref P, !Ref Q], !Equals [!Ref Q, a]]',
      '  P: { Type: String }\n  Q: { Type: String }',
      "Q is not 'a' and differs from P",
    ],
    [
      '!Equals [!Select [0, !Ref P], a]',
      '  P: { Type: CommaDelimitedList }',
      'a condition that only the deployment decides does not hold',
    ],
  ])('%s with %j', (condition, parameters, when) => {
    expect(reasonUnless(condition, parameters)).toBe(`Vpc has no flow log when ${when}`);
  });
});

test('a flow log of ACCEPT traffic in those deployments is none that counts', () => {
  const sections = 'Conditions:\n  C: !Equals [!Ref AWS::Region, x]\n';
  expect(reasonOf(flowLog('FlowLog', { traffic: '!If [C, ALL, ACCEPT]' }), sections)).toBe(
    "Vpc has no flow log that counts when AWS::Region is not 'x'",
  );
});

test('a flow log that may be elsewhere does not count for certain', () => {
  const sections = 'Conditions:\n  C: !Equals [!Ref AWS::Region, x]\n';
  const on = "'{{resolve:ssm:/vpc}}'";
  expect(reasonOf(flowLog('FlowLog', { on, condition: 'C' }), sections)).toBe(
    "Vpc has no flow log that counts for certain when AWS::Region is not 'x'",
  );
});
