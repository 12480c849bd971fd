import type { Part } from './kept.ts';

/**
 * The positioned tree that both readers (YAML and JSON) produce and everything else works on.
 *
 * Spans are half-open ranges of UTF-16 code units into the text that was read, so they can be handed to
 * `TextDocument.positionAt` as they are. Lines and columns exist only at the edges (LSP, command line).
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type SyntaxNode = Scalar | Sequence | Mapping;

export interface Scalar {
  readonly kind: 'scalar';
  readonly span: Span;
  /** The value as CloudFormation compares it: always text, `true` and `false` for YAML's booleans. */
  readonly text: string;
  /** True for an absent value (`Key:` with nothing behind it, `null`, `~`). */
  readonly isNull: boolean;
}

export interface Sequence {
  readonly kind: 'sequence';
  readonly span: Span;
  readonly items: readonly SyntaxNode[];
}

export interface Mapping {
  readonly kind: 'mapping';
  readonly span: Span;
  /** In the order of the text. A key that stands twice is here twice; {@link entry} takes the last. */
  readonly entries: readonly Entry[];
  /** Set where entries come and go while it stays the same object. */
  readonly live?: LiveEntries;
}

/**
 * Entries that go on being typed. Who looks at one, or asks about all, is noted to do so, so that what was made of it is
 * made again when there are others.
 */
export interface LiveEntries {
  /** All, without a note: for those who note what they ask. */
  readonly unnoted: readonly Entry[];
  /** Those that count, without a note: of one name the last. */
  readonly unnotedByName: ReadonlyMap<string, Entry>;
  noteName(name: string): void;
  /** @returns what changes when another answer is to be given */
  noteQuestion(question: FactsQuestion): Part | undefined;
  noteAll(): void;
}

export interface Entry {
  readonly name: string;
  readonly keySpan: Span;
  readonly value: SyntaxNode;
  /** What is known of the value before it is read; undefined where it has been read with the whole document. */
  readonly facts?: EntryFacts;
  /** Notes that its facts were looked at; undefined as above. */
  noteFactsLook?(): void;
  /** Whether its text has that word, told before it is read, and noted; undefined as above. */
  mentions?(word: string): boolean;
}

/** What an entry says of itself in keys one level below it. */
export interface EntryFacts {
  readonly isMapping: boolean;
  /** The text of `Type`. */
  readonly type: string | undefined;
  /** The text of `Condition`. */
  readonly condition: string | undefined;
  /** The keys of `Metadata`, be it in the entry or the entry itself. */
  readonly metadataKeys: readonly string[];
}

/** What is asked of the name and the facts of all entries alike; the same function for the same question. */
export type FactsQuestion = (facts: EntryFacts, name: string) => boolean;

/** The facts of an entry, from its value where that has been read. */
export function factsOf(one: Entry): EntryFacts {
  one.noteFactsLook?.();
  return unnotedFactsOf(one);
}

/** For those who note what they ask. */
export function unnotedFactsOf(one: Entry): EntryFacts {
  return one.facts ?? factsIn(one.name, one.value);
}

/** Whether the value of an entry is a mapping, told before it is read: one that is none is another entry. */
export function hasMapping(one: Entry): boolean {
  return one.facts?.isMapping ?? one.value.kind === 'mapping';
}

/** The facts that a value of that name shows when it has been read. */
export function factsIn(name: string, value: SyntaxNode): EntryFacts {
  const metadata = [...entriesOf(child(value, 'Metadata')), ...(name === 'Metadata' ? entriesOf(value) : [])];
  return {
    isMapping: value.kind === 'mapping',
    type: textOf(child(value, 'Type')),
    condition: textOf(child(value, 'Condition')),
    metadataKeys: metadata.map(({ name: key }) => key),
  };
}

/** Whether that word may stand in an entry. Where it does not, that is told without reading it, mostly. */
export function mayMention(one: Entry, word: string): boolean {
  // Behind a backslash, any letter may be written as a number.
  return one.mentions === undefined || one.mentions(word) || one.mentions('\\');
}

/**
 * Whether the value of an entry may stand around an offset. Where it does not, that is told without reading it, mostly:
 * what has not been read with the whole stands between its key and the next one.
 *
 * @param all The entries among which it is, in the order of the text.
 */
export function mayStandAround(all: readonly Entry[], index: number, offset: number): boolean {
  const { facts, keySpan } = all[index]!;
  if (facts === undefined) return true;
  return keySpan.start <= offset && offset < (all[index + 1]?.keySpan.start ?? Infinity);
}

/** Makes spans of offsets in the text that a reader was given. */
export type SpanMaker = (start: number, end: number) => Span;

/** Spans of a text that stands in the file from `base` on. */
export function spansFrom(base: number): SpanMaker {
  return (start, end) => ({ start: start + base, end: end + base });
}

/**
 * The entry of that name, or undefined where the node is no mapping or has none.
 * Of duplicates the last counts, as in CloudFormation's own reader.
 */
export function entry(node: SyntaxNode | undefined, name: string): Entry | undefined {
  if (node?.kind !== 'mapping') return undefined;
  const { live } = node;
  if (live === undefined) return node.entries.findLast((candidate) => candidate.name === name);
  live.noteName(name);
  return live.unnotedByName.get(name);
}

/** All entries of that name. */
export function entriesNamed(node: SyntaxNode | undefined, name: string): readonly Entry[] {
  if (node?.kind !== 'mapping') return [];
  node.live?.noteName(name);
  return unnotedEntriesOf(node).filter((candidate) => candidate.name === name);
}

/** For those who note what they ask. */
export function unnotedEntriesOf(mapping: Pick<Mapping, 'live' | 'entries'>): readonly Entry[] {
  return mapping.live?.unnoted ?? mapping.entries;
}

/** The value under that key, or undefined where the node is no mapping or has none. */
export function child(node: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
  return entry(node, name)?.value;
}

/** The text of a non-null scalar, else undefined. */
export function textOf(node: SyntaxNode | undefined): string | undefined {
  return node?.kind === 'scalar' && !node.isNull ? node.text : undefined;
}

/** The entries of a mapping; none for any other node. */
export function entriesOf(node: SyntaxNode | undefined): readonly Entry[] {
  return node?.kind === 'mapping' ? node.entries : [];
}

/** The same sequence with other items; itself where they are the same. */
export function withItems(sequence: Sequence, items: readonly SyntaxNode[]): Sequence {
  return areSame(items, sequence.items) ? sequence : { ...sequence, items };
}

/** The same mapping with other entries; itself where they are the same. */
export function withEntries(mapping: Mapping, entries: readonly Entry[]): Mapping {
  return areSame(entries, mapping.entries) ? mapping : { kind: 'mapping', span: mapping.span, entries };
}

/** The same entry with another value, of which nothing is known beforehand; itself where it is the same. */
export function withValue(one: Entry, value: SyntaxNode): Entry {
  return value === one.value ? one : { name: one.name, keySpan: one.keySpan, value };
}

function areSame<T>(left: readonly T[], right: readonly T[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}

/** Aliases make one node stand in many places, so the text of a node can be far longer than the template. */
const longestCanonicalText = 10_000;

/**
 * A text that is the same for expressions of the same meaning, however they are spelt: YAML or JSON, short
 * tags or long. Expressions of absurd length are told apart by their place instead.
 */
export function canonicalText(node: SyntaxNode | undefined): string {
  const pieces: string[] = [];
  let length = 0;
  const add = (piece: string): void => {
    pieces.push(piece);
    length += piece.length;
  };
  const visit = (current: SyntaxNode): void => {
    if (length > longestCanonicalText) return;
    if (current.kind === 'scalar') add(current.isNull ? 'null' : JSON.stringify(current.text));
    else if (current.kind === 'sequence') {
      add('[');
      for (const item of current.items) {
        visit(item);
        add(',');
      }
      add(']');
    } else {
      add('{');
      for (const { name, value } of current.entries) {
        add(`${JSON.stringify(name)}:`);
        visit(value);
        add(',');
      }
      add('}');
    }
  };
  if (node !== undefined) visit(node);
  return length > longestCanonicalText ? `at ${node?.span.start}` : pieces.join('');
}
