import { commands, type Disposable } from 'vscode';
import type { AccountParts } from '../account-parts.ts';
import { chooseProfile } from '../explorer/choose-profile.ts';

const chooseProfileCommand = 'flowLogGuard.chooseProfile';

/** Lets the user choose whose account is shown. */
export function registerChooseProfile(parts: AccountParts): Disposable {
  return commands.registerCommand(chooseProfileCommand, () => chooseProfile(parts));
}
