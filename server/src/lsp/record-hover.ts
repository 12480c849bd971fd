import {
  MarkupKind,
  type Connection,
  type Hover,
  type Position,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { explainValue } from '../flow-log-records/explain-value.ts';
import { fieldsOfHeader, valueAt } from '../flow-log-records/record-line.ts';
import { recordsLanguage } from '../protocol.ts';

type Hovers = Pick<Connection, 'onHover'>;

/**
 * Answers `textDocument/hover` in files of flow log records.
 *
 * @returns where to register the hovers of all other documents
 */
export function serveRecordHovers(connection: Hovers, documents: TextDocuments<TextDocument>): Hovers {
  return {
    onHover: (handler) =>
      connection.onHover((params, ...others) => {
        const document = documents.get(params.textDocument.uri);
        return document?.languageId === recordsLanguage
          ? hoverInRecords(document, params.position)
          : handler(params, ...others);
      }),
  };
}

function hoverInRecords(document: TextDocument, { line, character }: Position): Hover | undefined {
  const lineText = (at: number): string =>
    document.getText({ start: { line: at, character: 0 }, end: { line: at + 1, character: 0 } }).trimEnd();
  const found = valueAt(lineText(line), character, fieldsOfHeader(lineText(0)));
  if (found === undefined) return undefined;
  return {
    range: { start: { line, character: found.start }, end: { line, character: found.end } },
    contents: { kind: MarkupKind.PlainText, value: explainValue(found).join('\n\n') },
  };
}
