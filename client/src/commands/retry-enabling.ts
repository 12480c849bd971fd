import { commands, type Disposable } from 'vscode';
import type { AccountParts } from '../account-parts.ts';

const retryEnablingCommand = 'flowLogGuard.retryEnabling';

export function registerRetryEnabling({ enabling }: AccountParts): Disposable {
  return commands.registerCommand(retryEnablingCommand, () => enabling.retry());
}
