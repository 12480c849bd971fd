import { Composer, type CST, type Document, type YAMLMap } from 'yaml';
import type { Steps } from './steps.ts';

/** A document as the parser understands it. */
export type ParsedDocument = Pick<Document.Parsed, 'contents' | 'errors' | 'range'>;

/**
 * Makes the documents of the tokens of a text. Of a long mapping some entries are composed at a time, as if these were
 * a document; what comes out is the same as at one go.
 *
 * @param entriesAStep Of the mapping at the top of a document and of those right below it.
 */
export function* composeYaml(
  tokens: readonly CST.Token[],
  entriesAStep = 16,
): Steps<readonly ParsedDocument[]> {
  // What a directive says holds for all that follows.
  if (tokens.some(({ type }) => type === 'directive')) return compose(tokens);
  const documents: ParsedDocument[] = [];
  for (const one of eachDocument(tokens)) {
    const { before, document, behind } = one;
    const top = mappingIn(document.value, document.start);
    const portions = new Portions(entriesAStep);
    if (top !== undefined && portions.isWorthwhile(top)) documents.push(yield* portions.compose(one, top));
    else documents.push(...compose([...before, document, ...behind]));
    yield;
  }
  return documents;
}

interface DocumentTokens {
  readonly before: readonly CST.Token[];
  readonly document: CST.Document;
  /** Mistakes that are told behind a document are taken for mistakes in it. */
  readonly behind: readonly CST.Token[];
}

function eachDocument(tokens: readonly CST.Token[]): DocumentTokens[] {
  const starts = tokens.flatMap(({ type }, index) => (type === 'document' ? [index] : []));
  return starts.map((start, index) => ({
    before: index === 0 ? tokens.slice(0, start) : [],
    document: tokens[start] as CST.Document,
    behind: tokens.slice(start + 1, starts[index + 1]),
  }));
}

type MappingToken = CST.BlockMap | CST.FlowCollection;
type Item = CST.CollectionItem;

/**
 * The mapping that a value is, if it is none of which only the whole tells what it is: what has a tag may become something
 * else, and mistakes such as a bracket that is not closed may be told of the entries before.
 */
function mappingIn(
  value: CST.Token | undefined,
  before: readonly CST.SourceToken[] = [],
): MappingToken | undefined {
  if (before.some(({ type }) => type === 'tag')) return undefined;
  const isMapping =
    value?.type === 'block-map' ||
    (value?.type === 'flow-collection' &&
      value.start.type === 'flow-map-start' &&
      value.end[0]?.type === 'flow-map-end');
  return isMapping &&
    value.items.every(({ sep }, index) => isSeparator(sep) || index === value.items.length - 1)
    ? value
    : undefined;
}

/** Whether a value follows. */
function isSeparator(tokens: readonly CST.SourceToken[] = []): boolean {
  return tokens.some(({ type }) => type === 'map-value-ind');
}

/** Composes a document some entries at a time. */
class Portions {
  readonly #entriesAStep: number;
  readonly #errors: Document.Parsed['errors'] = [];
  #hasFlow = false;

  constructor(entriesAStep: number) {
    this.#entriesAStep = entriesAStep;
  }

  /** Whether it is long, or one of its entries is. */
  isWorthwhile(top: MappingToken): boolean {
    return (
      top.items.length > this.#entriesAStep ||
      top.items.some((item) => this.#longMappingIn(item) !== undefined)
    );
  }

  *compose({ before, document, behind }: DocumentTokens, top: MappingToken): Steps<ParsedDocument> {
    const { offset, start, end } = document;
    let root: YAMLMap.Parsed | undefined;
    this.#hasFlow = top.type === 'flow-collection';
    for (const items of this.#portionsOf(top)) {
      const last = items.at(-1);
      const long = last === undefined ? undefined : this.#longMappingIn(last);
      const [first = [], ...others] = long === undefined ? [] : this.#portionsOf(long);
      const shown =
        long === undefined ? items : [...items.slice(0, -1), { ...last!, value: portion(long, first) }];
      if (root === undefined) {
        const value = portion(top, shown);
        root = mappingOf(this.#take([...before, { type: 'document', offset, start, value }]));
      } else this.#extend(root, top, shown);
      yield;
      if (long === undefined) continue;
      this.#hasFlow ||= long.type === 'flow-collection';
      const held = root.items.at(-1)!.value as YAMLMap.Parsed;
      for (const more of others) {
        this.#extend(held, long, more);
        yield;
      }
      if (top.type === 'block-map') root.range = [root.range[0], held.range[2], held.range[2]];
    }
    // Where something is wrong in flow style, the places that are told depend on all that is around them.
    if (this.#errors.length > 0 && this.#hasFlow) return compose([...before, document, ...behind])[0]!;
    const rest: CST.Document = { type: 'document', offset: root!.range[2], start: [] };
    const { range } = this.#take([end === undefined ? rest : { ...rest, end }, ...behind]);
    return { contents: root!, errors: this.#errors, range: [offset, root!.range[2], range[2]] };
  }

  /** The entries that are composed at one go, of which the last one alone may be long itself. */
  #portionsOf({ type, items }: MappingToken): Item[][] {
    const portions: Item[][] = [[]];
    for (const [index, item] of items.entries()) {
      const last = portions.at(-1)!;
      last.push(item);
      const isFull = last.length >= this.#entriesAStep || this.#longMappingIn(item) !== undefined;
      const next = items[index + 1];
      if (!isFull || next === undefined) continue;
      // In flow style, what is not as usual is left together, so that it is said what is wrong with it.
      if (type === 'block-map' || (item.value !== undefined && isBehindComma(next))) portions.push([]);
    }
    return portions;
  }

  #longMappingIn({ sep, value }: Item): MappingToken | undefined {
    if (!isSeparator(sep)) return undefined;
    const mapping = mappingIn(value, sep);
    return mapping !== undefined && mapping.items.length > this.#entriesAStep ? mapping : undefined;
  }

  #extend(made: YAMLMap.Parsed, whole: MappingToken, items: Item[]): void {
    const value = portion(whole, items, made);
    const more = mappingOf(this.#take([{ type: 'document', offset: value.offset, start: [], value }]));
    // No spread: a call takes only so many arguments.
    for (const pair of more.items) made.items.push(pair);
    made.range = [made.range[0], more.range[1], more.range[2]];
  }

  #take(tokens: readonly CST.Token[]): ParsedDocument {
    const [composed] = compose(tokens);
    for (const error of composed!.errors) this.#errors.push(error);
    return composed!;
  }
}

/** @param made What was made of the entries before. */
function portion(whole: MappingToken, items: readonly Item[], made?: YAMLMap.Parsed): MappingToken {
  if (whole.type === 'block-map') {
    return { ...whole, offset: made?.range[2] ?? whole.offset, items: items as CST.BlockMap['items'] };
  }
  const isLast = items.at(-1)?.start === whole.items.at(-1)?.start;
  const end = isLast ? whole.end : [{ ...whole.start, type: 'flow-map-end', source: '}' } as const];
  if (made === undefined) return { ...whole, items: [...items], end };
  const [first, ...others] = items;
  const start = first!.start.filter(({ type }) => type !== 'comma');
  const offset = made.items.at(-1)!.value!.range[2] - whole.start.source.length;
  return { ...whole, offset, items: [{ ...first!, start }, ...others], end };
}

function isBehindComma({ start, key }: Item): boolean {
  return start.filter(({ type }) => type === 'comma').length === 1 && key !== undefined;
}

function mappingOf({ contents }: ParsedDocument): YAMLMap.Parsed {
  return contents as YAMLMap.Parsed;
}

function compose(tokens: readonly CST.Token[]): ParsedDocument[] {
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
