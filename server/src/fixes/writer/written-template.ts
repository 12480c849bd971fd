import { t } from '@vscode/l10n';
import type { ReadDocument } from '../../template/document.ts';
import { readDocumentsInSteps } from '../../template/read.ts';
import type { Steps } from '../../template/steps.ts';
import type { Mapping, Span, SyntaxNode } from '../../template/syntax.ts';
import type { Resource } from '../../template/model.ts';
import { tokenizeInSteps, type Token } from './tokens.ts';

/** Why something cannot be edited, as a sentence for the user. */
export interface Refused {
  readonly kind: 'refused';
  readonly why: string;
}

export function refused(why: string): Refused {
  return { kind: 'refused', why };
}

/** What is half typed is not edited. */
export function broken(): Refused {
  return refused(t('The template has syntax errors; correct them first.'));
}

/** What a template has where, which is enough to plan changes. */
export interface Outline {
  readonly root: Mapping;
  /** The part of the root that holds an offset, where it can be told without reading all of it. */
  readonly around?: (offset: number) => Mapping;
}

/**
 * A template as its author wrote it: loops not expanded, files not included. Of a long one some entries may be left
 * out, of which there is no node, no token and no comment.
 */
export interface WrittenTemplate extends Outline {
  readonly kind: 'template';
  readonly text: string;
  readonly format: 'yaml' | 'json';
  /** In the order of the text, comments left out. */
  readonly tokens: readonly Token[];
  readonly comments: readonly Span[];
}

/** A template of which nothing is left out: every byte of the text is accounted for. */
export interface WholeTemplate extends WrittenTemplate {
  /** All documents of the text; the template is one of them. */
  readonly documents: readonly ReadDocument[];
  readonly documentIndex: number;
}

/**
 * The way from the root of a template to a node as it is written: names of entries and indices of items.
 * An intrinsic call is a step, too: `['Resources', 'Log', 'Properties', 'TrafficType', 'Fn::If', 1]`.
 */
export type Path = readonly (string | number)[];

/**
 * Opens the template of a text for editing.
 *
 * @param offset Any place in the document that is meant; a YAML text may hold several.
 */
export function* openTemplate(text: string, offset?: number): Steps<WholeTemplate | Refused> {
  const documents = yield* readDocumentsOrNone(text);
  const documentIndex =
    offset === undefined
      ? documents.findIndex(({ root }) => root?.kind === 'mapping')
      : documents.findLastIndex(({ root }) => root?.kind === 'mapping' && root.span.start <= offset);
  const document = documents[documentIndex];
  if (document?.root?.kind !== 'mapping') return refused(t('There is no template in this text.'));
  if (documents.some(({ problems }) => problems.length > 0)) {
    return broken();
  }
  return {
    kind: 'template',
    text,
    format: document.format,
    root: document.root,
    documents,
    documentIndex,
    ...(yield* tokenizeInSteps(
      text,
      document.format,
      documents.flatMap(({ root }) => root ?? []),
    )),
  };
}

/** None where the text cannot be read at all. */
export function* readDocumentsOrNone(text: string): Steps<readonly ReadDocument[]> {
  try {
    return yield* readDocumentsInSteps(text);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/**
 * Where a resource is written. All instances of a loop are written in one place, under a name such as
 * `Vpc${Env}`.
 *
 * @param resource One of the analysis of the same text.
 */
export function resourcePath(
  outline: Outline,
  { logicalId, span, loop }: Pick<Resource, 'logicalId' | 'span' | 'loop'>,
): Path | Refused {
  const root = outline.around?.(span.start) ?? outline.root;
  const path = findPath(root, (_, keySpan) => keySpan !== undefined && isSameSpan(keySpan, span));
  const name = path?.at(-1);
  // What a file that is included brings in stands at its transform.
  const isWritten = loop === undefined ? name === logicalId : name !== 'Fn::Transform';
  return path !== undefined && isWritten
    ? path
    : refused(t('{0} is not written in this file, but included in it.', logicalId));
}

/** Where a node of the analysis of the same text is written. */
export function nodePath(outline: Outline, { span }: SyntaxNode): Path | Refused {
  if (isSameSpan(outline.root.span, span)) return [];
  const path = findPath(outline.around?.(span.start) ?? outline.root, (child) =>
    isSameSpan(child.span, span),
  );
  return path ?? refused(t('This value is not written in this file, but included in it.'));
}

/** Tells a path from the reason why there is none. */
export function isPath(found: Path | Refused): found is Path {
  return Array.isArray(found);
}

function isSameSpan(one: Span, other: Span): boolean {
  return one.start === other.start && one.end === other.end;
}

/** The way to the first node, in the order of the text, that a test accepts; its key is that of an entry. */
function findPath(
  root: SyntaxNode,
  accepts: (node: SyntaxNode, keySpan: Span | undefined) => boolean,
): Path | undefined {
  const seen = new Set<SyntaxNode>();
  const visit = (node: SyntaxNode): Path | undefined => {
    if (node.kind === 'scalar' || seen.has(node)) return undefined;
    seen.add(node);
    const children: readonly (readonly [string | number, SyntaxNode, Span?])[] =
      node.kind === 'sequence'
        ? node.items.map((item, index) => [index, item])
        : node.entries.map(({ name, value, keySpan }) => [name, value, keySpan]);
    for (const [step, child, keySpan] of children) {
      if (accepts(child, keySpan)) return [step];
      const rest = visit(child);
      if (rest !== undefined) return [step, ...rest];
    }
    return undefined;
  };
  return visit(root);
}
