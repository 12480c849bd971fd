import { parseArn } from './arns.ts';
import { chunks } from './chunks.ts';
import type { FlowLogSettings } from './flow-log-settings.ts';
import { groupBy } from './group-by.ts';
import type { Vpc } from './model.ts';

/** Enough of a VPC to act on it and to name it. */
export type VpcRef = Pick<Vpc, 'id' | 'region' | 'name'>;

/** One CreateFlowLogs call. */
interface EnablingBatch {
  readonly region: string;
  /** At most `MAX_VPCS_A_CALL`. */
  readonly vpcs: readonly VpcRef[];
}

export type SkipReason =
  /** It has a flow log that counts; where only ACCEPT is asked for, any. */
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

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
export const MAX_VPCS_A_CALL = 300;

/**
 * Which of the chosen VPCs get a flow log, in which calls. What a preview shows is what `enableFlowLogs` starts from:
 * it plans anew with what it reads just before. A VPC that is named twice counts once.
 */
export function planEnabling(vpcs: readonly Vpc[], settings: FlowLogSettings): EnablingPlan {
  const distinct = [...new Map(vpcs.map((vpc) => [`${vpc.region} ${vpc.id}`, vpc])).values()];
  const judged = distinct.map((vpc) => ({ vpc: refOf(vpc), reason: skipReason(vpc, settings) }));
  const byRegion = groupBy(
    judged.flatMap(({ vpc, reason }) => (reason === undefined ? [vpc] : [])),
    ({ region }) => region,
  );
  const batches = [...byRegion]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([region, ofRegion]) =>
      chunks(ofRegion, MAX_VPCS_A_CALL).map((chunk) => ({ region, vpcs: chunk })),
    );
  const skipped = judged.flatMap(({ vpc, reason }) => (reason === undefined ? [] : [{ vpc, reason }]));
  return { settings, batches, skipped };
}

/** Why a VPC gets none; undefined: it gets one. */
export function skipReason(
  { state, region, flowLogs }: Pick<Vpc, 'state' | 'region' | 'flowLogs'>,
  { trafficType, destination }: FlowLogSettings,
): SkipReason | undefined {
  switch (state.kind) {
    case 'logged':
      return 'already-logged';
    case 'delivery-failed':
    case 'shared':
    case 'unreadable':
      return state.kind;
    case 'none':
    case 'accept-only':
      // A second one for accepted traffic would close no gap.
      if (trafficType === 'ACCEPT' && flowLogs.length > 0) return 'already-logged';
      return destination.kind === 'kinesis-data-firehose' &&
        parseArn(destination.deliveryStreamArn)?.region !== region
        ? 'destination-elsewhere'
        : undefined;
  }
}

export function refOf({ id, region, name }: VpcRef): VpcRef {
  return { id, region, name };
}
