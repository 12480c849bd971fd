import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Memento } from 'vscode';
import type { OpenAccountOptions, OpenedAccount } from '../../../client/src/aws/account.ts';
import type { Failure } from '../../../client/src/aws/model.ts';
import type { SweepEvent } from '../../../client/src/aws/sweep.ts';
import { AccountMemory } from '../../../client/src/explorer/account-memory.ts';
import { AccountSession } from '../../../client/src/explorer/account-session.ts';
import { AccountView } from '../../../client/src/explorer/account-view.ts';
import { AccountStore, type AccountReader } from '../../../client/src/explorer/model/account-store.ts';
import { commands, treeView, user, window } from '../fake-vscode.ts';
import { account, failure, vpc } from './made.ts';
import { ScriptedPrompts, type Reply } from './scripted-prompts.ts';

vi.mock('vscode', () => import('../fake-vscode.ts'));

let stored: Map<string, unknown>;
let opened: OpenAccountOptions[];
let opening: (options: OpenAccountOptions) => Promise<OpenedAccount>;
let events: readonly SweepEvent[];
let logged: string[];
let store: AccountStore;
let session: AccountSession;
let memory: AccountMemory;
let view: AccountView;
/** Aborted where the user will not wait. */
let waiting: AbortController;

const reader: AccountReader = {
  openAccount: (options) => {
    opened.push(options);
    return opening(options);
  },
  closeAccount: () => undefined,
  sweep: async function* sweep() {
    yield* events;
  },
  readRegion: async () => ({ kind: 'ready', vpcs: [] }),
};

const load = vi.fn<() => Promise<AccountReader>>(async () => reader);

beforeEach(() => {
  vi.clearAllMocks();
  stored = new Map();
  start();
});

/** A window of VS Code; what an earlier one remembered is kept. */
function start(...replies: readonly Reply[]): void {
  waiting = new AbortController();
  opened = [];
  logged = [];
  opening = async ({ profile }) => ({ kind: 'open', account: account(profile) });
  events = [];
  treeView.visible = false;
  treeView.description = '';
  treeView.message = '';
  treeView.badge = undefined;
  const memento = {
    get: (key: string) => stored.get(key),
    update: async (key: string, value: unknown) => void stored.set(key, structuredClone(value)),
    keys: () => [],
  } as Memento;
  memory = new AccountMemory(memento);
  store = new AccountStore(load, () => []);
  session = new AccountSession(store, memory, new ScriptedPrompts(...replies), ({ run }) =>
    run(waiting.signal, () => undefined),
  );
  view = new AccountView(
    store,
    memory,
    (text) => logged.push(text),
    () => void session.openRemembered(),
  );
}

/** The welcome text that shows. */
function context(name = 'accountState'): unknown {
  return commands.executeCommand.mock.calls.findLast(
    ([command, key]) => command === 'setContext' && key === `flowLogGuard.${name}`,
  )?.[2];
}

describe('the first use', () => {
  test('calls nothing when the view is shown, and says what there would be', () => {
    user.opensView();
    expect(load).not.toHaveBeenCalled();
    expect(context()).toBe('unasked');
  });

  test('once asked, the account is opened by itself in later windows, without a question', async () => {
    await session.open('production');
    expect(opened[0]?.mfaCode).toBeDefined();
    start();
    user.opensView();
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    expect(opened[0]).toMatchObject({ profile: 'production', mfaCode: undefined });
  });

  test('a view that is not shown does not open it', async () => {
    await session.open('production');
    start();
    expect(opened).toEqual([]);
  });
});

describe('an MFA code', () => {
  test('is asked for when the user opens the account, and is not remembered', async () => {
    start({ type: '123456' });
    opening = async ({ profile, mfaCode }) => {
      expect(await mfaCode?.('arn:aws:iam::123456789012:mfa/someone')).toBe('123456');
      return { kind: 'open', account: account(profile) };
    };
    await session.open('production');
    expect(store.state.kind).toBe('open');
    expect(JSON.stringify([...stored])).not.toContain('123456');
  });

  test('that the user would not type is no code', async () => {
    start('cancel');
    opening = async ({ mfaCode }) => {
      expect(await mfaCode?.('serial')).toBeUndefined();
      return { kind: 'failed', failure: failure({ kind: 'mfa-needed' }) };
    };
    await session.open('production');
    expect(context()).toBe('mfa-needed');
  });
});

describe('what stands beside the name of the view', () => {
  test('profile and account, and on the badge the number of bare VPCs', async () => {
    const state = {
      kind: 'ready',
      vpcs: [vpc('vpc-1'), vpc('vpc-2'), vpc('vpc-3', { state: { kind: 'logged' } })],
    } as const;
    events = [{ kind: 'region', region: 'eu-1', state }];
    await session.open('production');
    await vi.waitFor(() => expect(treeView.description).toBe('production · 123456789012'));
    expect(treeView.badge).toEqual({ value: 2, tooltip: '2 VPCs without a flow log' });
    expect(context()).toBe('shown');
    expect(context('reading')).toBe(false);
  });

  test('no badge where nothing is bare', async () => {
    events = [{ kind: 'region', region: 'eu-1', state: { kind: 'ready', vpcs: [] } }];
    await session.open('production');
    expect(treeView.badge).toBeUndefined();
  });

  test('progress while it is read, and not after', async () => {
    await session.open('production');
    expect(window.withProgress).toHaveBeenCalledTimes(1);
    await expect(window.withProgress.mock.results[0]?.value).resolves.toBeUndefined();
  });
});

describe('an empty view says why', () => {
  test.each<Failure['kind']>([
    'credentials-missing',
    'credentials-expired',
    'credentials-invalid',
    'mfa-needed',
    'mfa-refused',
    'denied',
    'network',
  ])('%s', async (kind) => {
    opening = async () => ({ kind: 'failed', failure: failure({ kind, message: 'in AWS’s words' }) });
    await session.open('production');
    expect(context()).toBe(kind);
    // A message would hide the welcome text and its buttons.
    expect(treeView.message).toBe('');
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('in AWS’s words');
  });

  test('no VPC anywhere', async () => {
    events = [{ kind: 'region', region: 'eu-1', state: { kind: 'ready', vpcs: [] } }];
    await session.open('production');
    expect(context()).toBe('no-vpcs');
    await view.filter({ ...view.filters, hideEmptyRegions: false });
    expect(context()).toBe('shown');
  });

  test('all are hidden, because none is bare', async () => {
    const state = { kind: 'ready', vpcs: [vpc('vpc-1', { state: { kind: 'logged' } })] } as const;
    events = [{ kind: 'region', region: 'eu-1', state }];
    await session.open('production');
    await view.filter({ ...view.filters, onlyBare: true });
    expect(context()).toBe('all-hidden');
    start();
    expect(view.filters).toEqual({ onlyBare: true, hideEmptyRegions: true });
  });
});

test('reading again uses what is open, and opens anew where the credentials gave out', async () => {
  await session.open('production');
  await session.refresh();
  expect(opened).toHaveLength(1);
  events = [
    { kind: 'region', region: 'eu-1', state: { kind: 'ready', vpcs: [] } },
    { kind: 'failed', failure: failure({ kind: 'credentials-expired' }) },
  ];
  await session.refresh();
  await session.refresh();
  expect(opened).toHaveLength(2);
});

describe('a command for all VPCs', () => {
  test('opens the account first, and waits until it has been read', async () => {
    events = [{ kind: 'region', region: 'eu-1', state: { kind: 'ready', vpcs: [vpc('vpc-1')] } }];
    expect((await session.wholeAccount())?.regions.size).toBe(1);
    void session.refresh();
    expect((await session.wholeAccount())?.regions.size).toBe(1);
  });

  test('gets nothing where the account cannot be had, or where the user will not wait', async () => {
    opening = async () => ({ kind: 'failed', failure: failure({ kind: 'credentials-missing' }) });
    expect(await session.wholeAccount()).toBeUndefined();
    opening = () => new Promise(() => undefined);
    void session.open('slow');
    await vi.waitFor(() => expect(store.state.kind).toBe('connecting'));
    const whole = session.wholeAccount();
    waiting.abort();
    expect(await whole).toBeUndefined();
  });
});
