import { commands, type Disposable } from 'vscode';
import type { AccountParts } from '../account-parts.ts';

const stopLoadingCommand = 'flowLogGuard.stopLoading';

/** Gives up reading; what has been read stays. */
export function registerStopLoading({ store }: AccountParts): Disposable {
  return commands.registerCommand(stopLoadingCommand, () => store.stop());
}
