import { describe, expect, test } from 'vitest';
import { checkText } from '../../server/src/workspace/check.ts';

/** The hints on suppressions: `code "what it stands on": message`. */
function hints(text: string): string[] {
  const result = checkText(text);
  if (result.kind !== 'template') throw new Error(result.kind);
  return result.findings
    .filter(({ code }) => code.startsWith('suppression-'))
    .map(({ code, severity, span, message, logicalId }) => {
      expect(severity).toBe('hint');
      expect(logicalId === '' || text.includes(logicalId)).toBe(true);
      return `${code} «${text.slice(span.start, span.end)}»: ${message}`;
    });
}

const flowLog = `
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Vpc
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::logs`;

const vpcWith = (metadata: string, more = ''): string => `
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Metadata: ${metadata}${more}
`;

const covered = (metadata: string): string => vpcWith(metadata, flowLog);
const why = 'Log records the rejected traffic of Vpc';

describe('suppression-unused', () => {
  test.each([
    ['{ cfn_nag: { rules_to_suppress: [{ id: W60 }] } }', 'W60', `W60 (cfn_nag) suppresses nothing: ${why}`],
    [
      '{ cdk_nag: { rules_to_suppress: [{ id: AwsSolutions-VPC7 }] } }',
      'AwsSolutions-VPC7',
      `AwsSolutions-VPC7 (cdk-nag) suppresses nothing: ${why}`,
    ],
    [
      '{ guard: { SuppressedRules: [VPC_FLOW_LOGS_ENABLED] } }',
      'VPC_FLOW_LOGS_ENABLED',
      `VPC_FLOW_LOGS_ENABLED (cfn-guard) suppresses nothing: ${why}`,
    ],
    [
      '{ checkov: { skip: [{ id: CKV2_AWS_11 }] } }',
      'CKV2_AWS_11',
      `CKV2_AWS_11 (checkov) suppresses nothing: ${why}`,
    ],
    [
      '{ flow-log-guard: { suppress: [{ code: vpc-no-flow-log }] } }',
      'vpc-no-flow-log',
      `vpc-no-flow-log suppresses nothing: ${why}`,
    ],
  ])('on a covered VPC: %s', (metadata, place, message) => {
    expect(hints(covered(metadata))).toEqual([`suppression-unused «${place}»: ${message}`]);
  });

  test('for a comment', () => {
    const comment = '# trivy:ignore:AVD-AWS-0178';
    expect(hints(covered('{}').replace('  Vpc:', `  ${comment}\n  Vpc:`))).toEqual([
      `suppression-unused «${comment}»: AVD-AWS-0178 (trivy) suppresses nothing: ${why}`,
    ]);
  });

  test('for each code of ours that the finding does not have', () => {
    const metadata = '{ flow-log-guard: { suppress: [vpc-flow-log-unknown, vpc-no-flow-log] } }';
    expect(hints(vpcWith(metadata))).toEqual([
      'suppression-unused «vpc-flow-log-unknown»: vpc-flow-log-unknown suppresses nothing: the finding of Vpc is vpc-no-flow-log',
    ]);
  });

  test('for ours on a resource without such a finding', () => {
    const text = `
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Metadata: { flow-log-guard: { suppress: [vpc-no-flow-log] } }
`;
    expect(hints(text)).toEqual([
      'suppression-unused «vpc-no-flow-log»: vpc-no-flow-log suppresses nothing: Topic has no such finding',
    ]);
  });

  test('for a code of flow logs on a VPC', () => {
    const metadata = '{ flow-log-guard: { suppress: [flow-log-target-invalid] } }';
    expect(hints(vpcWith(metadata))).toEqual([
      'suppression-unused «flow-log-target-invalid»: flow-log-target-invalid suppresses nothing: Vpc has no such finding',
    ]);
  });

  test.each([
    ['cfn_nag', '{ rules_to_suppress: [{ id: W60 }] }', 'W60 (cfn_nag)'],
    ['flow-log-guard', '{ suppress: [vpc-no-flow-log] }', 'vpc-no-flow-log'],
  ])('where %s does not look: in the metadata of the template', (tool, metadata, name) => {
    expect(hints(`Metadata: { ${tool}: ${metadata} }${vpcWith('{}')}`)).toEqual([
      expect.stringContaining(
        `${name} suppresses nothing: ${tool} looks for it in the Metadata of a resource`,
      ),
    ]);
  });

  test.each([
    ['# checkov:skip=CKV2_AWS_11', 'CKV2_AWS_11 (checkov)', 'inside the resource, below its logical id'],
    [
      '# kics-scan disable=f6d299d2-21eb-41cc-b1e1-fe12d857500b',
      'f6d299d2-21eb-41cc-b1e1-fe12d857500b (kics)',
      'before everything else in the file',
    ],
  ])('where the tool does not look: %s', (comment, name, place) => {
    expect(hints(vpcWith('{}').replace('  Vpc:', `  ${comment}\n  Vpc:`))).toEqual([
      `suppression-unused «${comment}»: ${name} suppresses nothing: it has to stand ${place}`,
    ]);
  });

  test.each([
    ['# trivy:ignore:AVD-AWS-0178', 'on the line of the logical id of a VPC, or right above it'],
    [
      '# flow-log-guard-disable-next-line vpc-no-flow-log',
      'right above the line of the finding or of the logical id',
    ],
  ])('above something else: %s', (comment, place) => {
    const [hint] = hints(vpcWith('{}').replace('    Metadata', `    ${comment}\n    Metadata`));
    expect(hint).toContain(`suppresses nothing: it has to stand ${place}`);
  });

  test('where it has expired', () => {
    const comment = '# trivy:ignore:AVD-AWS-0178:exp:2001-01-31';
    expect(hints(vpcWith('{}').replace('  Vpc:', `  ${comment}\n  Vpc:`))).toEqual([
      `suppression-unused «${comment}»: AVD-AWS-0178 (trivy) suppresses nothing: it expired on 2001-01-31`,
    ]);
  });

  test('once for a loop, and only where no instance needs it', () => {
    const loop = (names: string): string => `
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Networks:
    - Name
    - [${names}]
    - \${Name}pc:
        Type: AWS::EC2::VPC
        Metadata: { cfn_nag: { rules_to_suppress: [{ id: W60 }] } }${flowLog}`;
    expect(hints(loop('V, X'))).toEqual([]);
    expect(hints(loop('V'))).toHaveLength(1);
  });

  test.each([
    ['another rule', covered('{ cfn_nag: { rules_to_suppress: [{ id: W5 }] } }')],
    ['whatever there is', covered('{}').replace('  Vpc:', '  # kics-scan ignore-block\n  Vpc:')],
    ['any rule', covered('{}').replace('  Vpc:', '  # trivy:ignore:*\n  Vpc:')],
    [
      'what another tool is told of a subnet',
      `
Resources:
  # trivy:ignore:AVD-AWS-0178
  Subnet:
    Type: AWS::EC2::Subnet
    # checkov:skip=CKV2_AWS_11
    Metadata: { cfn_nag: { rules_to_suppress: [{ id: W60 }] } }
`,
    ],
    [
      'a stack without a VPC',
      `
Metadata: { cdk_nag: { rules_to_suppress: [{ id: AwsSolutions-VPC7 }] } }
Resources:
  Topic:
    Type: AWS::SNS::Topic
`,
    ],
    [
      'a suppression for each tool',
      vpcWith(
        '{ cfn_nag: { rules_to_suppress: [{ id: W60 }] }, checkov: { skip: [{ id: CKV2_AWS_11 }] }, guard: { SuppressedRules: [VPC_FLOW_LOGS_ENABLED] } }',
      ),
    ],
  ])('not for %s', (_title, text) => {
    expect(hints(text)).toEqual([]);
  });
});

describe('suppression-misspelled', () => {
  test.each([
    // The tool's key.
    ['{ flow-log-gaurd: { suppress: [vpc-no-flow-log] } }', 'flow-log-gaurd', 'flow-log-guard'],
    ['{ flowLogGuard: { suppress: [vpc-no-flow-log] } }', 'flowLogGuard', 'flow-log-guard'],
    ['{ cfn-nag: { rules_to_suppress: [{ id: W60 }] } }', 'cfn-nag', 'cfn_nag'],
    ['{ cdk-nag: { rules_to_suppress: [{ id: AwsSolutions-VPC7 }] } }', 'cdk-nag', 'cdk_nag'],
    ['{ gaurd: { SuppressedRules: [VPC_FLOW_LOGS_ENABLED] } }', 'gaurd', 'guard'],
    ['{ chekov: { skip: [{ id: CKV2_AWS_11 }] } }', 'chekov', 'checkov'],
    // The list's.
    ['{ flow-log-guard: { supress: [vpc-no-flow-log] } }', 'supress', 'suppress'],
    ['{ cfn_nag: { rules_to_supress: [{ id: W60 }] } }', 'rules_to_supress', 'rules_to_suppress'],
    ['{ cfn_nag: { rulesToSuppress: [{ id: W60 }] } }', 'rulesToSuppress', 'rules_to_suppress'],
    ['{ guard: { SupressedRules: [VPC_FLOW_LOGS_ENABLED] } }', 'SupressedRules', 'SuppressedRules'],
    ['{ guard: { SuppressRule: [{ VPC_FLOW_LOGS: x }] } }', 'SuppressRule', 'SuppressRules'],
    ['{ checkov: { skips: [{ id: CKV2_AWS_11 }] } }', 'skips', 'skip'],
    // The item's.
    ['{ cfn_nag: { rules_to_suppress: [{ Id: W60 }] } }', 'Id', 'id'],
    ['{ cfn_nag: { rules_to_suppress: [{ rule: W60 }] } }', 'rule', 'id'],
    ['{ cfn_nag: { rules_to_suppress: [W60] } }', 'W60', 'id: W60'],
    ['{ flow-log-guard: { suppress: [{ codes: vpc-no-flow-log }] } }', 'codes', 'code'],
    // The rule.
    ['{ cfn_nag: { rules_to_suppress: [{ id: w60 }] } }', 'w60', 'W60'],
    ['{ checkov: { skip: [{ id: ckv2_aws_11 }] } }', 'ckv2_aws_11', 'CKV2_AWS_11'],
    [
      '{ cdk_nag: { rules_to_suppress: [{ id: awssolutions-vpc7 }] } }',
      'awssolutions-vpc7',
      'AwsSolutions-VPC7',
    ],
    ['{ flow-log-guard: { suppress: [{ code: vpc-no-flowlog }] } }', 'vpc-no-flowlog', 'vpc-no-flow-log'],
  ])('%s', (metadata, wrong, right) => {
    expect(hints(vpcWith(metadata))).toEqual([
      `suppression-misspelled «${wrong}»: ${wrong} suppresses nothing; did you mean ${right}?`,
    ]);
  });

  test('in JSON', () => {
    const metadata = { cfn_nag: { rules_to_supress: [{ id: 'W60' }] } };
    const template = { Resources: { Vpc: { Type: 'AWS::EC2::VPC', Metadata: metadata } } };
    expect(hints(JSON.stringify(template))).toEqual([
      'suppression-misspelled «"rules_to_supress"»: rules_to_supress suppresses nothing; did you mean rules_to_suppress?',
    ]);
  });

  test.each([
    ['flow-log-guard-disable-nextline vpc-no-flow-log', 'flow-log-guard-disable-nextline'],
    ['flow-log-gaurd-disable-next-line vpc-no-flow-log', 'flow-log-gaurd-disable-next-line'],
    ['flow-log-guard-disable-line vpc-no-flow-log', 'flow-log-guard-disable-line'],
    ['flow-log-guard-ignore vpc-no-flow-log', 'flow-log-guard-ignore'],
    ['flow-log-guard disable-next-line vpc-no-flow-log', 'flow-log-guard disable-next-line'],
  ])('# %s', (comment, wrong) => {
    expect(hints(vpcWith('{}').replace('  Vpc:', `  # ${comment}\n  Vpc:`))).toEqual([
      `suppression-misspelled «# ${comment}»: ${wrong} suppresses nothing; did you mean flow-log-guard-disable-next-line?`,
    ]);
  });

  test.each([
    ['checkov:ignore=CKV2_AWS_11', 'checkov:skip=CKV2_AWS_11'],
    ['chekov:skip=CKV2_AWS_11', 'checkov:skip=CKV2_AWS_11'],
    ['checkov:skip:ckv2_aws_11', 'checkov:skip=CKV2_AWS_11'],
    ['trivy:ignore=AVD-AWS-0178', 'trivy:ignore:AVD-AWS-0178'],
    ['trivy: ignore: AVD-AWS-0178', 'trivy:ignore:AVD-AWS-0178'],
    ['kics-scan ignoreline', 'kics-scan ignore-line'],
    ['kics-scan ignore_block', 'kics-scan ignore-block'],
  ])('# %s', (comment, right) => {
    expect(hints(vpcWith('{}').replace('  Vpc:', `  # ${comment}\n  Vpc:`))).toEqual([
      `suppression-misspelled «# ${comment}»: ${comment} suppresses nothing; did you mean ${right}?`,
    ]);
  });

  test.each([
    [
      'flow-log-guard-disable-next-line',
      'flow-log-guard-disable-next-line names no code; give it one, such as vpc-no-flow-log',
    ],
    [
      'flow-log-guard-disable-next-line vpc-no-flowlog',
      'vpc-no-flowlog suppresses nothing; did you mean vpc-no-flow-log?',
    ],
    [
      'flow-log-guard-disable-next-line vpc-no-flow-log only a lab',
      'only is no code that can be suppressed; a reason stands behind --',
    ],
  ])('# %s', (comment, message) => {
    expect(hints(vpcWith('{}').replace('  Vpc:', `  # ${comment}\n  Vpc:`))).toEqual([
      `suppression-misspelled «# ${comment}»: ${message}`,
    ]);
  });

  test('of a code that is like none, with those that there are', () => {
    const [hint] = hints(vpcWith('{ flow-log-guard: { suppress: [W60] } }'));
    expect(hint).toContain('W60 is no code that can be suppressed; those are vpc-no-flow-log, ');
  });

  test('of an item without a code', () => {
    expect(hints(vpcWith('{ flow-log-guard: { suppress: [{ reason: x }] } }'))).toEqual([
      'suppression-misspelled «{ reason: x }»: This suppression names no code; give it one, such as code: vpc-no-flow-log',
    ]);
  });

  test.each([
    '{ guards: { SuppressedRules: [S3_BUCKET_LOGGING_ENABLED] } }',
    '{ cfn_nag: { rules_to_supress: [{ id: W5 }] } }',
    '{ cfn_nag: { notes: [{ id: W60 }] } }',
    '{ card: { owner: flow-log-team } }',
    '{ FlowLogGroup: { Name: vpc-flow-log } }',
    '{ cfn-lint: { config: { ignore_checks: [W60] } } }',
    "{ 'aws:cdk:path': Stack/Vpc/Resource }",
    '{ flow-log-guard: { suppress: } }',
    '{ checkov: { skip: [{ id: CKV_AWS_11 }] } }',
    '{ cdk_nag: { rules_to_suppress: [{ id: AwsSolutions-VPC3 }] } }',
    'flow-log-guard',
    '[W60]',
  ])('not for %s', (metadata) => {
    expect(hints(vpcWith(metadata))).toEqual([]);
  });

  test.each([
    'flow-log-guard flags this VPC on purpose',
    'flow-log-guard ignores this VPC',
    'The flow log group is disabled',
    'kics-scan is our scanner',
    'kics-scan enable=f6d299d2-21eb-41cc-b1e1-fe12d857500b',
    'see checkov CKV2_AWS_11',
    'TODO: remove: AVD-AWS-0178',
    'checkov:skip:CKV_AWS_18',
    'https://avd.aquasec.com/misconfig/aws/ec2/avd-aws-0178',
  ])('not for # %s', (comment) => {
    expect(hints(vpcWith('{}').replace('  Vpc:', `  # ${comment}\n  Vpc:`))).toEqual([]);
  });

  test('not for what another tool is told of another resource', () => {
    const text = `
Resources:
  # kics-scan ignoreline
  Subnet:
    Type: AWS::EC2::Subnet
    Metadata: { cfn_nag: { rules_to_supress: [{ id: W60 }] } }
`;
    expect(hints(text)).toEqual([]);
  });
});

test('many suppressions of many VPCs', () => {
  const many = 3000;
  const comments = '# trivy:ignore:AVD-AWS-0178\n# kics-scan ignore-block\n'.repeat(many);
  const vpcs = Array.from({ length: many }, (_, index) => `  V${index}: { Type: AWS::EC2::VPC }\n`).join('');
  const result = checkText(`${comments}Resources:\n${vpcs}`);
  expect(result.kind === 'template' && result.vpcs.every((vpc) => vpc.suppressed !== undefined)).toBe(true);
});
