import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import type { Account } from './account.ts';
import { createEventQueue, type EventQueue } from './event-queue.ts';
import { failureOf } from './failure.ts';
import { isOfCredentials, type Failure } from './model.ts';
import { readRegion, type ReadRegion } from './read-region.ts';
import { rehearseReading } from './rehearsal.ts';
import { createRegionFilter, enabledRegions, type RegionFilter } from './regions.ts';

/** What a sweep tells, in the order in which it learns it. */
export type SweepEvent =
  /** The regions that will be read, sorted by name. Comes once; a region may come before it. */
  | { readonly kind: 'regions'; readonly regions: readonly string[] }
  | { readonly kind: 'region'; readonly region: string; readonly state: ReadRegion }
  /**
   * The end before the end: the credentials do not do, or the regions could not be listed. Comes at most once and
   * last; regions without an event have not been read.
   */
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface SweepOptions {
  /**
   * Names or patterns such as `eu-*`; left out or empty: all that the account has enabled. A region that is named is
   * read even if it is not enabled, or if the list of the regions is not to be had.
   */
  readonly regions?: readonly string[] | undefined;
  /** Regions read at a time. */
  readonly concurrency?: number | undefined;
  /** The sweep then ends without a further event, and its calls are abandoned. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * All regions of an account at once: AWS counts requests by region, so that regions do not wait for each other, and a
 * region that hangs holds up none. It bounds what a partition with many more would open.
 */
const DEFAULT_CONCURRENCY = 40;

/**
 * Reads the VPCs and flow logs of every enabled region, each as soon as AWS answers. Calls: DescribeRegions once, and
 * those of `readRegion`. A region that fails hides no other. Never throws for what AWS says. To stop, abort or leave the loop.
 */
export async function* sweep(
  account: Account,
  options: SweepOptions = {},
): AsyncGenerator<SweepEvent, void, undefined> {
  const { signal } = options;
  const stop = new AbortController();
  // Every call under way listens; Node would take that for a leak.
  setMaxListeners(0, stop.signal);
  const queue = createEventQueue<SweepEvent>();
  const onAbort = () => {
    stop.abort();
    queue.end();
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    void run(account, options, queue, stop)
      .catch((error: unknown) => queue.push({ kind: 'failed', failure: failureOf(error, {}) }))
      .finally(() => queue.end());
    for await (const event of queue) {
      // What came in before the abort is late, too.
      if (signal?.aborted) return;
      yield event;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    stop.abort();
  }
}

async function run(
  account: Account,
  { regions: patterns = [], concurrency = DEFAULT_CONCURRENCY }: SweepOptions,
  queue: EventQueue<SweepEvent>,
  stop: AbortController,
): Promise<void> {
  const limit = pLimit(concurrency);
  const filter = createRegionFilter(patterns);
  const fail = (failure: Failure) => {
    if (stop.signal.aborted) return;
    queue.push({ kind: 'failed', failure });
    queue.end();
    stop.abort();
  };
  const read = (region: string) =>
    limit(async () => {
      await account.clients.turns.ofCall();
      if (stop.signal.aborted) return;
      const state = await readRegion(account, region, stop.signal).catch((error: unknown) => {
        if (stop.signal.aborted) return undefined;
        throw error;
      });
      if (state === undefined || stop.signal.aborted) return;
      if (state.kind === 'failed' && isOfCredentials(state.failure)) fail(state.failure);
      else queue.push({ kind: 'region', region, state });
    });

  // It will be among them, and need not wait for the list.
  const isHomeWanted = filter.passes(account.homeRegion);
  const home = isHomeWanted ? read(account.homeRegion) : undefined;
  const rehearsal = new AbortController();
  void rehearseReading(account.clients.turns.ofCall, rehearsal.signal);
  const listed = await listRegions(account, filter, stop.signal);
  rehearsal.abort();
  if (listed.kind === 'failed') {
    if (!isOfCredentials(listed.failure)) await home;
    fail(listed.failure);
    return;
  }
  const regions = new Set([...listed.regions, ...(isHomeWanted ? [account.homeRegion] : [])]);
  if (stop.signal.aborted) return;
  queue.push({ kind: 'regions', regions: [...regions].toSorted() });
  regions.delete(account.homeRegion);
  await Promise.all([home, ...[...regions].map(read)]);
}

type Listed = { kind: 'listed'; regions: readonly string[] } | { kind: 'failed'; failure: Failure };

async function listRegions(account: Account, filter: RegionFilter, signal: AbortSignal): Promise<Listed> {
  try {
    const enabled = await enabledRegions(account, signal);
    return { kind: 'listed', regions: [...enabled.filter(filter.passes), ...filter.names] };
  } catch (error) {
    const failure = failureOf(error, { operation: 'DescribeRegions', permission: 'ec2:DescribeRegions' });
    const canDoWithout = filter.names.length > 0 && !isOfCredentials(failure);
    return canDoWithout ? { kind: 'listed', regions: filter.names } : { kind: 'failed', failure };
  }
}
