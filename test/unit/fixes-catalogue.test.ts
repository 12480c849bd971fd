import { describe, expect, test } from 'vitest';
import { editFor, fixesFor } from '../../server/src/fixes/catalogue.ts';
import { applyEdits, snippetText } from '../../server/src/fixes/writer/edits.ts';
import { fixAll } from '../../server/src/fixes/fix-all.ts';
import type { FlowLogOptions } from '../../server/src/fixes/options.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { makeTemplate } from '../bench/templates.ts';
import { lines } from './edited.ts';
import { contextOf, findingsIn } from './fixed.ts';

const bare = lines(
  'Resources:',
  '  Vpc:',
  '    Type: AWS::EC2::VPC',
  '    Properties:',
  '      CidrBlock: 10.0.0.0/16',
);

const twoVpcs = `${bare}${lines(
  '  Second:',
  '    Type: AWS::EC2::VPC',
  '    Properties:',
  '      CidrBlock: 10.1.0.0/16',
)}`;

function fixed(text: string, id: string, options: FlowLogOptions = {}): string {
  const [finding] = findingsIn(text);
  const edit = toEnd(editFor(id, finding!, contextOf(text, options)));
  if (edit.kind === 'refused') throw new Error(edit.why);
  return applyEdits(text, edit.edits);
}

function idsFor(text: string, options: FlowLogOptions = {}, file = ''): string[] {
  const [finding] = findingsIn(text);
  return fixesFor(finding!, contextOf(text, options, file)).map(({ id }) => id);
}

describe('what is offered', () => {
  test('exactly one fix is preferred: that to the destination of the settings', () => {
    for (const [destination, id] of [
      [undefined, 'add-flow-log-cloud-watch-logs:new-log-group'],
      ['s3', 'add-flow-log-s3:new-bucket'],
      ['kinesis-data-firehose', 'add-flow-log-firehose:parameter'],
    ] as const) {
      const options: FlowLogOptions = destination === undefined ? {} : { destination };
      const fixes = fixesFor(findingsIn(bare)[0]!, contextOf(bare, options));
      expect(fixes.filter(({ isPreferred }) => isPreferred).map((fix) => fix.id)).toEqual([id]);
    }
  });

  test('the ARNs of the settings come first among those of their destination', () => {
    const ids = idsFor(bare, {
      destination: 's3',
      s3: { bucketArn: 'arn:aws:s3:::central-flow-logs' },
      firehose: { deliveryStreamArn: 'arn:aws:firehose:us-east-1:111122223333:deliverystream/logs' },
    });
    expect(ids[0]).toBe('add-flow-log-s3:arn');
    expect(ids.find((id) => id.includes('firehose'))).toBe('add-flow-log-firehose:arn');
  });

  test('nothing in what the CDK made', () => {
    expect(idsFor(bare, {}, '/app/cdk.out/Stack.template.json')).toEqual([]);
    const marked = bare.replace(
      '    Properties',
      '    Metadata:\n      aws:cdk:path: App/Vpc\n    Properties',
    );
    expect(idsFor(marked)).toEqual([]);
  });

  test('a fix that is gone is refused', () => {
    const edit = toEnd(editFor('no-such-fix', findingsIn(bare)[0]!, contextOf(bare)));
    expect(edit).toMatchObject({ kind: 'refused' });
  });
});

describe('what the settings say', () => {
  test('of a log group and its flow log', () => {
    const after = fixed(bare, 'add-flow-log-cloud-watch-logs:new-log-group', {
      trafficType: 'REJECT',
      maxAggregationInterval: 60,
      logFormat: '${version} ${vpc-id}',
      cloudWatchLogs: {
        retentionInDays: 90,
        logGroupNamePrefix: '/vpc/',
        deliverLogsPermissionArn: 'arn:aws:iam::111122223333:role/flow-logs',
      },
      tags: { Team: 'network' },
    });
    expect(after).toContain('TrafficType: REJECT');
    expect(after).toContain('MaxAggregationInterval: 60');
    expect(after).toContain('${version} ${vpc-id}');
    expect(after).toContain('RetentionInDays: 90');
    expect(after).toContain('/vpc/${AWS::StackName}-FlowLogGroup');
    expect(after).toContain('DeliverLogsPermissionArn: arn:aws:iam::111122223333:role/flow-logs');
    expect(after).not.toContain('AWS::IAM::Role');
    expect(after).toContain(lines('      Tags:', '        - Key: Team', '          Value: network'));
  });

  test('of a bucket: its prefix stands in the destination and in its policy, as do Hive partitions', () => {
    const after = fixed(bare, 'add-flow-log-s3:new-bucket', {
      s3: { prefix: 'network/', fileFormat: 'parquet', hiveCompatiblePartitions: true },
    });
    expect(after).toMatch(/LogDestination: !Sub '?\$\{FlowLogBucket\.Arn\}\/network\/'?\n/);
    expect(after).toContain('${FlowLogBucket.Arn}/network/AWSLogs/aws-account-id=${AWS::AccountId}/*');
    expect(after).toContain(
      lines(
        '        FileFormat: parquet',
        '        HiveCompatiblePartitions: true',
        '        PerHourPartition: false',
      ),
    );
  });
});

describe('a bucket of the template', () => {
  const withBucket = (...more: readonly string[]): string =>
    `${bare}${lines('  AuditBucket:', '    Type: AWS::S3::Bucket', ...more)}`;
  const policy = (effect: string): string =>
    lines(
      '  AuditBucketPolicy:',
      '    Type: AWS::S3::BucketPolicy',
      '    Properties:',
      '      Bucket: !Ref AuditBucket',
      '      PolicyDocument:',
      '        Statement:',
      `          - Effect: ${effect}`,
      "            Principal: '*'",
      '            Action: s3:GetObject',
      "            Resource: '*'",
    );

  test.each([
    ['named for logs', withBucket(), true],
    ['with a policy', withBucket() + policy('Allow'), true],
    ['with a policy of one statement', withBucket() + policy('Allow').replace('- Effect', '  Effect'), true],
    ['with a policy that denies', withBucket() + policy('Deny'), false],
    ['named for something else', withBucket().replaceAll('Audit', 'Catalog'), false],
    ['public', withBucket('    Properties:', '      AccessControl: PublicRead'), false],
  ])('%s', (_what, text, fits) => {
    expect(idsFor(text).includes('add-flow-log-s3:bucket-of-template')).toBe(fits);
  });
});

test.each([
  ['metadata', "reason: '${1:"],
  ['comment', '# flow-log-guard-disable-next-line vpc-no-flow-log -- ${1:'],
])('the reason of a suppression in %s is typed at a tab stop', (place, written) => {
  const edit = toEnd(editFor(`suppress:${place}`, findingsIn(bare)[0]!, contextOf(bare)));
  if (edit.kind === 'refused') throw new Error(edit.why);
  expect(edit.edits.map(({ newText }) => snippetText(newText)).join('')).toContain(written);
});

describe('what the template has is reused only where it works', () => {
  const reusable = (...permissions: readonly string[]): string =>
    bare +
    lines(
      '  FlowLogs:',
      '    Type: AWS::Logs::LogGroup',
      '    Properties:',
      '      RetentionInDays: 30',
      '  Role:',
      '    Type: AWS::IAM::Role',
      '    Properties:',
      '      AssumeRolePolicyDocument:',
      '        Statement:',
      '          - {Effect: Allow, Principal: {Service: vpc-flow-logs.amazonaws.com}, Action: sts:AssumeRole}',
      '      Policies:',
      '        - PolicyName: Logs',
      '          PolicyDocument:',
      '            Statement:',
      ...permissions.map((permission) => `              - ${permission}`),
    );
  const allowed = "{Effect: Allow, Action: 'logs:*', Resource: '*'}";
  const id = 'add-flow-log-cloud-watch-logs:log-group-of-template';

  test('a role that may write', () => {
    expect(fixed(reusable(allowed), id)).toContain('DeliverLogsPermissionArn: !GetAtt Role.Arn');
  });

  test('no role that is denied something', () => {
    const denied = "{Effect: Deny, Action: 'logs:PutLogEvents', Resource: '*'}";
    const after = fixed(reusable(allowed, denied), id);
    expect(after).toContain('DeliverLogsPermissionArn: !GetAtt FlowLogRole.Arn');
    expect(findingsIn(after)).toEqual([]);
  });

  const bucketThatAdmits = (folder: string): string =>
    bare +
    lines(
      '  LogsBucket:',
      '    Type: AWS::S3::Bucket',
      '  Policy:',
      '    Type: AWS::S3::BucketPolicy',
      '    Properties:',
      '      Bucket: !Ref LogsBucket',
      '      PolicyDocument:',
      '        Statement:',
      '          - Sid: AWSLogDeliveryWrite',
      '            Effect: Allow',
      '            Principal: {Service: delivery.logs.amazonaws.com}',
      '            Action: s3:PutObject',
      `            Resource: !Sub '\${LogsBucket.Arn}/${folder}AWSLogs/\${AWS::AccountId}/*'`,
      '          - Sid: AWSLogDeliveryAclCheck',
      '            Effect: Allow',
      '            Principal: {Service: delivery.logs.amazonaws.com}',
      '            Action: s3:GetBucketAcl',
      '            Resource: !GetAtt LogsBucket.Arn',
    );
  const sidsAfter = (text: string, prefix?: string): string[] => {
    const options = prefix === undefined ? {} : { s3: { prefix } };
    const after = fixed(text, 'add-flow-log-s3:bucket-of-template', options);
    expect(after).toContain('DependsOn: Policy');
    return after.match(/(?<=Sid: )\w+/g) ?? [];
  };

  test('a bucket policy that lets flow logs in stays as it is', () => {
    const sids = ['AWSLogDeliveryWrite', 'AWSLogDeliveryAclCheck'];
    expect(sidsAfter(bucketThatAdmits(''))).toEqual(sids);
    expect(sidsAfter(bucketThatAdmits('vpc/'), 'vpc/')).toEqual(sids);
  });

  test("one that lets another's logs into a folder gains statements, no Sid twice", () => {
    expect(sidsAfter(bucketThatAdmits('nlb/'))).toEqual([
      'AWSLogDeliveryWrite',
      'AWSLogDeliveryAclCheck',
      'AWSLogDeliveryWrite2',
      'AWSLogDeliveryCheck',
    ]);
  });
});

test('a suppression by comment is offered where a comment can stand', () => {
  const json = JSON.stringify({ Resources: { Vpc: { Type: 'AWS::EC2::VPC' } } }, null, 2);
  expect(idsFor(bare)).toContain('suppress:comment');
  expect(idsFor(json)).not.toContain('suppress:comment');
});

describe('a flow log without a destination', () => {
  const flowLog = (...more: readonly string[]): string =>
    bare +
    lines(
      '  FlowLog:',
      '    Type: AWS::EC2::FlowLog',
      '    Properties:',
      '      ResourceId: !Ref Vpc',
      '      ResourceType: VPC',
      '      TrafficType: ALL',
      ...more,
    );

  test.each([
    ['of no type may deliver anywhere', flowLog(), ['cloud-watch-logs', 's3', 'firehose']],
    ['of a type delivers there', flowLog('      LogDestinationType: s3'), ['s3']],
    [
      'with a role delivers to CloudWatch Logs',
      flowLog('      DeliverLogsPermissionArn: arn:aws:iam::111122223333:role/flow-logs'),
      ['cloud-watch-logs'],
    ],
  ])('%s', (_what, text, expected) => {
    const kinds = idsFor(text).flatMap((id) => /^add-destination-([a-z\d-]+):/.exec(id)?.[1] ?? []);
    expect([...new Set(kinds)]).toEqual(expected);
  });

  test.each(['cloud-watch-logs', 's3'] as const)(
    'shares it with others when all is fixed at once: %s',
    (to) => {
      const text = flowLog() + flowLog().slice(bare.length).replace('FlowLog:', 'Another:');
      const { edits, left } = toEnd(fixAll(findingsIn(text), contextOf(text), to));
      const after = applyEdits(text, edits);
      expect([left, findingsIn(after)]).toEqual([[], []]);
      expect(after.match(/(?:LogGroupName: !Ref|LogDestination: !GetAtt) FlowLog\w+/g)).toHaveLength(2);
      expect(after).not.toMatch(/FlowLog\w+2/);
    },
  );

  test.each([
    ['cloud-watch-logs', '', 'LogGroup'],
    ['s3', '', 'Bucket'],
    ['cloud-watch-logs', '    Condition: InUse\n', 'LogGroup'],
  ] as const)('shares it with the flow log that a bare VPC gets: %s%s', (to, condition, kind) => {
    const conditions = 'Conditions: {InUse: !Equals [!Ref AWS::Region, a]}\n';
    const second = lines('  Second:', '    Type: AWS::EC2::VPC').concat(condition);
    const text = `${conditions}${flowLog()}${second}`;
    const { edits, left } = toEnd(fixAll(findingsIn(text), contextOf(text), to));
    const after = applyEdits(text, edits);
    expect([left, findingsIn(after)]).toEqual([[], []]);
    expect(after.match(new RegExp(`(?<=: )AWS::\\w+::${kind}$`, 'gm'))).toHaveLength(1);
    expect(after.match(/(?<=: )AWS::EC2::FlowLog$/gm)).toHaveLength(2);
    expect(after.match(/(?:LogGroupName: !Ref|LogDestination: !GetAtt) FlowLog\w+/g)).toHaveLength(2);
    // What both need is there whether or not the VPC is.
    expect(after.match(/Condition: InUse/g) ?? []).toHaveLength(condition === '' ? 0 : 2);
    expect(after).not.toMatch(/FlowLog\w+2/);
  });

  test('keeps its role where it shares a log group with the flow log that a bare VPC gets', () => {
    const role = "      DeliverLogsPermissionArn: 'arn:aws:iam::111122223333:role/logs'";
    const text = `${flowLog(role)}${lines('  Second:', '    Type: AWS::EC2::VPC')}`;
    const { edits, left } = toEnd(fixAll(findingsIn(text), contextOf(text), 'cloud-watch-logs'));
    const after = applyEdits(text, edits);
    expect([left, findingsIn(after)]).toEqual([[], []]);
    expect(after).toContain(role);
    expect(after.match(/LogGroupName: !Ref FlowLogGroup/g)).toHaveLength(2);
    expect(after.match(/DeliverLogsPermissionArn: !GetAtt FlowLogRole.Arn/g)).toHaveLength(1);
  });

  test('takes what the template has under its own condition', () => {
    const under = (name: string): string =>
      flowLog('      LogDestinationType: cloud-watch-logs')
        .slice(bare.length)
        .replace('FlowLog:', `${name}:`)
        .replace('Properties', `Condition: ${name}Is\n    Properties`);
    const conditions =
      'Conditions: {AIs: !Equals [!Ref AWS::Region, a], BIs: !Equals [!Ref AWS::Region, b]}\n';
    const group = (name: string): string =>
      `  ${name}FlowLogs: {Type: AWS::Logs::LogGroup, Condition: ${name}Is, Properties: {RetentionInDays: 30}}\n`;
    const text = `${conditions}${bare}${under('A')}${under('B')}${group('A')}${group('B')}`;
    const { edits, left } = toEnd(fixAll(findingsIn(text), contextOf(text), 's3'));
    const after = applyEdits(text, edits);
    expect(left).toEqual([]);
    expect(after.match(/(?<=LogGroupName: !Ref )\w+/g)).toEqual(['AFlowLogs', 'BFlowLogs']);
  });

  test('gets that of the command line when all is fixed at once', () => {
    const text = flowLog();
    const { edits, left } = toEnd(fixAll(findingsIn(text), contextOf(text), 's3'));
    expect(left).toEqual([]);
    expect(applyEdits(text, edits)).toContain('LogDestination: !GetAtt FlowLogBucket.Arn');
  });
});

test('VPCs that are fixed at once share a log group and a role', () => {
  const { edits, left } = toEnd(fixAll(findingsIn(twoVpcs), contextOf(twoVpcs), 'cloud-watch-logs'));
  const after = applyEdits(twoVpcs, edits);
  expect(left).toEqual([]);
  expect(findingsIn(after)).toEqual([]);
  expect(after.match(/Type: AWS::(?:EC2::FlowLog|Logs::LogGroup|IAM::Role)/g)).toHaveLength(4);
});

test('what has nothing to do with flow logs is not read to list the fixes', () => {
  const text = makeTemplate({ seed: 1, format: 'yaml', bytes: 40_000, vpcs: 2, flowLogs: 1 });
  const context = contextOf(text);
  for (const finding of findingsIn(text)) expect(fixesFor(finding, context)).not.toEqual([]);
  const resources = context.template.pieces!.pieces.filter(
    ({ facts }) => facts.type?.startsWith('AWS::') === true,
  );
  const read = resources.filter(({ isLookedAt }) => isLookedAt).map(({ name }) => name);
  expect(resources.length).toBeGreaterThan(50);
  expect(read.filter((name) => !/^(?:Vpc|FlowLog)/.test(name))).toEqual([]);
});

describe('where not all can be fixed at once', () => {
  const vpc = (name: string): string =>
    lines(`  ${name}:`, '    Type: AWS::EC2::VPC', '    Properties:', '      CidrBlock: 10.2.0.0/16');
  const five = `${twoVpcs}${vpc('Third')}${vpc('Fourth')}${vpc('Fifth')}`;

  test.each([
    ['Vpc', '  Vpc:\n', '  ? Vpc\n  :\n'],
    ['Fourth', '  Fourth:\n', '  ? Fourth\n  :\n'],
  ])('the others are, and share what they need: all but %s', (name, key, explicitKey) => {
    const text = five.replace(key, explicitKey);
    const { edits, left } = toEnd(fixAll(findingsIn(text), contextOf(text), 'cloud-watch-logs'));
    const after = applyEdits(text, edits);
    expect(left.map(({ finding, why }) => [finding.logicalId, why])).toEqual([
      [name, `${name} is not there.`],
    ]);
    expect(findingsIn(after).map(({ logicalId }) => logicalId)).toEqual([name]);
    expect(after.match(/Type: AWS::(?:EC2::FlowLog|Logs::LogGroup|IAM::Role)/g)).toHaveLength(6);
    expect(after).not.toMatch(/FlowLog\w*2/);
  });

  test('as many are as the template has room for', () => {
    const queues = Array.from({ length: 490 }, (_, index) => `  Queue${index}: {Type: AWS::SQS::Queue}\n`);
    const text = `${five}${queues.join('')}`;
    const { edits, left } = toEnd(fixAll(findingsIn(text), contextOf(text), 'cloud-watch-logs'));
    expect(left.map(({ finding, why }) => [finding.logicalId, why])).toEqual(
      ['Fourth', 'Fifth'].map((name) => [
        name,
        'The template would have 501 resources; CloudFormation takes 500.',
      ]),
    );
    expect(findingsIn(applyEdits(text, edits)).map(({ logicalId }) => logicalId)).toEqual([
      'Fourth',
      'Fifth',
    ]);
  });
});

test('a flow log whose target is mended makes another one needless', () => {
  const mistyped = (traffic: string): string =>
    bare +
    lines(
      '  FlowLog:',
      '    Type: AWS::EC2::FlowLog',
      '    Properties:',
      '      ResourceId: !Ref Vpx',
      '      ResourceType: VPC',
      `      TrafficType: ${traffic}`,
      '      LogDestinationType: s3',
      '      LogDestination: arn:aws:s3:::amzn-s3-demo-bucket',
    );
  const fixedAll = (text: string): string => {
    const { edits, left } = toEnd(fixAll(findingsIn(text), contextOf(text), 's3'));
    expect(left).toEqual([]);
    return applyEdits(text, edits);
  };
  const after = fixedAll(mistyped('ALL'));
  expect(after).toBe(mistyped('ALL').replace('Vpx', 'Vpc'));
  expect(findingsIn(after)).toEqual([]);
  expect(fixedAll(mistyped('ACCEPT'))).toContain('VpcFlowLog:');
});

test('what cannot be fixed is left with its reason', () => {
  const wrong = lines('    Metadata:', '      cfn_nag:', '        rules_to_supress:', '          - id: W60');
  const text = bare.replace('    Properties', `${wrong}    Properties`);
  const findings = findingsIn(text);
  const { left } = toEnd(fixAll(findings, contextOf(text), 's3'));
  expect(left.map(({ finding }) => finding.code)).toEqual(['suppression-misspelled']);
  expect(left[0]?.why).toBe('There is no fix for it.');
});
