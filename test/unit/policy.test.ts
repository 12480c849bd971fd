import { describe, expect, test } from 'vitest';
import type { Finding } from '../../server/src/coverage/model.ts';
import {
  applySeverities,
  defaultPolicy,
  findingCodes,
  type Policy,
  type SeveritySetting,
} from '../../server/src/coverage/policy.ts';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

type TemplateCheck = Extract<FileCheck, { kind: 'template' }>;

function checkUnder(policy: Partial<Policy>, text: string): TemplateCheck {
  const workspace = new Workspace();
  workspace.setBasePolicy({ ...defaultPolicy, ...policy });
  workspace.openDocument('template.yaml', text);
  const check = workspace.check('template.yaml');
  if (check.kind !== 'template') throw new Error(`It is ${check.kind}`);
  return check;
}

/** A template whose flow log has that TrafficType, and what else belongs to it. */
function recording(trafficType: string, parameters = ''): string {
  return `${parameters}
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Vpc
      ResourceType: VPC
      ${trafficType === '' ? '' : `TrafficType: ${trafficType}`}
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::logs
`;
}

const bareVpc = 'Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n';

function parameter(more: string): string {
  return `Parameters:\n  Traffic: { Type: String, ${more} }`;
}

describe('standard', () => {
  test.each([
    { title: 'ALL', text: recording('ALL'), ec26: 'covered', configRule: 'covered' },
    { title: 'REJECT', text: recording('REJECT'), ec26: 'covered', configRule: 'covered' },
    { title: 'ACCEPT', text: recording('ACCEPT'), ec26: 'wrong-traffic', configRule: 'covered' },
    { title: 'none', text: recording(''), ec26: 'missing', configRule: 'missing' },
    { title: 'one that AWS refuses', text: recording('SOME'), ec26: 'missing', configRule: 'missing' },
    {
      title: 'a parameter for ALL or ACCEPT',
      text: recording('!Ref Traffic', parameter('AllowedValues: [ALL, ACCEPT]')),
      ec26: 'conditional',
      configRule: 'covered',
    },
    {
      title: 'a parameter for ACCEPT or what AWS refuses',
      text: recording('!Ref Traffic', parameter('AllowedValues: [ACCEPT, SOME]')),
      ec26: 'missing',
      configRule: 'conditional',
    },
    {
      title: 'a parameter with a default',
      text: recording('!Ref Traffic', parameter('Default: ACCEPT')),
      ec26: 'wrong-traffic',
      configRule: 'covered',
    },
    {
      title: 'a parameter for anything',
      text: recording('!Ref Traffic', parameter('NoEcho: false')),
      ec26: 'conditional',
      configRule: 'covered',
    },
    {
      title: 'what only the deployment knows',
      text: recording("'{{resolve:ssm:/traffic}}'"),
      ec26: 'unknown',
      configRule: 'covered',
    },
    {
      title: 'ACCEPT on what only the deployment knows',
      text: recording('ACCEPT').replace('!Ref Vpc', "'{{resolve:ssm:/vpc}}'"),
      ec26: 'missing',
      configRule: 'unknown',
    },
    {
      title: 'ACCEPT on a subnet',
      text: recording('ACCEPT').replace('ResourceType: VPC', 'ResourceType: Subnet'),
      ec26: 'missing',
      configRule: 'missing',
    },
    { title: 'no flow log', text: bareVpc, ec26: 'missing', configRule: 'missing' },
  ])('$title is $ec26 by EC2.6 and $configRule by the Config rule', ({ text, ec26, configRule }) => {
    const byControl = checkUnder({ standard: 'ec2.6' }, text);
    const byRule = checkUnder({ standard: 'config-rule' }, text);
    expect(byControl.vpcs.map(({ verdict }) => verdict)).toEqual([ec26]);
    expect(byRule.vpcs.map(({ verdict }) => verdict)).toEqual([configRule]);
    expect(JSON.stringify(byRule)).not.toContain('EC2.6');
  });

  test('the reason of a covered VPC does not speak of rejected traffic where that was not asked for', () => {
    const reasonUnder = (standard: Policy['standard']) =>
      checkUnder({ standard }, recording('ALL')).vpcs[0]?.reason;
    expect(reasonUnder('ec2.6')).toBe('FlowLog records the rejected traffic of Vpc');
    expect(reasonUnder('config-rule')).toBe('FlowLog records traffic of Vpc');
  });

  test('is asked anew of the same files', () => {
    const workspace = new Workspace();
    workspace.openDocument('template.yaml', recording('ACCEPT'));
    const verdict = () => {
      const check = workspace.check('template.yaml');
      return check.kind === 'template' ? check.vpcs[0]?.verdict : check.kind;
    };
    const before = workspace.linkState;
    expect(verdict()).toBe('wrong-traffic');
    workspace.setBasePolicy({ standard: 'config-rule', severities: {} });
    expect(verdict()).toBe('covered');
    expect(workspace.linkState).not.toBe(before);
  });
});

describe('severities', () => {
  const settings: SeveritySetting[] = ['error', 'warning', 'information', 'hint'];

  test.each(settings)('%s replaces the default one', (severity) => {
    const { findings, vpcs } = checkUnder({ severities: { 'vpc-no-flow-log': severity } }, bareVpc);
    expect(findings.map((finding) => [finding.code, finding.severity])).toEqual([
      ['vpc-no-flow-log', severity],
    ]);
    expect(vpcs.map(({ verdict }) => verdict)).toEqual(['missing']);
  });

  test('off drops the finding, and the VPC keeps its verdict', () => {
    const { findings, vpcs } = checkUnder({ severities: { 'vpc-no-flow-log': 'off' } }, bareVpc);
    expect(findings).toEqual([]);
    expect(vpcs.map(({ verdict, suppressed }) => ({ verdict, suppressed }))).toEqual([
      { verdict: 'missing', suppressed: undefined },
    ]);
  });

  test('a code has its own, whatever others have', () => {
    const text = `${recording('ACCEPT')}  Other:\n    Type: AWS::EC2::VPC\n`;
    const { findings } = checkUnder({ severities: { 'vpc-flow-log-accept-only': 'off' } }, text);
    expect(findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['vpc-no-flow-log warning']);
  });

  test.each(['true', 'false'])(
    'one replaces both of a conditional VPC: the parameter is %s by default',
    (byDefault) => {
      const text = `
Parameters:
  Log: { Type: String, AllowedValues: ['true', 'false'], Default: '${byDefault}' }
Conditions:
  Logged: !Equals [!Ref Log, 'true']
${recording('ALL').replace('Type: AWS::EC2::FlowLog', 'Type: AWS::EC2::FlowLog\n    Condition: Logged')}`;
      const severityUnder = (policy: Partial<Policy>) =>
        checkUnder(policy, text).findings.map(({ code, severity }) => `${code} ${severity}`);
      const otherwise = byDefault === 'true' ? 'information' : 'warning';
      expect(severityUnder({})).toEqual([`vpc-flow-log-conditional ${otherwise}`]);
      expect(severityUnder({ severities: { 'vpc-flow-log-conditional': 'error' } })).toEqual([
        'vpc-flow-log-conditional error',
      ]);
    },
  );

  test('a suppression of a finding that is off is not called unused', () => {
    const text = `${bareVpc}    Metadata:
      flow-log-guard:
        suppress: [{ code: vpc-no-flow-log, reason: a sandbox }]
`;
    const { findings, vpcs } = checkUnder({ severities: { 'vpc-no-flow-log': 'off' } }, text);
    expect(findings).toEqual([]);
    expect(vpcs[0]?.suppressed?.reason).toBe('a sandbox');
  });

  test('every code can be turned off', () => {
    const findings = findingCodes.map((code): Finding => ({
      code,
      severity: 'warning',
      message: '',
      logicalId: '',
      span: { start: 0, end: 0 },
      related: [],
    }));
    for (const code of findingCodes) {
      const policy: Policy = { ...defaultPolicy, severities: { [code]: 'off' } };
      expect(applySeverities(findings, policy)).toEqual(findings.filter((finding) => finding.code !== code));
    }
  });
});
