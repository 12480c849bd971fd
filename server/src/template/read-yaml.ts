import {
  Composer,
  CST,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  Parser,
  YAMLParseError,
  type Alias,
  type Document,
  type Node,
  type Pair,
  type Scalar as YamlScalar,
  type YAMLMap,
} from 'yaml';
import { deepest, ensureShallow, tooDeep } from './bounds.ts';
import { WholeComments, withLooseComments } from './comments.ts';
import { deployableLength, type ParseProblem, type ReadDocument } from './document.ts';
import type { Entry, Mapping, Scalar, Span, SpanMaker, SyntaxNode } from './syntax.ts';

/**
 * Reads every document of a YAML text as CloudFormation does: YAML 1.1 with merge keys, where a short form
 * such as `!Ref X` is the one-entry mapping `Ref: X` (its key span is the tag).
 *
 * @param spanAt Makes the spans of what stands in `text`.
 * @param base Offset of `text` in the file, for its comments.
 */
export function readYaml(text: string, spanAt: SpanMaker, base = 0): ReadDocument[] {
  const { documents, source } = parseLeniently(text);
  return documents.map((document, index) => ({
    format: 'yaml' as const,
    root:
      document.contents === null ? undefined : new YamlConverter(source, spanAt).convert(document.contents),
    problems: problemsOf(document, spanAt),
    comments: new WholeComments(source, base, {
      start: documents[index - 1]?.range[2] ?? 0,
      end: documents[index + 1] === undefined ? source.length : document.range[2],
    }),
  }));
}

/** What is in a piece of a text, and what is wrong with it. */
export interface ReadPiece {
  readonly root: SyntaxNode;
  readonly problems: readonly ParseProblem[];
  /** Where a quoted text begins that does not end in the piece. */
  readonly openQuote: number | undefined;
}

/**
 * Reads a piece of a YAML text that is a document by itself, such as one entry of a mapping.
 *
 * @returns undefined where it is no document of its own, or speaks of anchors, which others may share
 */
export function readYamlPiece(text: string, spanAt: SpanMaker): ReadPiece | undefined {
  const { documents, source } = parseLeniently(text);
  const [document] = documents;
  if (documents.length !== 1 || document?.contents === undefined || document.contents === null) {
    return undefined;
  }
  const converter = new YamlConverter(source, spanAt);
  const root = converter.convert(document.contents);
  if (converter.hasAnchors || (source !== text && joinsComments(text, source))) return undefined;
  return { root, problems: problemsOf(document, spanAt), openQuote: openQuotesIn({ documents, source })[0] };
}

/** Whether lines were joined in which there may be comments, which a quoted text hides. */
function joinsComments(text: string, source: string): boolean {
  const lineEnds = [...text.matchAll(/[\r\n]/g)].filter(({ index }) => source[index] !== text[index]);
  const [first, last] = [lineEnds[0]?.index, lineEnds.at(-1)?.index];
  if (first === undefined || last === undefined) return false;
  return text.slice(text.lastIndexOf('\n', first - 1), lineEndOf(text, last + 1)).includes('#');
}

/**
 * Whether a quote that nothing closes by the rules of indentation is a mistake for CloudFormation's reader, too:
 * what stands behind the next one can only stand behind one that opens.
 *
 * @param context Where it stands; `block` where no bracket can be open.
 */
export function isMistakenQuote(text: string, start: number, context: 'block' | 'any' = 'any'): boolean {
  const end = behindQuoted(text, start);
  if (end === undefined) return true;
  const behind = text.slice(end, lineEndOf(text, end));
  return !(context === 'block' ? /^[ \t]*(?:[:#].*)?$/ : /^[ \t]*(?:[,\]}:#].*)?$/).test(behind);
}

function lineEndOf(text: string, offset: number): number {
  const end = /[\r\n]|$/g;
  end.lastIndex = offset;
  return end.exec(text)?.index ?? text.length;
}

function problemsOf({ errors }: Document.Parsed, spanAt: SpanMaker): ParseProblem[] {
  return errors.map(({ message, pos }) => ({ message, span: spanAt(pos[0], pos[1]) }));
}

interface Parsed {
  readonly documents: readonly Document.Parsed[];
  /** The text that was parsed: `text` itself, or one of the same length with some line ends made spaces. */
  readonly source: string;
}

/** Quoted texts that are joined in one file at most; real templates have one or two. */
const mostJoins = 16;

/**
 * CloudFormation's reader takes quoted texts whose later lines are indented less than their key, which YAML
 * 1.2 forbids. Such a text is made one line (folding a line end yields a space anyway, and nothing moves) and
 * parsed again, as long as that leaves fewer problems than before.
 */
function parseLeniently(text: string): Parsed {
  let best = parse(text);
  if (text.length > deployableLength) return best;
  for (let joins = 0; joins < mostJoins; joins += 1) {
    const joined = joinBrokenQuote(best);
    if (joined === undefined) break;
    const next = parse(joined);
    if (problemCount(next) >= problemCount(best)) break;
    best = next;
  }
  return best;
}

/** @throws RangeError where it is nested too deeply. */
function parse(source: string): Parsed {
  ensureShallow(source);
  // The parser makes an error object for each tag that it does not know, such as `!Ref`; to note where in the
  // code each was made takes longer than the parsing.
  const { stackTraceLimit } = Error as ErrorsOfV8;
  (Error as ErrorsOfV8).stackTraceLimit = 0;
  try {
    const composer = new Composer({
      version: '1.1',
      merge: true,
      uniqueKeys: false,
      strict: false,
      logLevel: 'silent',
    });
    const unclosed: number[] = [];
    const documents = Array.from(composer.compose(tokensOf(source, unclosed)));
    for (const end of unclosed) {
      const message = `Missing closing ${source[end - 1]}quote`;
      const document = documents.find(({ range }) => range[2] >= end);
      document?.errors.push(new YAMLParseError([end, end + 1], 'MISSING_CHAR', message));
    }
    return { documents, source };
  } finally {
    (Error as ErrorsOfV8).stackTraceLimit = stackTraceLimit;
  }
}

/**
 * The tokens of a text.
 *
 * @param unclosed Is given where texts end in a quote that is part of them, which the parser takes for their end.
 */
function* tokensOf(source: string, unclosed: number[]): Generator<CST.Token> {
  const parser = new Parser();
  let offset = 0;
  let isScalarText = false;
  for (const lexeme of new Lexer().lex(withLooseComments(source))) {
    const isMark: boolean = !isScalarText && marks.has(lexeme);
    isScalarText = isMark && lexeme === CST.SCALAR;
    if (isMark) yield* parser.next(lexeme);
    else {
      yield* parser.next(source.slice(offset, offset + lexeme.length));
      offset += lexeme.length;
      if (quoteAtEnd.test(lexeme) && behindQuoted(lexeme, 0) !== lexeme.length) unclosed.push(offset);
    }
  }
  yield* parser.end();
}

/** A text in quotes of which the last one may be a part of it. */
const quoteAtEnd = /^(?:'[^]*''|"[^]*\\")$/;

/** Lexemes that stand for no text. */
const marks: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

/** https://v8.dev/docs/stack-trace-api; elsewhere the property has no effect. */
type ErrorsOfV8 = ErrorConstructor & { stackTraceLimit?: number | undefined };

function problemCount({ documents }: Parsed): number {
  return documents.reduce((sum, { errors }) => sum + errors.length, 0);
}

function joinBrokenQuote({ documents, source }: Parsed): string | undefined {
  const unclosed = openQuotesIn({ documents, source });
  const [start] = unclosed;
  if (start === undefined || unclosed.length > mostJoins) return undefined;
  const end = behindQuoted(source, start);
  if (end === undefined) return undefined;
  return source.slice(0, start) + source.slice(start, end).replaceAll(/[\r\n]/g, ' ') + source.slice(end);
}

/** Where the quoted texts begin that end where they may not. */
function openQuotesIn({ documents, source }: Parsed): readonly number[] {
  return documents
    .flatMap(({ errors }) => errors)
    .filter(({ code, message }) => code === 'MISSING_CHAR' && message.startsWith('Missing closing'))
    .map(({ message, pos }) => source.lastIndexOf(message.includes('"') ? '"' : "'", pos[0] - 1))
    .filter((start) => start >= 0);
}

/** Behind the quote that closes a quoted text, wherever its lines stand. */
function behindQuoted(text: string, start: number): number | undefined {
  const quoted = text[start] === '"' ? /"(?:[^"\\]|\\[^])*"/y : /'(?:[^']|'')*'/y;
  quoted.lastIndex = start;
  return quoted.test(text) ? quoted.lastIndex : undefined;
}

/** One document's conversion; it remembers the anchors seen so far. */
class YamlConverter {
  /** Whether there were anchors, aliases or merge keys. */
  hasAnchors = false;
  readonly #text: string;
  readonly #spanAt: SpanMaker;
  readonly #anchors = new Map<string, SyntaxNode>();
  #depth = 0;

  constructor(text: string, spanAt: SpanMaker) {
    this.#text = text;
    this.#spanAt = spanAt;
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
      const entries = this.#convertPair(item as Pair<Node, Node | null>, fallbackOffset);
      const span = entries[0]?.value.span ?? this.#spanAt(fallbackOffset, fallbackOffset);
      return { kind: 'mapping', span, entries };
    }
    return item === null || item === undefined
      ? this.#emptyScalar(fallbackOffset)
      : this.convert(item as Node);
  }

  /** Merged entries come before the mapping's own, so that its own win. */
  #entries(map: YAMLMap): Entry[] {
    const own: Entry[] = [];
    const merged: Entry[] = [];
    for (const pair of map.items as Pair<Node, Node | null>[]) {
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

  #convertPair(pair: Pair<Node, Node | null>, fallbackOffset: number): Entry[] {
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
