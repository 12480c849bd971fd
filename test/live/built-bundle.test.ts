import { createRequire } from 'node:module';
import path from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Aws } from '../../client/src/aws/load.ts';
import { planDeliveryRole } from '../../client/src/aws/delivery-role.ts';
import { createDemoAccount, demoFault } from '../aws-server/demo-account.mjs';
import { startAwsServer } from '../aws-server/server.mjs';
import { buildIfOutdated } from '../cli/command.ts';
import { withoutUserConfig } from './aws-world.ts';

/** The SDK in it is not as it was published: the keys of its schemas are written out. */
const bundle = path.resolve(import.meta.dirname, '../../dist/aws.cjs');

beforeAll(buildIfOutdated);

test('the bundle does what its sources do: each service is asked and understood', async () => {
  const server = await startAwsServer(createDemoAccount(), { fault: demoFault, pageSize: 2 });
  onTestFinished(server.close);
  withoutUserConfig({
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'demo',
    AWS_SECRET_ACCESS_KEY: 'demo',
  });
  const aws = createRequire(import.meta.url)(bundle) as Aws;
  const opened = await aws.openAccount({});
  if (opened.kind === 'failed') throw new Error(opened.failure.message);
  const { account } = opened;
  onTestFinished(() => aws.closeAccount(account));

  expect(await account.identity).toMatchObject({ accountId: '000000000000', failure: undefined });
  const vpcs = [];
  const denied = [];
  for await (const event of aws.sweep(account)) {
    if (event.kind !== 'region') continue;
    if (event.state.kind === 'ready') vpcs.push(...event.state.vpcs);
    else denied.push(event.state.failure);
  }
  expect(vpcs).toHaveLength(15);
  expect(vpcs.find(({ name }) => name === 'shop-staging')?.origin).toMatchObject({
    stackName: 'network',
    logicalId: 'Vpc',
  });
  expect(denied).toMatchObject([
    { kind: 'denied', code: 'UnauthorizedOperation', permission: 'ec2:DescribeVpcs' },
  ]);

  const outcome = await aws.enableFlowLogs(account, vpcs, {
    destination: { kind: 's3', bucketArn: 'arn:aws:s3:::demo-flow-logs' },
    trafficType: 'ALL',
    maxAggregationInterval: 600,
    logFormat: undefined,
    tags: { Owner: 'network' },
  });
  expect(outcome.made).toHaveLength(10);
  expect((await aws.undoEnabling(account, outcome.made)).deleted).toHaveLength(10);

  expect(await aws.listBuckets(account)).toMatchObject({
    items: [{ name: 'demo-archive' }, { name: 'demo-flow-logs' }],
  });
  expect(await aws.listLogGroups(account, 'us-east-1')).toMatchObject({
    items: [{}, { retentionInDays: 30 }],
  });
  expect(await aws.listDeliveryRoles(account)).toMatchObject({
    items: [{ name: 'demo-flow-logs-delivery' }],
  });
  expect(await aws.listDeliveryStreams(account, 'us-east-1')).toMatchObject({
    items: [{ name: 'demo-flow-logs' }],
  });
  const plan = planDeliveryRole({
    partition: 'aws',
    accountId: '000000000000',
    logGroupName: 'x',
    regions: ['us-east-1'],
  });
  expect(await aws.createDeliveryRole(account, plan)).toMatchObject({ kind: 'created' });
});
