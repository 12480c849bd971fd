import path from 'node:path';
import { expect, test } from 'vitest';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { randomNumbers } from '../bench/templates.ts';

/**
 * Files that speak of each other are edited at random, one after the other. What is kept of one, while another is
 * typed, must be what a workspace finds that sees all of them for the first time.
 *
 * EDITS=5000 makes more edits than the usual run.
 */

const edits = Number(process.env['EDITS'] ?? 600);

const flowLog = (target: string): string => `
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: ${target}
      ResourceType: VPC
      TrafficType: ALL
      DeliverLogsPermissionArn: !GetAtt Role.Arn
      LogGroupName: !Ref Group
  Group:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: 30
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: { Service: vpc-flow-logs.amazonaws.com }
            Action: sts:AssumeRole
      Policies:
        - PolicyName: write
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [logs:CreateLogStream, logs:PutLogEvents]
                Resource: !Sub '\${Group.Arn}:*'
`;

const files: Readonly<Record<string, string>> = {
  'network.yaml': `Parameters:
  Stage:
    Type: String
    Default: prod
    AllowedValues: [dev, prod]
Conditions:
  IsProduction: !Equals [!Ref Stage, prod]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Other:
    Type: AWS::EC2::VPC
    Condition: IsProduction
Outputs:
  VpcId:
    Value: !Ref Vpc
    Export:
      Name: shared-VpcId
  OtherId:
    Value: !Ref Other
    Export:
      Name: shared-OtherId
`,
  'audit.yaml': `Resources:${flowLog('!ImportValue shared-VpcId')}`,
  'main.yaml': `Resources:
  Own:
    Type: AWS::EC2::VPC
  Network:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: child.yaml
      Parameters:
        VpcId: !Ref Own
        Traffic: ALL
`,
  'child.yaml': `Parameters:
  VpcId:
    Type: String
  Traffic:
    Type: String
    Default: ACCEPT
Resources:${flowLog('!Ref VpcId').replace('TrafficType: ALL', 'TrafficType: !Ref Traffic')}`,
};

/** Any of a group may come in place of any other of it. */
const exchangeable: readonly (readonly string[])[] = [
  ['TrafficType: ALL', 'TrafficType: ACCEPT', 'TrafficType: REJECT', 'TrafficType: !Ref Traffic'],
  ['ResourceType: VPC', 'ResourceType: Subnet', 'ResourceType: '],
  [
    '!ImportValue shared-VpcId',
    '!ImportValue shared-OtherId',
    '!ImportValue nothing',
    '!Ref VpcId',
    '!Ref Own',
  ],
  ['Name: shared-VpcId', 'Name: shared-Id', 'Name: shared-OtherId'],
  ['Value: !Ref Vpc\n', 'Value: !Ref Other\n', 'Value: none\n'],
  ['TemplateURL: child.yaml', 'TemplateURL: audit.yaml', 'TemplateURL: gone.yaml'],
  ['VpcId: !Ref Own', 'VpcId: !Ref Nobody', 'VpcId: none'],
  ['Traffic: ALL', 'Traffic: ACCEPT', 'Traffic: !Ref AWS::Region'],
  ['Default: prod', 'Default: dev'],
  ['[!Ref Stage, prod]', '[!Ref Stage, dev]', '[prod, prod]'],
  ['Condition: IsProduction', 'Condition: IsOther', 'DependsOn: Vpc'],
  ['logs:PutLogEvents', 'logs:Put', 's3:PutObject'],
  ['vpc-flow-logs.amazonaws.com', 'ec2.amazonaws.com'],
  ['RetentionInDays: 30', 'LogGroupName: own', 'Retention: 1'],
  ['# typed', '# typed\n# twice', ''],
  ['CidrBlock: 10.0.0.0/16', 'CidrBlock: 10.1.0.0/16'],
  ['\n  Vpc:', '\n  Net:', '\n  Other:', '\n  Vpc2:'],
  ['\n  Own:', '\n  Mine:'],
  ['\n  Network:', '\n  Nested:', '\n  Own:'],
  ['\n  FlowLog:', '\n  Log:', '\n  Role:'],
  ['\n  Group:', '\n  LogGroup:'],
  ['\n  Stage:', '\n  Level:'],
  ['\n  IsProduction:', '\n  IsStaging:'],
  ['\n  Traffic:', '\n  Kind:', '\n  VpcId:'],
  ['\n  OtherId:', '\n  ThirdId:', '\n  VpcId:'],
  ['Type: AWS::EC2::VPC\n', 'Type: AWS::EC2::Subnet\n', 'Type: \n'],
  ['Type: AWS::EC2::FlowLog', 'Type: AWS::EC2::FlowLogs'],
  ['Type: AWS::CloudFormation::Stack', 'Type: AWS::Serverless::Application', 'Type: AWS::S3::Bucket'],
  ['Resources:\n', 'Resources:\n  Added:\n    Type: AWS::EC2::VPC\n'],
  ['Outputs:\n', 'Outputs:\n  More:\n    Value: !Ref Other\n    Export: { Name: shared-VpcId }\n'],
  ['Parameters:\n  S', 'Parameters:\n  Half\n  S', 'Parameters:\n  Half: {}\n  S'],
];

function edited(text: string, random: () => number): string {
  const from = exchangeable[Math.floor(random() * exchangeable.length)]!;
  const found = from.filter((one) => one !== '' && text.includes(one));
  const old = found[Math.floor(random() * found.length)];
  const by = from[Math.floor(random() * from.length)]!;
  if (old === undefined) return random() < 0.2 ? `# typed\n${text}` : text;
  return text.replace(old, () => by);
}

function opened(texts: ReadonlyMap<string, string>): Workspace {
  const workspace = new Workspace();
  for (const [file, text] of texts) workspace.openDocument(file, text);
  return workspace;
}

function checksOf(workspace: Workspace, names: Iterable<string>): Record<string, FileCheck> {
  return Object.fromEntries(Array.from(names, (file) => [file, workspace.check(file)]));
}

test.each([1, 2, 3])(
  'files that speak of each other are checked as if seen for the first time (%d)',
  (seed) => {
    const random = randomNumbers(seed);
    const start = Object.entries(files).map(([name, text]): [string, string] => [path.resolve(name), text]);
    for (let round = 0; round < edits / 3 / 20; round += 1) {
      const texts = new Map(start);
      const live = opened(texts);
      for (let step = 0; step < 20; step += 1) {
        const file = [...texts.keys()][Math.floor(random() * texts.size)]!;
        const next = edited(texts.get(file)!, random);
        texts.set(file, next);
        live.openDocument(file, next);
        if (random() < 0.3) continue;
        expect(checksOf(live, texts.keys()), `${file}:\n${next}`).toEqual(
          checksOf(opened(texts), texts.keys()),
        );
      }
    }
  },
);
