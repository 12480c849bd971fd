import { expect, test } from 'vitest';
import { readRegion } from '../../client/src/aws/read-region.ts';
import { sweep } from '../../client/src/aws/sweep.ts';
import { addFlowLog, addVpc, createRegion, regionOf } from '../aws-server/account.mjs';
import { ServiceError } from '../aws-server/service-error.mjs';
import { accountWith, shortTimeouts, statesOf, swept, vpcId, vpcIdsOf, world } from './aws-world.ts';

const regions = ['eu-west-1', 'eu-central-1', 'us-east-1'];
const denied = (operation: string) =>
  new ServiceError('UnauthorizedOperation', `You are not authorized to perform: ec2:${operation}`, 403);

test.each([1000, 7])('1,000 VPCs a region in pages of at most %i are all found, once', async (pageSize) => {
  const served = accountWith(regions, 1000);
  for (const region of regions) addFlowLog(served, region, { resourceId: vpcId(region, 999) });
  const { account, operations } = await world(served, { pageSize });

  const events = await swept(account);

  const expected = regions.flatMap((region) => [...regionOf(served, region).vpcs.keys()]);
  expect(vpcIdsOf(events).toSorted()).toEqual(expected.toSorted());
  const states = [...statesOf(events).values()].flatMap((state) =>
    state.kind === 'ready' ? state.vpcs : [],
  );
  expect(
    states
      .filter(({ state }) => state.kind === 'logged')
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(regions.map((region) => vpcId(region, 999)).toSorted());
  const pages = Math.ceil(1000 / Math.min(pageSize, 300));
  expect(operations(/DescribeVpcs/)).toHaveLength(3 * pages);
  expect(operations(/DescribeFlowLogs/)).toHaveLength(3);
  expect(operations(/DescribeRegions/)).toHaveLength(1);
});

test('each region comes as soon as AWS answers, the others with their own fate', async () => {
  const served = accountWith(regions, 1);
  served.regions.set('me-south-1', createRegion('me-south-1', 'not-opted-in'));
  const { account } = await world(served, {
    fault: ({ region, operation }) => (region === 'us-east-1' ? denied(operation) : undefined),
  });

  const states = statesOf(await swept(account, { regions: ['eu-*', 'us-east-1', 'me-south-1'] }));

  expect(Object.fromEntries([...states].map(([region, state]) => [region, state.kind]))).toEqual({
    'eu-central-1': 'ready',
    'eu-west-1': 'ready',
    'me-south-1': 'failed',
    'us-east-1': 'failed',
  });
  expect(states.get('us-east-1')).toMatchObject({
    failure: { kind: 'denied', code: 'UnauthorizedOperation', permission: 'ec2:DescribeVpcs' },
  });
  expect(states.get('me-south-1')).toMatchObject({ failure: { kind: 'not-opted-in' } });
});

test('a region that hangs holds up no other, and says so in the end', async () => {
  const { account } = await world(accountWith(regions, 1), {
    open: { timeouts: shortTimeouts },
    fault: ({ region }) => (region === 'eu-central-1' ? 'hang' : undefined),
  });
  const order: string[] = [];
  for await (const event of sweep(account)) if (event.kind === 'region') order.push(event.region);
  expect(order.at(-1)).toBe('eu-central-1');
  expect(order).toHaveLength(3);
  const state = await readRegion(account, 'eu-central-1');
  expect(state).toMatchObject({ kind: 'failed', failure: { kind: 'timeout' } });
});

test.each(['reset', 'cut'] as const)(
  'after a %s the SDK asks again, and nothing is lost or doubled',
  async (fault) => {
    const hit = new Set<string>();
    const { account } = await world(accountWith(regions, 20), {
      pageSize: 7,
      fault: ({ operation, region, parameters }) => {
        const key = `${operation} ${region} ${parameters.get('NextToken') ?? ''}`;
        if (!operation.startsWith('Describe') || hit.has(key)) return undefined;
        hit.add(key);
        return fault;
      },
    });
    const ids = vpcIdsOf(await swept(account));
    expect(ids).toHaveLength(60);
    expect(new Set(ids).size).toBe(60);
  },
);

test('a connection that always breaks is a failure of the network', async () => {
  const { account } = await world(accountWith(regions, 1), {
    fault: ({ region }) => (region === 'us-east-1' ? 'reset' : undefined),
  });
  expect(statesOf(await swept(account)).get('us-east-1')).toMatchObject({
    kind: 'failed',
    failure: { kind: 'network', operation: 'DescribeVpcs' },
  });
});

test('throttled calls are tried again', async () => {
  let refusals = 0;
  const { account } = await world(accountWith(regions, 30), {
    pageSize: 10,
    fault: ({ operation }) => {
      if (operation !== 'DescribeVpcs' || refusals >= 3) return undefined;
      refusals += 1;
      return new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503);
    },
  });
  expect(vpcIdsOf(await swept(account))).toHaveLength(90);
  expect(refusals).toBe(3);
});

test('a web page instead of an answer is not an account without VPCs', async () => {
  const page = { status: 200, type: 'text/html', body: '<!DOCTYPE html><html><body>Sign in</body></html>' };
  const { account } = await world(accountWith(regions, 1), {
    fault: ({ region }) => (region === 'us-east-1' ? page : undefined),
  });
  const states = statesOf(await swept(account));
  expect(states.get('us-east-1')).toMatchObject({ kind: 'failed', failure: { kind: 'unexpected-answer' } });
  expect(states.get('eu-west-1')).toMatchObject({ kind: 'ready' });
});

test('VPCs whose flow logs cannot be read are unknown, not bare', async () => {
  const { account } = await world(accountWith(['eu-west-1'], 2), {
    fault: ({ operation }) => (operation === 'DescribeFlowLogs' ? denied(operation) : undefined),
  });
  const state = await readRegion(account, 'eu-west-1');
  expect(state).toMatchObject({
    kind: 'ready',
    vpcs: [
      { state: { kind: 'unreadable', failure: { kind: 'denied', permission: 'ec2:DescribeFlowLogs' } } },
      { state: { kind: 'unreadable' } },
    ],
  });
});

test('a VPC of another account is unknown, whatever it has', async () => {
  const served = accountWith(['eu-west-1'], 0);
  addVpc(served, 'eu-west-1', { id: 'vpc-shared', ownerId: '444455556666' });
  addFlowLog(served, 'eu-west-1', { resourceId: 'vpc-shared' });
  const { account } = await world(served);
  expect(await readRegion(account, 'eu-west-1')).toMatchObject({
    vpcs: [{ id: 'vpc-shared', state: { kind: 'shared', ownerId: '444455556666' }, flowLogs: [] }],
  });
});

test('whose a VPC is cannot be told without the identity, so only what is sure is said', async () => {
  const served = accountWith(['eu-west-1'], 1);
  addVpc(served, 'eu-west-1', { id: 'vpc-default', isDefault: true });
  addVpc(served, 'eu-west-1', { id: 'vpc-logged' });
  addFlowLog(served, 'eu-west-1', { resourceId: 'vpc-logged' });
  const { account } = await world(served, {
    fault: ({ service }) =>
      service === 'sts' ? new ServiceError('AccessDenied', 'Denied.', 403) : undefined,
  });
  expect(await readRegion(account, 'eu-west-1')).toMatchObject({
    vpcs: [
      { id: 'vpc-default', state: { kind: 'none' } },
      {
        id: 'vpc-eu-west-1-00000',
        state: { kind: 'unreadable', failure: { operation: 'GetCallerIdentity' } },
      },
      { id: 'vpc-logged', state: { kind: 'logged' } },
    ],
  });
});

test('an STS that hangs does not hold up an abort', async () => {
  const { account } = await world(accountWith(['eu-west-1'], 1), {
    fault: ({ service }) => (service === 'sts' ? 'hang' : undefined),
  });
  const abort = new AbortController();
  const reading = readRegion(account, 'eu-west-1', abort.signal);
  abort.abort(new Error('closed'));
  await expect(reading).rejects.toThrow('closed');
});

test('credentials that give out in mid-sweep are told of once, and no further call is made', async () => {
  const many = Array.from({ length: 30 }, (_, index) => `eu-test-${index}`);
  let reads = 0;
  const { account, operations } = await world(accountWith(many, 1), {
    fault: ({ operation }) => {
      if (operation !== 'DescribeVpcs') return undefined;
      reads += 1;
      return reads > 10 ? new ServiceError('ExpiredToken', 'The security token has expired', 400) : undefined;
    },
  });
  const events = await swept(account, { concurrency: 4 });
  const failures = events.filter(({ kind }) => kind === 'failed');
  expect(failures).toMatchObject([{ failure: { kind: 'credentials-expired', code: 'ExpiredToken' } }]);
  expect(events.at(-1)?.kind).toBe('failed');
  expect(statesOf(events).size).toBeLessThanOrEqual(10);
  expect([...statesOf(events).values()].every(({ kind }) => kind === 'ready')).toBe(true);
  // Those under way at that time, and none of the rest.
  expect(operations(/DescribeVpcs/).length).toBeLessThan(20);
});

test('without the list of the regions, the home region and those that were named are shown', async () => {
  const { account } = await world(accountWith(regions, 1), {
    fault: ({ operation }) => (operation === 'DescribeRegions' ? denied(operation) : undefined),
  });
  const all = await swept(account);
  expect(all.map(({ kind }) => kind)).toEqual(['region', 'failed']);
  expect(all[1]).toMatchObject({ failure: { permission: 'ec2:DescribeRegions' } });
  const named = await swept(account, { regions: ['us-east-1', 'eu-central-1'] });
  expect(named[0]).toEqual({ kind: 'regions', regions: ['eu-central-1', 'us-east-1'] });
  expect(statesOf(named).size).toBe(2);
});

test('an aborted sweep ends at once, and late answers are dropped', async () => {
  const { account } = await world(accountWith(regions, 1), {
    fault: ({ region, operation }) =>
      region === 'us-east-1' && operation === 'DescribeVpcs' ? 'hang' : undefined,
  });
  const abort = new AbortController();
  const seen: string[] = [];
  for await (const event of sweep(account, { signal: abort.signal })) {
    if (event.kind === 'region') seen.push(event.region);
    if (seen.length === 2) abort.abort();
  }
  expect(seen).not.toContain('us-east-1');
  expect(seen).toHaveLength(2);
});

test('a sweep that is aborted before it starts makes no call', async () => {
  const { account, operations } = await world(accountWith(regions, 1));
  expect(await swept(account, { signal: AbortSignal.abort() })).toEqual([]);
  expect(operations(/Describe/)).toEqual([]);
});

test('flow logs on subnets and interfaces are a note on their VPC', async () => {
  const served = accountWith(['eu-west-1'], 2);
  const region = regionOf(served, 'eu-west-1');
  const vpc = vpcId('eu-west-1', 1);
  region.subnets.set('subnet-1', vpc).set('subnet-2', vpc);
  region.interfaces.set('eni-1', vpc);
  for (const resourceId of ['subnet-1', 'subnet-1', 'subnet-2', 'eni-1'])
    addFlowLog(served, 'eu-west-1', { resourceId });
  const { account } = await world(served);
  expect(await readRegion(account, 'eu-west-1')).toMatchObject({
    vpcs: [
      { state: { kind: 'none' }, logsElsewhere: { subnets: 0, interfaces: 0 } },
      { id: vpc, state: { kind: 'none' }, logsElsewhere: { subnets: 2, interfaces: 1 } },
    ],
  });
});
