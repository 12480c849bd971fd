import { expect, test } from 'vitest';
import { describeFlowLogs, describeVpcs } from '../../client/src/aws/describe-region.ts';
import { rehearsalClient, rehearseReading } from '../../client/src/aws/rehearsal.ts';

const place = { region: 'us-east-1', partition: 'aws' };

test('the made-up answer is read as a real one is', async () => {
  const client = rehearsalClient();
  const vpcs = await describeVpcs(client, place, undefined);
  expect(vpcs).toHaveLength(10);
  expect(vpcs[0]).toMatchObject({ ownerId: '111122223333', name: 'rehearsal', cidrBlocks: ['10.0.0.0/16'] });
  const flowLogs = await describeFlowLogs(client, undefined);
  expect(flowLogs).toHaveLength(10);
  expect(flowLogs[0]).toMatchObject({ resourceId: vpcs[0]?.id, isActive: true, trafficType: 'ALL' });
});

test('it takes a turn for each answer, and no more once there is something real to read', async () => {
  const real = new AbortController();
  let turns = 0;
  await rehearseReading(async () => {
    turns += 1;
    if (turns === 3) real.abort();
  }, real.signal);
  expect(turns).toBe(3);
});

test('it does not begin when the answers are there at once', async () => {
  const turn = () => Promise.reject(new Error('A turn was taken.'));
  await expect(rehearseReading(turn, AbortSignal.abort())).resolves.toBeUndefined();
});
