import { t } from '@vscode/l10n';
import type { Account } from './account.ts';
import { createFlowLogs, type CreateAnswer } from './create-flow-logs.ts';
import type { FlowLogSettings } from './flow-log-settings.ts';
import { abortLater, pause } from './grace.ts';
import { matchesSettings } from './matches-settings.ts';
import { isOfCredentials, type Failure, type Vpc } from './model.ts';
import { skipReason, type VpcRef } from './plan-enabling.ts';
import { readUnlessAborted } from './read-region.ts';
import { notTriedOf, own, type VpcFate } from './vpc-fate.ts';

export interface CreationOptions {
  /** No further call is then made. */
  readonly signal: AbortSignal;
  /** Wait for IAM to make the role known. */
  readonly isRoleNew: boolean;
  /** How long a call under way may go on after the signal, in milliseconds. */
  readonly grace: number;
  readonly onCredentialFailure: (failure: Failure) => void;
}

/** IAM tells the rest of AWS of a new role within seconds, sometimes more; together about a minute, in milliseconds. */
const ROLE_DELAYS = [2_000, 4_000, 6_000, 8_000, 10_000, 10_000, 10_000, 10_000];

/** The calls that create in one region, and what they said. */
export function createCreation(
  account: Account,
  region: string,
  before: ReadonlyMap<string, Vpc>,
  settings: FlowLogSettings,
  { signal, isRoleNew, grace: graceTime, onCredentialFailure }: CreationOptions,
) {
  const grace = abortLater(signal, graceTime);
  const flowLogIds = new Set<string>();
  const failures = new Map<string, Failure>();
  const tried = new Set<string>();
  /** No answer told what the call did: what is new and as asked for is then ours. */
  const isOutcomeUnknown = new Set<string>();
  // A call that names a duplicate tells that somebody else has just done the like. Then only our tags set ours apart:
  // rather leave one of ours to the user than have an undo delete another's.
  const canTellOurs = Object.keys(settings.tags).length > 0;
  let hopeless: Failure | undefined;

  async function create(vpcIds: readonly string[]): Promise<void> {
    let left = await attempt(vpcIds);
    for (const delay of isRoleNew ? ROLE_DELAYS : []) {
      if (left.length === 0 || !(await pause(delay, signal))) break;
      left = await attempt(left);
    }
  }

  /** @returns the VPCs that failed because the role is not known yet */
  async function attempt(vpcIds: readonly string[]): Promise<string[]> {
    for (const id of vpcIds) {
      tried.add(id);
      failures.delete(id);
    }
    const answer = await createFlowLogs(account, region, vpcIds, settings, grace);
    if (answer.kind === 'thrown' && isAlreadyThere(answer.failure) && vpcIds.length > 1)
      await oneByOne(vpcIds);
    else note(vpcIds, answer);
    return vpcIds.filter((id) => isRoleUnknown(failures.get(id)));
  }

  /** One duplicate fails a whole call, though not all that it did. */
  async function oneByOne(vpcIds: readonly string[]): Promise<void> {
    if (canTellOurs) for (const id of vpcIds) isOutcomeUnknown.add(id);
    const now = await readUnlessAborted(account, region, grace);
    const current = new Map(now?.kind === 'ready' ? now.vpcs.map((vpc) => [vpc.id, vpc]) : []);
    for (const id of vpcIds) {
      const vpc = current.get(id);
      if (vpc !== undefined && skipReason(vpc, settings) !== undefined) continue;
      if (signal.aborted || hopeless !== undefined) {
        if (!isMade(vpc)) tried.delete(id);
        continue;
      }
      note([id], await createFlowLogs(account, region, [id], settings, grace));
    }
  }

  function note(vpcIds: readonly string[], answer: CreateAnswer): void {
    if (answer.kind === 'answered') {
      for (const id of answer.flowLogIds) flowLogIds.add(id);
      for (const [id, failure] of answer.refused) failures.set(id, failure);
      return;
    }
    const { failure } = answer;
    for (const id of vpcIds) {
      failures.set(id, failure);
      // A refusal that names a duplicate of a single VPC is an answer: what is there is another's.
      if (!(isAlreadyThere(failure) && vpcIds.length === 1)) isOutcomeUnknown.add(id);
    }
    if (isOfCredentials(failure)) onCredentialFailure(failure);
    // The next VPCs of the region would be answered alike.
    if (isOfCredentials(failure) || failure.kind === 'denied' || failure.kind === 'not-opted-in')
      hopeless = failure;
  }

  function isMade(vpc: Vpc | undefined): boolean {
    return vpc !== undefined && newFlowLogs(vpc).length > 0;
  }

  function newFlowLogs(vpc: Vpc): string[] {
    const earlier = new Set(before.get(vpc.id)?.flowLogs.map(({ id }) => id));
    return vpc.flowLogs
      .filter(({ id }) => !earlier.has(id))
      .filter(
        (flowLog) =>
          flowLogIds.has(flowLog.id) || (isOutcomeUnknown.has(vpc.id) && matchesSettings(flowLog, settings)),
      )
      .map(({ id }) => id);
  }

  /** @param after the region's VPCs by id, or why it could not be read */
  function fateOf(vpc: VpcRef, after: ReadonlyMap<string, Vpc> | { readonly failure: Failure }): VpcFate {
    if (!tried.has(vpc.id))
      return hopeless === undefined || isOfCredentials(hopeless)
        ? notTriedOf(vpc)
        : { kind: 'failed', vpc, failure: hopeless };
    const failure = failures.get(vpc.id);
    if ('failure' in after) return { kind: 'failed', vpc, failure: failure ?? after.failure };
    const now = after.get(vpc.id);
    const made = now === undefined ? [] : newFlowLogs(now);
    if (made.length > 0) return { kind: 'made', vpc, flowLogIds: made };
    if (now !== undefined && skipReason(now, settings) === 'already-logged')
      return { kind: 'already-there', vpc };
    // Given up for the cancel, or refused for all; the next run can take it up.
    if (failure !== undefined && (isOfCredentials(failure) || failure.code === 'AbortError'))
      return notTriedOf(vpc);
    return { kind: 'failed', vpc, failure: failure ?? notThere() };
  }

  return { create, fateOf, flowLogIds, isHopeless: () => hopeless !== undefined };
}

function isAlreadyThere({ code }: Failure): boolean {
  return code === 'FlowLogAlreadyExists';
}

function isRoleUnknown(failure: Failure | undefined): boolean {
  return failure !== undefined && /Unable to assume/i.test(failure.message);
}

function notThere(): Failure {
  return own(t('AWS reported success, but shows no such flow log.'));
}
