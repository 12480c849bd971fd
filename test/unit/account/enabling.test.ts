import { beforeEach, describe, expect, test, vi } from 'vitest';
import { env, window } from '../fake-vscode.ts';
import { bare, create, createTwo, EnablingWorld, ofStack, other, toBucket } from './enabling-world.ts';
import { failure, vpc } from './made.ts';
import { ScriptedPrompts, type Reply } from './scripted-prompts.ts';

vi.mock('vscode', () => import('../fake-vscode.ts'));

let world: EnablingWorld;

beforeEach(async () => {
  vi.clearAllMocks();
  world = await new EnablingWorld().open();
});

describe('asking', () => {
  test('a flow log to a bucket, as it was answered', async () => {
    const prompts = await world.enable([...toBucket, create]);
    expect(prompts.positions).toEqual(['1/7', '2/7', '3/7', '4/7', '5/7', '6/7', '7/7']);
    const [, vpcs, settings] = world.enableFlowLogs.mock.calls[0] ?? [];
    expect(vpcs).toMatchObject([{ id: 'vpc-1' }]);
    expect(settings).toEqual({
      destination: { kind: 's3', bucketArn: 'arn:aws:s3:::records', options: undefined },
      trafficType: 'ALL',
      maxAggregationInterval: 600,
      logFormat: undefined,
      tags: {},
    });
  });

  test('every step has a way back, and keeps what was answered after it', async () => {
    const prompts = await world.enable([
      { pick: 'S3' },
      { pick: 'Type the ARN of a bucket…' },
      'back',
      { pick: 'records' },
      { check: ['Parquet files'] },
      { pick: 'REJECT' },
      'back',
      'back',
      { check: ['Parquet files', 'One folder an hour'] },
      { pick: 'REJECT' },
      { pick: '1 minute' },
      { pick: 'Custom format' },
      { check: ['version', 'vpc-id'] },
      { type: 'team=network' },
      create,
    ]);
    expect(prompts.positions.at(-1)).toBe('8/8');
    expect(world.enableFlowLogs.mock.calls[0]?.[2]).toEqual({
      destination: {
        kind: 's3',
        bucketArn: 'arn:aws:s3:::records',
        options: { fileFormat: 'parquet', hiveCompatiblePartitions: false, perHourPartition: true },
      },
      trafficType: 'REJECT',
      maxAggregationInterval: 60,
      logFormat: '${version} ${vpc-id}',
      tags: { team: 'network' },
    });
  });

  test.each([0, 1, 2, 3, 4, 5, 6])('cancelled at question %i, nothing is called', async (count) => {
    await world.enable([...toBucket.slice(0, count), 'cancel']);
    expect(world.enableFlowLogs).not.toHaveBeenCalled();
  });

  test('cancelled at the confirmation, nothing is called', async () => {
    await world.enable([...toBucket, 'cancel']);
    expect(world.enableFlowLogs).not.toHaveBeenCalled();
  });

  test('the answers are world.remembered, and stand ready the next time', async () => {
    await world.enable([...toBucket, 'cancel']);
    expect(world.remembered).toMatchObject({ destination: 's3', bucketArn: 'arn:aws:s3:::records' });
  });

  test('what may not be listed can be typed', async () => {
    await world.enable([
      { pick: 'CloudWatch Logs' },
      { pick: 'Type the name of a log group…' },
      { type: '/network/flow-logs' },
      { pick: 'Type the ARN of a role…' },
      { type: 'arn:aws:iam::123456789012:role/delivery' },
      { pick: 'ALL' },
      { pick: '10 minutes' },
      { pick: 'Default format' },
      { type: '' },
      create,
    ]);
    expect(world.enableFlowLogs.mock.calls[0]?.[2].destination).toEqual({
      kind: 'cloud-watch-logs',
      logGroupName: '/network/flow-logs',
      roleArn: 'arn:aws:iam::123456789012:role/delivery',
    });
  });
});

describe('the confirmation', () => {
  test('says whose account, where, how many, and what it means', async () => {
    const prompts = await world.enable([...toBucket, createTwo], [bare, other]);
    const told = prompts.asked.at(-1);
    for (const part of [
      'Create 2 flow logs?',
      'production · 123456789012',
      'eu-central-1 (1), us-east-1 (1)',
      'arn:aws:s3:::records',
      'bills',
      'cannot be edited',
      "may change this bucket's policy",
    ])
      expect(told).toContain(part);
  });

  test('leads back to the questions', async () => {
    await world.enable([...toBucket, { press: 'Back' }, ...toBucket, create]);
    expect(world.enableFlowLogs).toHaveBeenCalledTimes(1);
  });

  test('previews the plan and changes nothing', async () => {
    await world.enable([...toBucket, { press: 'Preview' }, { pick: 'Change nothing' }]);
    expect(world.enableFlowLogs).not.toHaveBeenCalled();
    expect(world.shown).toHaveLength(1);
    expect(world.shown[0]?.text).toContain('eu-central-1: shop (vpc-1)');
    expect(world.shown[0]?.text).toContain(
      'aws ec2 create-flow-logs --profile production --region eu-central-1',
    );
  });

  test('the plan can be carried out from the preview', async () => {
    await world.enable([...toBucket, { press: 'Preview' }, { pick: 'Create Flow Log' }]);
    expect(world.enableFlowLogs).toHaveBeenCalledTimes(1);
  });

  test('where nothing would be created, that is said instead', async () => {
    await world.enable(toBucket, [vpc('vpc-9', { state: { kind: 'logged' } })]);
    expect(world.enableFlowLogs).not.toHaveBeenCalled();
    expect(window.showInformationMessage.mock.calls[0]?.[0]).toContain('has a flow log that counts');
  });
});

describe('a role on request', () => {
  const withNewRole: readonly Reply[] = [
    { pick: 'CloudWatch Logs' },
    { pick: 'Type the name of a log group…' },
    { type: '/network/flow-logs' },
    { pick: 'Create a role…' },
    { type: 'flow-logs-delivery' },
    { pick: 'ALL' },
    { pick: '10 minutes' },
    { pick: 'Default format' },
    { type: '' },
  ];

  test('is world.shown before it is made, and made after the confirmation', async () => {
    const prompts = await world.enable([...withNewRole, create]);
    expect(world.shown[0]?.text).toContain('"logs:PutLogEvents"');
    expect(world.shown[0]?.text).toContain('vpc-flow-logs.amazonaws.com');
    expect(prompts.asked.at(-1)).toContain('An IAM role is made first: flow-logs-delivery');
    expect(world.enableFlowLogs.mock.calls[0]?.[3]?.isRoleNew).toBe(true);
    expect(world.enableFlowLogs.mock.calls[0]?.[2].destination).toMatchObject({
      roleArn: 'arn:aws:iam::123456789012:role/flow-logs-delivery',
    });
  });

  test('is not made where the user cancels', async () => {
    await world.enable([...withNewRole, 'cancel']);
    expect(world.createDeliveryRole).not.toHaveBeenCalled();
  });

  test('that cannot be made keeps the flow logs from being made', async () => {
    world.createDeliveryRole.mockResolvedValue({
      kind: 'failed',
      failure: failure({ operation: 'CreateRole' }),
      leftRole: 'flow-logs-delivery',
    });
    await world.enable([...withNewRole, create]);
    expect(world.enableFlowLogs).not.toHaveBeenCalled();
    expect(window.showInformationMessage.mock.calls[0]?.[0]).toContain('without its policy is left');
  });

  test('that is there already is used only when the user says so', async () => {
    world.createDeliveryRole.mockResolvedValue({
      kind: 'exists',
      roleArn: 'arn:aws:iam::123456789012:role/path/x',
    });
    await world.enable([...withNewRole, create, 'cancel']);
    expect(world.enableFlowLogs).not.toHaveBeenCalled();
    await world.enable([...withNewRole, create, { press: 'Use It' }]);
    expect(world.enableFlowLogs.mock.calls[0]?.[2].destination).toMatchObject({
      roleArn: 'arn:aws:iam::123456789012:role/path/x',
    });
  });
});

describe('a VPC that a stack made', () => {
  test('the template is the place, and the way there', async () => {
    const prompts = await world.enable([{ press: 'Show in Template' }], [ofStack]);
    expect(prompts.asked[0]).toContain('network/Vpc');
    expect(world.showInTemplate).toHaveBeenCalledWith(ofStack);
    expect(world.enableFlowLogs).not.toHaveBeenCalled();
  });

  test('can be enabled here all the same, or left out', async () => {
    await world.enable([{ press: 'Enable Here' }, ...toBucket, create], [ofStack]);
    expect(world.enableFlowLogs.mock.calls[0]?.[1]).toMatchObject([{ id: 'vpc-3' }]);
    await world.enable([{ press: 'Leave Them Out' }, ...toBucket, create], [bare, ofStack]);
    expect(world.enableFlowLogs.mock.calls[1]?.[1]).toMatchObject([{ id: 'vpc-1' }]);
  });
});

test('the command for the same can be copied, and nothing is created', async () => {
  const prompts = new ScriptedPrompts(...toBucket);
  await world.flow(prompts).copyCommand([bare, other]);
  const [copied] = env.clipboard.writeText.mock.calls[0] ?? [];
  expect(copied?.split('\n')).toHaveLength(2);
  expect(copied).toContain('--resource-ids vpc-1');
  expect(world.enableFlowLogs).not.toHaveBeenCalled();
});
