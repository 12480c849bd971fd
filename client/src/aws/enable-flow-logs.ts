import pLimit from 'p-limit';
import type { Account } from './account.ts';
import { enableInRegion, type RegionOutcome } from './enable-in-region.ts';
import type { FlowLogSettings } from './flow-log-settings.ts';
import { groupBy } from './group-by.ts';
import type { CreatedFlowLog, Failure } from './model.ts';
import { refOf, type VpcRef } from './plan-enabling.ts';
import type { ReadRegion } from './read-region.ts';
import type { VpcFate } from './vpc-fate.ts';

interface MadeFlowLog extends CreatedFlowLog {
  readonly vpc: VpcRef;
}

export interface EnablingOutcome {
  readonly made: readonly MadeFlowLog[];
  /**
   * Have a flow log that counts which is not known to be of this enabling: it was there when the region was read again,
   * or came at the same time.
   */
  readonly alreadyThere: readonly VpcRef[];
  /** With AWS's words; `adviceOn` says what to do about them. A retry takes these. */
  readonly failed: readonly { readonly vpc: VpcRef; readonly failure: Failure }[];
  /** Left when the user cancelled, or when the credentials gave out. A retry takes these, too. */
  readonly notTried: readonly VpcRef[];
  readonly isCancelled: boolean;
  /** The credentials gave out: why the rest was not tried. */
  readonly failure: Failure | undefined;
  /**
   * What AWS said it made in regions that could not be read afterwards, so that of which VPC each is is not known. Their
   * VPCs are among the failed ones. An undo takes these, too.
   */
  readonly unconfirmed: readonly CreatedFlowLog[];
  /** The regions that were touched, as AWS tells of them afterwards. */
  readonly regions: ReadonlyMap<string, ReadRegion>;
}

export interface EnablingOptions {
  /** No further call is then made that creates; what was begun is waited for, read again and reported. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: EnablingProgress) => void) | undefined;
  /** The delivery role was made just now: wait for IAM to make it known everywhere, up to about a minute. */
  readonly isRoleNew?: boolean | undefined;
  /** How long a call under way may go on after a cancel, in milliseconds. */
  readonly grace?: number | undefined;
}

export interface EnablingProgress {
  readonly region: string;
  /** VPCs that need no further call, of `total`. */
  readonly done: number;
  readonly total: number;
}

/** A call that has ended by itself has told what it did. */
const DEFAULT_GRACE = 10_000;

/** AWS counts the calls that create by region. */
const REGIONS_AT_A_TIME = 8;

/**
 * Creates a flow log on each of the VPCs that lacks one. Reads each region again just before, creates with at most 300
 * VPCs a call, reads again afterwards and reports what AWS says. Running it again acts only on gaps. Never rejects.
 */
export async function enableFlowLogs(
  account: Account,
  vpcs: readonly VpcRef[],
  settings: FlowLogSettings,
  { signal, onProgress, isRoleNew = false, grace = DEFAULT_GRACE }: EnablingOptions = {},
): Promise<EnablingOutcome> {
  const distinct = [...new Map(vpcs.map((vpc) => [`${vpc.region} ${vpc.id}`, refOf(vpc)])).values()];
  // Ends the work on the other regions, too.
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  let credentialFailure: Failure | undefined;
  let done = 0;
  const limit = pLimit(REGIONS_AT_A_TIME);
  const regions = [...groupBy(distinct, ({ region }) => region)].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const outcomes = await Promise.all(
    regions.map(([region, ofRegion]) =>
      limit(() =>
        enableInRegion(account, region, ofRegion, settings, {
          signal: stop.signal,
          isRoleNew,
          grace,
          onDone: (count) => {
            done += count;
            onProgress?.({ region, done, total: distinct.length });
          },
          onCredentialFailure: (failure) => {
            credentialFailure ??= failure;
            stop.abort();
          },
        }),
      ),
    ),
  );
  signal?.removeEventListener('abort', onAbort);
  return {
    ...sorted(outcomes.flatMap(({ fates }) => fates)),
    isCancelled: signal?.aborted ?? false,
    failure: credentialFailure,
    unconfirmed: outcomes.flatMap(({ unconfirmed }) => unconfirmed),
    regions: new Map(outcomes.flatMap(readOf)),
  };
}

function readOf({ region, read }: RegionOutcome): [string, ReadRegion][] {
  return read === undefined ? [] : [[region, read]];
}

function sorted(
  fates: readonly VpcFate[],
): Pick<EnablingOutcome, 'made' | 'alreadyThere' | 'failed' | 'notTried'> {
  return {
    made: fates.flatMap((fate) =>
      fate.kind === 'made'
        ? fate.flowLogIds.map((flowLogId) => ({ vpc: fate.vpc, region: fate.vpc.region, flowLogId }))
        : [],
    ),
    alreadyThere: fates.flatMap((fate) => (fate.kind === 'already-there' ? fate.vpc : [])),
    failed: fates.flatMap((fate) => (fate.kind === 'failed' ? { vpc: fate.vpc, failure: fate.failure } : [])),
    notTried: fates.flatMap((fate) => (fate.kind === 'not-tried' ? fate.vpc : [])),
  };
}
