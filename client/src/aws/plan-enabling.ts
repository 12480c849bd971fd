import type { FlowLogSettings } from './flow-log-settings.ts';
import type { Vpc } from './model.ts';

/** Enough of a VPC to act on it and to name it. */
export type VpcRef = Pick<Vpc, 'id' | 'region' | 'name'>;

/** One CreateFlowLogs call. */
export interface EnablingBatch {
  readonly region: string;
  /** At most 300. */
  readonly vpcs: readonly VpcRef[];
}

export type SkipReason =
  /** It has a flow log that counts (for ACCEPT: any). */
  | 'already-logged'
  /** It has one that would do, once its delivery is mended. */
  | 'delivery-failed'
  /** Of another account. */
  | 'shared'
  /** What it has is not known. */
  | 'unreadable'
  /** A delivery stream serves its own region alone. */
  | 'destination-elsewhere';

export interface EnablingPlan {
  readonly settings: FlowLogSettings;
  /** Regions in the order of their names. */
  readonly batches: readonly EnablingBatch[];
  readonly skipped: readonly { readonly vpc: VpcRef; readonly reason: SkipReason }[];
}

/** Which of the chosen VPCs get a flow log, in which calls. Pure: what a preview shows is what `enableFlowLogs` starts from. */
export declare function planEnabling(vpcs: readonly Vpc[], settings: FlowLogSettings): EnablingPlan;
