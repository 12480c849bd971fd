import { config } from '@vscode/l10n';
import { l10n, type ExtensionContext } from 'vscode';
import { activateAccountHalf } from './account-half.ts';
import { registerRunCdkSynth } from './commands/run-cdk-synth.ts';
import { activateLanguageHalf } from './language-half.ts';
import { createLanguageClient } from './language/client.ts';
import { LanguageServer } from './language/language-server.ts';
import { createLog } from './ui/log.ts';

let server: LanguageServer | undefined;

/**
 * Called by VS Code when a YAML or JSON file is opened, a view is shown, a command is run or the workspace has a
 * CDK application.
 */
export function activate(context: ExtensionContext): void {
  // aws/ knows no VS Code: it takes its texts where the server does.
  config({ contents: l10n.bundle ?? {} });
  const log = createLog();
  server = new LanguageServer(() => createLanguageClient(context, log));
  context.subscriptions.push(
    log,
    server,
    activateLanguageHalf(server, log),
    registerRunCdkSynth(),
    activateAccountHalf(context, server, log),
  );
}

/** Called by VS Code when the window closes or the extension is turned off; it waits for the end of the server. */
export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
