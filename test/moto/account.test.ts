/**
 * The inventory and the enabling against moto, an EC2 server that others wrote after AWS's. Where it is known to differ
 * from AWS the tests go around it: S3 ARNs with a prefix always fail there, a log group that is given as ARN reports a
 * failed delivery, and a bulk call with one duplicate throws although the others were created.
 */
import {
  CreateFlowLogsCommand,
  CreateVpcCommand,
  DescribeFlowLogsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeEach, expect, inject, onTestFinished, test } from 'vitest';
import { closeAccount, type Account } from '../../client/src/aws/account.ts';
import { createDeliveryRole } from '../../client/src/aws/create-delivery-role.ts';
import { deleteFlowLog, undoEnabling } from '../../client/src/aws/delete-flow-logs.ts';
import { planDeliveryRole } from '../../client/src/aws/delivery-role.ts';
import { listBuckets, listDeliveryRoles, listLogGroups } from '../../client/src/aws/destinations.ts';
import { enableFlowLogs } from '../../client/src/aws/enable-flow-logs.ts';
import type { FlowLogSettings } from '../../client/src/aws/flow-log-settings.ts';
import { isBare, type Vpc } from '../../client/src/aws/model.ts';
import { readRegion } from '../../client/src/aws/read-region.ts';
import { statesOf, swept, withoutUserConfig } from '../live/aws-world.ts';
import { opened } from '../live/opened.ts';

const region = 'eu-central-1';
const url = inject('motoUrl');
const shared = {
  region,
  endpoint: url,
  credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
};
const ec2 = new EC2Client(shared);

const toS3: FlowLogSettings = {
  destination: { kind: 's3', bucketArn: 'arn:aws:s3:::records' },
  trafficType: 'REJECT',
  maxAggregationInterval: 60,
  logFormat: undefined,
  tags: { Team: 'network' },
};

let account: Account;

beforeEach(async () => {
  await fetch(`${url}/moto-api/reset`, { method: 'POST' });
  withoutUserConfig({
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
  });
  account = await opened({});
  onTestFinished(() => closeAccount(account));
  await new S3Client({ ...shared, forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: 'records', CreateBucketConfiguration: { LocationConstraint: region } }),
  );
});

async function createVpcs(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { Vpc: vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: `10.${index}.0.0/16` }));
    ids.push(vpc?.VpcId ?? '');
  }
  return ids;
}

async function vpcsOfRegion(): Promise<readonly Vpc[]> {
  const state = await readRegion(account, region);
  if (state.kind === 'failed') throw new Error(state.failure.message);
  return state.vpcs;
}

async function flowLogIds(): Promise<string[]> {
  const { FlowLogs = [] } = await ec2.send(new DescribeFlowLogsCommand());
  return FlowLogs.map(({ FlowLogId }) => FlowLogId ?? '').toSorted();
}

test('the inventory: all regions, each with the default VPC that moto gives it', async () => {
  const events = await swept(account);
  const states = statesOf(events);
  expect(states.size).toBeGreaterThanOrEqual(15);
  const vpcs = [...states.values()].flatMap((state) => (state.kind === 'ready' ? state.vpcs : []));
  expect(vpcs).toHaveLength(states.size);
  expect(vpcs.every(({ isDefault, state }) => isDefault && state.kind === 'none')).toBe(true);
  expect(await account.identity).toMatchObject({
    accountId: '123456789012',
    partition: 'aws',
    failure: undefined,
  });
});

test('the states of VPCs', async () => {
  const [rejected = '', accepted = '', failing = ''] = await createVpcs(3);
  const create = (ResourceIds: string[], TrafficType: 'REJECT' | 'ACCEPT', more: object) =>
    ec2.send(new CreateFlowLogsCommand({ ResourceType: 'VPC', ResourceIds, TrafficType, ...more }));
  const LogDestinationType = 's3';
  await create([rejected], 'REJECT', { LogDestinationType, LogDestination: 'arn:aws:s3:::records' });
  await create([accepted], 'ACCEPT', { LogDestinationType, LogDestination: 'arn:aws:s3:::records' });
  // moto has a delivery fail where the log group is not there.
  const DeliverLogsPermissionArn = 'arn:aws:iam::123456789012:role/deliver';
  await create([failing], 'REJECT', { LogGroupName: 'nowhere', DeliverLogsPermissionArn });
  const states = new Map((await vpcsOfRegion()).map(({ id, state }) => [id, state]));
  expect(states.get(rejected)).toEqual({ kind: 'logged' });
  expect(states.get(accepted)).toEqual({ kind: 'accept-only' });
  expect(states.get(failing)).toEqual({ kind: 'delivery-failed', error: 'Access error' });
});

test('enabling fills the gaps, a second run changes nothing, an undo deletes just what was made', async () => {
  const [first = ''] = await createVpcs(5);
  const LogDestination = 'arn:aws:s3:::records';
  await ec2.send(
    new CreateFlowLogsCommand({
      ResourceType: 'VPC',
      ResourceIds: [first],
      TrafficType: 'ALL',
      LogDestinationType: 's3',
      LogDestination,
    }),
  );
  const before = await flowLogIds();
  const bare = (await vpcsOfRegion()).filter(isBare);
  expect(bare).toHaveLength(5);

  const outcome = await enableFlowLogs(account, bare, toS3);
  expect(outcome).toMatchObject({ alreadyThere: [], failed: [], notTried: [], unconfirmed: [] });
  expect(outcome.made.map(({ vpc }) => vpc.id)).toEqual(bare.map(({ id }) => id));
  const [log] = (await vpcsOfRegion()).find(({ id }) => id === bare[0]?.id)?.flowLogs ?? [];
  expect(log).toMatchObject({
    destination: 's3',
    destinationName: LogDestination,
    trafficType: 'REJECT',
    maxAggregationInterval: 60,
    tags: { Team: 'network' },
  });

  const second = await enableFlowLogs(account, bare, toS3);
  expect(second.made).toEqual([]);
  expect(second.alreadyThere).toHaveLength(5);
  expect(await flowLogIds()).toHaveLength(6);

  const undone = await undoEnabling(account, outcome.made);
  expect(undone.deleted).toHaveLength(5);
  expect(await flowLogIds()).toEqual(before);
});

test("a bulk call that throws because of one duplicate: nothing is made twice, and no undo deletes what may be another's", async () => {
  const ids = await createVpcs(4);
  const refs = (await vpcsOfRegion()).filter(({ id }) => ids.includes(id));
  // moto sets the tags at the end of a call, so what a call that throws has made has none.
  const settings: FlowLogSettings = { ...toS3, trafficType: 'ALL', tags: {} };
  const duplicate = {
    ResourceType: 'VPC',
    TrafficType: 'ALL',
    LogDestinationType: 's3',
    LogDestination: 'arn:aws:s3:::records',
    MaxAggregationInterval: 60,
  } as const;
  const create = account.clients.ec2Changes.bind(account.clients);
  let isFirst = true;
  const raced: Account = {
    ...account,
    clients: {
      ...account.clients,
      // Somebody else is faster, between the reading and the call.
      ec2Changes: async (name) => {
        if (isFirst)
          await ec2.send(new CreateFlowLogsCommand({ ...duplicate, ResourceIds: [refs[2]?.id ?? ''] }));
        isFirst = false;
        return create(name);
      },
    },
  };
  const outcome = await enableFlowLogs(raced, refs, settings);
  expect(outcome.failed).toEqual([]);
  const [first, second, third, fourth] = refs.map(({ id }) => id);
  // The call ended at the third. Whose the first three are is not known; the last was asked for by itself.
  expect(outcome.alreadyThere.map(({ id }) => id)).toEqual([first, second, third]);
  expect(outcome.made.map(({ vpc }) => vpc.id)).toEqual([fourth]);
  expect(await flowLogIds()).toHaveLength(4);
});

test('a VPC that AWS does not know and a bucket that is not there are told of', async () => {
  const [id = ''] = await createVpcs(1);
  const outcome = await enableFlowLogs(
    account,
    [
      { id, region, name: undefined },
      { id: 'vpc-00000000', region, name: undefined },
    ],
    { ...toS3, destination: { kind: 's3', bucketArn: 'arn:aws:s3:::no-such-bucket' } },
  );
  expect(outcome.made).toEqual([]);
  expect(outcome.failed.map(({ vpc }) => vpc.id)).toEqual([id, 'vpc-00000000']);
  expect(await flowLogIds()).toEqual([]);
});

test('one flow log is deleted, and deleting it again is no failure', async () => {
  const [id = ''] = await createVpcs(1);
  const { made } = await enableFlowLogs(account, [{ id, region, name: undefined }], toS3);
  const flowLogId = made[0]?.flowLogId ?? '';
  expect(await deleteFlowLog(account, region, flowLogId)).toBeUndefined();
  expect(await flowLogIds()).toEqual([]);
  expect(await deleteFlowLog(account, region, flowLogId)).toBeUndefined();
});

test('the delivery role is made and offered; buckets and log groups are listed', async () => {
  const plan = planDeliveryRole({
    partition: 'aws',
    accountId: '123456789012',
    logGroupName: '/vpc/flow-logs',
    regions: [region],
  });
  expect(await createDeliveryRole(account, plan)).toEqual({ kind: 'created', roleArn: plan.roleArn });
  expect(await createDeliveryRole(account, plan)).toEqual({ kind: 'exists', roleArn: plan.roleArn });
  const role = { name: plan.roleName, arn: plan.roleArn };
  expect(await listDeliveryRoles(account)).toEqual({ kind: 'listed', items: [role], isCut: false });
  expect(await listBuckets(account)).toMatchObject({
    items: [{ name: 'records', arn: 'arn:aws:s3:::records' }],
  });
  expect(await listLogGroups(account, region)).toEqual({ kind: 'listed', items: [], isCut: false });
});
