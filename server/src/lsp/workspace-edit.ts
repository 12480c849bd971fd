import { t } from '@vscode/l10n';
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

/** What is to be changed in a document. */
export interface DocumentEdits {
  readonly document: TextDocument;
  /** Null for a file that is not open. */
  readonly version: number | null;
  /** In the order of the text. */
  readonly edits: readonly TextEdit[];
}

/**
 * Says the edits of several documents such that the user looks at them before anything changes, where the
 * client has users do that.
 *
 * VS Code shows all edits first as soon as one needs confirmation, but has those that do ticked one by one,
 * file after file. So for it an edit that changes nothing asks for the confirmation; the others are ticked
 * already, and can be unticked.
 */
export function reviewedWorkspaceEdit(
  files: readonly DocumentEdits[],
  client: ClientProfile,
  label: string,
): WorkspaceEdit {
  const plain = ({ document, edits }: DocumentEdits): PlainTextEdit[] =>
    edits.map(({ span, newText }) => ({ range: toRange(span, document), newText: plainText(newText) }));
  if (!client.documentChanges) {
    return { changes: Object.fromEntries(files.map((file) => [file.document.uri, plain(file)])) };
  }
  if (!client.changeAnnotations) {
    return {
      documentChanges: files.map((file) => ({
        textDocument: { uri: file.document.uri, version: file.version },
        edits: plain(file),
      })),
    };
  }
  const start = { line: 0, character: 0 };
  const question: AnnotatedTextEdit = { range: { start, end: start }, newText: '', annotationId: 'review' };
  return {
    documentChanges: files.map((file, index) => ({
      textDocument: { uri: file.document.uri, version: file.version },
      edits: [
        ...(client.workspaceFix && index === 0 ? [question] : []),
        ...plain(file).map((edit): AnnotatedTextEdit => ({ ...edit, annotationId })),
      ],
    })),
    changeAnnotations: {
      [annotationId]: { label, needsConfirmation: !client.workspaceFix },
      ...(client.workspaceFix && {
        review: { label: t('Look through the changes below, then apply them'), needsConfirmation: true },
      }),
    },
  };
}

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
