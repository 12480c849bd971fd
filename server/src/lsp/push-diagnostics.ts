import type { Connection, Diagnostic, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Inspect } from './inspection.ts';

/**
 * Sends `textDocument/publishDiagnostics` for every open document when it changes, and clears them when it
 * is closed.
 *
 * @returns a function that sends the diagnostics of all open documents anew
 */
export function pushDiagnostics(
  connection: Pick<Connection, 'sendDiagnostics'>,
  documents: TextDocuments<TextDocument>,
  inspect: Inspect,
): () => void {
  // A failed send means that the connection is gone, and with it whoever would want to know.
  function publish(uri: string, diagnostics: Diagnostic[], version?: number): void {
    const params = version === undefined ? { uri, diagnostics } : { uri, version, diagnostics };
    connection.sendDiagnostics(params).catch(() => undefined);
  }

  async function push(document: TextDocument): Promise<void> {
    const { version } = document;
    const isStale = () => documents.get(document.uri) !== document || document.version !== version;
    const diagnostics = await inspect(document, isStale);
    if (diagnostics !== undefined) publish(document.uri, diagnostics, version);
  }

  documents.onDidChangeContent(({ document }) => void push(document));
  documents.onDidClose(({ document }) => publish(document.uri, []));
  return () => documents.all().forEach((document) => void push(document));
}
