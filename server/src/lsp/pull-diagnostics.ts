import {
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type Connection,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ClientProfile } from './client-profile.ts';
import type { Inspect } from './inspection.ts';
import { resultIdOf } from './result-id.ts';

/**
 * Answers `textDocument/diagnostic`.
 *
 * @returns a function that has the client ask again for all its documents
 */
export function serveDiagnosticPulls(
  connection: Connection,
  client: ClientProfile,
  documents: TextDocuments<TextDocument>,
  inspect: Inspect,
): () => void {
  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };

    const isClosed = () => documents.get(document.uri) !== document;
    const items = await inspect(document, () => token.isCancellationRequested || isClosed());
    if (token.isCancellationRequested) {
      throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
    }
    if (items === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };

    const resultId = resultIdOf(items);
    return resultId === previousResultId
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  });

  return () => {
    // A client that cannot be told asks again with the next change.
    if (client.refreshesDiagnostics) connection.languages.diagnostics.refresh().catch(() => undefined);
  };
}
