import { commands, type ExtensionContext } from 'vscode';
import { activateLanguageHalf } from '../language-half.ts';
import { createBrowserClient } from './client.ts';
import { LanguageServer } from '../language/language-server.ts';
import { createLog } from '../ui/log.ts';

let server: LanguageServer | undefined;

/** The extension where there is no Node, such as on vscode.dev: all but the live account. */
export function activate(context: ExtensionContext): void {
  const log = createLog();
  server = new LanguageServer(() => createBrowserClient(context, log));
  // What is about the account is not there, and must not look as if it were.
  void commands.executeCommand('setContext', 'flowLogGuard.withoutNode', true);
  context.subscriptions.push(log, server, activateLanguageHalf(server, log));
}

/** Called by the host before the worker ends. */
export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
