import { Composer, type CST, type Document, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Steps } from '../steps.ts';

/** A document as the parser understands it. */
export type ParsedDocument = Pick<Document.Parsed, 'contents' | 'errors' | 'range'>;

export interface DocumentTokens {
  readonly before: readonly CST.Token[];
  readonly document: CST.Document;
  /** Mistakes that are told behind a document are taken for mistakes in it. */
  readonly behind: readonly CST.Token[];
}

type CollectionToken = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;
type Item = CST.CollectionItem;
type Collection = YAMLMap.Parsed | YAMLSeq.Parsed;

/** Composes a document some entries at a time, each portion of them as if it were a document. */
export class Portions {
  readonly #entriesAStep: number;
  readonly #sizes = new Sizes();
  readonly #errors: Document.Parsed['errors'] = [];

  /** @param entriesAStep Of all collections, however deep they stand. */
  constructor(entriesAStep: number) {
    this.#entriesAStep = entriesAStep;
  }

  *compose({ before, document, behind }: DocumentTokens): Steps<ParsedDocument> {
    const { offset, start, value, end } = document;
    const top = this.#divisible(value, start, 'document');
    if (top === undefined) return compose([...before, document, ...behind])[0]!;
    const root = this.#take([...before, { type: 'document', offset, start, value: this.#beginning(top) }]);
    yield;
    yield* this.#addRest(root, top);
    const rest: CST.Document = { type: 'document', offset: root.range[2], start: [] };
    const [empty] = compose([end === undefined ? rest : { ...rest, end }, ...behind]);
    this.#noteErrors(empty!);
    return { contents: root, errors: this.#errors, range: [offset, root.range[2], empty!.range[2]] };
  }

  /**
   * The collection that a value is, where it has more than one portion.
   *
   * @param place What it stands in.
   */
  #divisible(
    value: CST.Token | undefined,
    before: readonly CST.SourceToken[],
    place: 'document' | CollectionToken['type'],
  ): CollectionToken | undefined {
    if (this.#sizes.of(value) <= this.#entriesAStep) return undefined;
    const collection = soundCollection(value, before);
    return place === 'flow-collection' && collection?.type !== place ? undefined : collection;
  }

  #divisibleAtEnd(whole: CollectionToken, items: readonly Item[]): CollectionToken | undefined {
    const last = items.at(-1);
    if (last === undefined || !isUsual(last, whole)) return undefined;
    return this.#divisible(last.value, last.sep ?? last.start, whole.type);
  }

  /** The entries that are composed at one go, of which the last one alone may have more than one portion. */
  #portionsOf(whole: CollectionToken): Item[][] {
    const { type, items } = whole;
    const portions: Item[][] = [[]];
    let size = 0;
    for (const [index, item] of items.entries()) {
      portions.at(-1)!.push(item);
      size += this.#sizes.ofItem(item);
      const next = items[index + 1];
      if (size < this.#entriesAStep || next === undefined) continue;
      // In flow style, what is not as usual is left together, so that it is said what is wrong with it.
      if (type === 'flow-collection' && !(item.value && isBehindComma(next, whole))) continue;
      portions.push([]);
      size = 0;
    }
    return portions;
  }

  /** A collection with its first portion alone. */
  #beginning(whole: CollectionToken): CollectionToken {
    const [first = []] = this.#portionsOf(whole);
    return portion(whole, this.#withoutRest(whole, first));
  }

  #withoutRest(whole: CollectionToken, items: readonly Item[]): readonly Item[] {
    const long = this.#divisibleAtEnd(whole, items);
    return long === undefined
      ? items
      : [...items.slice(0, -1), { ...items.at(-1)!, value: this.#beginning(long) }];
  }

  /** @param made What was made of the first portion. */
  *#addRest(made: Collection, whole: CollectionToken): Steps<void> {
    const [first = [], ...others] = this.#portionsOf(whole);
    yield* this.#addRestOfLast(made, whole, first);
    for (const items of others) {
      const value = portion(whole, this.#withoutRest(whole, items), made);
      const more = this.#take([{ type: 'document', offset: value.offset, start: [], value }]);
      // No spread: a call takes only so many arguments.
      for (const item of more.items) (made.items as unknown[]).push(item);
      made.range = [made.range[0], more.range[1], more.range[2]];
      yield;
      yield* this.#addRestOfLast(made, whole, items);
    }
  }

  *#addRestOfLast(made: Collection, whole: CollectionToken, items: readonly Item[]): Steps<void> {
    const long = this.#divisibleAtEnd(whole, items);
    if (long === undefined) return;
    const held = lastValueIn(made) as Collection;
    yield* this.#addRest(held, long);
    if (whole.type !== 'flow-collection') made.range = [made.range[0], held.range[2], held.range[2]];
  }

  #take(tokens: readonly CST.Token[]): Collection {
    const [composed] = compose(tokens);
    this.#noteErrors(composed!);
    return composed!.contents as Collection;
  }

  #noteErrors({ errors }: ParsedDocument): void {
    for (const error of errors) this.#errors.push(error);
  }
}

/** How many entries collections have, with those of all that stands in them. */
class Sizes {
  readonly #known = new Map<CST.Token, number>();

  of(token: CST.Token | null | undefined): number {
    if (!token || !('items' in token)) return 0;
    let size = this.#known.get(token);
    if (size === undefined) {
      size = 0;
      for (const item of token.items) size += this.ofItem(item);
      this.#known.set(token, size);
    }
    return size;
  }

  ofItem({ key, value }: Item): number {
    return 1 + this.of(key) + this.of(value);
  }
}

/**
 * The collection that a value is, if it is none of which only the whole tells what it is: what has a tag may become
 * something else, and mistakes such as a bracket that is not closed may be told of the entries before.
 */
function soundCollection(
  value: CST.Token | undefined,
  before: readonly CST.SourceToken[],
): CollectionToken | undefined {
  if (has(before, 'tag')) return undefined;
  if (value?.type !== 'block-map' && value?.type !== 'block-seq' && value?.type !== 'flow-collection') {
    return undefined;
  }
  if (value.type === 'flow-collection' && !isClosed(value)) return undefined;
  // The last item may be a comment.
  const isSound = value.items.every(
    (item, index) => isUsual(item, value) || index === value.items.length - 1,
  );
  return isSound ? value : undefined;
}

function isClosed({ start, end }: CST.FlowCollection): boolean {
  return end[0]?.type === (start.type === 'flow-map-start' ? 'flow-map-end' : 'flow-seq-end');
}

/** Whether an item is a pair with a value in a mapping, or a value alone in a sequence. */
function isUsual({ start, key, sep, value }: Item, whole: CollectionToken): boolean {
  if (isMapping(whole)) return has(sep, 'map-value-ind');
  if (whole.type === 'block-seq') return has(start, 'seq-item-ind');
  return key === undefined && sep === undefined && value !== undefined && !has(start, 'explicit-key-ind');
}

function isMapping(token: CollectionToken): boolean {
  return (
    token.type === 'block-map' || (token.type === 'flow-collection' && token.start.type === 'flow-map-start')
  );
}

function has(tokens: readonly CST.SourceToken[] = [], wanted: CST.SourceToken['type']): boolean {
  return tokens.some(({ type }) => type === wanted);
}

/** @param made What was made of the entries before. */
function portion(whole: CollectionToken, items: readonly Item[], made?: Collection): CollectionToken {
  if (whole.type !== 'flow-collection') {
    return { ...whole, offset: made?.range[2] ?? whole.offset, items: items as never };
  }
  const isLast = items.at(-1)?.start === whole.items.at(-1)?.start;
  const closing = isMapping(whole)
    ? ({ type: 'flow-map-end', source: '}' } as const)
    : ({ type: 'flow-seq-end', source: ']' } as const);
  const end = isLast ? whole.end : [{ ...whole.start, ...closing }];
  if (made === undefined) return { ...whole, items: [...items], end };
  const [first, ...others] = items;
  const start = first!.start.filter(({ type }) => type !== 'comma');
  const offset = lastValueIn(made).range[2] - whole.start.source.length;
  return { ...whole, offset, items: [{ ...first!, start }, ...others], end };
}

function lastValueIn({ items }: Collection): { readonly range: readonly [number, number, number] } {
  const last = items.at(-1)!;
  return 'key' in last ? last.value! : last;
}

/** Whether a usual item of a collection in flow style begins with the comma that parts it from the one before. */
function isBehindComma(item: Item, whole: CollectionToken): boolean {
  const commas = item.start.filter(({ type }) => type === 'comma');
  return commas.length === 1 && Boolean(isMapping(whole) ? item.key : item.value);
}

export function compose(tokens: readonly CST.Token[]): ParsedDocument[] {
  // An error object is made for each tag that the parser does not know, such as `!Ref`; to note where in the code
  // each was made takes longer than the parsing.
  const { stackTraceLimit } = Error as ErrorsOfV8;
  (Error as ErrorsOfV8).stackTraceLimit = 0;
  try {
    const manner = {
      version: '1.1',
      merge: true,
      uniqueKeys: false,
      strict: false,
      logLevel: 'silent',
    } as const;
    return Array.from(new Composer(manner).compose(tokens));
  } finally {
    (Error as ErrorsOfV8).stackTraceLimit = stackTraceLimit;
  }
}

/** https://v8.dev/docs/stack-trace-api; elsewhere the property has no effect. */
type ErrorsOfV8 = ErrorConstructor & { stackTraceLimit?: number | undefined };
