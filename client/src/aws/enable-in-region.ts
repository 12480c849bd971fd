import type { Account } from './account.ts';
import { chunks } from './chunks.ts';
import { createFlowLogs, type CreateAnswer } from './create-flow-logs.ts';
import type { CreatedFlowLog } from './enable-flow-logs.ts';
import type { FlowLogSettings } from './flow-log-settings.ts';
import { abortLater, pause } from './grace.ts';
import { matchesSettings } from './matches-settings.ts';
import { isOfCredentials, type Failure, type Vpc } from './model.ts';
import { MAX_VPCS_A_CALL, skipReason, type SkipReason, type VpcRef } from './plan-enabling.ts';
import { readRegion, type ReadRegion } from './read-region.ts';

/** What became of one VPC. */
export type VpcFate =
  | { readonly kind: 'made'; readonly vpc: VpcRef; readonly flowLogIds: readonly string[] }
  | { readonly kind: 'already-there'; readonly vpc: VpcRef }
  | { readonly kind: 'failed'; readonly vpc: VpcRef; readonly failure: Failure }
  | { readonly kind: 'not-tried'; readonly vpc: VpcRef };

export interface RegionOutcome {
  readonly region: string;
  /** In the order in which the VPCs were given. */
  readonly fates: readonly VpcFate[];
  readonly unconfirmed: readonly CreatedFlowLog[];
  /** As AWS tells of it afterwards; undefined where it was not read. */
  readonly read: ReadRegion | undefined;
}

export interface RegionOptions {
  readonly signal: AbortSignal;
  readonly isRoleNew: boolean;
  readonly grace: number;
  readonly onDone: (count: number) => void;
  readonly onCredentialFailure: (failure: Failure) => void;
}

/** IAM tells the rest of AWS of a new role within seconds, sometimes more; together about a minute, in milliseconds. */
const ROLE_DELAYS = [2_000, 4_000, 6_000, 8_000, 10_000, 10_000, 10_000, 10_000];

/** EC2 may answer with what was true a moment before, in milliseconds. */
const READ_AGAIN_DELAYS = [250, 500, 1_000, 2_000];

/** The part of `enableFlowLogs` that belongs to one region. Never rejects. */
export async function enableInRegion(
  account: Account,
  region: string,
  vpcs: readonly VpcRef[],
  settings: FlowLogSettings,
  options: RegionOptions,
): Promise<RegionOutcome> {
  const { signal, onDone, onCredentialFailure } = options;
  const notTried = vpcs.map((vpc): VpcFate => ({ kind: 'not-tried', vpc }));
  const before = await readUnlessAborted(account, region, signal);
  if (before === undefined) return { region, fates: notTried, unconfirmed: [], read: undefined };
  if (before.kind === 'failed') {
    const { failure } = before;
    if (isOfCredentials(failure)) {
      onCredentialFailure(failure);
      return { region, fates: notTried, unconfirmed: [], read: undefined };
    }
    onDone(vpcs.length);
    return {
      region,
      fates: vpcs.map((vpc) => ({ kind: 'failed', vpc, failure })),
      unconfirmed: [],
      read: before,
    };
  }

  const known = new Map(before.vpcs.map((vpc) => [vpc.id, vpc]));
  const unneeded = new Map<string, VpcFate>();
  for (const vpc of vpcs) {
    const fate = fateWithoutCall(vpc, known.get(vpc.id), settings);
    if (fate !== undefined) unneeded.set(vpc.id, fate);
  }
  if (unneeded.size > 0) onDone(unneeded.size);
  const gaps = vpcs.filter(({ id }) => !unneeded.has(id));
  const fateOf = (vpc: VpcRef, ofGap: (vpc: VpcRef) => VpcFate) => unneeded.get(vpc.id) ?? ofGap(vpc);
  if (gaps.length === 0)
    return { region, fates: vpcs.map((vpc) => fateOf(vpc, notTriedOf)), unconfirmed: [], read: before };

  const creation = createCreation(account, region, known, settings, options);
  for (const chunk of chunks(gaps, MAX_VPCS_A_CALL)) {
    if (signal.aborted || creation.isHopeless()) break;
    await creation.create(chunk.map(({ id }) => id));
    onDone(chunk.length);
  }
  const after = await readAgain(account, region, creation.flowLogIds);
  const now = after.kind === 'failed' ? after : new Map(after.vpcs.map((vpc) => [vpc.id, vpc]));
  return {
    region,
    fates: vpcs.map((vpc) => fateOf(vpc, (gap) => creation.fateOf(gap, now))),
    unconfirmed:
      after.kind === 'failed' ? [...creation.flowLogIds].map((flowLogId) => ({ region, flowLogId })) : [],
    read: after,
  };
}

type Creation = ReturnType<typeof createCreation>;

/** The calls that create in one region, and what they said. */
function createCreation(
  account: Account,
  region: string,
  before: ReadonlyMap<string, Vpc>,
  settings: FlowLogSettings,
  { signal, isRoleNew, grace: graceTime, onCredentialFailure }: RegionOptions,
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
    return { kind: 'failed', vpc, failure: failure ?? notThere };
  }

  return { create, fateOf, flowLogIds, isHopeless: () => hopeless !== undefined };
}

/** Of a VPC that no call is to be made for; undefined: one is. */
function fateWithoutCall(vpc: VpcRef, now: Vpc | undefined, settings: FlowLogSettings): VpcFate | undefined {
  if (now === undefined) return { kind: 'failed', vpc, failure: own('The VPC is not there any more.') };
  const reason = skipReason(now, settings);
  if (reason === undefined) return undefined;
  if (reason === 'already-logged') return { kind: 'already-there', vpc };
  return { kind: 'failed', vpc, failure: failureOfSkipped(reason, now) };
}

function failureOfSkipped(reason: Exclude<SkipReason, 'already-logged'>, { state }: Vpc): Failure {
  switch (reason) {
    case 'delivery-failed':
      return own(
        state.kind === 'delivery-failed'
          ? `It has a flow log whose records AWS cannot deliver: ${state.error}.`
          : 'It has a flow log whose records AWS cannot deliver.',
      );
    case 'shared':
      return own('The VPC belongs to another account, which alone can enable its flow logs.');
    case 'unreadable':
      return state.kind === 'unreadable' ? state.failure : own('Its flow logs could not be read.');
    case 'destination-elsewhere':
      return own('The delivery stream is in another region.');
  }
}

async function readUnlessAborted(
  account: Account,
  region: string,
  signal: AbortSignal,
): Promise<ReadRegion | undefined> {
  try {
    return await readRegion(account, region, signal);
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

/** Reads until all that AWS said it made is there, or it has been asked often enough. */
async function readAgain(
  account: Account,
  region: string,
  flowLogIds: Creation['flowLogIds'],
): Promise<ReadRegion> {
  let read = await readRegion(account, region);
  for (const delay of READ_AGAIN_DELAYS) {
    if (read.kind === 'failed') break;
    const there = new Set(read.vpcs.flatMap(({ flowLogs }) => flowLogs.map(({ id }) => id)));
    if ([...flowLogIds].every((id) => there.has(id))) break;
    await pause(delay, undefined);
    read = await readRegion(account, region);
  }
  return read;
}

function notTriedOf(vpc: VpcRef): VpcFate {
  return { kind: 'not-tried', vpc };
}

function isAlreadyThere({ code }: Failure): boolean {
  return code === 'FlowLogAlreadyExists';
}

function isRoleUnknown(failure: Failure | undefined): boolean {
  return failure !== undefined && /Unable to assume/i.test(failure.message);
}

const notThere = own('AWS reported success, but shows no such flow log.');

/** A failure that no call of AWS's stands behind. */
function own(message: string): Failure {
  return { kind: 'other', operation: undefined, code: undefined, message, permission: undefined };
}
