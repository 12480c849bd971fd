import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Alias,
  type Node,
  type Pair,
  type Scalar as YamlScalar,
  type YAMLMap,
} from 'yaml';
import { deepest, tooDeep } from '../bounds.ts';
import type { Steps } from '../steps.ts';
import type { Entry, Mapping, Scalar, Span, SpanMaker, SyntaxNode } from '../syntax.ts';

/** One document's conversion; it remembers the anchors seen so far. */
export class YamlConverter {
  /** Whether there were anchors, aliases or merge keys. */
  hasAnchors = false;
  readonly #text: string;
  readonly #spanAt: SpanMaker;
  readonly #anchors = new Map<string, SyntaxNode>();
  /** What was converted before that in which it stands. */
  readonly #pairsAhead = new Map<YamlPair, Entry[]>();
  readonly #itemsAhead = new Map<Node, SyntaxNode>();
  #depth = 0;

  constructor(text: string, spanAt: SpanMaker) {
    this.#text = text;
    this.#spanAt = spanAt;
  }

  /**
   * The same as {@link convert} in steps: what long collections hold is converted one by one.
   *
   * @param shortest Characters of a collection that is worth steps of its own.
   */
  *convertInSteps(root: Node, shortest = 2000): Steps<SyntaxNode> {
    yield* this.#convertAhead(root, shortest);
    return this.convert(root);
  }

  *#convertAhead(node: Node, shortest: number): Steps<void> {
    const [start, end] = rangeOf(node);
    if (end - start < shortest) return;
    for (const item of itemsIn(node)) {
      if (isPair(item)) {
        if (hasPlainKey(item) && item.value !== null) yield* this.#convertAhead(item.value, shortest);
        this.#pairsAhead.set(item, this.#convertPair(item, end));
      } else {
        yield* this.#convertAhead(item, shortest);
        this.#itemsAhead.set(item, this.convert(item));
      }
      yield;
    }
  }

  /** @throws RangeError where it is nested too deeply, long before the call stack is at its end. */
  convert(node: Node): SyntaxNode {
    if (isAlias(node)) return this.#resolveAlias(node);
    if (this.#depth === deepest) throw tooDeep();
    this.#depth += 1;
    const converted = this.#withTag(node, this.#convertValue(node));
    this.#depth -= 1;
    // Only now, so that an alias inside its own anchor finds nothing and the tree stays a finite graph.
    if (node.anchor !== undefined) {
      this.hasAnchors = true;
      this.#anchors.set(node.anchor, converted);
    }
    return converted;
  }

  #convertValue(node: Node): SyntaxNode {
    const span = this.#spanOf(node);
    const [start] = rangeOf(node);
    if (isMap(node)) return { kind: 'mapping', span, entries: this.#entries(node) };
    if (isSeq(node)) {
      const items = node.items.map((item) => this.#convertItem(item, start));
      return { kind: 'sequence', span, items };
    }
    return isScalar(node) ? scalar(node, span) : this.#emptyScalar(start);
  }

  /** A sequence item may be a pair (`[a: 1]`), which stands for a mapping of one entry. */
  #convertItem(item: unknown, fallbackOffset: number): SyntaxNode {
    if (isPair(item)) {
      const entries = this.#convertPair(item as YamlPair, fallbackOffset);
      const span = entries[0]?.value.span ?? this.#spanAt(fallbackOffset, fallbackOffset);
      return { kind: 'mapping', span, entries };
    }
    if (item === null || item === undefined) return this.#emptyScalar(fallbackOffset);
    return this.#itemsAhead.get(item as Node) ?? this.convert(item as Node);
  }

  /** Merged entries come before the mapping's own, so that its own win. */
  #entries(map: YAMLMap): Entry[] {
    const own: Entry[] = [];
    const merged: Entry[] = [];
    for (const pair of map.items as YamlPair[]) {
      if (isMergeKey(pair.key)) merged.push(...this.#mergedEntries(pair.value));
      else own.push(...this.#convertPair(pair, rangeOf(map)[1]));
    }
    if (merged.length === 0) return own;
    const ownNames = new Set(own.map(({ name }) => name));
    return [...merged.filter(({ name }) => !ownNames.has(name)), ...own];
  }

  #mergedEntries(value: Node | null): Entry[] {
    this.hasAnchors = true;
    if (value === null) return [];
    const source = this.convert(value);
    const mappings = source.kind === 'sequence' ? source.items : [source];
    // Of several merged mappings the first wins (https://yaml.org/type/merge.html), so it comes last. Each name
    // is kept once: mappings that merge mappings twice would else double in size each time.
    const merged = new Map<string, Entry>();
    for (const mapping of mappings.toReversed()) {
      if (mapping.kind === 'mapping') for (const one of mapping.entries) merged.set(one.name, one);
    }
    return [...merged.values()];
  }

  #convertPair(pair: YamlPair, fallbackOffset: number): Entry[] {
    const known = this.#pairsAhead.get(pair);
    if (known !== undefined) return known;
    const key = pair.key === null ? this.#emptyScalar(fallbackOffset) : this.convert(pair.key);
    if (key.kind !== 'scalar') return [];
    // A key that is an alias stands where the alias stands.
    const keySpan = isAlias(pair.key) ? this.#spanOf(pair.key) : key.span;
    const keyEnd = pair.key === null ? fallbackOffset : rangeOf(pair.key)[1];
    const value = pair.value === null ? this.#emptyScalar(keyEnd) : this.convert(pair.value);
    return [{ name: key.text, keySpan, value }];
  }

  #resolveAlias(alias: Alias): SyntaxNode {
    this.hasAnchors = true;
    return this.#anchors.get(alias.source) ?? this.#emptyScalar(rangeOf(alias)[0]);
  }

  #withTag(node: Node, value: SyntaxNode): SyntaxNode {
    const tag = node.tag;
    if (tag === undefined || !/^![A-Za-z]/.test(tag)) return value;
    const name = tag === '!Ref' || tag === '!Condition' ? tag.slice(1) : `Fn::${tag.slice(1)}`;
    const [valueStart, valueEnd] = rangeOf(node);
    const found = this.#text.lastIndexOf(tag, valueStart);
    const start = found < 0 ? valueStart : found;
    const keySpan = this.#spanAt(start, found < 0 ? valueStart : found + tag.length);
    const call: Mapping = {
      kind: 'mapping',
      span: this.#spanAt(start, valueEnd),
      entries: [{ name, keySpan, value }],
    };
    return call;
  }

  #emptyScalar(offset: number): Scalar {
    return { kind: 'scalar', span: this.#spanAt(offset, offset), text: '', isNull: true };
  }

  #spanOf(node: Node): Span {
    return this.#spanAt(...rangeOf(node));
  }
}

type YamlPair = Pair<Node | null, Node | null>;

/**
 * What of a collection can be converted one by one, in the order in which anchors come to have their meaning: all, or
 * what stands before the first key that merges.
 */
function itemsIn(node: Node): readonly (YamlPair | Node)[] {
  if (isSeq(node)) return upTo(node.items as Node[], (item) => !isNode(item));
  return isMap(node) ? upTo(node.items as YamlPair[], ({ key }) => isMergeKey(key)) : [];
}

function upTo<T>(items: readonly T[], isEnd: (item: T) => boolean): readonly T[] {
  const end = items.findIndex(isEnd);
  return end < 0 ? items : items.slice(0, end);
}

/** Whether its key has no say in what becomes of its value. */
function hasPlainKey({ key }: YamlPair): boolean {
  return isScalar(key) && key.anchor === undefined && key.tag === undefined;
}

function rangeOf({ range }: Node): [start: number, end: number] {
  return range ? [range[0], range[1]] : [0, 0];
}

function isMergeKey(key: Node | null): boolean {
  return isScalar(key) && key.source === '<<' && key.type === 'PLAIN';
}

function scalar({ value, source }: YamlScalar, span: Span): Scalar {
  if (value === null || value === undefined) return { kind: 'scalar', span, text: '', isNull: true };
  // Numbers and dates as they are written: CloudFormation sees `0123` and `2010-09-09`, not what they stand for.
  // To its reader `yes` and `on` are booleans, but `y` and `n` are not.
  const isRead = typeof value === 'string' || (typeof value === 'boolean' && source?.length !== 1);
  return { kind: 'scalar', span, text: isRead ? String(value) : (source ?? ''), isNull: false };
}
