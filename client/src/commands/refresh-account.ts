import { commands, type Disposable } from 'vscode';
import type { AccountParts } from '../account-parts.ts';

const refreshAccountCommand = 'flowLogGuard.refreshAccount';

/** Reads all regions again. What is selected does not matter, though VS Code passes it on from the view's title. */
export function registerRefreshAccount({ session }: AccountParts): Disposable {
  return commands.registerCommand(refreshAccountCommand, () => session.refresh());
}
