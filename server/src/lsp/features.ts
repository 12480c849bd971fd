import type {
  CodeLens,
  Connection,
  DocumentLink,
  LocationLink,
  Position,
  Range,
  TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ClientProfile } from './client-profile.ts';

/**
 * What one part of the server has to say to requests that several parts answer. The answers of all parts are
 * given together, in the order of the parts.
 */
export interface Feature {
  readonly codeLenses?: (document: TextDocument, isStale: () => boolean) => Promise<readonly CodeLens[]>;
  readonly definitions?: (document: TextDocument, position: Position) => Promise<readonly LocationLink[]>;
  readonly documentLinks?: (
    document: TextDocument,
    isStale: () => boolean,
  ) => Promise<readonly DocumentLink[]>;
}

/** Answers `textDocument/codeLens`, `textDocument/definition` and `textDocument/documentLink`. */
export function serveFeatures(
  connection: Pick<Connection, 'onCodeLens' | 'onDefinition' | 'onDocumentLinks'>,
  { definitionLinks }: Pick<ClientProfile, 'definitionLinks'>,
  documents: TextDocuments<TextDocument>,
  features: readonly Feature[],
): void {
  connection.onCodeLens(async ({ textDocument }, token) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return [];
    const isStale = (): boolean => token.isCancellationRequested;
    return joined(features.map((feature) => feature.codeLenses?.(document, isStale)));
  });
  connection.onDefinition(async ({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return [];
    const all = await joined(features.map((feature) => feature.definitions?.(document, position)));
    // A name that defines something leads to itself, unless another part knows where that comes from.
    const others = all.filter(
      ({ targetUri, targetRange }) => targetUri !== textDocument.uri || !isIn(position, targetRange),
    );
    const links = others.length > 0 ? others : all;
    return definitionLinks
      ? links
      : links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
  });
  connection.onDocumentLinks(async ({ textDocument }, token) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return [];
    const isStale = (): boolean => token.isCancellationRequested;
    return joined(features.map((feature) => feature.documentLinks?.(document, isStale)));
  });
}

function isIn({ line, character }: Position, { start, end }: Range): boolean {
  const isBefore = line < start.line || (line === start.line && character < start.character);
  const isAfter = line > end.line || (line === end.line && character > end.character);
  return !isBefore && !isAfter;
}

async function joined<T>(answers: readonly (Promise<readonly T[]> | undefined)[]): Promise<T[]> {
  const given = answers.filter((answer) => answer !== undefined);
  return (await Promise.all(given)).flat();
}
