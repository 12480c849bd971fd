import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace.ts';

/** A workspace of these files below one folder. */
function workspaceOf(files: Record<string, string>): Workspace {
  const workspace = new Workspace();
  for (const [name, text] of Object.entries(files)) workspace.setDiskText(at(name), text);
  return workspace;
}

function at(name: string): string {
  return path.resolve('/workspace', name);
}

/** `verdict: reason` of each VPC of the file, by logical id. */
function verdicts(workspace: Workspace, name: string): Record<string, string> {
  const check = workspace.check(at(name));
  if (check.kind !== 'template') return { '': check.kind };
  return Object.fromEntries(check.vpcs.map((vpc) => [vpc.logicalId, vpc.verdict]));
}

function messages(workspace: Workspace, name: string): string[] {
  const check = workspace.check(at(name));
  return check.kind === 'template' ? check.findings.map(({ message }) => message) : [];
}

const flowLog = (resourceId: string, more = ''): string => `
  FlowLog:
    Type: AWS::EC2::FlowLog
    ${more}
    Properties:
      ResourceId: ${resourceId}
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::logs
`;

const network = `
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
Outputs:
  VpcId:
    Value: !Ref Vpc
    Export:
      Name: !Sub \${AWS::StackName}-VpcId
`;

describe('nested stacks', () => {
  const monitoring = `
Parameters:
  VpcId:
    Type: AWS::EC2::VPC::Id
Resources:${flowLog('!Ref VpcId')}`;

  test('a sibling is given the VPC that another nested stack puts out', () => {
    const workspace = workspaceOf({
      'main.yaml': `
Resources:
  Network:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./stacks/network.yaml
  Monitoring:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: stacks/monitoring.yaml
      Parameters:
        VpcId: !GetAtt Network.Outputs.VpcId
`,
      'stacks/network.yaml': network,
      'stacks/monitoring.yaml': monitoring,
    });
    expect(verdicts(workspace, 'stacks/network.yaml')).toEqual({ Vpc: 'covered' });
    expect(messages(workspace, 'stacks/monitoring.yaml')).toEqual([]);
  });

  test('a child is given the VPC of its parent, by the metadata of a CDK asset', () => {
    const workspace = workspaceOf({
      'cdk.out/App.template.json': JSON.stringify({
        Resources: {
          Vpc: { Type: 'AWS::EC2::VPC', Properties: {} },
          Nested: {
            Type: 'AWS::CloudFormation::Stack',
            Properties: {
              TemplateURL: { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::URLSuffix' }, '/asset.json']] },
              Parameters: { VpcId: { Ref: 'Vpc' } },
            },
            Metadata: {
              'aws:asset:path': 'Nested.nested.template.json',
              'aws:asset:property': 'TemplateURL',
            },
          },
        },
      }),
      'cdk.out/Nested.nested.template.json': JSON.stringify({
        Parameters: { VpcId: { Type: 'String' } },
        Resources: {
          FlowLog: {
            Type: 'AWS::EC2::FlowLog',
            Properties: { ResourceId: { Ref: 'VpcId' }, ResourceType: 'VPC', TrafficType: 'REJECT' },
          },
        },
      }),
    });
    expect(verdicts(workspace, 'cdk.out/App.template.json')).toEqual({ Vpc: 'covered' });
  });

  test('a SAM application nests by its Location', () => {
    const workspace = workspaceOf({
      'template.yaml': `
Transform: AWS::Serverless-2016-10-31
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Monitoring:
    Type: AWS::Serverless::Application
    Properties:
      Location: monitoring.yaml
      Parameters:
        VpcId: !Ref Vpc
`,
      'monitoring.yaml': monitoring,
    });
    expect(verdicts(workspace, 'template.yaml')).toEqual({ Vpc: 'covered' });
  });

  test('the condition of the nested stack is in the message', () => {
    const workspace = workspaceOf({
      'main.yaml': `
Parameters:
  Audit:
    Type: String
    AllowedValues: ['yes', 'no']
    Default: 'no'
Conditions:
  IsAudited: !Equals [!Ref Audit, 'yes']
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Monitoring:
    Type: AWS::CloudFormation::Stack
    Condition: IsAudited
    Properties:
      TemplateURL: monitoring.yaml
      Parameters:
        VpcId: !Ref Vpc
`,
      'monitoring.yaml': monitoring,
    });
    expect(verdicts(workspace, 'main.yaml')).toEqual({ Vpc: 'conditional' });
    expect(messages(workspace, 'main.yaml')).toEqual([
      "Vpc has no flow log when Audit is 'no' (the default)",
    ]);
  });

  test('what the parent passes decides the conditions of the child', () => {
    const child = `
Parameters:
  Logging:
    Type: String
    Default: 'off'
Conditions:
  IsOn: !Equals [!Ref Logging, 'on']
Resources:
  Vpc:
    Type: AWS::EC2::VPC${flowLog('!Ref Vpc', 'Condition: IsOn')}`;
    const parent = (logging: string): string => `
Resources:
  Network:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: child.yaml
      Parameters:
        Logging: '${logging}'
`;
    const workspace = workspaceOf({ 'main.yaml': parent('on'), 'child.yaml': child });
    expect(verdicts(workspace, 'child.yaml')).toEqual({ Vpc: 'covered' });
    workspace.setDiskText(at('main.yaml'), parent('off'));
    expect(verdicts(workspace, 'child.yaml')).toEqual({ Vpc: 'missing' });
    workspace.removeDiskText(at('main.yaml'));
    expect(verdicts(workspace, 'child.yaml')).toEqual({ Vpc: 'conditional' });
  });

  test('a child without a VPC that was checked before hands on what it is given', () => {
    const workspace = workspaceOf({
      'main.yaml': `
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Through:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: through.yaml
      Parameters:
        VpcId: !Ref Vpc${flowLog('!GetAtt Through.Outputs.VpcId')}`,
      'through.yaml': `
Parameters:
  VpcId:
    Type: AWS::EC2::VPC::Id
Resources:
  Topic:
    Type: AWS::SNS::Topic
Outputs:
  VpcId:
    Value: !Ref VpcId
`,
    });
    const none = { kind: 'template', problems: [], vpcs: [], findings: [] };
    expect(workspace.check(at('through.yaml'))).toEqual(none);
    expect(verdicts(workspace, 'main.yaml')).toEqual({ Vpc: 'covered' });
    expect(workspace.check(at('through.yaml'))).toEqual(none);
    expect(workspace.analysisOf(at('through.yaml')).templates).toHaveLength(1);
  });

  test('an edit of the child is seen, and so is a child that comes later', () => {
    const parent = `
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Monitoring:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: monitoring.yaml
      Parameters:
        VpcId: !Ref Vpc
`;
    const workspace = workspaceOf({ 'main.yaml': parent });
    expect(verdicts(workspace, 'main.yaml')).toEqual({ Vpc: 'missing' });
    workspace.setDiskText(at('monitoring.yaml'), monitoring);
    expect(verdicts(workspace, 'main.yaml')).toEqual({ Vpc: 'covered' });
    workspace.openDocument(at('monitoring.yaml'), monitoring.replace('ALL', 'ACCEPT'));
    expect(verdicts(workspace, 'main.yaml')).toEqual({ Vpc: 'wrong-traffic' });
    workspace.closeDocument(at('monitoring.yaml'));
    expect(verdicts(workspace, 'main.yaml')).toEqual({ Vpc: 'covered' });
  });

  test('templates that nest each other in a circle come to an end', () => {
    const nesting = (other: string): string => `
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Other:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ${other}
`;
    const workspace = workspaceOf({ 'a.yaml': nesting('b.yaml'), 'b.yaml': nesting('a.yaml') });
    expect(verdicts(workspace, 'a.yaml')).toEqual({ Vpc: 'missing' });
    expect(verdicts(workspace, 'b.yaml')).toEqual({ Vpc: 'missing' });
  });

  test('nesting that doubles at each level comes to an end', () => {
    const level = (next: number): string => `
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Left:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: ${next}.yaml }
  Right:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: ${next}.yaml }
`;
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${n}.yaml`, level(n + 1)]));
    const workspace = workspaceOf(files);
    expect(verdicts(workspace, '29.yaml')).toEqual({ Vpc: 'missing' });
  });
});

describe('exports and imports', () => {
  const importing = (name: string): string => `
Parameters:
  NetworkStack:
    Type: String
Resources:${flowLog(`!ImportValue ${name}`)}`;

  test.each([
    ['the pattern of the exporter', "{ 'Fn::Sub': '${NetworkStack}-VpcId' }"],
    ['a literal that fits the pattern', 'production-VpcId'],
  ])('by %s', (_, name) => {
    const text = importing(name.startsWith('{') ? '' : name).replace(
      'ResourceId: !ImportValue \n',
      `ResourceId: { 'Fn::ImportValue': ${name} }\n`,
    );
    const workspace = workspaceOf({ 'network.yaml': network, 'audit.yaml': text });
    expect(verdicts(workspace, 'network.yaml')).toEqual({ Vpc: 'covered' });
  });

  test('another name is not this export', () => {
    const workspace = workspaceOf({ 'network.yaml': network, 'audit.yaml': importing('production-VpcCidr') });
    expect(verdicts(workspace, 'network.yaml')).toEqual({ Vpc: 'missing' });
  });

  test('of two copies the nearer one is meant', () => {
    const workspace = workspaceOf({
      'v1/network.yaml': network,
      'v2/network.yaml': network,
      'v2/audit.yaml': importing('production-VpcId'),
    });
    expect(verdicts(workspace, 'v1/network.yaml')).toEqual({ Vpc: 'missing' });
    expect(verdicts(workspace, 'v2/network.yaml')).toEqual({ Vpc: 'covered' });
  });

  test('of two equally near ones each may be', () => {
    const workspace = workspaceOf({
      'a.yaml': network,
      'b.yaml': network,
      'audit.yaml': importing('production-VpcId'),
    });
    expect(verdicts(workspace, 'a.yaml')).toEqual({ Vpc: 'unknown' });
    expect(messages(workspace, 'a.yaml')).toEqual([
      'Whether Vpc has a flow log cannot be told: the ResourceId of FlowLog does not tell: several templates have an output of that name',
    ]);
  });

  test('an import that nothing exports is a VPC elsewhere', () => {
    const workspace = workspaceOf({
      'main.yaml': `
Resources:
  Vpc:
    Type: AWS::EC2::VPC${flowLog('!ImportValue shared-VpcId')}`,
    });
    expect(verdicts(workspace, 'main.yaml')).toEqual({ Vpc: 'missing' });
  });

  test('Fn::GetStackOutput by the name of a CDK stack', () => {
    const consumer = JSON.stringify({
      Resources: {
        FlowLog: {
          Type: 'AWS::EC2::FlowLog',
          Properties: {
            ResourceId: { 'Fn::GetStackOutput': { StackName: 'Network', OutputName: 'VpcId' } },
            ResourceType: 'VPC',
            TrafficType: 'ALL',
          },
        },
      },
    });
    const producer = JSON.stringify({
      Resources: { Vpc: { Type: 'AWS::EC2::VPC' } },
      Outputs: { VpcId: { Value: { Ref: 'Vpc' } } },
    });
    const workspace = workspaceOf({
      'cdk.out/Network.template.json': producer,
      'cdk.out/Other.template.json': producer,
      'cdk.out/Audit.template.json': consumer,
    });
    expect(verdicts(workspace, 'cdk.out/Network.template.json')).toEqual({ Vpc: 'covered' });
    expect(verdicts(workspace, 'cdk.out/Other.template.json')).toEqual({ Vpc: 'missing' });
  });
});

describe('what an edit elsewhere changes', () => {
  const alone = 'Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n';

  test('nothing, where neither file is linked', () => {
    const workspace = workspaceOf({ 'a.yaml': alone, 'b.yaml': alone });
    const state = workspace.linkState;
    const check = workspace.check(at('a.yaml'));
    workspace.openDocument(at('b.yaml'), `${alone}  # typing`);
    expect(workspace.linkState).toBe(state);
    expect(workspace.check(at('a.yaml'))).toBe(check);
  });

  test('the check of a file that is nested', () => {
    const workspace = workspaceOf({ 'a.yaml': network });
    const state = workspace.linkState;
    workspace.openDocument(at('a.yaml'), `${network}# typing`);
    expect(workspace.linkState).not.toBe(state);
  });
});

describe('included files', () => {
  const including = `
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Fn::Transform:
    Name: AWS::Include
    Parameters:
      Location: ./parts/flow-log.yaml
`;
  const part = flowLog('!Ref Vpc').replaceAll('\n  ', '\n');

  test('a flow log from a local file counts', () => {
    const workspace = workspaceOf({ 'main.yaml': including, 'parts/flow-log.yaml': part });
    expect(verdicts(workspace, 'main.yaml')).toEqual({ Vpc: 'covered' });
  });

  test('a file that is not at hand may hold one; once it comes or changes, that is seen', () => {
    const workspace = workspaceOf({ 'main.yaml': including });
    expect(verdicts(workspace, 'main.yaml')).toEqual({ Vpc: 'unknown' });
    workspace.setDiskText(at('parts/flow-log.yaml'), part);
    expect(verdicts(workspace, 'main.yaml')).toEqual({ Vpc: 'covered' });
    workspace.openDocument(at('parts/flow-log.yaml'), part.replace('ALL', 'ACCEPT'));
    expect(verdicts(workspace, 'main.yaml')).toEqual({ Vpc: 'wrong-traffic' });
    workspace.removeDiskText(at('parts/flow-log.yaml'));
    workspace.closeDocument(at('parts/flow-log.yaml'));
    expect(verdicts(workspace, 'main.yaml')).toEqual({ Vpc: 'unknown' });
  });
});

describe('circles', () => {
  test('a parameter that is passed, through outputs, to itself', () => {
    const echo = `
Parameters:
  VpcId:
    Type: String
Resources:${flowLog('!Ref VpcId')}
Outputs:
  VpcId:
    Value: !Ref VpcId
`;
    const workspace = workspaceOf({
      'main.yaml': `
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  A:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: echo.yaml
      Parameters: { VpcId: !GetAtt B.Outputs.VpcId }
  B:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: echo.yaml
      Parameters: { VpcId: !GetAtt A.Outputs.VpcId }
`,
      'echo.yaml': echo,
    });
    expect(verdicts(workspace, 'main.yaml')).toEqual({ Vpc: 'unknown' });
  });

  test('exports that import each other', () => {
    const relay = (exported: string, imported: string): string => `
Resources:
  Vpc:
    Type: AWS::EC2::VPC${flowLog(`!ImportValue ${imported}`)}
Outputs:
  Id:
    Value: !ImportValue ${imported}
    Export:
      Name: ${exported}
`;
    const workspace = workspaceOf({
      'a.yaml': relay('from-a', 'from-b'),
      'b.yaml': relay('from-b', 'from-a'),
    });
    expect(Object.keys(verdicts(workspace, 'a.yaml'))).toEqual(['Vpc']);
  });
});

test('a link that is typed is seen, also where the file was closed and its reading forgotten before', () => {
  const audit = `Resources:${flowLog('production-VpcId')}`;
  const file = at('audit.yaml');
  const workspace = workspaceOf({ 'network.yaml': network, 'audit.yaml': audit });
  const withLink = audit.replace('production-VpcId', '!ImportValue production-VpcId');
  for (let round = 0; round < 2; round += 1) {
    workspace.openDocument(file, audit);
    expect(verdicts(workspace, 'network.yaml')).toEqual({ Vpc: 'missing' });
    workspace.check(file);
    workspace.openDocument(file, audit.replace('TrafficType: ALL', 'TrafficType: REJECT'));
    workspace.check(file);
    workspace.openDocument(file, withLink);
    expect(verdicts(workspace, 'network.yaml')).toEqual({ Vpc: 'covered' });
    workspace.openDocument(file, audit);
    workspace.closeDocument(file);
    workspace.check(file);
    workspace.forgetReading(file);
  }
});

describe('reading what ties files together, in steps', () => {
  const audit = `Resources:${flowLog('!ImportValue production-VpcId')}`;
  const alone = 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n';

  test('it is not read again for a check', () => {
    const workspace = new Workspace();
    const reads: string[] = [];
    for (const [name, text] of Object.entries({ network, alone, audit })) {
      workspace.setDiskText(at(`${name}.yaml`), text, () => {
        reads.push(name);
        return text;
      });
    }
    const seen: string[] = [];
    const steps = workspace.readLinked();
    while (steps.next().done !== true) seen.push(reads.join());
    expect(seen).toContain('network');
    expect(reads).toEqual(['network', 'audit']);
    expect(verdicts(workspace, 'network.yaml')).toEqual({ Vpc: 'covered' });
    expect(reads).toEqual(['network', 'audit']);
  });

  test('exports are left alone where nothing imports', () => {
    const workspace = workspaceOf({ 'network.yaml': network });
    expect(workspace.readLinked().next().done).toBe(true);
  });
});

describe('forgetting what was found out', () => {
  const audit = `Resources:${flowLog('!ImportValue production-VpcId')}`;

  test('a file is found to be the same again', () => {
    const workspace = workspaceOf({ 'network.yaml': network });
    const before = workspace.check(at('network.yaml'));
    workspace.forgetReading(at('network.yaml'));
    expect(workspace.isChecked(at('network.yaml'))).toBe(false);
    expect(workspace.check(at('network.yaml'))).toEqual(before);
  });

  test('what the checks of others rest on is kept', () => {
    const workspace = workspaceOf({ 'network.yaml': network, 'audit.yaml': audit });
    for (const name of ['audit.yaml', 'network.yaml']) {
      const before = workspace.check(at(name));
      workspace.forgetReading(at(name));
      expect(workspace.isChecked(at(name))).toBe(true);
      expect(workspace.check(at(name))).toEqual(before);
    }
    expect(verdicts(workspace, 'network.yaml')).toEqual({ Vpc: 'covered' });
  });
});

describe('dropping the texts of files that have nothing to tell', () => {
  const alone = 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n';
  const bare = 'Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n';
  const including = 'Fn::Transform:\n  Name: AWS::Include\n  Parameters:\n    Location: alone.yaml\n';
  const once = ['alone.yaml'];

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['one alone is read again for its text, but not for its check', { 'alone.yaml': alone }, once],
    [
      'so is one that is ignored',
      { '.flow-log-guard.yaml': 'ignore: [alone.yaml]\n', 'alone.yaml': bare },
      once,
    ],
    ['one with a VPC is kept', { 'alone.yaml': bare }, []],
    ['one that is broken is kept', { 'alone.yaml': `${alone}    Properties: {\n` }, []],
    ['one that hints at exports is kept', { 'alone.yaml': network }, []],
    [
      'one that may be included is read for the checks, too',
      { 'including.yaml': `${including}${alone}`, 'alone.yaml': alone },
      [...once, ...once, ...once],
    ],
  ])('%s', (_, files, expected) => {
    const [kept, dropped] = [workspaceOf(files), workspaceOf(files)];
    const reads: string[] = [];
    kept.setFolders([at('')]);
    dropped.setFolders([at('')]);
    for (const [name, text] of Object.entries(files)) {
      dropped.dropIdleText(at(name), () => {
        reads.push(name);
        return text;
      });
    }
    expect(dropped.check(at('alone.yaml'))).toEqual(kept.check(at('alone.yaml')));
    expect(dropped.textOf(at('alone.yaml'))).toBe(files['alone.yaml']);
    expect(reads).toEqual(expected);
  });
});
