import { t } from '@vscode/l10n';
import { localIncludes } from '../template/includes.ts';
import { includeMacro } from '../template/macros.ts';
import { readDocuments } from '../template/read.ts';
import { child, textOf, type Span, type SyntaxNode } from '../template/syntax.ts';
import { nestedStacksIn } from '../template/resources.ts';
import { beside, nestedTemplatePath } from '../workspace/nested-templates.ts';
import type { FileAnalysis } from '../workspace/file-check.ts';
import { contains } from './place.ts';

/** A text that names another file. */
export interface TemplateLink {
  readonly span: Span;
  readonly file: string;
  readonly tooltip: string;
}

/**
 * The links of a file to the templates that it nests and the files that it includes.
 *
 * @param has Whether a file is there; a link to nothing would offer to make it.
 */
export function linksIn(
  text: string,
  { file, templates }: Pick<FileAnalysis, 'file' | 'templates'>,
  has: (file: string) => boolean,
): readonly TemplateLink[] {
  const links = templates.flatMap((template) =>
    nestedStacksIn(template).flatMap((stack): TemplateLink[] => {
      const target = nestedTemplatePath(stack, template);
      if (target === undefined || !has(target)) return [];
      const { properties, metadata } = stack;
      const nodes = [
        child(properties, 'TemplateURL'),
        child(properties, 'Location'),
        child(metadata, 'aws:asset:path'),
      ];
      return nodes.flatMap((node) =>
        textOf(node) === undefined || node === undefined
          ? []
          : [
              {
                span: innerSpan(node, text),
                file: target,
                tooltip: t('Open the template of {0}', stack.logicalId),
              },
            ],
      );
    }),
  );
  return [...links, ...includesIn(text, file, has)].toSorted((a, b) => a.span.start - b.span.start);
}

/** Of an include, the template keeps what it includes only; so the text is read again, where it has any. */
function includesIn(text: string, file: string, has: (file: string) => boolean): readonly TemplateLink[] {
  if (!text.includes(includeMacro)) return [];
  return readDocuments(text).flatMap(({ root }) =>
    root === undefined
      ? []
      : localIncludes(root).flatMap(({ location, span }): TemplateLink[] => {
          const target = beside(file, location);
          return has(target) ? [{ span, file: target, tooltip: t('Open the included file') }] : [];
        }),
  );
}

export function linkAt(offset: number, links: readonly TemplateLink[]): TemplateLink | undefined {
  return links.find(({ span }) => contains(span, offset));
}

function innerSpan({ span }: SyntaxNode, text: string): Span {
  const isQuoted = text[span.start] === '"' || text[span.start] === "'";
  return isQuoted ? { start: span.start + 1, end: span.end - 1 } : span;
}
