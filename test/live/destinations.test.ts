import { describe, expect, test } from 'vitest';
import { createDeliveryRole } from '../../client/src/aws/create-delivery-role.ts';
import { planDeliveryRole } from '../../client/src/aws/delivery-role.ts';
import {
  listBuckets,
  listDeliveryRoles,
  listDeliveryStreams,
  listLogGroups,
} from '../../client/src/aws/destinations.ts';
import { createDemoAccount } from '../aws-server/demo-account.mjs';
import { ServiceError } from '../aws-server/service-error.mjs';
import { world } from './aws-world.ts';

const plan = planDeliveryRole({
  partition: 'aws',
  accountId: '000000000000',
  logGroupName: '/vpc/flow-logs',
  regions: ['eu-central-1'],
});

test('what the account has is offered', async () => {
  const { account } = await world(createDemoAccount());
  expect(await listBuckets(account)).toEqual({
    kind: 'listed',
    isCut: false,
    items: [
      { name: 'demo-archive', arn: 'arn:aws:s3:::demo-archive', region: 'us-east-1' },
      { name: 'demo-flow-logs', arn: 'arn:aws:s3:::demo-flow-logs', region: 'eu-central-1' },
    ],
  });
  expect(await listLogGroups(account, 'eu-central-1')).toMatchObject({
    items: [{ name: '/demo/application' }, { name: '/demo/vpc-flow-logs', retentionInDays: 30 }],
  });
  expect(await listDeliveryRoles(account)).toMatchObject({
    items: [{ arn: 'arn:aws:iam::000000000000:role/demo-flow-logs-delivery' }],
  });
  expect(await listDeliveryStreams(account, 'us-west-2')).toMatchObject({
    items: [{ arn: 'arn:aws:firehose:us-west-2:000000000000:deliverystream/demo-flow-logs' }],
  });
});

test('what may not be listed says which permission is missing', async () => {
  const { account } = await world(createDemoAccount(), {
    fault: ({ service }) =>
      service === 'ec2' || service === 'sts'
        ? undefined
        : new ServiceError(
            service === 'logs' || service === 'firehose' ? 'AccessDeniedException' : 'AccessDenied',
            'No.',
            403,
          ),
  });
  const results = await Promise.all([
    listBuckets(account),
    listLogGroups(account, 'eu-central-1'),
    listDeliveryRoles(account),
    listDeliveryStreams(account, 'eu-central-1'),
  ]);
  expect(
    results.map((result) =>
      result.kind === 'failed' ? [result.failure.kind, result.failure.permission] : result,
    ),
  ).toEqual([
    ['denied', 's3:ListAllMyBuckets'],
    ['denied', 'logs:DescribeLogGroups'],
    ['denied', 'iam:ListRoles'],
    ['denied', 'firehose:ListDeliveryStreams'],
  ]);
});

test('a list that is aborted rejects', async () => {
  const { account } = await world(createDemoAccount(), {
    fault: ({ service }) => (service === 's3' ? 'hang' : undefined),
  });
  const abort = new AbortController();
  const listing = listBuckets(account, abort.signal);
  abort.abort(new Error('closed'));
  await expect(listing).rejects.toThrow('closed');
});

describe('the delivery role', () => {
  test('is made as it was shown', async () => {
    const { account, served } = await world(createDemoAccount());
    expect(await createDeliveryRole(account, plan)).toEqual({ kind: 'created', roleArn: plan.roleArn });
    const role = served.roles.get(plan.roleName);
    expect(JSON.parse(role?.trustPolicy ?? '')).toEqual(plan.trustPolicy);
    expect(JSON.parse(role?.policies.get(plan.policyName) ?? '')).toEqual(plan.permissionsPolicy);
    expect(await createDeliveryRole(account, plan)).toEqual({ kind: 'exists', roleArn: plan.roleArn });
  });

  test('is taken away again when its policy is refused', async () => {
    const { account, served } = await world(createDemoAccount(), {
      fault: ({ operation }) =>
        operation === 'PutRolePolicy' ? new ServiceError('AccessDenied', 'No.', 403) : undefined,
    });
    expect(await createDeliveryRole(account, plan)).toMatchObject({
      kind: 'failed',
      failure: { permission: 'iam:PutRolePolicy' },
      leftRole: undefined,
    });
    expect(served.roles.has(plan.roleName)).toBe(false);
  });

  test('is named when it cannot be taken away', async () => {
    const { account } = await world(createDemoAccount(), {
      fault: ({ operation }) =>
        operation === 'PutRolePolicy' || operation === 'DeleteRole'
          ? new ServiceError('AccessDenied', 'No.', 403)
          : undefined,
    });
    expect(await createDeliveryRole(account, plan)).toMatchObject({
      kind: 'failed',
      leftRole: plan.roleName,
    });
  });
});
