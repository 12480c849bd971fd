import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { closeAccount, type Account, type OpenAccountOptions } from '../../client/src/aws/account.ts';
import type { ReadRegion } from '../../client/src/aws/read-region.ts';
import { sweep, type SweepEvent, type SweepOptions } from '../../client/src/aws/sweep.ts';
import { addVpc, createAccount, type Account as ServedAccount } from '../aws-server/account.mjs';
import { startAwsServer, type AwsServer, type Options } from '../aws-server/server.mjs';
import { opened } from './opened.ts';

/** For a hang, which has to be waited out. In milliseconds, of an attempt. */
export const shortTimeouts = { connection: 1_000, request: 500 };

export interface World {
  readonly served: ServedAccount;
  readonly server: AwsServer;
  readonly account: Account;
  /** The operations that were called, such as `eu-west-1 DescribeVpcs`, in the order of arrival. */
  readonly operations: (pattern?: RegExp) => string[];
}

/** The server, and the account behind it opened with the real SDK; both end with the test. */
export async function world(
  served: ServedAccount,
  options: Options & { open?: OpenAccountOptions } = {},
): Promise<World> {
  const server = await startAwsServer(served, options);
  onTestFinished(server.close);
  withoutUserConfig({
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: [...served.regions.keys()][0] ?? 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  });
  const account = await opened(options.open ?? {});
  onTestFinished(() => closeAccount(account));
  const operations = (pattern = /^(?!.*GetCallerIdentity)/) =>
    server.calls
      .map(({ region, operation }) => `${region} ${operation}`)
      .filter((name) => pattern.test(name));
  return { served, server, account, operations };
}

/** Nothing of the machine's own configuration is seen by the SDK; `env` and the files are. */
export function withoutUserConfig(
  env: Readonly<Record<string, string>>,
  files: { config?: string; credentials?: string } = {},
): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'aws-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of Object.keys(process.env)) if (/^AWS_(?!SDK_JS_)/.test(name)) vi.stubEnv(name, undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
  const config = path.join(folder, 'config');
  const credentials = path.join(folder, 'credentials');
  writeFileSync(config, files.config ?? '');
  writeFileSync(credentials, files.credentials ?? '');
  const all = {
    HOME: folder,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...env,
  };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  return folder;
}

/** An account with so many VPCs in each of these regions, and the bucket `flow-records`. */
export function accountWith(regions: readonly string[], vpcs: number): ServedAccount {
  const served = createAccount(regions);
  served.buckets.push({ name: 'flow-records', region: regions[0] ?? '' });
  for (const region of regions)
    for (let index = 0; index < vpcs; index += 1) addVpc(served, region, { id: vpcId(region, index) });
  return served;
}

export function vpcId(region: string, index: number): string {
  return `vpc-${region}-${String(index).padStart(5, '0')}`;
}

export async function swept(account: Account, options?: SweepOptions): Promise<SweepEvent[]> {
  const events: SweepEvent[] = [];
  for await (const event of sweep(account, options)) events.push(event);
  return events;
}

export function statesOf(events: readonly SweepEvent[]): Map<string, ReadRegion> {
  return new Map(
    events.flatMap((event) => (event.kind === 'region' ? [[event.region, event.state] as const] : [])),
  );
}

export function vpcIdsOf(events: readonly SweepEvent[]): string[] {
  return [...statesOf(events).values()].flatMap((state) =>
    state.kind === 'ready' ? state.vpcs.map(({ id }) => id) : [],
  );
}
