import { intrinsicCall } from './intrinsics.ts';
import { textOf, withEntries, withItems, type Entry, type Mapping, type SyntaxNode } from './syntax.ts';

/** What stands in place of a loop's identifier. */
export interface Substitution {
  /** For `${Identifier}`. */
  readonly text: string;
  /** For `&{Identifier}`, which leaves out all but letters and digits. */
  readonly bareText: string;
  /** For `Ref: Identifier`: another name to refer to; undefined where the text takes its place. */
  readonly name: string | undefined;
}

/**
 * The tree with a loop's identifier replaced, in keys as in values. Spans stay those of the text, what is not
 * touched stays the same node, and what aliases share stays shared.
 */
export function substitute(body: Mapping, identifier: string, by: Substitution): Mapping {
  // An identifier is letters and digits; anything else is a loop that is still being typed.
  if (!/^\w+$/.test(identifier)) return body;
  const pattern = new RegExp(String.raw`[$&]\{\s*${identifier}\s*\}`, 'g');
  const inText = (text: string): string =>
    text.includes('{')
      ? text.replaceAll(pattern, (found) => (found.startsWith('&') ? by.bareText : by.text))
      : text;
  const done = new Map<SyntaxNode, SyntaxNode>();

  const visit = (node: SyntaxNode): SyntaxNode => {
    const known = done.get(node);
    if (known !== undefined) return known;
    const replaced = replace(node);
    done.set(node, replaced);
    return replaced;
  };
  const replace = (node: SyntaxNode): SyntaxNode => {
    if (node.kind === 'scalar') {
      const text = inText(node.text);
      return text === node.text ? node : { ...node, text };
    }
    if (node.kind === 'sequence') return withItems(node, node.items.map(visit));
    return replaceReference(node, identifier, by) ?? replaceEntries(node);
  };
  const replaceEntries = (node: Mapping): Mapping => {
    const entries = node.entries.map((entry): Entry => {
      const name = inText(entry.name);
      const value = visit(entry.value);
      return name === entry.name && value === entry.value ? entry : { ...entry, name, value };
    });
    return withEntries(node, entries);
  };
  return replaceEntries(body);
}

/** `Ref: Identifier` is the item itself. */
function replaceReference(node: Mapping, identifier: string, by: Substitution): SyntaxNode | undefined {
  const call = intrinsicCall(node);
  if (call?.name !== 'Ref' || textOf(call.argument) !== identifier) return undefined;
  const { span } = node;
  if (by.name === undefined) return { kind: 'scalar', span, text: by.text, isNull: false };
  const argument: SyntaxNode = { kind: 'scalar', span: call.argument.span, text: by.name, isNull: false };
  return { kind: 'mapping', span, entries: [{ name: 'Ref', keySpan: call.nameSpan, value: argument }] };
}

/** How many nodes a tree has, shared ones once, counted no further than `most`. */
export function weigh(tree: SyntaxNode, most: number): number {
  const seen = new Set<SyntaxNode>();
  const open = [tree];
  for (let node = open.pop(); node !== undefined && seen.size < most; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'sequence') for (const item of node.items) open.push(item);
    if (node.kind === 'mapping') for (const { value } of node.entries) open.push(value);
  }
  return seen.size;
}
