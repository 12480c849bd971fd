import { expect, test } from 'vitest';
import type { Failure, FlowLog } from '../../client/src/aws/model.ts';
import { vpcState, type StateContext } from '../../client/src/aws/vpc-state.ts';

const failure: Failure = {
  kind: 'denied',
  operation: 'DescribeFlowLogs',
  code: 'UnauthorizedOperation',
  message: 'no',
  permission: undefined,
};
const known: StateContext = { accountId: '1', identityFailure: undefined, flowLogsFailure: undefined };
const own = { ownerId: '1', isDefault: false };

function log(more: Partial<FlowLog>): FlowLog {
  return {
    id: 'fl-1',
    resourceId: 'vpc-1',
    trafficType: 'ALL',
    destination: 's3',
    destinationName: 'arn:aws:s3:::bucket',
    maxAggregationInterval: 600,
    logFormat: undefined,
    isActive: true,
    deliveryError: undefined,
    deliveryRoleArn: undefined,
    createdAt: undefined,
    tags: {},
    ...more,
  };
}

const accept = log({ trafficType: 'ACCEPT' });
const failing = log({ deliveryError: 'Access error' });

test.each([
  ['none', [], 'none'],
  ['ALL', [log({})], 'logged'],
  ['REJECT', [log({ trafficType: 'REJECT' })], 'logged'],
  ['ACCEPT', [accept], 'accept-only'],
  ['a failing one', [failing], 'delivery-failed'],
  ['a failing one beside one that works', [failing, log({})], 'logged'],
  ['a failing one beside ACCEPT', [accept, failing], 'delivery-failed'],
  ['one that is not active', [log({ isActive: false })], 'none'],
  ['ACCEPT that fails', [log({ trafficType: 'ACCEPT', deliveryError: 'Rate limited' })], 'accept-only'],
] as const)('%s', (_name, logs, kind) => {
  expect(vpcState(own, logs, known).kind).toBe(kind);
});

test('a VPC of another account is shared, even where its flow logs could not be read', () => {
  const context = { ...known, flowLogsFailure: failure };
  expect(vpcState({ ...own, ownerId: '2' }, [], context)).toEqual({ kind: 'shared', ownerId: '2' });
  expect(vpcState(own, [], context)).toEqual({ kind: 'unreadable', failure });
});
