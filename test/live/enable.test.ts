import { expect, test, vi } from 'vitest';
import { undoEnabling } from '../../client/src/aws/delete-flow-logs.ts';
import { enableFlowLogs, type EnablingProgress } from '../../client/src/aws/enable-flow-logs.ts';
import { isBare } from '../../client/src/aws/model.ts';
import { planEnabling } from '../../client/src/aws/plan-enabling.ts';
import { addFlowLog, addVpc, regionOf } from '../aws-server/account.mjs';
import { ServiceError } from '../aws-server/service-error.mjs';
import { accountWith, shortTimeouts, vpcId, world } from './aws-world.ts';
import { notOneEach, settings, toCloudWatchLogs, vpcsOf } from './enabling.ts';

test('all bare VPCs of all regions get one flow log each, as asked for; again changes nothing; undo deletes just these', async () => {
  const served = accountWith(['eu-west-1', 'us-east-1'], 3);
  const existing = addFlowLog(served, 'us-east-1', { resourceId: vpcId('us-east-1', 0) });
  const it = await world(served);
  const bare = (await vpcsOf(it)).filter(isBare);
  expect(bare).toHaveLength(5);

  const onProgress = vi.fn<(progress: EnablingProgress) => void>();
  const outcome = await enableFlowLogs(it.account, bare, settings, { onProgress });

  expect(outcome).toMatchObject({
    alreadyThere: [],
    failed: [],
    notTried: [],
    unconfirmed: [],
    isCancelled: false,
  });
  expect(outcome.made.map(({ vpc }) => vpc.id)).toEqual(bare.map(({ id }) => id).toSorted());
  expect(notOneEach(served)).toEqual({});
  expect(onProgress).toHaveBeenLastCalledWith(expect.objectContaining({ done: 5, total: 5 }));
  const [first] = [...regionOf(served, 'eu-west-1').flowLogs.values()];
  expect(first).toMatchObject({
    trafficType: 'REJECT',
    interval: 60,
    format: settings.logFormat,
    destination: 'arn:aws:s3:::flow-records/vpc/',
    tags: settings.tags,
  });
  expect((await vpcsOf(it)).filter(isBare)).toEqual([]);

  const creations = it.operations(/CreateFlowLogs/).length;
  const second = await enableFlowLogs(it.account, bare, settings);
  expect(second.alreadyThere.map(({ id }) => id).toSorted()).toEqual(bare.map(({ id }) => id).toSorted());
  expect(second.made).toEqual([]);
  expect(it.operations(/CreateFlowLogs/)).toHaveLength(creations);

  const undone = await undoEnabling(it.account, outcome.made);
  expect(undone).toMatchObject({ alreadyGone: [], failed: [], notTried: [] });
  expect(undone.deleted.toSorted()).toEqual(outcome.made.map(({ flowLogId }) => flowLogId).toSorted());
  const left = [...served.regions.values()].flatMap(({ flowLogs }) => [...flowLogs.keys()]);
  expect(left).toEqual([existing.id]);
});

test('more than 300 VPCs of a region take several calls, each with a token of its own', async () => {
  const served = accountWith(['eu-west-1'], 650);
  const it = await world(served);
  const outcome = await enableFlowLogs(it.account, await vpcsOf(it), settings);
  expect(outcome.made).toHaveLength(650);
  const calls = it.server.calls.filter(({ operation }) => operation === 'CreateFlowLogs');
  const sizes = calls.map(
    ({ parameters }) => [...parameters.keys()].filter((key) => key.startsWith('ResourceId.')).length,
  );
  expect(sizes).toEqual([300, 300, 50]);
  expect(new Set(calls.map(({ parameters }) => parameters.get('ClientToken'))).size).toBe(3);
  expect(notOneEach(served)).toEqual({});
});

test('an answer that is lost does not make a second flow log', async () => {
  const served = accountWith(['eu-west-1'], 3);
  let lost = false;
  const it = await world(served, {
    fault: ({ operation }, perform) => {
      if (operation !== 'CreateFlowLogs' || lost) return undefined;
      lost = true;
      perform();
      return 'reset';
    },
  });
  const outcome = await enableFlowLogs(it.account, await vpcsOf(it), settings);
  expect(outcome.made).toHaveLength(3);
  expect(it.operations(/CreateFlowLogs/)).toHaveLength(2);
  expect(notOneEach(served)).toEqual({});
});

test('what AWS refuses is told with its words, the rest is made', async () => {
  const served = accountWith(['eu-west-1'], 3);
  const it = await world(served, {
    fault: ({ operation }, perform) => {
      if (operation !== 'CreateFlowLogs') return undefined;
      regionOf(served, 'eu-west-1').vpcs.delete(vpcId('eu-west-1', 1));
      return perform();
    },
  });
  const outcome = await enableFlowLogs(it.account, await vpcsOf(it), settings);
  expect(outcome.made).toHaveLength(2);
  expect(outcome.failed).toMatchObject([
    {
      vpc: { id: vpcId('eu-west-1', 1) },
      failure: {
        code: '400',
        message: `VPC ${vpcId('eu-west-1', 1)} does not exist`,
        operation: 'CreateFlowLogs',
      },
    },
  ]);
});

test('a bulk call that is thrown and yet created some: those are found, and the rest is asked for one by one', async () => {
  const served = accountWith(['eu-west-1'], 4);
  let isFirst = true;
  const it = await world(served, {
    fault: ({ operation }, perform) => {
      if (operation !== 'CreateFlowLogs' || !isFirst) return undefined;
      isFirst = false;
      // Somebody else enables the third VPC alike between our reading and our call.
      addFlowLog(served, 'eu-west-1', {
        resourceId: vpcId('eu-west-1', 2),
        trafficType: 'REJECT',
        destination: 'arn:aws:s3:::flow-records/vpc/',
      });
      return perform();
    },
  });

  const outcome = await enableFlowLogs(it.account, await vpcsOf(it), settings);

  expect(notOneEach(served)).toEqual({});
  expect(outcome.made.map(({ vpc }) => vpc.id)).toEqual([0, 1, 3].map((index) => vpcId('eu-west-1', index)));
  expect(outcome.alreadyThere.map(({ id }) => id)).toEqual([vpcId('eu-west-1', 2)]);
  expect(outcome.failed).toEqual([]);
  // The bulk call, and the one VPC that it left bare.
  expect(it.operations(/CreateFlowLogs/)).toHaveLength(2);

  await undoEnabling(it.account, outcome.made);
  const left = [...regionOf(served, 'eu-west-1').flowLogs.values()].map(({ resourceId }) => resourceId);
  expect(left).toEqual([vpcId('eu-west-1', 2)]);
});

test('a call that fails for good after it created some is told as AWS shows it', async () => {
  const served = accountWith(['eu-west-1'], 3);
  const it = await world(served, {
    fault: ({ operation }) => {
      if (operation !== 'CreateFlowLogs') return undefined;
      const isMade = regionOf(served, 'eu-west-1').flowLogs.size > 0;
      if (!isMade)
        addFlowLog(served, 'eu-west-1', {
          resourceId: vpcId('eu-west-1', 0),
          trafficType: 'REJECT',
          destination: 'arn:aws:s3:::flow-records/vpc/',
          interval: 60,
          format: settings.logFormat ?? '',
          tags: settings.tags,
        });
      return new ServiceError(
        'LogDestinationPermissionIssue',
        'Access Denied for LogDestination: flow-records.',
      );
    },
  });
  const outcome = await enableFlowLogs(it.account, await vpcsOf(it), settings);
  expect(outcome.made.map(({ vpc }) => vpc.id)).toEqual([vpcId('eu-west-1', 0)]);
  expect(outcome.failed.map(({ vpc }) => vpc.id)).toEqual([1, 2].map((index) => vpcId('eu-west-1', index)));
  expect(outcome.failed[0]?.failure).toMatchObject({ code: 'LogDestinationPermissionIssue' });
});

test('where creating is denied, one call a region tells it', async () => {
  const served = accountWith(['eu-west-1', 'us-east-1'], 400);
  const it = await world(served, {
    fault: ({ operation, region }) =>
      operation === 'CreateFlowLogs' && region === 'us-east-1'
        ? new ServiceError(
            'UnauthorizedOperation',
            'You are not authorized to perform this operation. Encoded authorization failure message: c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0',
            403,
          )
        : undefined,
  });
  const outcome = await enableFlowLogs(it.account, await vpcsOf(it), settings);
  expect(outcome.made).toHaveLength(400);
  expect(outcome.failed).toHaveLength(400);
  expect(outcome.failed[399]?.failure).toEqual({
    kind: 'denied',
    operation: 'CreateFlowLogs',
    code: 'UnauthorizedOperation',
    message: 'You are not authorized to perform this operation.',
    permission: undefined,
  });
  expect(it.operations(/us-east-1 CreateFlowLogs/)).toHaveLength(1);
});

test('credentials that give out end the work, and the truth is told', async () => {
  const served = accountWith(['a-test-1', 'b-test-1'], 400);
  let creations = 0;
  const it = await world(served, {
    fault: ({ operation, region }) => {
      if (operation !== 'CreateFlowLogs' || region !== 'a-test-1') return undefined;
      creations += 1;
      return creations === 1 ? undefined : new ServiceError('RequestExpired', 'Request has expired.');
    },
  });
  const vpcs = (await vpcsOf(it)).filter(({ region }) => region === 'a-test-1');
  const outcome = await enableFlowLogs(it.account, vpcs, settings);
  expect(outcome.failure?.kind).toBe('credentials-expired');
  expect(outcome.made).toHaveLength(300);
  expect(outcome.notTried).toHaveLength(100);
  expect(outcome.failed).toEqual([]);
});

test('only gaps are filled: logged, failing, shared and vanished VPCs are left alone', async () => {
  const served = accountWith(['eu-west-1'], 5);
  const id = (index: number) => vpcId('eu-west-1', index);
  addFlowLog(served, 'eu-west-1', { resourceId: id(1), trafficType: 'ACCEPT' });
  addFlowLog(served, 'eu-west-1', { resourceId: id(2), deliveryError: 'Access error' });
  addVpc(served, 'eu-west-1', { id: id(3), ownerId: '444455556666' });
  const it = await world(served);
  const vpcs = await vpcsOf(it);
  addFlowLog(served, 'eu-west-1', { resourceId: id(0) });
  regionOf(served, 'eu-west-1').vpcs.delete(id(4));
  const outcome = await enableFlowLogs(it.account, vpcs, settings);
  expect(outcome.alreadyThere.map((vpc) => vpc.id)).toEqual([id(0)]);
  expect(outcome.made.map(({ vpc }) => vpc.id)).toEqual([id(1)]);
  expect(outcome.failed.map(({ vpc, failure }) => [vpc.id, failure.message])).toEqual([
    [id(2), 'It has a flow log whose records AWS cannot deliver: Access error.'],
    [id(3), 'The VPC belongs to another account, which alone can enable its flow logs.'],
    [id(4), 'The VPC is not there any more.'],
  ]);
  expect(planEnabling(vpcs, settings).skipped.map(({ vpc, reason }) => [vpc.id, reason])).toEqual([
    [id(2), 'delivery-failed'],
    [id(3), 'shared'],
  ]);
});

test('throttled creation is slowed down, not given up', async () => {
  const served = accountWith(['eu-west-1'], 700);
  let refusals = 0;
  const it = await world(served, {
    fault: ({ operation }) => {
      if (operation !== 'CreateFlowLogs' || refusals >= 2) return undefined;
      refusals += 1;
      return new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503);
    },
  });
  const outcome = await enableFlowLogs(it.account, await vpcsOf(it), settings);
  expect(outcome.made).toHaveLength(700);
  expect(notOneEach(served)).toEqual({});
});

test('a role that IAM has not made known yet is waited for', async () => {
  const served = accountWith(['eu-west-1'], 3);
  let refusals = 0;
  const it = await world(served, {
    fault: ({ operation }) => {
      if (operation !== 'CreateFlowLogs' || refusals >= 1) return undefined;
      refusals += 1;
      return new ServiceError('InvalidParameter', 'Unable to assume given IAM role');
    },
  });
  const outcome = await enableFlowLogs(it.account, await vpcsOf(it), toCloudWatchLogs, { isRoleNew: true });
  expect(outcome.made).toHaveLength(3);
  expect(notOneEach(served)).toEqual({});
});

test('a role that is not new and cannot be assumed is a failure at once', async () => {
  const served = accountWith(['eu-west-1'], 2);
  const it = await world(served, {
    fault: ({ operation }) =>
      operation === 'CreateFlowLogs'
        ? new ServiceError('InvalidParameter', 'Unable to assume given IAM role')
        : undefined,
  });
  const outcome = await enableFlowLogs(it.account, await vpcsOf(it), toCloudWatchLogs);
  expect(outcome.failed).toHaveLength(2);
  expect(it.operations(/CreateFlowLogs/)).toHaveLength(1);
});

test('what AWS made is kept for an undo even where it cannot be read afterwards', async () => {
  const served = accountWith(['eu-west-1'], 2);
  let isMade = false;
  const it = await world(served, {
    fault: ({ operation }, perform) => {
      if (operation === 'CreateFlowLogs') {
        isMade = true;
        return perform();
      }
      return isMade && operation === 'DescribeVpcs'
        ? new ServiceError('UnauthorizedOperation', 'Denied.', 403)
        : undefined;
    },
  });
  const outcome = await enableFlowLogs(it.account, await vpcsOf(it), settings);
  expect(outcome.made).toEqual([]);
  expect(outcome.failed).toHaveLength(2);
  expect(outcome.unconfirmed).toHaveLength(2);
  expect((await undoEnabling(it.account, outcome.unconfirmed)).deleted).toHaveLength(2);
  expect(regionOf(served, 'eu-west-1').flowLogs.size).toBe(0);
});

test('flow logs that EC2 shows a moment later are waited for', async () => {
  const served = accountWith(['eu-west-1'], 2);
  const hidden = new Map(regionOf(served, 'eu-west-1').flowLogs);
  let reads = 0;
  const it = await world(served, {
    fault: ({ operation }, perform) => {
      const region = regionOf(served, 'eu-west-1');
      if (operation !== 'DescribeFlowLogs' || region.flowLogs.size === 0) return undefined;
      reads += 1;
      if (reads > 1) return undefined;
      const { flowLogs } = region;
      region.flowLogs = hidden;
      const answer = perform();
      region.flowLogs = flowLogs;
      return answer;
    },
  });
  const outcome = await enableFlowLogs(it.account, await vpcsOf(it), settings);
  expect(outcome.made).toHaveLength(2);
});

test('an enabling that hangs is given up by the time limit, and tells so', async () => {
  const served = accountWith(['eu-west-1'], 1);
  const it = await world(served, {
    open: { timeouts: shortTimeouts },
    fault: ({ operation }) => (operation === 'CreateFlowLogs' ? 'hang' : undefined),
  });
  const outcome = await enableFlowLogs(it.account, await vpcsOf(it), settings);
  expect(outcome.failed).toMatchObject([{ failure: { kind: 'timeout' } }]);
});
