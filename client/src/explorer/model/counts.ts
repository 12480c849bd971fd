import { isBare, type Vpc } from '../../aws/model.ts';
import type { KnownRegion, OpenAccount } from './account-state.ts';

/** How many VPCs there are, and of what kind. What is neither bare nor unknown has a flow log that counts. */
export interface Counts {
  readonly vpcs: number;
  readonly bare: number;
  /** A flow log would do, but delivers nothing. */
  readonly failing: number;
  /** Shared by another account, or not to be read. */
  readonly unknown: number;
}

export function countVpcs(vpcs: readonly Vpc[]): Counts {
  const count = (test: (vpc: Vpc) => boolean): number => vpcs.filter(test).length;
  return {
    vpcs: vpcs.length,
    bare: count(isBare),
    failing: count(({ state }) => state.kind === 'delivery-failed'),
    unknown: count(({ state }) => state.kind === 'shared' || state.kind === 'unreadable'),
  };
}

/** The VPCs of a region that has been read; none of any other. */
export function vpcsOf({ state }: KnownRegion): readonly Vpc[] {
  return state.kind === 'ready' ? state.vpcs : [];
}

export function vpcsOfAccount({ regions }: OpenAccount): Vpc[] {
  return Array.from(regions.values()).flatMap(vpcsOf);
}

export interface AccountCounts extends Counts {
  /** That could not be read. */
  readonly failedRegions: number;
}

/** Of the account as far as it has been read. */
export function countAccount(account: OpenAccount): AccountCounts {
  const failedRegions = Array.from(account.regions.values()).filter(({ state }) => state.kind === 'failed');
  return { ...countVpcs(vpcsOfAccount(account)), failedRegions: failedRegions.length };
}
