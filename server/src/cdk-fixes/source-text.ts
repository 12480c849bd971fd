import type { SyntaxNode, Tree } from '@lezer/common';
import type { Span } from '../template/syntax.ts';

/** A file in a language that CDK apps are written in, with its tree; half-typed parts have error nodes. */
export interface SourceText {
  readonly text: string;
  readonly tree: Tree;
}

/** Items between brackets, or, in Python's imports, without any. */
export interface ListSite {
  /** Between the brackets. */
  readonly span: Span;
  readonly items: readonly Span[];
  /** Behind the comma after the last item. */
  readonly afterTrailingComma?: number;
}

export function spanOf({ from, to }: SyntaxNode): Span {
  return { start: from, end: to };
}

export function textOf({ from, to }: SyntaxNode, { text }: SourceText): string {
  return text.slice(from, to);
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** The children without comments. */
export function tokensOf(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).filter(({ name }) => !name.endsWith('Comment'));
}

/** All nodes of some kinds, in the order of the text. */
export function nodesNamed(root: SyntaxNode, ...names: readonly string[]): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  root.cursor().iterate((reference) => {
    if (names.includes(reference.name)) found.push(reference.node);
  });
  return found;
}

/** How many places of a tree did not parse. */
export function errorCount(tree: Tree): number {
  let count = 0;
  tree.iterate({
    enter: ({ type, node }) => {
      if (type.isError && !isImportEquals(node)) count += 1;
    },
  });
  return count;
}

/** `import ec2 = require('…')`, which the parser does not know. */
function isImportEquals({ parent, firstChild }: SyntaxNode): boolean {
  return parent?.name === 'ImportDeclaration' && firstChild?.name === 'Equals';
}

/** Whether anything in a node did not parse. */
export function isHalfTyped(node: SyntaxNode): boolean {
  let found = false;
  node.cursor().iterate(({ type }) => {
    found ||= type.isError;
    return !found;
  });
  return found;
}

/** What stands between a node's brackets, each item from its first token to its last. */
export function listSite(node: SyntaxNode): ListSite | undefined {
  const tokens = tokensOf(node);
  const [open] = tokens;
  const close = tokens.at(-1);
  if (open === undefined || close === undefined || open === close) return undefined;
  return { span: { start: open.to, end: close.from }, ...itemsOf(tokens.slice(1, -1)) };
}

/** Items that commas separate. */
export function itemsOf(tokens: readonly SyntaxNode[]): Omit<ListSite, 'span'> {
  const items: Span[] = [];
  let isOpen = false;
  for (const token of tokens) {
    const last = items.at(-1);
    if (token.name === ',') isOpen = false;
    else if (isOpen && last !== undefined) items[items.length - 1] = { start: last.start, end: token.to };
    else {
      items.push(spanOf(token));
      isOpen = true;
    }
  }
  const last = tokens.at(-1);
  return { items, ...(last?.name === ',' && { afterTrailingComma: last.to }) };
}

/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/** Where the line of an offset ends, before its line end. */
export function lineEnd(text: string, offset: number): number {
  const rest = /[\r\n]/.exec(text.slice(offset));
  return rest === null ? text.length : offset + rest.index;
}

/** The spaces and tabs that the line of an offset begins with. */
export function indentationAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';
}
