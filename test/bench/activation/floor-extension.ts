/** What any extension with a language server costs: the same client, and nothing else. */
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

export async function activate(context: ExtensionContext): Promise<void> {
  const client = new LanguageClient(
    'flowLogGuardBenchFloor',
    {
      module: context.asAbsolutePath('floor-server.cjs'),
      transport: TransportKind.ipc,
      options: { cwd: context.extensionPath },
    },
    { documentSelector: [{ language: 'yaml' }, { language: 'json' }, { language: 'jsonc' }] },
  );
  await client.start();
}
