import { DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import type { Account } from './account.ts';

/** The regions that are enabled in the account, of the partition of its home region. Rejects as the SDK does. */
export async function enabledRegions(account: Account, signal: AbortSignal): Promise<string[]> {
  const client = await account.clients.ec2(account.homeRegion);
  const { Regions = [] } = await client.send(new DescribeRegionsCommand(), { abortSignal: signal });
  return Regions.flatMap(({ RegionName }) => RegionName ?? []);
}

/** A filter of region names and of patterns such as `eu-*`. Without any, all regions pass. */
export function createRegionFilter(patterns: readonly string[]): RegionFilter {
  const wanted = patterns.map((pattern) => pattern.trim().toLowerCase()).filter((pattern) => pattern !== '');
  const expressions = wanted.map((pattern) => {
    const source = pattern.replaceAll(/[^a-z0-9*-]/g, String.raw`\$&`).replaceAll('*', '.*');
    return new RegExp(`^${source}$`);
  });
  return {
    passes: (region) => expressions.length === 0 || expressions.some((expression) => expression.test(region)),
    names: wanted.filter((pattern) => !pattern.includes('*')),
  };
}

export interface RegionFilter {
  readonly passes: (region: string) => boolean;
  /** The regions that are asked for by their full names. */
  readonly names: readonly string[];
}
