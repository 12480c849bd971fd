import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkText } from '../../server/src/workspace/check.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

/** `key: message` of every property that is reported, in the order of the text. */
function refusals(text: string): string[] {
  const check = checkText(text);
  if (check.kind !== 'template') return [check.kind];
  return check.findings
    .filter(({ code }) => code === 'flow-log-property-invalid')
    .map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`);
}

const indent = (lines: string): string => lines.trim().replaceAll('\n', '\n      ');

/** A template with one flow log of these properties; it is on the VPC unless they say otherwise. */
function withFlowLog(properties: string, sections = ''): string {
  const onVpc = properties.includes('ResourceId:') ? '' : 'ResourceId: !Ref Vpc';
  return `
Parameters:
  DestinationType:
    Type: String
    AllowedValues: [cloud-watch-logs, s3]
    Default: cloud-watch-logs
  FreeType:
    Type: String
    Default: cloud-watch-logs
  Interval:
    Type: Number
    AllowedValues: [60, 300, 600]
    Default: 60
  OptionalGroup:
    Type: String
    Default: ''
${sections}
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
  Gateway:
    Type: AWS::EC2::TransitGateway
  Group:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: 7
  Bucket:
    Type: AWS::S3::Bucket
  Stream:
    Type: AWS::KinesisFirehose::DeliveryStream
  DataStream:
    Type: AWS::Kinesis::Stream
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ${indent(`${onVpc}\n${properties}`)}
`;
}

const onVpc = 'ResourceType: VPC\nTrafficType: ALL';
const role = 'DeliverLogsPermissionArn: arn:aws:iam::111122223333:role/FlowLogs';
const toLogs = `LogGroupName: !Ref Group\n${role}`;
const toS3 = 'LogDestinationType: s3\nLogDestination: !GetAtt Bucket.Arn';
const toFirehose = 'LogDestinationType: kinesis-data-firehose\nLogDestination: !GetAtt Stream.Arn';

describe('what EC2 takes is not reported', () => {
  test.each([
    ['a log group by name', `${onVpc}\n${toLogs}`],
    ['a log group by its ARN', `${onVpc}\n${role}\nLogDestination: arn:aws:logs:eu-west-1:1:log-group:Flow`],
    [
      'a log group by an ARN of parts',
      `${onVpc}\n${role}\nLogDestination: !Sub arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${Group}`,
    ],
    ['a bucket', `${onVpc}\n${toS3}`],
    [
      'a prefix of a bucket',
      `${onVpc}\nLogDestinationType: s3\nLogDestination: !Sub \${Bucket.Arn}/network/`,
    ],
    [
      'a prefix that only begins like the reserved one',
      `${onVpc}\nLogDestinationType: s3\nLogDestination: !Sub \${Bucket.Arn}/AWSLogsOfNetwork`,
    ],
    ['options for a bucket', `${onVpc}\n${toS3}\nDestinationOptions:\n  FileFormat: parquet`],
    ['a Firehose stream with a role', `${onVpc}\n${toFirehose}\n${role}`],
    ['both intervals', `${onVpc}\n${toS3}\nMaxAggregationInterval: 600`],
    [
      'a transit gateway without traffic type',
      `ResourceId: !Ref Gateway\nResourceType: TransitGateway\n${toS3}\nMaxAggregationInterval: 60`,
    ],
    ['a subnet', `ResourceId: !Ref Subnet\nResourceType: Subnet\nTrafficType: ALL\n${toS3}`],
    [
      'a VPC that a parameter gives',
      `ResourceId: !Ref FreeType\nResourceType: VPC\nTrafficType: ALL\n${toS3}`,
    ],
    ['a role that may be left out', `${onVpc}\n${toS3}\nDeliverLogsPermissionArn: !Ref OptionalGroup`],
    [
      'a destination that only the deployment knows',
      `${onVpc}\nLogDestinationType: s3\nLogDestination: '{{resolve:ssm:bucket-arn}}'`,
    ],
    [
      'a destination that another tool fills in',
      `${onVpc}\nLogDestinationType: s3\nLogDestination: '[[bucket-arn]]'`,
    ],
    [
      'a type that only a deployer chooses',
      `${onVpc}\nLogDestinationType: !ImportValue Type\nLogGroupName: !Ref Group`,
    ],
    [
      'a traffic type that only a macro writes',
      `ResourceType: VPC\nFn::Transform:\n  Name: Traffic\n${toS3}`,
    ],
  ])('%s', (_, properties) => {
    expect(refusals(withFlowLog(properties))).toEqual([]);
  });
});

describe('what EC2 refuses is reported at the property, or at the flow log that lacks it', () => {
  test.each([
    ['no traffic type on a VPC', `ResourceType: VPC\n${toS3}`, 'FlowLog: FlowLog has no TrafficType;'],
    [
      'no traffic type on a subnet',
      `ResourceId: !Ref Subnet\nResourceType: Subnet\n${toS3}`,
      'FlowLog: FlowLog has no TrafficType;',
    ],
    [
      'a traffic type for a transit gateway',
      `ResourceId: !Ref Gateway\nResourceType: TransitGateway\nTrafficType: ALL\n${toS3}`,
      'TrafficType: FlowLog gives a TrafficType for a transit gateway;',
    ],
    [
      'another resource type on a VPC',
      `ResourceType: Subnet\nTrafficType: ALL\n${toS3}`,
      'ResourceType: FlowLog is on a VPC, but its ResourceType is another;',
    ],
    [
      'another resource type on a literal VPC',
      `ResourceId: vpc-0123456789abcdef0\nResourceType: Subnet\nTrafficType: ALL\n${toS3}`,
      'ResourceType: FlowLog is on a VPC, but its ResourceType is another;',
    ],
    [
      'no resource type on a VPC',
      `TrafficType: ALL\n${toS3}`,
      'FlowLog: FlowLog is on a VPC, but has no ResourceType;',
    ],
    ['no destination', onVpc, 'FlowLog: FlowLog has no destination;'],
    ['no bucket', `${onVpc}\nLogDestinationType: s3`, 'FlowLog: FlowLog has no destination;'],
    [
      'no stream',
      `${onVpc}\nLogDestinationType: kinesis-data-firehose`,
      'FlowLog: FlowLog has no destination;',
    ],
    [
      'no role',
      `${onVpc}\nLogGroupName: !Ref Group`,
      'FlowLog: FlowLog delivers to CloudWatch Logs without a role;',
    ],
    [
      'a role with S3',
      `${onVpc}\n${toS3}\n${role}`,
      'DeliverLogsPermissionArn: FlowLog gives a role for delivery to S3;',
    ],
    [
      'two destinations',
      `${onVpc}\n${toLogs}\nLogDestination: arn:aws:logs:eu-west-1:1:log-group:Flow`,
      'LogDestination: FlowLog has both LogDestination and LogGroupName;',
    ],
    [
      'a log group with S3',
      `${onVpc}\n${toS3}\nLogGroupName: !Ref Group`,
      'LogGroupName: FlowLog names a log group, but does not deliver to CloudWatch Logs;',
    ],
    [
      'a log group with Firehose',
      `${onVpc}\n${toFirehose}\nLogGroupName: !Ref Group`,
      'LogGroupName: FlowLog names a log group, but does not deliver to CloudWatch Logs;',
    ],
    [
      'options with CloudWatch Logs',
      `${onVpc}\n${toLogs}\nDestinationOptions:\n  FileFormat: parquet`,
      'DestinationOptions: FlowLog has DestinationOptions, but does not deliver to S3;',
    ],
    [
      'the Arn of a log group',
      `${onVpc}\n${role}\nLogDestination: !GetAtt Group.Arn`,
      "LogDestination: FlowLog has a LogDestination that ends in ':*'; EC2 takes the ARN of a log group without it: set LogGroupName to the Ref of Group instead",
    ],
    [
      'the Arn of a log group in Fn::Sub',
      `${onVpc}\n${role}\nLogDestination: !Sub '\${Group.Arn}'`,
      "LogDestination: FlowLog has a LogDestination that ends in ':*';",
    ],
    [
      'a literal that ends so',
      `${onVpc}\n${role}\nLogDestination: arn:aws:logs:eu-west-1:1:log-group:Flow:*`,
      "LogDestination: FlowLog has a LogDestination that ends in ':*';",
    ],
    [
      'a bucket for CloudWatch Logs',
      `${onVpc}\n${role}\nLogDestination: !GetAtt Bucket.Arn`,
      'LogDestination: FlowLog delivers to a bucket, but its LogDestinationType is cloud-watch-logs; EC2 refuses it: set LogDestinationType to s3',
    ],
    [
      'a log group for S3',
      `${onVpc}\nLogDestinationType: s3\nLogDestination: !Sub arn:\${AWS::Partition}:logs:eu-west-1:1:log-group:Flow`,
      'LogDestination: FlowLog delivers to a log group, but its LogDestinationType is s3;',
    ],
    [
      'a data stream for Firehose',
      `${onVpc}\nLogDestinationType: kinesis-data-firehose\nLogDestination: !GetAtt DataStream.Arn`,
      'LogDestination: FlowLog delivers to an ARN of kinesis, but its LogDestinationType is kinesis-data-firehose;',
    ],
    [
      'the name of a bucket',
      `${onVpc}\nLogDestinationType: s3\nLogDestination: !Ref Bucket`,
      'LogDestination: FlowLog has a LogDestination that is no ARN;',
    ],
    [
      'a literal name',
      `${onVpc}\nLogDestinationType: s3\nLogDestination: my-bucket`,
      'LogDestination: FlowLog has a LogDestination that is no ARN;',
    ],
    [
      'the reserved prefix',
      `${onVpc}\nLogDestinationType: s3\nLogDestination: !Sub '\${Bucket.Arn}/AWSLogs/'`,
      'LogDestination: FlowLog delivers to the prefix AWSLogs;',
    ],
    [
      'the reserved prefix of a literal',
      `${onVpc}\nLogDestinationType: s3\nLogDestination: arn:aws:s3:::logs/AWSLogs`,
      'LogDestination: FlowLog delivers to the prefix AWSLogs;',
    ],
    [
      'another interval',
      `${onVpc}\n${toS3}\nMaxAggregationInterval: 300`,
      'MaxAggregationInterval: FlowLog has a MaxAggregationInterval of 300;',
    ],
    [
      'the long interval on a transit gateway',
      `ResourceId: !Ref Gateway\nResourceType: TransitGateway\n${toS3}\nMaxAggregationInterval: 600`,
      'MaxAggregationInterval: FlowLog aggregates the records of a transit gateway over 600 seconds;',
    ],
  ])('%s', (_, properties, expected) => {
    expect(refusals(withFlowLog(properties))).toEqual([expect.stringContaining(expected)]);
  });

  test('the destination is related', () => {
    const text = withFlowLog(`${onVpc}\n${role}\nLogDestination: !GetAtt Group.Arn`);
    const check = checkText(text);
    const related = check.kind === 'template' ? check.findings[0]?.related : undefined;
    expect(related?.map(({ span, message }) => [text.slice(span.start, span.end), message])).toEqual([
      ['Group', 'Group is of type AWS::Logs::LogGroup'],
    ]);
  });

  test('in JSON, and two of them at one place', () => {
    const text = JSON.stringify({
      Resources: {
        Vpc: { Type: 'AWS::EC2::VPC' },
        FlowLog: {
          Type: 'AWS::EC2::FlowLog',
          Properties: { ResourceId: { Ref: 'Vpc' }, ResourceType: 'VPC' },
        },
      },
    });
    expect(refusals(text)).toEqual([
      expect.stringContaining('"FlowLog": FlowLog has no TrafficType;'),
      expect.stringContaining('"FlowLog": FlowLog has no destination;'),
    ]);
  });
});

describe('what the linters of the schema report is left to them', () => {
  test.each([
    ['a wrong value', `ResourceType: vpc\nTrafficType: EVERYTHING\n${toS3}`],
    ['a wrong destination type', `${onVpc}\nLogDestinationType: S3\nLogDestination: !GetAtt Bucket.Arn`],
    ['an interval that is no number', `${onVpc}\n${toS3}\nMaxAggregationInterval: fast`],
    ['a name that is not declared', `${onVpc}\nLogDestinationType: s3\nLogDestination: !Ref Nobody`],
  ])('%s', (_, properties) => {
    expect(refusals(withFlowLog(properties))).toEqual([]);
  });

  test('no properties at all', () => {
    expect(refusals('Resources:\n  FlowLog:\n    Type: AWS::EC2::FlowLog\n')).toEqual([]);
  });
});

describe('conditions', () => {
  const conditions = `
Conditions:
  ToS3: !Equals [!Ref DestinationType, s3]
  ToLogs: !Equals [!Ref DestinationType, cloud-watch-logs]
  FreeToLogs: !Equals [!Ref FreeType, cloud-watch-logs]
`;

  test.each([
    [
      'each destination has what it needs',
      `${onVpc}
LogDestinationType: !Ref DestinationType
LogDestination: !If [ToS3, !GetAtt Bucket.Arn, !Ref AWS::NoValue]
LogGroupName: !If [ToLogs, !Ref Group, !Ref AWS::NoValue]
DeliverLogsPermissionArn: !If [ToLogs, arn:aws:iam::111122223333:role/FlowLogs, !Ref AWS::NoValue]`,
    ],
    [
      'a type without allowed values',
      `${onVpc}
LogDestinationType: !Ref FreeType
LogDestination: !If [FreeToLogs, !Ref AWS::NoValue, !GetAtt Bucket.Arn]
LogGroupName: !If [FreeToLogs, !Ref Group, !Ref AWS::NoValue]
DeliverLogsPermissionArn: !If [FreeToLogs, arn:aws:iam::111122223333:role/FlowLogs, !Ref AWS::NoValue]`,
    ],
    [
      'what only the deployment decides',
      `${onVpc}
LogDestinationType: s3
LogDestination: !If [Undeclared, !GetAtt Bucket.Arn, !Ref AWS::NoValue]`,
    ],
    [
      'a name that may be empty',
      `${onVpc}\n${role}
LogDestination: arn:aws:logs:eu-west-1:1:log-group:Flow
LogGroupName: !Ref OptionalGroup`,
    ],
  ])('nothing is said of: %s', (_, properties) => {
    expect(refusals(withFlowLog(properties, conditions))).toEqual([]);
  });

  test.each([
    [
      'a role with each destination',
      `${onVpc}
LogDestinationType: !Ref DestinationType
LogDestination: !If [ToS3, !GetAtt Bucket.Arn, !Ref AWS::NoValue]
LogGroupName: !If [ToLogs, !Ref Group, !Ref AWS::NoValue]
${role}`,
      "FlowLog gives a role for delivery to S3 when DestinationType is 's3'; EC2 refuses it",
    ],
    [
      'no destination in one case',
      `${onVpc}
LogDestinationType: !Ref DestinationType
${role}
LogGroupName: !If [ToLogs, !Ref Group, !Ref AWS::NoValue]
LogDestination: !Ref AWS::NoValue`,
      "FlowLog has no destination when DestinationType is 's3'; EC2 refuses it: set LogDestination to the ARN of a bucket",
    ],
    [
      'an allowed value that EC2 does not take',
      `${onVpc}\n${toS3}
MaxAggregationInterval: !Ref Interval`,
      "FlowLog has a MaxAggregationInterval of 300 when Interval is '300';",
    ],
    [
      'a branch',
      `${onVpc}\n${toS3}
MaxAggregationInterval: !If [ToLogs, 60, 120]`,
      "FlowLog has a MaxAggregationInterval of 120 when DestinationType is 's3';",
    ],
    [
      'a condition of the whole is no news',
      `${onVpc}\n${toS3}
MaxAggregationInterval: 120`,
      'FlowLog has a MaxAggregationInterval of 120; EC2',
    ],
  ])('when it is refused is said: %s', (_, properties, expected) => {
    const found = refusals(withFlowLog(properties, conditions));
    expect(found).toContainEqual(expect.stringContaining(expected));
  });

  test('a flow log that is wrong wherever it exists needs no "when"', () => {
    const text = withFlowLog(`${onVpc}\n${toS3}\n${role}`, conditions).replace(
      'Type: AWS::EC2::FlowLog',
      'Type: AWS::EC2::FlowLog\n    Condition: ToS3',
    );
    expect(refusals(text)).toEqual([
      expect.stringContaining('FlowLog gives a role for delivery to S3; EC2 refuses it'),
    ]);
  });

  test('each branch of Properties is looked at', () => {
    const text = `
Parameters:
  Stage:
    Type: String
    AllowedValues: [dev, prod]
Conditions:
  Prod: !Equals [!Ref Stage, prod]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties: !If
      - Prod
      - {ResourceId: !Ref Vpc, ResourceType: VPC, TrafficType: ALL, LogDestinationType: s3, LogDestination: 'arn:aws:s3:::logs'}
      - {ResourceId: !Ref Vpc, ResourceType: VPC, TrafficType: ALL, LogDestinationType: s3}
`;
    expect(refusals(text)).toEqual([
      expect.stringContaining("FlowLog: FlowLog has no destination when Stage is 'dev';"),
    ]);
  });

  test('a macro may add what is missing, but not take what is there', () => {
    const macro = '\nTransform: Corporate\n';
    expect(refusals(withFlowLog(onVpc, macro))).toEqual([]);
    expect(refusals(withFlowLog(`${onVpc}\n${toS3}\n${role}`, macro))).toHaveLength(1);
  });
});

test('the instances of a loop share a finding of each kind', () => {
  const text = `
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Logs:
    - Name
    - [A, B]
    - FlowLog\${Name}:
        Type: AWS::EC2::FlowLog
        Properties: {ResourceId: vpc-0123456789abcdef0, ResourceType: VPC, LogDestinationType: s3}
`;
  expect(refusals(text)).toEqual([
    expect.stringMatching(/FlowLogA has no TrafficType; .*; likewise FlowLogB$/),
    expect.stringMatching(/FlowLogA has no destination; .*; likewise FlowLogB$/),
  ]);
});

test('a nested template is judged by what its parents pass', () => {
  const nested = `
Parameters:
  Type:
    Type: String
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0123456789abcdef0
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: !Ref Type
      LogDestination: arn:aws:s3:::logs
`;
  const parent = (type: string): string => `
Resources:
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: nested.yaml
      Parameters: {Type: ${type}}
`;
  const messages = (...types: readonly string[]): string[] => {
    const workspace = new Workspace();
    const file = path.resolve('/workspace', 'nested.yaml');
    workspace.setDiskText(file, nested);
    for (const type of types) {
      workspace.setDiskText(path.resolve('/workspace', `${type}.yaml`), parent(type));
    }
    const check = workspace.check(file);
    return check.kind === 'template' ? check.findings.map(({ message }) => message) : [check.kind];
  };
  expect(messages()).toEqual([]);
  expect(messages('s3')).toEqual([]);
  expect(messages('s3', 'cloud-watch-logs')).toEqual([
    'FlowLog delivers to CloudWatch Logs without a role; EC2 requires one: set DeliverLogsPermissionArn to a role that vpc-flow-logs.amazonaws.com may assume and that may write logs',
    'FlowLog delivers to a bucket, but its LogDestinationType is cloud-watch-logs; EC2 refuses it: set LogDestinationType to s3',
  ]);
});

test('a flow log that lacks its destination covers; one without traffic type does not', () => {
  const verdict = (text: string): string | undefined => {
    const check = checkText(text);
    return check.kind === 'template' ? check.vpcs[0]?.verdict : undefined;
  };
  expect(verdict(withFlowLog(onVpc))).toBe('covered');
  expect(verdict(withFlowLog(`ResourceType: VPC\n${toS3}`))).toBe('missing');
});
