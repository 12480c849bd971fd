import type { Account } from './account.ts';
import { chunks } from './chunks.ts';
import { createCreation, type CreationOptions } from './creation.ts';
import type { FlowLogSettings } from './flow-log-settings.ts';
import { pause } from './grace.ts';
import { isOfCredentials, type CreatedFlowLog } from './model.ts';
import { MAX_VPCS_A_CALL, type VpcRef } from './plan-enabling.ts';
import { readRegion, readUnlessAborted, type ReadRegion } from './read-region.ts';
import { fateWithoutCall, notTriedOf, type VpcFate } from './vpc-fate.ts';

export interface RegionOutcome {
  readonly region: string;
  /** In the order in which the VPCs were given. */
  readonly fates: readonly VpcFate[];
  readonly unconfirmed: readonly CreatedFlowLog[];
  /** As AWS tells of it afterwards; undefined where it was not read. */
  readonly read: ReadRegion | undefined;
}

export interface RegionOptions extends CreationOptions {
  readonly onDone: (count: number) => void;
}

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
  const notTried = vpcs.map(notTriedOf);
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

/** Reads until all that AWS said it made is there, or it has been asked often enough. */
async function readAgain(
  account: Account,
  region: string,
  flowLogIds: ReadonlySet<string>,
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
