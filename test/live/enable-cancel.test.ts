import { expect, test } from 'vitest';
import { undoEnabling } from '../../client/src/aws/delete-flow-logs.ts';
import { enableFlowLogs } from '../../client/src/aws/enable-flow-logs.ts';
import { regionOf } from '../aws-server/account.mjs';
import { ServiceError } from '../aws-server/service-error.mjs';
import { accountWith, world } from './aws-world.ts';
import { notOneEach, settings, vpcsOf } from './enabling.ts';

// Each step of the work, by the call during which the user cancels.
test.each([
  ['while reading before', /DescribeVpcs/, 0],
  ['while creating', /CreateFlowLogs/, 300],
])('a cancel %s: what was begun is told, the rest is not tried', async (_name, step, expected) => {
  const served = accountWith(['eu-west-1'], 650);
  const abort = new AbortController();
  let isEnabling = false;
  const it = await world(served, {
    fault: ({ operation }) => {
      if (isEnabling && step.test(operation)) abort.abort();
      return undefined;
    },
  });
  const vpcs = await vpcsOf(it);
  isEnabling = true;
  const outcome = await enableFlowLogs(it.account, vpcs, settings, { signal: abort.signal });
  expect(outcome.isCancelled).toBe(true);
  expect(outcome.made).toHaveLength(expected);
  expect(outcome.notTried).toHaveLength(650 - expected);
  expect(outcome.failed).toEqual([]);
  expect(regionOf(served, 'eu-west-1').flowLogs.size).toBe(expected);
  const retried = await enableFlowLogs(it.account, outcome.notTried, settings);
  expect(retried.made).toHaveLength(650 - expected);
  expect(notOneEach(served)).toEqual({});
});

test('a cancel while falling back to one VPC a call loses nothing', async () => {
  const served = accountWith(['eu-west-1'], 6);
  const abort = new AbortController();
  let creations = 0;
  const it = await world(served, {
    fault: ({ operation }) => {
      if (operation !== 'CreateFlowLogs') return undefined;
      creations += 1;
      if (creations === 1) return new ServiceError('FlowLogAlreadyExists', 'There is an existing Flow Log.');
      if (creations === 3) abort.abort();
      return undefined;
    },
  });
  const outcome = await enableFlowLogs(it.account, await vpcsOf(it), settings, { signal: abort.signal });
  expect(outcome.made).toHaveLength(2);
  expect(outcome.notTried).toHaveLength(4);
  expect(regionOf(served, 'eu-west-1').flowLogs.size).toBe(2);
});

test('a call that hangs is given up after a cancel, and can be taken up again', async () => {
  const served = accountWith(['eu-west-1'], 2);
  const abort = new AbortController();
  const it = await world(served, {
    fault: ({ operation }) => {
      if (operation !== 'CreateFlowLogs' || abort.signal.aborted) return undefined;
      abort.abort();
      return 'hang';
    },
  });
  const outcome = await enableFlowLogs(it.account, await vpcsOf(it), settings, {
    signal: abort.signal,
    grace: 50,
  });
  expect(outcome).toMatchObject({ isCancelled: true, made: [], failed: [] });
  expect((await enableFlowLogs(it.account, outcome.notTried, settings)).made).toHaveLength(2);
  expect(notOneEach(served)).toEqual({});
});

test('an undo tells of those that are gone already, and can be cancelled between regions', async () => {
  const served = accountWith(['eu-west-1', 'us-east-1'], 2);
  const abort = new AbortController();
  const it = await world(served, {
    fault: ({ operation }) => {
      if (operation === 'DeleteFlowLogs') abort.abort();
      return undefined;
    },
  });
  const { made } = await enableFlowLogs(it.account, await vpcsOf(it), settings);
  const [first, second] = made;
  regionOf(served, 'eu-west-1').flowLogs.delete(first?.flowLogId ?? '');
  const undone = await undoEnabling(it.account, made, { signal: abort.signal });
  expect(undone).toEqual({
    alreadyGone: [first?.flowLogId],
    deleted: [second?.flowLogId],
    failed: [],
    notTried: made.slice(2).map(({ flowLogId }) => flowLogId),
    isCancelled: true,
  });
});
