import {
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type Connection,
  type Diagnostic,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ClientProfile } from './client-profile.ts';
import type { Inspect } from './inspection.ts';

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
  const results = new Results();
  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };

    const isClosed = () => documents.get(document.uri) !== document;
    const items = await inspect(document, () => token.isCancellationRequested || isClosed());
    if (token.isCancellationRequested) {
      throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
    }
    if (items === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };

    const resultId = results.idOf(document, items);
    return resultId === previousResultId
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  });

  return () => {
    // A client that cannot be told asks again with the next change.
    if (client.refreshesDiagnostics) connection.languages.diagnostics.refresh().catch(() => undefined);
  };
}

/** Names what was last reported of each document, so that an edit which changes no finding is answered with "unchanged". */
class Results {
  readonly #last = new WeakMap<
    TextDocument,
    { readonly id: string; readonly items: readonly Diagnostic[] }
  >();
  #count = 0;

  idOf(document: TextDocument, items: readonly Diagnostic[]): string {
    const last = this.#last.get(document);
    if (last !== undefined && isSameData(last.items, items)) return last.id;
    this.#count += 1;
    const id = String(this.#count);
    this.#last.set(document, { id, items });
    return id;
  }
}

/** Whether two values are the same in JSON: quicker than writing it where they differ, as the rest is not looked at. */
function isSameData(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const some = one as Readonly<Record<string, unknown>>;
  const others = other as Readonly<Record<string, unknown>>;
  const keys = Object.keys(some);
  return (
    keys.length === Object.keys(others).length && keys.every((key) => isSameData(some[key], others[key]))
  );
}
