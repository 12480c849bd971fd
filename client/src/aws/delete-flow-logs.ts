import { DeleteFlowLogsCommand } from '@aws-sdk/client-ec2';
import type { Account } from './account.ts';
import { chunks } from './chunks.ts';
import type { EnablingProgress } from './enable-flow-logs.ts';
import { failureOf } from './failure.ts';
import { abortLater } from './grace.ts';
import { groupBy } from './group-by.ts';
import { isOfCredentials, type CreatedFlowLog, type Failure } from './model.ts';

export interface DeletionOutcome {
  /** Ids of flow logs, `fl-…`. */
  readonly deleted: readonly string[];
  /** Somebody else was faster. */
  readonly alreadyGone: readonly string[];
  readonly failed: readonly { readonly flowLogId: string; readonly failure: Failure }[];
  /** Left when the user cancelled, or when the credentials gave out. */
  readonly notTried: readonly string[];
  readonly isCancelled: boolean;
}

export interface DeletionOptions {
  /** No further call is then made; what was begun is waited for. */
  readonly signal?: AbortSignal | undefined;
  /** Counts flow logs. */
  readonly onProgress?: ((progress: EnablingProgress) => void) | undefined;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteFlowLogs.html (at most 1000) */
const MAX_FLOW_LOGS_A_CALL = 500;

/** How long a call may go on after a cancel, in milliseconds. */
const GRACE = 10_000;

/** Deletes exactly the flow logs that an enabling made, region by region. Never rejects. */
export async function undoEnabling(
  account: Account,
  made: readonly CreatedFlowLog[],
  { signal, onProgress }: DeletionOptions = {},
): Promise<DeletionOutcome> {
  const grace = abortLater(signal, GRACE);
  const deleted: string[] = [];
  const alreadyGone: string[] = [];
  const failed: { flowLogId: string; failure: Failure }[] = [];
  const notTried: string[] = [];
  let isStopped = false;
  let done = 0;
  for (const [region, ofRegion] of groupBy(made, (flowLog) => flowLog.region)) {
    for (const chunk of chunks(
      [...new Set(ofRegion.map(({ flowLogId }) => flowLogId))],
      MAX_FLOW_LOGS_A_CALL,
    )) {
      if (isStopped || signal?.aborted) {
        notTried.push(...chunk);
        continue;
      }
      const refused = await deleteFlowLogs(account, region, chunk, grace);
      for (const flowLogId of chunk) {
        const failure = refused.get(flowLogId);
        if (failure === undefined) deleted.push(flowLogId);
        else if (isGone(failure)) alreadyGone.push(flowLogId);
        else failed.push({ flowLogId, failure });
        if (failure !== undefined && isOfCredentials(failure)) isStopped = true;
      }
      done += chunk.length;
      onProgress?.({ region, done, total: made.length });
    }
  }
  return { deleted, alreadyGone, failed, notTried, isCancelled: signal?.aborted ?? false };
}

/** Deletes one flow log. Undefined: it is gone. Never rejects. */
export async function deleteFlowLog(
  account: Account,
  region: string,
  flowLogId: string,
): Promise<Failure | undefined> {
  const refused = await deleteFlowLogs(account, region, [flowLogId], new AbortController().signal);
  const failure = refused.get(flowLogId);
  return failure !== undefined && isGone(failure) ? undefined : failure;
}

/** @returns why flow logs could not be deleted, by id */
async function deleteFlowLogs(
  account: Account,
  region: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Failure>> {
  const call = { operation: 'DeleteFlowLogs', permission: 'ec2:DeleteFlowLogs' };
  try {
    const client = await account.clients.ec2Changes(region);
    const { Unsuccessful = [] } = await client.send(new DeleteFlowLogsCommand({ FlowLogIds: [...ids] }), {
      abortSignal: signal,
    });
    return new Map(
      Unsuccessful.map(({ ResourceId = '', Error: error }) => {
        const named = Object.assign(new Error(error?.Message ?? 'Unknown error'), {
          name: error?.Code ?? 'Unknown',
        });
        return [ResourceId, failureOf(named, call)];
      }),
    );
  } catch (error) {
    const failure = failureOf(error, call);
    // One that is gone fails the whole call: then each has to be asked for by itself.
    if (isGone(failure) && ids.length > 1) return deleteOneByOne(account, region, ids, signal);
    return new Map(ids.map((id) => [id, failure]));
  }
}

async function deleteOneByOne(
  account: Account,
  region: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Failure>> {
  const refused = new Map<string, Failure>();
  for (const id of ids) {
    for (const [refusedId, failure] of await deleteFlowLogs(account, region, [id], signal))
      refused.set(refusedId, failure);
  }
  return refused;
}

function isGone({ code, message }: Failure): boolean {
  return code === 'InvalidFlowLogId.NotFound' || /InvalidFlowLogId\.NotFound|not found/i.test(message);
}
