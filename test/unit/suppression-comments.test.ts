import { describe, expect, test } from 'vitest';
import type { Suppression } from '../../server/src/coverage/model.ts';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';
import { checkText } from '../../server/src/workspace/check.ts';

type Template = Extract<FileCheck, { kind: 'template' }>;

function check(text: string): Template {
  const result = checkText(text);
  if (result.kind !== 'template') throw new Error(result.kind);
  return result;
}

function suppressed(text: string, name = 'Vpc'): Omit<Suppression, 'span'> | undefined {
  const vpc = check(text).vpcs.find(({ logicalId }) => logicalId === name);
  if (vpc?.suppressed === undefined) return undefined;
  const { span: _span, ...suppression } = vpc.suppressed;
  return suppression;
}

/** A template with a comment at each of the places where one can be about `Vpc`. */
function withComments(comments: {
  start?: string;
  aboveResources?: string;
  above?: string;
  beside?: string;
  first?: string;
  inside?: string;
  last?: string;
  behind?: string;
}): string {
  const line = (indent: number, comment?: string): string[] =>
    comment === undefined ? [] : [`${' '.repeat(indent)}# ${comment}`];
  return [
    ...line(0, comments.start),
    'AWSTemplateFormatVersion: 2010-09-09',
    ...line(0, comments.aboveResources),
    'Resources:',
    '  Topic:',
    '    Type: AWS::SNS::Topic',
    ...line(2, comments.above),
    `  Vpc:${comments.beside === undefined ? '' : ` # ${comments.beside}`}`,
    ...line(4, comments.first),
    '    Type: AWS::EC2::VPC',
    '    Properties:',
    ...line(6, comments.inside),
    '      CidrBlock: 10.0.0.0/16',
    ...line(6, comments.last),
    ...line(2, comments.behind),
    '  Queue:',
    '    Type: AWS::SQS::Queue',
    '',
  ].join('\n');
}

type Place = keyof Parameters<typeof withComments>[0];

const flowLogQuery = 'f6d299d2-21eb-41cc-b1e1-fe12d857500b';
const otherQuery = '0afa6ab8-a047-48cf-be07-93a2f8c34cf7';
const longTrivyName = 'aws-ec2-require-vpc-flow-logs-for-all-vpcs';

describe('a comment that silences', () => {
  test.each<[place: Place, comment: string, by: Suppression['by'], rule: string, reason?: string]>([
    ['above', 'flow-log-guard-disable-next-line vpc-no-flow-log', 'flow-log-guard', 'vpc-no-flow-log'],
    [
      'above',
      'flow-log-guard-disable-next-line vpc-no-flow-log -- lives for an hour -- or two',
      'flow-log-guard',
      'vpc-no-flow-log',
      'lives for an hour -- or two',
    ],

    ['beside', 'checkov:skip=CKV2_AWS_11', 'checkov', 'CKV2_AWS_11'],
    ['first', 'checkov:skip=CKV2_AWS_11:a reason', 'checkov', 'CKV2_AWS_11', 'a reason'],
    ['inside', 'see #12, checkov:skip=CKV2_AWS_11: a reason', 'checkov', 'CKV2_AWS_11', 'a reason'],
    ['last', 'bridgecrew:skip=BC_AWS_LOGGING_9:a reason', 'checkov', 'BC_AWS_LOGGING_9', 'a reason'],

    ['above', 'kics-scan ignore-line', 'kics', 'ignore-line'],
    ['above', 'KICS-scan ignore-block', 'kics', 'ignore-block'],
    ['above', `kics-scan ignore-line=${flowLogQuery}`, 'kics', flowLogQuery],
    ['above', `kics-scan ignore-block=${flowLogQuery} a reason`, 'kics', flowLogQuery, 'a reason'],
    ['aboveResources', 'kics-scan ignore-block', 'kics', 'ignore-block'],
    ['start', 'kics-scan ignore', 'kics', 'ignore'],
    ['start', `kics-scan disable=${otherQuery},${flowLogQuery}`, 'kics', flowLogQuery],

    ['above', 'trivy:ignore:AVD-AWS-0178', 'trivy', 'AVD-AWS-0178'],
    ['above', 'trivy:ignore:avd-aws-0178 -- a reason', 'trivy', 'avd-aws-0178', 'a reason'],
    ['beside', 'trivy:ignore:AWS-0178', 'trivy', 'AWS-0178'],
    ['first', 'trivy:ignore:aws-0178', 'trivy', 'aws-0178'],
    ['above', 'trivy:ignore:*', 'trivy', '*'],
    ['above', 'trivy:ignore:AVD-AWS-0102 trivy:ignore:AVD-AWS-0178', 'trivy', 'AVD-AWS-0178'],
    ['above', 'trivy:ignore:AVD-AWS-0178:exp:2999-12-31', 'trivy', 'AVD-AWS-0178'],
    ['above', `tfsec:ignore:${longTrivyName}`, 'trivy', longTrivyName],
    ['beside', 'cfsec:ignore:AVD-AWS-0178', 'trivy', 'AVD-AWS-0178'],
  ])('%s: %s', (place, comment, by, rule, reason) => {
    const text = withComments({ [place]: comment });
    expect(suppressed(text)).toEqual({ by, rule, ...(reason !== undefined && { reason }) });
    expect(check(text).findings).toEqual([]);
    const { span } = check(text).vpcs[0]?.suppressed ?? {};
    expect(text.slice(span?.start, span?.end)).toBe(`# ${comment}`);
  });
});

describe('a comment that does not silence', () => {
  test.each<[place: Place, comment: string]>([
    ['beside', 'flow-log-guard-disable-next-line vpc-no-flow-log'],
    ['first', 'flow-log-guard-disable-next-line vpc-no-flow-log'],
    ['above', 'flow-log-guard-disable-next-line'],
    ['above', 'flow-log-guard-disable-next-line vpc-flow-log-unknown'],
    ['above', 'see flow-log-guard-disable-next-line vpc-no-flow-log'],

    ['above', 'checkov:skip=CKV2_AWS_11'],
    ['behind', 'checkov:skip=CKV2_AWS_11'],
    ['start', 'checkov:skip=CKV2_AWS_11'],
    ['inside', 'checkov:skip=CKV2_AWS_12'],
    ['inside', 'checkov:skip=CKV2_AWS_110'],
    ['inside', 'checkov reports CKV2_AWS_11'],

    ['first', 'kics-scan ignore-line'],
    ['beside', 'kics-scan ignore-line'],
    ['aboveResources', 'kics-scan ignore-line'],
    ['above', `kics-scan ignore-line=${otherQuery}`],
    ['above', 'kics-scan ignore'],
    ['start', `kics-scan disable=${otherQuery}`],
    ['start', `kics-scan enable=${otherQuery}`],
    ['aboveResources', `kics-scan disable=${flowLogQuery}`],

    ['inside', 'trivy:ignore:AVD-AWS-0178'],
    ['aboveResources', 'trivy:ignore:AVD-AWS-0178'],
    ['behind', 'trivy:ignore:AVD-AWS-0178'],
    ['above', 'trivy:ignore:AVD-AWS-0102'],
    ['above', 'trivy:ignore:AVD-AWS-0178:exp:2001-01-01'],
    ['above', 'trivy:ignore:AVD-AWS-0178:exp:soon'],
  ])('%s: %s', (place, comment) => {
    const text = withComments({ [place]: comment });
    expect(suppressed(text)).toBeUndefined();
    const codes = check(text).findings.map(({ code }) => code);
    expect(codes).toContain('vpc-no-flow-log');
  });

  test('in a text rather than in a comment', () => {
    const text = `
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
      Tags:
        - Key: One
          Value: "x # checkov:skip=CKV2_AWS_11"
        - Key: Two
          Value: |
            # checkov:skip=CKV2_AWS_11
        - Key: Three
          Value: a#checkov:skip=CKV2_AWS_11
`;
    expect(check(text).findings.map(({ code }) => code)).toEqual(['vpc-no-flow-log']);
  });

  test('in JSON, which has no comments', () => {
    const text = `{ "Resources": {
      // flow-log-guard-disable-next-line vpc-no-flow-log
      "Vpc": { "Type": "AWS::EC2::VPC" } } }`;
    expect(suppressed(text)).toBeUndefined();
  });
});

describe('where the lines are', () => {
  const ours = '# flow-log-guard-disable-next-line vpc-no-flow-log';
  const vpc = 'Vpc:\n    Type: AWS::EC2::VPC\n';

  test('other comments may stand between a comment and its line, but nothing else', () => {
    expect(suppressed(`Resources:\n  ${ours}\n  # A network\n  # of its own\n  ${vpc}`)).toBeDefined();
    expect(suppressed(`Resources:\n  ${ours}\n\n  ${vpc}`)).toBeUndefined();
  });

  test('a comment behind something is not above the next line', () => {
    const text = `Resources:\n  Topic:\n    Type: AWS::SNS::Topic ${ours}\n  ${vpc}`;
    expect(suppressed(text)).toBeUndefined();
  });

  test.each([
    ['Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['no line end at the end', (text: string) => text.trimEnd()],
  ])('%s', (_title, change) => {
    const text = change(`Resources:\n  ${ours} -- why\n  ${vpc}`);
    expect(suppressed(text)).toMatchObject({ by: 'flow-log-guard', reason: 'why' });
    const { span } = check(text).vpcs[0]?.suppressed ?? {};
    expect(text.slice(span?.start, span?.end)).toBe(`${ours} -- why`);
  });

  test('flow style has lines, too', () => {
    const text = 'Resources: {\n  # trivy:ignore:AVD-AWS-0178\n  Vpc: { Type: AWS::EC2::VPC } }\n';
    expect(suppressed(text)).toMatchObject({ by: 'trivy' });
  });

  test('of two VPCs the one below, or around, is meant', () => {
    const text = `
Resources:
  # kics-scan ignore-block
  First:
    Type: AWS::EC2::VPC
  Second:
    Type: AWS::EC2::VPC
    # checkov:skip=CKV2_AWS_11
  Third:
    Type: AWS::EC2::VPC
`;
    expect(suppressed(text, 'First')).toMatchObject({ by: 'kics' });
    expect(suppressed(text, 'Second')).toMatchObject({ by: 'checkov' });
    expect(suppressed(text, 'Third')).toBeUndefined();
  });

  test('a comment below the last resource, in another section, is not in it', () => {
    const text = `
Resources:
  Vpc:
    Type: AWS::EC2::VPC
Outputs:
  VpcId:
    # checkov:skip=CKV2_AWS_11
    Value: !Ref Vpc
`;
    expect(suppressed(text)).toBeUndefined();
  });

  test('each document has its own comments, and those at the start of the file', () => {
    const documents = ['A', 'B'].map((name) => `Resources:\n  ${name}:\n    Type: AWS::EC2::VPC\n`);
    const [first = '', second = ''] = documents;
    const file = `${first}---\n${second.replace('  B:', '  # kics-scan ignore-line\n  B:')}`;
    expect(suppressed(file, 'A')).toBeUndefined();
    expect(suppressed(file, 'B')).toMatchObject({ rule: 'ignore-line' });
    const everywhere = `# kics-scan ignore\n${first}---\n${second}`;
    expect(suppressed(everywhere, 'A')).toMatchObject({ rule: 'ignore' });
    expect(suppressed(everywhere, 'B')).toMatchObject({ rule: 'ignore' });
  });

  test('the start of the file may have blank lines and a document mark', () => {
    expect(suppressed(`\n# A network\n---\n# kics-scan ignore\n\nResources:\n  ${vpc}`)).toBeDefined();
  });

  test('above its template key, a comment is about every instance of a loop', () => {
    const text = `
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Networks:
    - Name
    - [A, B]
    ${ours} -- a lab
    - \${Name}Vpc:
        Type: AWS::EC2::VPC
`;
    expect(check(text).findings).toEqual([]);
    expect(suppressed(text, 'BVpc')).toMatchObject({ reason: 'a lab' });
  });

  test('ours is also about a finding that stands on the line below', () => {
    const text = `
Resources:
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      # flow-log-guard-disable-next-line flow-log-target-invalid -- made by hand
      ResourceId: !Ref Gone
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::logs
`;
    expect(check(text).findings).toEqual([]);
  });
});
