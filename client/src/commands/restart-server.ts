import { commands, type Disposable } from 'vscode';
import type { LanguageServer } from '../language/language-server.ts';

export const restartServerCommand = 'flowLogGuard.restartServer';

export function registerRestartServer(server: LanguageServer): Disposable {
  return commands.registerCommand(restartServerCommand, () => server.restart());
}
