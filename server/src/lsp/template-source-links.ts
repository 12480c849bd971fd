import { t } from '@vscode/l10n';
import type { DocumentLink, LocationLink, Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LinkToSource, LinkToTemplate, SourceLinks } from '../cdk/source-links.ts';
import type { Span } from '../template/syntax.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { toRange } from './diagnostic.ts';
import type { Feature } from './features.ts';
import { fileOf, uriOf } from './files.ts';
import { isSourceDocument } from './source-documents.ts';

/** A place in a file, with the text that it is in. */
interface Target {
  readonly file: string;
  readonly text: string;
  readonly span: Span;
}

export interface TemplateSourceParts {
  readonly workspace: Pick<Workspace, 'textOf'>;
  readonly foldersRead: () => Promise<void>;
}

/** Ways between the templates that the CDK synthesised and the code that they come from. */
export function templateSourceLinks(
  links: SourceLinks,
  { workspace, foldersRead }: TemplateSourceParts,
): Feature {
  function targetOf(link: LinkToSource | LinkToTemplate): Target | undefined {
    if ('file' in link) return { file: link.file, text: link.text, span: link.to };
    const text = workspace.textOf(link.template);
    return text === undefined ? undefined : { file: link.template, text, span: link.to };
  }

  return {
    definitions: async (document, position): Promise<LocationLink[]> => {
      await foldersRead();
      const file = fileOf(document.uri);
      const offset = document.offsetAt(position);
      if (isSourceDocument(document)) {
        const found = await links.templatesAt(file, document.getText(), offset);
        return found.flatMap((link) => toLocation(document, link.from, targetOf(link)));
      }
      const link = await links.sourceAt(file, offset);
      return link === undefined ? [] : toLocation(document, link.from, targetOf(link));
    },
    documentLinks: async (document, isStale): Promise<DocumentLink[]> => {
      await foldersRead();
      if (isStale()) return [];
      const file = fileOf(document.uri);
      if (isSourceDocument(document)) {
        return firstOfEach(await links.vpcsIn(file, document.getText())).flatMap((link) =>
          toDocumentLink(
            document,
            link.from,
            targetOf(link),
            t('Open {0} in its template', link.constructPath),
          ),
        );
      }
      const found = await links.sourcesIn(file);
      return found.flatMap((link) =>
        toDocumentLink(document, link.from, targetOf(link), t('Open the code that makes it')),
      );
    },
  };
}

function toLocation(document: TextDocument, from: Span, target: Target | undefined): LocationLink[] {
  if (target === undefined) return [];
  const range = rangeOf(target);
  const originSelectionRange = toRange(from, document);
  return [
    { originSelectionRange, targetUri: uriOf(target.file), targetRange: range, targetSelectionRange: range },
  ];
}

function toDocumentLink(
  document: TextDocument,
  from: Span,
  target: Target | undefined,
  tooltip: string,
): DocumentLink[] {
  if (target === undefined) return [];
  const { start } = rangeOf(target);
  // The way in which VS Code takes a line and a column with a file's address, both from 1.
  const fragment = `#L${start.line + 1},${start.character + 1}`;
  return [{ range: toRange(from, document), target: `${uriOf(target.file)}${fragment}`, tooltip }];
}

function rangeOf({ file, text, span }: Target): Range {
  return toRange(span, TextDocument.create(uriOf(file), '', 0, text));
}

/** A document link has one target, so an expression that several stacks have leads to the first. */
function firstOfEach(links: readonly LinkToTemplate[]): readonly LinkToTemplate[] {
  const first = new Map<number, LinkToTemplate>();
  for (const link of links) if (!first.has(link.from.start)) first.set(link.from.start, link);
  return [...first.values()];
}
