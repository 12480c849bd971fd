import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { closeAccount } from '../../client/src/aws/account.ts';
import { isBare } from '../../client/src/aws/model.ts';
import { sweep, type SweepEvent } from '../../client/src/aws/sweep.ts';
import { startDemo } from '../aws-server/demo.mjs';
import { opened } from './opened.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'demo-'));
let demo: Awaited<ReturnType<typeof startDemo>>;

beforeAll(async () => {
  demo = await startDemo(folder, { latency: 0 });
  for (const [name, value] of Object.entries(demo.env)) vi.stubEnv(name, value);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await demo.close();
  rmSync(folder, { recursive: true });
});

test('the demo account has VPCs in all states, and says that it is a demo', async () => {
  const account = await opened({});
  const events: SweepEvent[] = [];
  for await (const event of sweep(account)) events.push(event);
  const identity = await account.identity;
  closeAccount(account);

  expect(identity).toMatchObject({
    profile: 'demo',
    accountId: '000000000000',
    isDemo: true,
    partition: 'aws',
  });
  const read = events.flatMap((event) => (event.kind === 'region' ? [event] : []));
  const vpcs = read.flatMap(({ state }) => (state.kind === 'ready' ? state.vpcs : []));
  expect(new Set(vpcs.map(({ state }) => state.kind))).toEqual(
    new Set(['logged', 'accept-only', 'delivery-failed', 'none', 'shared']),
  );
  expect(vpcs.filter(isBare)).toHaveLength(10);
  expect(read.filter(({ state }) => state.kind === 'failed')).toMatchObject([
    { region: 'sa-east-1', state: { failure: { kind: 'denied', permission: 'ec2:DescribeVpcs' } } },
  ]);
});
