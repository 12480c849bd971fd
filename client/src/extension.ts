import type { ExtensionContext } from 'vscode';
import { registerOpenSampleTemplate } from './commands/open-sample-template.ts';
import { registerRestartServer } from './commands/restart-server.ts';
import { registerShowLog } from './commands/show-log.ts';
import { createLanguageClient } from './language/client.ts';
import { startWithFirstDocument } from './language/first-document.ts';
import { LanguageServer } from './language/language-server.ts';
import { createStatusItem } from './language/status-item.ts';
import { createLog } from './ui/log.ts';

let server: LanguageServer | undefined;

/** Called by VS Code when a YAML or JSON file is opened or a command is run. */
export function activate(context: ExtensionContext): void {
  const log = createLog();
  server = new LanguageServer(() => createLanguageClient(context, log));
  context.subscriptions.push(
    log,
    server,
    createStatusItem(server),
    registerOpenSampleTemplate(),
    registerShowLog(log),
    registerRestartServer(server),
    startWithFirstDocument(server),
  );
}

/** Called by VS Code when the window closes or the extension is turned off; it waits for the end of the server. */
export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
