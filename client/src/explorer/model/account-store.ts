import type { Account, OpenAccountOptions } from '../../aws/account.ts';
import type { Aws } from '../../aws/load.ts';
import { isOfCredentials, type AccountIdentity, type Failure, type RegionState } from '../../aws/model.ts';
import type { ReadRegion } from '../../aws/read-region.ts';
import type { SweepEvent } from '../../aws/sweep.ts';
import { isReading, type AccountState, type KnownRegion, type OpenAccount } from './account-state.ts';

/** What the store calls of the AWS half. */
export type AccountReader = Pick<Aws, 'openAccount' | 'closeAccount' | 'sweep' | 'readRegion'>;

export type OpenOptions = Pick<OpenAccountOptions, 'profile' | 'mfaCode'>;

/**
 * Keeps what is known of one account at a time. Whatever still runs for an account that has been left is abandoned,
 * and its late answers change nothing.
 */
export class AccountStore {
  readonly #load: () => Promise<AccountReader>;
  readonly #regionsToRead: () => readonly string[];
  readonly #listeners = new Set<() => void>();
  #state: AccountState = { kind: 'unasked' };
  #account: Account | undefined;
  /** Of what runs for this account: the opening, a sweep, single regions. */
  #running = new AbortController();
  #questions = 0;
  /**
   * The number of the latest question about a region alone. Answers to earlier ones, and to those of an earlier sweep, are
   * dropped: they may tell of the time before a flow log was made or deleted.
   */
  readonly #latestQuestions = new Map<string, number>();

  /**
   * @param load called when an account is first opened
   * @param regionsToRead names or patterns, asked at each sweep; empty for all
   */
  constructor(load: () => Promise<AccountReader>, regionsToRead: () => readonly string[]) {
    this.#load = load;
    this.#regionsToRead = regionsToRead;
  }

  get state(): AccountState {
    return this.#state;
  }

  /** To call AWS with; undefined unless the account is open. */
  get account(): Account | undefined {
    return this.#account;
  }

  /** Calls the listener after each change. */
  onDidChange(listener: () => void): { dispose: () => void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Leaves the account at hand for that of a profile, and reads it. Never rejects; resolves when all is read. */
  async open({ profile, mfaCode }: OpenOptions): Promise<void> {
    const { signal } = this.#leave();
    this.#set({ kind: 'connecting', profile });
    try {
      const { openAccount } = await this.#load();
      if (signal.aborted) return;
      const opened = await openAccount({ profile, mfaCode, signal });
      if (signal.aborted) {
        if (opened.kind === 'open') await this.#close(opened.account);
        return;
      }
      if (opened.kind === 'failed') {
        this.#set({ kind: 'failed', profile, failure: opened.failure });
        return;
      }
      this.#account = opened.account;
      this.#set({
        kind: 'open',
        identity: identitySoFar(opened.account),
        regions: new Map(),
        isSweeping: true,
        failure: undefined,
      });
      void this.#learnIdentity(opened.account);
      await this.#sweep(opened.account, signal);
    } catch (error) {
      if (!signal.aborted) this.#set({ kind: 'failed', profile, failure: failureOf(error) });
    }
  }

  /** Resolves when nothing runs any more, at once where nothing does. */
  async whenRead(): Promise<void> {
    if (!isReading(this.#state)) return;
    await new Promise<void>((resolve) => {
      const listener = this.onDidChange(() => {
        if (isReading(this.#state)) return;
        listener.dispose();
        resolve();
      });
    });
  }

  /** Reads all regions again and keeps showing what was read before. Does nothing unless the account is open. */
  async refresh(): Promise<void> {
    const account = this.#account;
    if (account === undefined || this.#state.kind !== 'open') return;
    const { signal } = this.#startAnew();
    try {
      await this.#sweep(account, signal);
    } catch (error) {
      if (!signal.aborted) this.#changeOpen((open) => endOfSweep({ ...open, failure: failureOf(error) }));
    }
  }

  /** Reads one region again. */
  async refreshRegion(region: string): Promise<void> {
    const account = this.#account;
    if (account === undefined || this.#state.kind !== 'open') return;
    const { signal } = this.#running;
    const question = this.#ask(region);
    const isLate = () => signal.aborted || this.#isLate(region, question);
    this.#changeOpen((open) =>
      withRegion(open, region, { state: open.regions.get(region)?.state ?? loading, isReading: true }),
    );
    try {
      const { readRegion } = await this.#load();
      const state = await readRegion(account, region, signal);
      if (!isLate()) this.#changeOpen((open) => afterReading(open, region, state));
    } catch (error) {
      const state = { kind: 'failed', failure: failureOf(error) } as const;
      if (!isLate()) this.#changeOpen((open) => withRegion(open, region, { state, isReading: false }));
    }
  }

  /** Takes what somebody else has just read of the open account. What was asked for before is dropped when it comes. */
  setRegions(account: Account, regions: ReadonlyMap<string, ReadRegion>): void {
    if (account !== this.#account) return;
    for (const region of regions.keys()) this.#ask(region);
    this.#changeOpen((open) => {
      let changed = open;
      for (const [region, state] of regions) changed = afterReading(changed, region, state);
      return changed;
    });
  }

  /** Abandons what runs. What was read stays; what was not is marked so. */
  stop(): void {
    this.#running.abort();
    this.#running = new AbortController();
    if (this.#state.kind === 'connecting') this.#set({ kind: 'unasked' });
    this.#changeOpen((open) => endOfSweep(open));
  }

  dispose(): void {
    this.#listeners.clear();
    this.#leave();
  }

  #leave(): AbortController {
    const left = this.#account;
    this.#account = undefined;
    const running = this.#startAnew();
    if (left !== undefined) void this.#close(left);
    return running;
  }

  #startAnew(): AbortController {
    this.#running.abort();
    this.#running = new AbortController();
    return this.#running;
  }

  async #close(account: Account): Promise<void> {
    const { closeAccount } = await this.#load();
    closeAccount(account);
  }

  async #learnIdentity(account: Account): Promise<void> {
    const identity = await account.identity;
    if (account === this.#account) this.#changeOpen((open) => ({ ...open, identity }));
  }

  async #sweep(account: Account, signal: AbortSignal): Promise<void> {
    const { sweep } = await this.#load();
    if (signal.aborted) return;
    const question = this.#nextQuestion();
    const isLate = (region: string) => this.#isLate(region, question);
    this.#changeOpen(startOfSweep);
    for await (const event of sweep(account, { regions: this.#regionsToRead(), signal })) {
      if (signal.aborted) return;
      if (event.kind === 'region' && isLate(event.region)) continue;
      this.#changeOpen((open) => afterEvent(open, event));
    }
    if (signal.aborted) return;
    this.#changeOpen((open) => endOfSweep(open, isLate));
    const state = this.#state;
    // Then there is nothing to show but the reason.
    if (state.kind === 'open' && state.failure !== undefined && !hasAnswers(state)) {
      this.#leave();
      this.#set({ kind: 'failed', profile: account.profile, failure: state.failure });
    }
  }

  #nextQuestion(): number {
    this.#questions += 1;
    return this.#questions;
  }

  #ask(region: string): number {
    const question = this.#nextQuestion();
    this.#latestQuestions.set(region, question);
    return question;
  }

  #isLate(region: string, question: number): boolean {
    return (this.#latestQuestions.get(region) ?? 0) > question;
  }

  #changeOpen(change: (open: OpenAccount) => OpenAccount): void {
    if (this.#state.kind === 'open') this.#set(change(this.#state));
  }

  #set(state: AccountState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

const loading: RegionState = { kind: 'loading' };

function identitySoFar({ profile, partition, isDemo }: Account): AccountIdentity {
  return { profile, accountId: undefined, callerArn: undefined, partition, isDemo, failure: undefined };
}

function withRegion(open: OpenAccount, region: string, known: KnownRegion): OpenAccount {
  return { ...open, regions: new Map(open.regions).set(region, known) };
}

function mapRegions(
  open: OpenAccount,
  map: (known: KnownRegion, region: string) => KnownRegion,
): OpenAccount {
  const regions = Array.from(open.regions, ([region, known]) => [region, map(known, region)] as const);
  return { ...open, regions: new Map(regions) };
}

/** Credentials that do not do are the account's fault and told there, once; what was read of the region stays. */
function afterReading(open: OpenAccount, region: string, state: ReadRegion): OpenAccount {
  if (state.kind !== 'failed' || !isOfCredentials(state.failure))
    return withRegion(open, region, { state, isReading: false });
  const before = open.regions.get(region)?.state ?? loading;
  const known: KnownRegion = {
    state: before.kind === 'loading' ? { kind: 'not-read' } : before,
    isReading: false,
  };
  return { ...withRegion(open, region, known), failure: open.failure ?? state.failure };
}

function startOfSweep(open: OpenAccount): OpenAccount {
  const begun = { ...open, isSweeping: true, failure: undefined };
  return mapRegions(begun, ({ state }) => ({
    state: state.kind === 'not-read' ? loading : state,
    isReading: true,
  }));
}

function afterEvent(open: OpenAccount, event: SweepEvent): OpenAccount {
  switch (event.kind) {
    case 'regions':
      return {
        ...open,
        regions: new Map(
          event.regions.map((region) => [
            region,
            open.regions.get(region) ?? { state: loading, isReading: true },
          ]),
        ),
      };
    case 'region':
      return withRegion(open, event.region, { state: event.state, isReading: false });
    case 'failed':
      return { ...open, failure: event.failure };
  }
}

/** @param isReadElsewhere the region is being read by somebody else */
function endOfSweep(open: OpenAccount, isReadElsewhere = (_region: string) => false): OpenAccount {
  return mapRegions({ ...open, isSweeping: false }, (known, region) => {
    if (isReadElsewhere(region)) return known;
    const { state } = known;
    return { state: state.kind === 'loading' ? { kind: 'not-read' } : state, isReading: false };
  });
}

function hasAnswers({ regions }: OpenAccount): boolean {
  return Array.from(regions.values()).some(({ state }) => state.kind !== 'not-read');
}

function failureOf(error: unknown): Failure {
  return {
    kind: 'other',
    operation: undefined,
    code: error instanceof Error ? error.name : undefined,
    message: error instanceof Error ? error.message : String(error),
    permission: undefined,
  };
}
