import type {
  AnnotatedTextEdit,
  SnippetTextEdit,
  TextEdit as PlainTextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { hasTabStops, plainText, snippetText, type TextEdit } from '../fixes/writer/edits.ts';
import type { ClientProfile } from './client-profile.ts';
import { toRange } from './diagnostic.ts';

export interface EditManner {
  /** What the edit is about; shown where the client has users look at changes first. */
  readonly label: string;
  readonly needsConfirmation: boolean;
  /** Whether the cursor may stop at what is to be typed over. */
  readonly tabStops: boolean;
}

/** Says the edits of one document in the richest form that the client takes. */
export function toWorkspaceEdit(
  document: TextDocument,
  edits: readonly TextEdit[],
  client: ClientProfile,
  { label, needsConfirmation, tabStops }: EditManner,
): WorkspaceEdit {
  const { uri, version } = document;
  const plain = (edit: TextEdit): PlainTextEdit => ({
    range: toRange(edit.span, document),
    newText: plainText(edit.newText),
  });
  if (!client.documentChanges) return { changes: { [uri]: edits.map(plain) } };

  const aligned =
    tabStops && client.snippetEdits && hasTabStops(edits) ? alignedToLines(document, edits) : undefined;
  const snippet = (edit: TextEdit): SnippetTextEdit => ({
    range: toRange(edit.span, document),
    snippet: { kind: 'snippet', value: snippetText(edit.newText) },
  });
  const told: (PlainTextEdit | SnippetTextEdit)[] = aligned?.map(snippet) ?? edits.map(plain);
  const textDocument = { uri, version };
  if (!client.changeAnnotations) return { documentChanges: [{ textDocument, edits: told }] };
  const annotated = told.map((edit): AnnotatedTextEdit | SnippetTextEdit => ({ ...edit, annotationId }));
  return {
    documentChanges: [{ textDocument, edits: annotated }],
    changeAnnotations: { [annotationId]: { label, needsConfirmation } },
  };
}

const annotationId = 'fix';

/**
 * The same edits, each with a line break in it beginning where its line begins: editors indent the further
 * lines of a snippet as deep as what stands before it in its line. Undefined where they would overlap then.
 */
function alignedToLines(document: TextDocument, edits: readonly TextEdit[]): TextEdit[] | undefined {
  const text = document.getText();
  const aligned: TextEdit[] = [];
  let end = 0;
  for (const edit of edits) {
    const { span, newText } = edit;
    const lineStart = document.offsetAt({ line: document.positionAt(span.start).line, character: 0 });
    const before = text.slice(lineStart, span.start);
    if (/^[ \t]/.test(before) && /[\r\n]/.test(plainText(newText))) {
      if (lineStart < end) return undefined;
      aligned.push({ span: { start: lineStart, end: span.end }, newText: [before, ...newText] });
    } else aligned.push(edit);
    ({ end } = span);
  }
  return aligned;
}
