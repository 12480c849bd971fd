import type { Account } from './account.ts';
import type { FlowLogSettings } from './flow-log-settings.ts';
import type { Failure, RegionState } from './model.ts';
import type { VpcRef } from './plan-enabling.ts';

/** A flow log that an enabling made: what an undo deletes. */
export interface MadeFlowLog {
  readonly vpc: VpcRef;
  /** `fl-…` */
  readonly flowLogId: string;
}

export interface EnablingOutcome {
  readonly made: readonly MadeFlowLog[];
  /** Had a flow log that counts when it was read again, so nothing was asked for. */
  readonly alreadyThere: readonly VpcRef[];
  /** With AWS's words; `adviceOn` says what to do about them. A retry takes these. */
  readonly failed: readonly { readonly vpc: VpcRef; readonly failure: Failure }[];
  /** Left when the user cancelled, or when the credentials gave out. A retry takes these, too. */
  readonly notTried: readonly VpcRef[];
  readonly isCancelled: boolean;
  /** Why the rest was not tried, or why it is not known what was made, where one reason holds for all. */
  readonly failure: Failure | undefined;
  /** The regions that were touched, as AWS tells of them afterwards. */
  readonly regions: ReadonlyMap<string, Exclude<RegionState, { kind: 'loading' }>>;
}

export interface EnablingOptions {
  /** No further call is then made that creates; what was begun is read again and reported. */
  readonly signal?: AbortSignal | undefined;
  /** `done` counts VPCs whose fate is known, of `total`. */
  readonly onProgress?: ((progress: EnablingProgress) => void) | undefined;
  /** The delivery role was made just now: wait for IAM to make it known, up to about a minute. */
  readonly isRoleNew?: boolean | undefined;
}

export interface EnablingProgress {
  readonly region: string;
  readonly done: number;
  readonly total: number;
}

/**
 * Creates a flow log on each of the VPCs that lacks one. Reads each region again just before, creates with at most 300
 * VPCs a call, reads again afterwards and reports what AWS says. Running it again acts only on gaps. Never rejects.
 */
export declare function enableFlowLogs(
  account: Account,
  vpcs: readonly VpcRef[],
  settings: FlowLogSettings,
  options?: EnablingOptions,
): Promise<EnablingOutcome>;
