import { commands, type Disposable } from 'vscode';
import type { AccountParts } from '../account-parts.ts';

const undoEnablingCommand = 'flowLogGuard.undoEnabling';

export function registerUndoEnabling({ enabling }: AccountParts): Disposable {
  return commands.registerCommand(undoEnablingCommand, () => enabling.undo());
}
