import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Suppression } from '../../server/src/coverage/model.ts';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';
import { checkText } from '../../server/src/workspace/check.ts';

type Template = Extract<FileCheck, { kind: 'template' }>;

const formats = [
  ['YAML', (template: unknown) => stringify(template)],
  ['JSON', (template: unknown) => JSON.stringify(template, undefined, 2)],
] as const;

function check(text: string): Template {
  const result = checkText(text);
  if (result.kind !== 'template') throw new Error(result.kind);
  return result;
}

/** What silences the VPC named `Vpc`, without its place. */
function suppressed(template: Template): Omit<Suppression, 'span'> | undefined {
  const vpc = template.vpcs.find(({ logicalId }) => logicalId === 'Vpc');
  if (vpc?.suppressed === undefined) return undefined;
  const { span: _span, ...suppression } = vpc.suppressed;
  return suppression;
}

const codesIn = ({ findings }: Template): string[] => findings.map(({ code }) => code);

const bareVpc = (metadata?: unknown) => ({
  Type: 'AWS::EC2::VPC',
  ...(metadata !== undefined && { Metadata: metadata }),
  Properties: { CidrBlock: '10.0.0.0/16' },
});

const templateOf = (metadata: unknown) => ({ Resources: { Vpc: bareVpc(metadata) } });

const reason = 'Not needed here';
const code = 'vpc-no-flow-log';

const encodedReason = 'Nicht nötig — 仮';

describe.each(formats)('metadata in %s', (_format, write) => {
  test.each<[title: string, metadata: unknown, expected: Omit<Suppression, 'span'>]>([
    [
      'ours',
      { 'flow-log-guard': { suppress: [{ code, reason }] } },
      { by: 'flow-log-guard', rule: code, reason },
    ],
    [
      'ours without a reason',
      { 'flow-log-guard': { suppress: [{ code }] } },
      { by: 'flow-log-guard', rule: code },
    ],
    ['ours as a mere code', { 'flow-log-guard': { suppress: [code] } }, { by: 'flow-log-guard', rule: code }],
    [
      'ours as a single item',
      { 'flow-log-guard': { suppress: { code, reason } } },
      { by: 'flow-log-guard', rule: code, reason },
    ],
    [
      'cfn_nag',
      { cfn_nag: { rules_to_suppress: [{ id: 'W5' }, { id: 'W60', reason }] } },
      { by: 'cfn_nag', rule: 'W60', reason },
    ],
    ...[
      'AwsSolutions-VPC7',
      'HIPAA.Security-VPCFlowLogsEnabled',
      'NIST.800.53.R4-VPCFlowLogsEnabled',
      'NIST.800.53.R5-VPCFlowLogsEnabled',
      'PCI.DSS.321-VPCFlowLogsEnabled',
      'Acme-VPCFlowLogsEnabled',
    ].map((id): [string, unknown, Omit<Suppression, 'span'>] => [
      `cdk-nag ${id}`,
      { cdk_nag: { rules_to_suppress: [{ id, reason }] } },
      { by: 'cdk-nag', rule: id, reason },
    ]),
    [
      'cdk-nag with an encoded reason',
      {
        cdk_nag: {
          rules_to_suppress: [
            {
              id: 'AwsSolutions-VPC7',
              reason: Buffer.from(encodedReason).toString('base64'),
              is_reason_encoded: true,
            },
          ],
        },
      },
      { by: 'cdk-nag', rule: 'AwsSolutions-VPC7', reason: encodedReason },
    ],
    [
      'cdk-nag with what is no base64, said to be',
      {
        cdk_nag: {
          rules_to_suppress: [{ id: 'AwsSolutions-VPC7', reason: '%%%', is_reason_encoded: true }],
        },
      },
      { by: 'cdk-nag', rule: 'AwsSolutions-VPC7', reason: '%%%' },
    ],
    [
      'cfn-guard',
      { guard: { SuppressedRules: ['SUBNET_RULE', 'VPC_FLOW_LOGS_ENABLED'] } },
      { by: 'cfn-guard', rule: 'VPC_FLOW_LOGS_ENABLED' },
    ],
    [
      'cfn-guard, the other name of the list',
      { guard: { SuppressRules: ['ec2_vpc_flowlog_check'] } },
      { by: 'cfn-guard', rule: 'ec2_vpc_flowlog_check' },
    ],
    [
      'cfn-guard with a reason for all',
      { guard: { SuppressedRules: ['VPC_FLOW_LOGS_ENABLED'], Reason: reason } },
      { by: 'cfn-guard', rule: 'VPC_FLOW_LOGS_ENABLED', reason },
    ],
    [
      'cfn-guard with a reason for each',
      { guard: { SuppressedRules: [{ VPC_FLOW_LOGS_ENABLED: reason }] } },
      { by: 'cfn-guard', rule: 'VPC_FLOW_LOGS_ENABLED', reason },
    ],
    [
      'checkov',
      { checkov: { skip: [{ id: 'CKV2_AWS_11', comment: reason }] } },
      { by: 'checkov', rule: 'CKV2_AWS_11', reason },
    ],
    [
      'checkov under its older name',
      { bridgecrew: { skip: [{ id: 'BC_AWS_LOGGING_9', comment: reason }] } },
      { by: 'checkov', rule: 'BC_AWS_LOGGING_9', reason },
    ],
  ])('%s', (_title, metadata, expected) => {
    const result = check(write(templateOf(metadata)));
    expect(suppressed(result)).toEqual(expected);
    expect(result.findings).toEqual([]);
    expect(result.vpcs[0]?.verdict).toBe('missing');
  });

  test.each<[title: string, metadata: unknown]>([
    ['no metadata', undefined],
    ['cfn_nag, another rule', { cfn_nag: { rules_to_suppress: [{ id: 'W5', reason }] } }],
    ['cfn_nag, the rule as a list item', { cfn_nag: { rules_to_suppress: ['W5'] } }],
    ['cdk-nag, another rule', { cdk_nag: { rules_to_suppress: [{ id: 'AwsSolutions-VPC3', reason }] } }],
    [
      'cdk-nag, limited to findings that flow-log rules do not have',
      { cdk_nag: { rules_to_suppress: [{ id: 'AwsSolutions-VPC7', reason, applies_to: ['Resource::*'] }] } },
    ],
    ['cfn-guard, another rule', { guard: { SuppressedRules: ['SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED'] } }],
    ['checkov, another rule', { checkov: { skip: [{ id: 'CKV2_AWS_12', comment: reason }] } }],
    ['metadata of something else', { 'aws:cdk:path': 'Stack/Vpc/Resource', notes: { id: 'W60' } }],
    ['nothing written yet', { 'flow-log-guard': { suppress: null }, cfn_nag: null, guard: 'x' }],
  ])('does not silence: %s', (_title, metadata) => {
    const result = check(write(templateOf(metadata)));
    expect(suppressed(result)).toBeUndefined();
    expect(codesIn(result)).toEqual(['vpc-no-flow-log']);
  });

  test('of the template counts for cdk-nag', () => {
    const rule = 'AwsSolutions-VPC7';
    const metadata = { cdk_nag: { rules_to_suppress: [{ id: rule, reason }] } };
    const result = check(write({ Metadata: metadata, ...templateOf(undefined) }));
    expect(suppressed(result)).toEqual({ by: 'cdk-nag', rule, reason });
    expect(result.findings).toEqual([]);
  });

  test('of another resource silences nothing', () => {
    const subnet = {
      Type: 'AWS::EC2::Subnet',
      Metadata: { cfn_nag: { rules_to_suppress: [{ id: 'W60', reason }] } },
      Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' },
    };
    const result = check(write({ Resources: { Vpc: bareVpc(), Subnet: subnet } }));
    expect(codesIn(result)).toEqual(['vpc-no-flow-log']);
  });

  test('silences the one VPC that it is on', () => {
    const metadata = { cfn_nag: { rules_to_suppress: [{ id: 'W60' }] } };
    const result = check(write({ Resources: { Other: bareVpc(), Vpc: bareVpc(metadata) } }));
    expect(result.findings.map(({ logicalId }) => logicalId)).toEqual(['Other']);
  });
});

describe('which findings', () => {
  const flowLog = (traffic: string, condition?: string) => ({
    Type: 'AWS::EC2::FlowLog',
    ...(condition !== undefined && { Condition: condition }),
    Properties: {
      ResourceId: { Ref: 'Vpc' },
      ResourceType: 'VPC',
      TrafficType: traffic,
      LogDestinationType: 's3',
      LogDestination: 'arn:aws:s3:::logs',
    },
  });
  const cases = [
    ['vpc-no-flow-log', {}],
    ['vpc-flow-log-accept-only', { Resources: { Log: flowLog('ACCEPT') } }],
    [
      'vpc-flow-log-conditional',
      {
        Parameters: { Environment: { Type: 'String', Default: 'dev' } },
        Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Environment' }, 'prod'] } },
        Resources: { Log: flowLog('ALL', 'IsProd') },
      },
    ],
    ['vpc-flow-log-unknown', { Resources: { Log: flowLog('{{resolve:ssm:traffic}}') } }],
  ] as const;
  const withVpc = (template: object, metadata: unknown) => ({
    ...template,
    Resources: { Vpc: bareVpc(metadata), ...('Resources' in template ? (template.Resources as object) : {}) },
  });

  test.each(cases)('%s is silenced by another tool', (expected, template) => {
    const bare = check(JSON.stringify(withVpc(template, undefined)));
    expect(codesIn(bare)).toEqual([expected]);
    const metadata = { cfn_nag: { rules_to_suppress: [{ id: 'W60' }] } };
    expect(check(JSON.stringify(withVpc(template, metadata))).findings).toEqual([]);
  });

  test.each(cases)('%s is silenced by ours that names it, and by no other', (expected, template) => {
    const metadata = (named: string) => ({ 'flow-log-guard': { suppress: [{ code: named }] } });
    expect(check(JSON.stringify(withVpc(template, metadata(expected)))).findings).toEqual([]);
    for (const [other] of cases) {
      if (other === expected) continue;
      const result = check(JSON.stringify(withVpc(template, metadata(other))));
      expect(codesIn(result)).toEqual([expected, 'suppression-unused']);
      expect(result.vpcs[0]?.suppressed).toBeUndefined();
    }
  });

  test('one of a flow log is silenced by ours on the flow log', () => {
    const log = flowLog('ALL');
    const template = (metadata: unknown) => ({
      Resources: {
        Log: {
          ...log,
          ...(metadata !== undefined && { Metadata: metadata }),
          Properties: { ...log.Properties, ResourceId: { Ref: 'Gone' } },
        },
      },
    });
    expect(codesIn(check(JSON.stringify(template(undefined))))).toEqual(['flow-log-target-invalid']);
    const metadata = { 'flow-log-guard': { suppress: [{ code: 'flow-log-target-invalid', reason }] } };
    expect(check(JSON.stringify(template(metadata))).findings).toEqual([]);
  });

  test('a suppression with a reason is shown before one without', () => {
    const metadata = {
      cfn_nag: { rules_to_suppress: [{ id: 'W60' }] },
      checkov: { skip: [{ id: 'CKV2_AWS_11', comment: reason }] },
    };
    expect(suppressed(check(JSON.stringify(templateOf(metadata))))).toEqual({
      by: 'checkov',
      rule: 'CKV2_AWS_11',
      reason,
    });
  });

  test('the place of a suppression is the name of its rule', () => {
    const text = JSON.stringify(templateOf({ cfn_nag: { rules_to_suppress: [{ id: 'W60' }] } }));
    const { span } = check(text).vpcs[0]?.suppressed ?? {};
    expect(text.slice(span?.start, span?.end)).toBe('"W60"');
  });
});

describe('one text on many VPCs', () => {
  test('a loop brings its metadata along, with the reason of each instance', () => {
    const result = check(`
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Networks:
    - Name
    - [A, B]
    - \${Name}Vpc:
        Type: AWS::EC2::VPC
        Metadata:
          cfn_nag:
            rules_to_suppress: [{ id: W60, reason: 'Lab \${Name}' }]
`);
    expect(result.findings).toEqual([]);
    expect(result.vpcs.map((vpc) => [vpc.logicalId, vpc.suppressed?.reason])).toEqual([
      ['AVpc', 'Lab A'],
      ['BVpc', 'Lab B'],
    ]);
  });

  test('an alias stands for what it repeats', () => {
    const result = check(`
Resources:
  First:
    Type: AWS::EC2::VPC
    Metadata: &excused
      cfn_nag: { rules_to_suppress: [{ id: W60 }] }
  Second:
    Type: AWS::EC2::VPC
    Metadata: *excused
`);
    expect(result.findings).toEqual([]);
    expect(result.vpcs.filter((vpc) => vpc.suppressed)).toHaveLength(2);
  });
});
