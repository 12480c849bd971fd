import { t } from '@vscode/l10n';
import {
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Connection,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { DiagnosticsOf } from './check-diagnostics.ts';
import { resultIdOf } from './result-id.ts';
import { isSourceDocument } from './source-documents.ts';
import type { CheckAll } from './workspace-checks.ts';

export interface WorkspaceDiagnosticParts {
  readonly connection: Connection;
  readonly checkAll: CheckAll;
  readonly diagnosticsOf: DiagnosticsOf;
}

/** How many reports are sent at once. */
const chunkSize = 50;

/**
 * Answers `workspace/diagnostic`, in parts and with progress where the client wants them. A client that has all
 * results already is answered when there are others, as the protocol has it for clients that ask again and again.
 *
 * @returns a function to be called when the checks of some files may have changed
 */
export function serveWorkspaceDiagnostics(parts: WorkspaceDiagnosticParts): () => void {
  const { connection, checkAll, diagnosticsOf } = parts;
  const waiting = new Set<() => void>();

  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token, progress, partial) => {
    const known = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    progress.begin(t('Checking templates'), 0, undefined, true);
    try {
      for (;;) {
        const changed = untilChanged(token);
        const rest = await report(known, token, progress, partial);
        if (rest !== undefined) return { items: rest };
        await changed;
        ensureWanted(token);
      }
    } finally {
      progress.done();
    }
  });

  /** The reports that are left to be sent; undefined where the client has all of them already. */
  async function report(
    known: ReadonlyMap<string, string>,
    token: CancellationToken,
    progress: { report(percentage: number, message: string): void },
    partial: { report(data: { items: WorkspaceDocumentDiagnosticReport[] }): void } | undefined,
  ): Promise<WorkspaceDocumentDiagnosticReport[] | undefined> {
    let items: WorkspaceDocumentDiagnosticReport[] = [];
    let hasNews = known.size === 0;
    const seen = new Set<string>();
    let percentage = 0;
    // Until there is something new, the client is told nothing, or it would ask again at once.
    const held: WorkspaceDocumentDiagnosticReport[] = [];
    for await (const file of checkAll(() => token.isCancellationRequested)) {
      const { uri, version = null, total, done } = file;
      const diagnostics = diagnosticsOf(file.check, file.document, file.settings);
      const previous = known.get(uri);
      seen.add(uri);
      // LSP has it as a whole number; at most a hundred of them are sent, however many files there are.
      const reached = Math.floor((100 * done) / total);
      if (reached > percentage) progress.report((percentage = reached), `${done}/${total}`);
      if (diagnostics.length === 0 && previous === undefined) continue;
      const resultId = resultIdOf(diagnostics);
      const one: WorkspaceDocumentDiagnosticReport =
        previous === resultId
          ? { kind: DocumentDiagnosticReportKind.Unchanged, uri, version, resultId }
          : { kind: DocumentDiagnosticReportKind.Full, uri, version, resultId, items: diagnostics };
      hasNews ||= one.kind === DocumentDiagnosticReportKind.Full;
      (hasNews ? items : held).push(one);
      if (partial !== undefined && items.length >= chunkSize) {
        partial.report({ items });
        items = [];
      }
    }
    ensureWanted(token);
    const empty = resultIdOf([]);
    for (const [uri, value] of known) {
      // What is found in source files is asked for by document alone, and not taken back here.
      if (seen.has(uri) || value === empty || isSourceDocument({ uri })) continue;
      const gone = { uri, version: null, resultId: empty, items: [] };
      items.push({ kind: DocumentDiagnosticReportKind.Full, ...gone });
      hasNews = true;
    }
    return hasNews ? [...held, ...items] : undefined;
  }

  function untilChanged(token: CancellationToken): Promise<void> {
    return new Promise((resolve) => {
      const stop = (): void => {
        waiting.delete(stop);
        cancelling.dispose();
        resolve();
      };
      const cancelling = token.onCancellationRequested(stop);
      waiting.add(stop);
    });
  }

  return () => {
    for (const wake of waiting) wake();
  };
}

function ensureWanted({ isCancellationRequested }: CancellationToken): void {
  if (!isCancellationRequested) return;
  throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}
