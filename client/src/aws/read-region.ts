import type { Account } from './account.ts';
import type { RegionState } from './model.ts';

/**
 * Reads the VPCs of one region and what flow logs they have: DescribeVpcs and DescribeFlowLogs, all pages, joined here.
 * Sorted by id. Rejects with the signal's reason when aborted, else never.
 */
export declare function readRegion(
  account: Account,
  region: string,
  signal?: AbortSignal,
): Promise<Exclude<RegionState, { kind: 'loading' }>>;
