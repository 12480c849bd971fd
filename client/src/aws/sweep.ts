import type { Account } from './account.ts';
import type { Failure, RegionState } from './model.ts';

/** What a sweep tells, in the order in which it learns it. */
export type SweepEvent =
  /** The regions that will be read, sorted by name. Comes once; a region may come before it. */
  | { readonly kind: 'regions'; readonly regions: readonly string[] }
  | {
      readonly kind: 'region';
      readonly region: string;
      readonly state: Exclude<RegionState, { kind: 'loading' }>;
    }
  /**
   * The end before the end: the credentials do not do, or the regions could not be listed. Comes at most once and
   * last; regions without an event have not been read.
   */
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface SweepOptions {
  /** Names or patterns such as `eu-*`; left out or empty: all that the account has enabled. */
  readonly regions?: readonly string[] | undefined;
  /** Regions read at a time. */
  readonly concurrency?: number | undefined;
  /** The sweep then ends without a further event, and its calls are abandoned. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the VPCs and flow logs of every enabled region, each as soon as AWS answers. Calls: DescribeRegions once;
 * DescribeVpcs and DescribeFlowLogs a region, all pages. A region that fails hides no other. Never throws for what AWS says.
 */
export declare function sweep(
  account: Account,
  options?: SweepOptions,
): AsyncGenerator<SweepEvent, void, undefined>;
