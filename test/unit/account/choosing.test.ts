import { beforeEach, expect, test, vi } from 'vitest';
import type { Profiles } from '../../../client/src/aws/profiles.ts';
import { registerShowAccount } from '../../../client/src/commands/show-account.ts';
import type { AccountParts } from '../../../client/src/account-parts.ts';
import { chooseProfile } from '../../../client/src/explorer/choose-profile.ts';
import { commands } from '../fake-vscode.ts';
import { ScriptedPrompts, type Reply } from './scripted-prompts.ts';

vi.mock('vscode', () => import('../fake-vscode.ts'));

const profile = (name: string, changes: Partial<Profiles['profiles'][number]> = {}) =>
  ({
    name,
    kind: 'static',
    region: 'eu-central-1',
    ssoSession: undefined,
    accountId: undefined,
    asksForMfa: false,
    isDemo: false,
    ...changes,
  }) as Profiles['profiles'][number];

let open: ReturnType<typeof vi.fn<(name: string | undefined) => Promise<void>>>;

beforeEach(() => {
  vi.clearAllMocks();
  vi.unstubAllEnvs();
  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
  open = vi.fn<(name: string | undefined) => Promise<void>>(async () => undefined);
});

function parts(profiles: Profiles['profiles'], remembered: string | undefined, ...replies: readonly Reply[]) {
  return {
    store: { state: { kind: 'unasked' } },
    session: {
      open,
      remembered: remembered === undefined ? undefined : { profile: remembered },
      profile: remembered,
    },
    view: { focus: async () => undefined },
    prompts: new ScriptedPrompts(...replies),
    loadAws: async () => ({ listProfiles: async () => ({ profiles, ssoSessions: [] }) }),
  } as unknown as AccountParts;
}

async function showAccount(given: AccountParts): Promise<void> {
  registerShowAccount(given);
  await commands.registerCommand.mock.calls.at(-1)?.[1]();
}

test('of several profiles the user chooses', async () => {
  await showAccount(parts([profile('one'), profile('two')], undefined, { pick: 'two' }));
  expect(open.mock.calls).toEqual([['two']]);
});

test('the only one is taken, unless the environment has credentials', async () => {
  await showAccount(parts([profile('one')], undefined));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA');
  await showAccount(parts([profile('one')], undefined));
  expect(open.mock.calls).toEqual([['one'], [undefined]]);
});

test('a remembered one is not asked for again', async () => {
  await showAccount(parts([profile('one'), profile('two')], 'one'));
  expect(open.mock.calls).toEqual([['one']]);
});

test('nothing is opened where the user chooses nothing', async () => {
  await chooseProfile(parts([profile('one')], undefined, 'cancel'));
  expect(open).not.toHaveBeenCalled();
});

test('the credentials that come from no profile can be chosen, too', async () => {
  await chooseProfile(parts([profile('one')], undefined, { pick: 'Default credentials' }));
  expect(open.mock.calls).toEqual([[undefined]]);
});
