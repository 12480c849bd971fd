import { commands, type Disposable } from 'vscode';
import type { AccountParts } from '../explorer/account-parts.ts';
import { chooseProfile } from '../explorer/choose-profile.ts';

export const showAccountCommand = 'flowLogGuard.showAccount';

/** The first use: shows the view and reads the account, of a profile that the user chooses where there are several. */
export function registerShowAccount(parts: AccountParts): Disposable {
  return commands.registerCommand(showAccountCommand, () => showAccount(parts));
}

async function showAccount(parts: AccountParts): Promise<void> {
  const { store, session, view, loadAws } = parts;
  await view.focus();
  if (store.state.kind === 'open' || store.state.kind === 'connecting') return;
  const isAskedFirst = session.remembered === undefined;
  if (isAskedFirst && (await (await loadAws()).listProfiles()).profiles.length > 1)
    await chooseProfile(parts);
  else await session.open(session.profile);
}
