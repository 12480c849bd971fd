import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem,
  type Connection,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Completion } from '../language/completion/completion.ts';
import { completionsAt, projectFileCompletionsAt } from '../language/completion/completions.ts';
import { computeOnce } from '../template/kept.ts';
import { isProjectFile } from '../workspace/project-file.ts';
import type { ClientProfile } from './client-profile.ts';
import { toRange } from './diagnostic.ts';
import { fileOf } from './files.ts';
import { toMarkup } from './markup.ts';
import { offersOfOthers } from './other-tools.ts';
import type { TemplateOf } from './template-at-hand.ts';

export interface CompletionParts {
  readonly connection: Pick<Connection, 'onCompletion'>;
  readonly client: ClientProfile;
  readonly documents: Pick<TextDocuments<TextDocument>, 'get'>;
  readonly templateOf: TemplateOf;
}

const kinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  property: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  reference: CompletionItemKind.Reference,
  field: CompletionItemKind.Field,
  snippet: CompletionItemKind.Snippet,
};

/** Answers `textDocument/completion`. */
export function serveCompletions({ connection, client, documents, templateOf }: CompletionParts): void {
  function toItem(completion: Completion, index: number, document: TextDocument): CompletionItem {
    const { label, kind, detail, documentation, span, newText, filterText = label } = completion;
    const isSnippet = kind === 'snippet';
    return {
      label,
      kind: kinds[kind],
      ...(detail !== undefined && { detail }),
      ...(documentation !== undefined && {
        documentation: toMarkup(documentation, client.markdownCompletions),
      }),
      ...(filterText !== label && { filterText }),
      // In our order rather than by the alphabet.
      sortText: String(index).padStart(3, '0'),
      ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
      ...(isSnippet && client.adjustsIndentation && { insertTextMode: InsertTextMode.adjustIndentation }),
      textEdit: { range: toRange(span, document), newText },
    };
  }

  connection.onCompletion(async ({ textDocument: { uri }, position }, token) => {
    const document = documents.get(uri);
    if (document === undefined) return [];
    const offset = document.offsetAt(position);
    const text = document.getText();
    const others = offersOfOthers(client.otherTools, document);
    const found = isProjectFile(fileOf(uri))
      ? projectFileCompletionsAt(offset, text, others)
      : await templateOf(uri, () => token.isCancellationRequested).then((template) =>
          template === undefined
            ? []
            : computeOnce(() => completionsAt(offset, text, template.check, template.analysis, others)),
        );
    return found
      .filter(({ kind }) => kind !== 'snippet' || client.snippetCompletions)
      .map((completion, index) => toItem(completion, index, document));
  });
}
