import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Account, OpenedAccount } from '../../../client/src/aws/account.ts';
import type { ReadRegion } from '../../../client/src/aws/read-region.ts';
import type { SweepEvent } from '../../../client/src/aws/sweep.ts';
import { isReading } from '../../../client/src/explorer/model/account-state.ts';
import { AccountStore, type AccountReader } from '../../../client/src/explorer/model/account-store.ts';
import { account, failure, vpc } from './made.ts';

/** A sweep whose answers the test gives. */
class Answers {
  readonly #waiting: ((event: SweepEvent | undefined) => void)[] = [];
  readonly #early: (SweepEvent | undefined)[] = [];

  give(event: SweepEvent | undefined): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#early.push(event);
    else next(event);
  }

  async *events(signal: AbortSignal | undefined): AsyncGenerator<SweepEvent, void, undefined> {
    for (;;) {
      const event =
        this.#early.length > 0
          ? this.#early.shift()
          : await new Promise<SweepEvent | undefined>((resolve) => {
              this.#waiting.push(resolve);
              signal?.addEventListener('abort', () => resolve(undefined), { once: true });
            });
      if (event === undefined) return;
      yield event;
    }
  }
}

let sweeps: { account: Account; answers: Answers; regions: readonly string[] | undefined }[];
let opening: (profile: string | undefined) => Promise<OpenedAccount>;
let closed: (string | undefined)[];
let readRegion: (region: string) => Promise<ReadRegion>;
let store: AccountStore;

const reader: AccountReader = {
  openAccount: ({ profile }) => opening(profile),
  closeAccount: ({ profile }) => void closed.push(profile),
  sweep: (swept, options) => {
    const answers = new Answers();
    sweeps.push({ account: swept, answers, regions: options?.regions });
    return answers.events(options?.signal);
  },
  readRegion: (_account, region) => readRegion(region),
};

beforeEach(() => {
  sweeps = [];
  closed = [];
  opening = async (profile) => ({ kind: 'open', account: account(profile) });
  readRegion = async () => ({ kind: 'ready', vpcs: [] });
  store = new AccountStore(
    async () => reader,
    () => ['eu-*'],
  );
});

const region = (name: string, ...ids: string[]): SweepEvent => ({
  kind: 'region',
  region: name,
  state: { kind: 'ready', vpcs: ids.map((id) => vpc(id, { region: name })) },
});

const expired: SweepEvent = { kind: 'failed', failure: failure({ kind: 'credentials-expired' }) };

function shown(): Readonly<Record<string, string>> {
  const { state } = store;
  if (state.kind !== 'open') return {};
  return Object.fromEntries(
    Array.from(state.regions, ([name, known]) => [
      name,
      known.state.kind === 'ready' ? known.state.vpcs.map(({ id }) => id).join() : known.state.kind,
    ]),
  );
}

/** Opens a profile and waits for the sweep's question. */
async function opened(profile = 'production'): Promise<Answers> {
  const count = sweeps.length;
  void store.open({ profile });
  await vi.waitFor(() => expect(sweeps).toHaveLength(count + 1));
  return sweeps.at(-1)?.answers ?? new Answers();
}

async function until(wanted: Readonly<Record<string, string>>): Promise<void> {
  await vi.waitFor(() => expect(shown()).toEqual(wanted));
}

test('nothing is loaded or called before an account is asked for', () => {
  const load = vi.fn<() => Promise<AccountReader>>();
  const fresh = new AccountStore(load, () => []);
  expect(fresh.state).toEqual({ kind: 'unasked' });
  expect(load).not.toHaveBeenCalled();
});

test('regions show as they arrive, in any order', async () => {
  const answers = await opened();
  answers.give(region('eu-2', 'vpc-2'));
  await until({ 'eu-2': 'vpc-2' });
  answers.give({ kind: 'regions', regions: ['eu-1', 'eu-2', 'eu-3'] });
  await until({ 'eu-1': 'loading', 'eu-2': 'vpc-2', 'eu-3': 'loading' });
  expect(isReading(store.state)).toBe(true);
  answers.give({ kind: 'region', region: 'eu-3', state: { kind: 'failed', failure: failure() } });
  answers.give(region('eu-1'));
  answers.give(undefined);
  await store.whenRead();
  expect(shown()).toEqual({ 'eu-1': '', 'eu-2': 'vpc-2', 'eu-3': 'failed' });
  expect(sweeps[0]?.regions).toEqual(['eu-*']);
});

test('the account number comes when it is known', async () => {
  await opened();
  await vi.waitFor(() =>
    expect(store.state).toMatchObject({ kind: 'open', identity: { accountId: '123456789012' } }),
  );
});

describe('another profile', () => {
  test('late answers of the old one change nothing', async () => {
    const old = await opened('old');
    old.give({ kind: 'regions', regions: ['eu-1'] });
    await until({ 'eu-1': 'loading' });
    const fresh = await opened('fresh');
    old.give(region('eu-1', 'vpc-old'));
    fresh.give(region('eu-1', 'vpc-fresh'));
    await until({ 'eu-1': 'vpc-fresh' });
    expect(store.state).toMatchObject({ identity: { profile: 'fresh' } });
    expect(closed).toEqual(['old']);
  });

  test('an opening that comes late is closed again', async () => {
    let answer: (opened: OpenedAccount) => void = () => undefined;
    opening = (profile) =>
      profile === 'slow'
        ? new Promise((resolve) => (answer = resolve))
        : Promise.resolve({ kind: 'open', account: account(profile) });
    const slow = store.open({ profile: 'slow' });
    await vi.waitFor(() => expect(store.state).toMatchObject({ kind: 'connecting', profile: 'slow' }));
    const fresh = await opened('fresh');
    answer({ kind: 'open', account: account('slow') });
    await slow;
    fresh.give(region('eu-1', 'vpc-1'));
    await until({ 'eu-1': 'vpc-1' });
    expect(store.state).toMatchObject({ identity: { profile: 'fresh' } });
    expect(closed).toEqual(['slow']);
    expect(sweeps).toHaveLength(1);
  });
});

describe('credentials', () => {
  test('that do not do are told once', async () => {
    opening = async () => ({ kind: 'failed', failure: failure({ kind: 'credentials-missing' }) });
    await store.open({ profile: 'none' });
    expect(store.state).toMatchObject({
      kind: 'failed',
      profile: 'none',
      failure: { kind: 'credentials-missing' },
    });
  });

  test('that expire before any answer leave nothing but the reason', async () => {
    const answers = await opened();
    answers.give({ kind: 'regions', regions: ['eu-1', 'eu-2'] });
    answers.give(expired);
    answers.give(undefined);
    await store.whenRead();
    expect(store.state).toMatchObject({ kind: 'failed', failure: { kind: 'credentials-expired' } });
  });

  test('that expire in mid-sweep lose nothing of what was read', async () => {
    const answers = await opened();
    answers.give({ kind: 'regions', regions: ['eu-1', 'eu-2'] });
    answers.give(region('eu-1', 'vpc-1'));
    answers.give(expired);
    answers.give(undefined);
    await store.whenRead();
    expect(shown()).toEqual({ 'eu-1': 'vpc-1', 'eu-2': 'not-read' });
    expect(store.state).toMatchObject({ failure: { kind: 'credentials-expired' } });
  });

  test('that expire between a sweep and single regions are told once, and what was read stays', async () => {
    const answers = await opened();
    answers.give({ kind: 'regions', regions: ['eu-central-1', 'eu-west-1'] });
    answers.give(region('eu-central-1', 'vpc-1'));
    answers.give(region('eu-west-1', 'vpc-2'));
    answers.give(undefined);
    await store.whenRead();
    const state = { kind: 'failed', failure: failure({ kind: 'credentials-expired' }) } as const;
    readRegion = async () => state;
    await store.refreshRegion('eu-central-1');
    if (store.account !== undefined) store.setRegions(store.account, new Map([['eu-west-1', state]]));
    expect(shown()).toEqual({ 'eu-central-1': 'vpc-1', 'eu-west-1': 'vpc-2' });
    expect(store.state).toMatchObject({ failure: { kind: 'credentials-expired' } });
    expect(isReading(store.state)).toBe(false);
  });

  test('an opening that throws is a failure, not a crash', async () => {
    opening = () => Promise.reject(new Error('no such thing'));
    await store.open({ profile: 'odd' });
    expect(store.state).toMatchObject({ kind: 'failed', failure: { message: 'no such thing' } });
  });
});

describe('reading again', () => {
  async function openedWith(...events: SweepEvent[]): Promise<void> {
    const answers = await opened();
    for (const event of [...events, undefined]) answers.give(event);
    await store.whenRead();
  }

  test('what was read stays in sight until the new answer is there', async () => {
    await openedWith(region('eu-1', 'vpc-1'), region('eu-2', 'vpc-2'));
    const refresh = store.refresh();
    await vi.waitFor(() => expect(sweeps).toHaveLength(2));
    sweeps[1]?.answers.give({ kind: 'regions', regions: ['eu-1'] });
    await until({ 'eu-1': 'vpc-1' });
    expect(isReading(store.state)).toBe(true);
    sweeps[1]?.answers.give(region('eu-1', 'vpc-3'));
    sweeps[1]?.answers.give(undefined);
    await refresh;
    expect(shown()).toEqual({ 'eu-1': 'vpc-3' });
    expect(isReading(store.state)).toBe(false);
  });

  test('one region alone', async () => {
    await openedWith(region('eu-1', 'vpc-1'), {
      kind: 'region',
      region: 'eu-2',
      state: { kind: 'failed', failure: failure() },
    });
    readRegion = async (name) => ({ kind: 'ready', vpcs: [vpc('vpc-2', { region: name })] });
    await store.refreshRegion('eu-2');
    expect(shown()).toEqual({ 'eu-1': 'vpc-1', 'eu-2': 'vpc-2' });
  });

  test('one region alone, while a sweep ends', async () => {
    await openedWith(region('eu-1', 'vpc-1'));
    const refresh = store.refresh();
    await vi.waitFor(() => expect(sweeps).toHaveLength(2));
    let answer: (read: ReadRegion) => void = () => undefined;
    readRegion = () => new Promise((resolve) => (answer = resolve));
    const alone = store.refreshRegion('eu-1');
    sweeps[1]?.answers.give(region('eu-1', 'vpc-of-before'));
    sweeps[1]?.answers.give(undefined);
    await refresh;
    expect(shown()).toEqual({ 'eu-1': 'vpc-1' });
    expect(isReading(store.state)).toBe(true);
    answer({ kind: 'ready', vpcs: [vpc('vpc-2')] });
    await alone;
    expect(shown()).toEqual({ 'eu-1': 'vpc-2' });
    expect(isReading(store.state)).toBe(false);
  });

  test('stopping keeps what was read and marks what was not', async () => {
    const answers = await opened();
    answers.give({ kind: 'regions', regions: ['eu-1', 'eu-2'] });
    answers.give(region('eu-1', 'vpc-1'));
    await until({ 'eu-1': 'vpc-1', 'eu-2': 'loading' });
    store.stop();
    expect(shown()).toEqual({ 'eu-1': 'vpc-1', 'eu-2': 'not-read' });
    expect(isReading(store.state)).toBe(false);
  });

  test('what an enabling has read is taken, but only for the account that is open', async () => {
    await openedWith(region('eu-1', 'vpc-1'));
    const states = new Map([['eu-1', { kind: 'ready', vpcs: [vpc('vpc-9')] } as const]]);
    store.setRegions(account('another'), states);
    expect(shown()).toEqual({ 'eu-1': 'vpc-1' });
    if (store.account !== undefined) store.setRegions(store.account, states);
    expect(shown()).toEqual({ 'eu-1': 'vpc-9' });
  });
});
