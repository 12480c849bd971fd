import type { Account } from './account.ts';
import type { EnablingProgress, MadeFlowLog } from './enable-flow-logs.ts';
import type { Failure } from './model.ts';

export interface DeletionOutcome {
  /** Ids of flow logs, `fl-…`. */
  readonly deleted: readonly string[];
  /** Somebody else was faster. */
  readonly alreadyGone: readonly string[];
  readonly failed: readonly { readonly flowLogId: string; readonly failure: Failure }[];
  readonly notTried: readonly string[];
  readonly isCancelled: boolean;
}

export interface DeletionOptions {
  /** No further call is then made; what was begun is waited for. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: EnablingProgress) => void) | undefined;
}

/** Deletes exactly the flow logs that an enabling made. Never rejects. */
export declare function undoEnabling(
  account: Account,
  made: readonly MadeFlowLog[],
  options?: DeletionOptions,
): Promise<DeletionOutcome>;

/** Deletes one flow log. Undefined: it is gone. Never rejects. */
export declare function deleteFlowLog(
  account: Account,
  region: string,
  flowLogId: string,
): Promise<Failure | undefined>;
