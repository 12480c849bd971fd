import { t } from '@vscode/l10n';
import { entry, type Span, type SyntaxNode } from '../../template/syntax.ts';
import { columnOf, isFirstOnLine } from './lines.ts';
import type { Token } from './tokens.ts';
import { refused, type Refused, type WrittenTemplate } from './written-template.ts';

/** A value with the tokens that it is written with, from index `from` up to `to`: none where it is left out. */
export interface WrittenValue {
  readonly node: SyntaxNode;
  readonly from: number;
  readonly to: number;
}

/** An entry of a mapping or an item of a sequence, with its tokens. */
export interface Member {
  readonly from: number;
  readonly to: number;
  /** Undefined for an item, and for an entry that is no plain `key: value`, such as a merge. */
  readonly name: string | undefined;
  readonly value: WrittenValue | undefined;
}

/** A mapping or sequence as it is written; what is merged into it from elsewhere is no member. */
export type Collection = BlockCollection | FlowCollection;

interface CollectionBase {
  readonly kind: 'collection';
  readonly of: 'mapping' | 'sequence';
  readonly node: SyntaxNode;
  readonly members: readonly Member[];
}

/** Laid out by indentation. */
export interface BlockCollection extends CollectionBase {
  readonly style: 'block';
  /** Of its keys or dashes. */
  readonly column: number;
}

/** Within braces or brackets: JSON, and YAML's flow style. */
export interface FlowCollection extends CollectionBase {
  readonly style: 'flow';
  readonly open: Token;
  readonly close: Token;
}

/** The text of some tokens; empty, at the end of the token before, where there are none. */
export function spanOfTokens({ tokens }: WrittenTemplate, from: number, to: number): Span {
  const last = tokens[to - 1]?.end ?? 0;
  return { start: from < to ? (tokens[from]?.start ?? last) : last, end: last };
}

/** The whole template. */
export function rootValue(template: WrittenTemplate): WrittenValue {
  const { tokens, root } = template;
  const at = tokens.findIndex(({ start }) => start >= root.span.start);
  let from = at;
  while (from > 0 && tokens[from - 1]?.kind !== 'document') from -= 1;
  const next = tokens.findIndex(({ kind }, index) => index > at && kind === 'document');
  return { node: root, from, to: next < 0 ? tokens.length : next };
}

/** The mapping or sequence that a value is, seen from its tokens. */
export function collectionOf(template: WrittenTemplate, value: WrittenValue): Collection | Refused {
  const { node } = value;
  const from = contentFrom(template, value);
  const first = template.tokens[from];
  if (node.kind === 'scalar' || first === undefined || from >= value.to) {
    return refused(t('There is no mapping or list here to add to.'));
  }
  if (first.kind === 'alias') return refused(aliasReason);
  if (isShortCall(template, node)) return refused(t('This value is made by an intrinsic function.'));
  const collection =
    first.kind === 'open'
      ? flowCollection(template, node, from, value.to)
      : blockCollection(template, node, from, value.to);
  return collection ?? refused(t('This part of the template is written in a way that is not edited.'));
}

const aliasReason = t('This value is an alias; it is written, and shared, elsewhere in the template.');

/** The argument of a call in its short form, such as `X` of `!Ref X`; undefined for any other value. */
export function shortArgument(template: WrittenTemplate, value: WrittenValue): WrittenValue | undefined {
  const { node } = value;
  if (!isShortCall(template, node)) return undefined;
  const [only] = node.kind === 'mapping' ? node.entries : [];
  if (only === undefined) return undefined;
  for (let index = value.from; index < value.to; index += 1) {
    if (template.tokens[index]?.start === only.keySpan.start) {
      return { node: only.value, from: index + 1, to: value.to };
    }
  }
  return undefined;
}

/** Whether a node is a call such as `!Ref X`. */
export function isShortCall({ text }: WrittenTemplate, node: SyntaxNode): boolean {
  return node.kind === 'mapping' && node.entries.length === 1 && text[node.entries[0]!.keySpan.start] === '!';
}

/** Whether a value is written as an alias of something elsewhere. */
export function isAlias({ tokens }: WrittenTemplate, { from, to }: WrittenValue): boolean {
  return from < to && tokens[from]?.kind === 'alias';
}

/** The first token behind anchors and tags. */
function contentFrom(template: WrittenTemplate, { from, to }: WrittenValue): number {
  let index = from;
  while (index < to && ['anchor', 'tag'].includes(template.tokens[index]?.kind ?? '')) index += 1;
  return index;
}

/** Where the members of a block collection begin: at its column, each the first on its line. */
function blockStarts({ text, tokens }: WrittenTemplate, from: number, to: number): number[] {
  const first = tokens[from]!;
  const column = columnOf(text, first.start);
  const isSequence = first.kind === 'dash';
  const starts = [from];
  let depth = 0;
  for (let index = from; index < to; index += 1) {
    const { kind, start } = tokens[index]!;
    const isStart =
      index > from &&
      depth === 0 &&
      // Its lines are not those of the collection.
      kind !== 'block-scalar' &&
      // A list may stand at the column of its own key.
      (kind === 'dash') === isSequence &&
      isFirstOnLine(text, start) &&
      columnOf(text, start) === column;
    if (isStart) starts.push(index);
    if (kind === 'open') depth += 1;
    if (kind === 'close') depth -= 1;
  }
  return starts;
}

function blockCollection(
  template: WrittenTemplate,
  node: SyntaxNode,
  from: number,
  to: number,
): BlockCollection | undefined {
  const { text, tokens } = template;
  const first = tokens[from]!;
  const starts = blockStarts(template, from, to);
  const column = columnOf(text, first.start);
  const ranges = starts.map((start, index) => ({ from: start, to: starts[index + 1] ?? to }));
  if (first.kind === 'dash') {
    const members = items(node, ranges, 1);
    return members && { kind: 'collection', of: 'sequence', style: 'block', node, column, members };
  }
  if (node.kind !== 'mapping') return undefined;
  const members = ranges.map((range) => entryMember(template, node, range));
  return { kind: 'collection', of: 'mapping', style: 'block', node, column, members };
}

function flowCollection(
  template: WrittenTemplate,
  node: SyntaxNode,
  from: number,
  to: number,
): FlowCollection | undefined {
  const { tokens } = template;
  const open = tokens[from]!;
  const ranges: { from: number; to: number }[] = [];
  let depth = 1;
  let start = from + 1;
  for (let index = start; index < to; index += 1) {
    const { kind } = tokens[index]!;
    if (kind === 'close') depth -= 1;
    if ((depth === 1 && kind === 'comma') || depth === 0) {
      if (index > start) ranges.push({ from: start, to: index });
      start = index + 1;
    }
    if (depth === 0) {
      const close = tokens[index]!;
      if (node.kind === 'mapping') {
        const members = ranges.map((range) => entryMember(template, node, range));
        return { kind: 'collection', of: 'mapping', style: 'flow', node, open, close, members };
      }
      const members = items(node, ranges, 0);
      return members && { kind: 'collection', of: 'sequence', style: 'flow', node, open, close, members };
    }
    if (kind === 'open') depth += 1;
  }
  return undefined;
}

interface TokenRange {
  readonly from: number;
  readonly to: number;
}

/** @param lead Tokens that stand before the value of each item. */
function items(node: SyntaxNode, ranges: readonly TokenRange[], lead: number): Member[] | undefined {
  if (node.kind !== 'sequence' || node.items.length !== ranges.length) return undefined;
  return ranges.map(({ from, to }, index) => ({
    from,
    to,
    name: undefined,
    value: { node: node.items[index]!, from: from + lead, to },
  }));
}

/** The entry that begins with some token; without a name where it is no plain `key: value`. */
function entryMember({ tokens }: WrittenTemplate, node: SyntaxNode, { from, to }: TokenRange): Member {
  const irregular: Member = { from, to, name: undefined, value: undefined };
  const [key, colon] = [tokens[from], tokens[from + 1]];
  if (node.kind !== 'mapping' || key?.kind !== 'scalar' || colon?.kind !== 'colon') return irregular;
  const found = node.entries.find(({ keySpan }) => keySpan.start === key.start);
  return found === undefined
    ? irregular
    : { from, to, name: found.name, value: { node: found.value, from: from + 2, to } };
}

/** Whether a mapping has an entry of its own of some name: one that is merged into it can be overridden. */
export function hasOwn(
  { text, tokens }: WrittenTemplate,
  { members, node }: Collection,
  name: string,
): boolean {
  const isIrregular = ({ from, value }: Member): boolean =>
    value === undefined && text.slice(tokens[from]!.start, tokens[from]!.end) !== '<<';
  return (
    members.some((member) => member.name === name) ||
    (members.some(isIrregular) && entry(node, name) !== undefined)
  );
}
