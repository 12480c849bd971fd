import { describe, expect, test } from 'vitest';
import { checkText } from '../../server/src/workspace/check.ts';

/** `key: severity: message` of every log group that is reported. */
function hints(text: string): string[] {
  const check = checkText(text);
  if (check.kind !== 'template') return [check.kind];
  return check.findings
    .filter(({ code }) => code === 'log-group-no-retention')
    .map(({ span, severity, message }) => `${text.slice(span.start, span.end)}: ${severity}: ${message}`);
}

const flowLog = (name: string, destination: string): string => `
  ${name}:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: vpc-0123456789abcdef0
      ResourceType: VPC
      TrafficType: ALL
      DeliverLogsPermissionArn: arn:aws:iam::111122223333:role/FlowLogs
      ${destination}
`;

const group = (properties: string): string => `
  Group:
    Type: AWS::Logs::LogGroup
    ${properties}
`;

const template = (...resources: readonly string[]): string => `
Parameters:
  Name:
    Type: String
  Days:
    Type: Number
Conditions:
  Bounded: !Equals [!Ref Name, short]
Resources:${resources.join('')}`;

const kept = [
  'Group: hint: Group keeps its flow log records for ever; set RetentionInDays to bound what they cost',
];

describe('a log group without retention', () => {
  test.each([
    ['named by Ref', 'LogGroupName: !Ref Group', ''],
    ['named by its ARN', "LogDestination: !GetAtt 'Group.Arn'", ''],
    [
      'named by an ARN of parts',
      'LogDestination: !Sub arn:aws:logs:eu-west-1:111122223333:log-group:${Group}',
      '',
    ],
    ['named by its literal name', 'LogGroupName: /flow', 'Properties: {LogGroupName: /flow}'],
    ['named by a parameter', 'LogGroupName: !Ref Name', 'Properties: {LogGroupName: !Ref Name}'],
    ['which leaves it out', 'LogGroupName: !Ref Group', 'Properties: {RetentionInDays: !Ref AWS::NoValue}'],
    [
      'which leaves it out either way',
      'LogGroupName: !Ref Group',
      'Properties: {RetentionInDays: !If [Bounded, !Ref AWS::NoValue, !Ref AWS::NoValue]}',
    ],
  ])('%s', (_, destination, properties) => {
    expect(hints(template(group(properties), flowLog('FlowLog', destination)))).toEqual(kept);
  });

  test('is reported once for all its flow logs', () => {
    const destination = 'LogGroupName: !Ref Group';
    expect(hints(template(group(''), flowLog('A', destination), flowLog('B', destination)))).toEqual(kept);
  });

  test('is the resource that the finding is about, the flow log the related place', () => {
    const check = checkText(template(group(''), flowLog('FlowLog', 'LogGroupName: !Ref Group')));
    expect(check.kind === 'template' && check.findings).toMatchObject([
      { logicalId: 'Group', related: [{ message: 'FlowLog delivers to Group' }] },
    ]);
  });
});

describe('nothing is said of a log group', () => {
  test.each([
    ['with retention', 'LogGroupName: !Ref Group', 'Properties: {RetentionInDays: 30}'],
    [
      'with a retention that a parameter gives',
      'LogGroupName: !Ref Group',
      'Properties: {RetentionInDays: !Ref Days}',
    ],
    [
      'with retention under a condition',
      'LogGroupName: !Ref Group',
      'Properties: {RetentionInDays: !If [Bounded, 30, !Ref AWS::NoValue]}',
    ],
    [
      'of which a macro writes the properties',
      'LogGroupName: !Ref Group',
      'Properties: {Fn::Transform: {Name: Retention}}',
    ],
    ['to which no flow log delivers', 'LogGroupName: /other', 'Properties: {LogGroupName: /flow}'],
    ['beside a bucket', 'LogDestinationType: s3\n      LogDestination: arn:aws:s3:::logs', ''],
  ])('%s', (_, destination, properties) => {
    expect(hints(template(group(properties), flowLog('FlowLog', destination)))).toEqual([]);
  });
});
