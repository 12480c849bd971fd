import { commands, type Disposable } from 'vscode';
import type { AccountParts } from '../account-parts.ts';
import { chooseProfile } from '../explorer/choose-profile.ts';

const showAccountCommand = 'flowLogGuard.showAccount';

/** The first use: shows the view and reads the account, of a profile that the user chooses where there are several. */
export function registerShowAccount(parts: AccountParts): Disposable {
  return commands.registerCommand(showAccountCommand, () => showAccount(parts));
}

async function showAccount(parts: AccountParts): Promise<void> {
  const { store, session, view, loadAws } = parts;
  await view.focus();
  if (store.state.kind === 'open' || store.state.kind === 'connecting') return;
  if (session.remembered !== undefined) return session.open(session.profile);
  const { profiles } = await (await loadAws()).listProfiles();
  if (profiles.length > 1) return chooseProfile(parts);
  // The environment goes before a profile that was not asked for.
  const isInEnvironment = process.env['AWS_ACCESS_KEY_ID'] !== undefined;
  await session.open(isInEnvironment ? undefined : profiles[0]?.name);
}
