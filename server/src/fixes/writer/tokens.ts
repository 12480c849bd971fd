import { createScanner } from 'jsonc-parser';
import { CST, Lexer } from 'yaml';
import { toEnd, type Steps } from '../../template/steps.ts';
import type { Span, SyntaxNode } from '../../template/syntax.ts';

/**
 * What stands in the text between the values: the positioned tree says where a value is, the tokens say how it
 * is held together with its neighbours.
 */
type TokenKind =
  /** A brace or bracket of JSON or of YAML's flow style. */
  | 'open'
  | 'close'
  | 'comma'
  | 'colon'
  /** Of an item in YAML's block style. */
  | 'dash'
  | 'scalar'
  /** The text of a block scalar; {@link Token.end} is the end of its last line that counts. */
  | 'block-scalar'
  | 'alias'
  | 'anchor'
  | 'tag'
  /** `---`, `...` or a directive. */
  | 'document'
  /** Explicit keys (`? key`), headers of block scalars and what only broken texts have. */
  | 'other';

export interface Token extends Span {
  readonly kind: TokenKind;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly comments: readonly Span[];
}

const byteOrderMark = '\uFEFF';

/**
 * The tokens of a text, or of a part of one that can be read by itself.
 *
 * @param values What has been read from it.
 * @param start Where it begins in the text that the spans of `values` count in; those of the tokens count in itself.
 */
export function tokenize(
  text: string,
  format: 'yaml' | 'json',
  values: readonly SyntaxNode[],
  start = 0,
): Tokens {
  return toEnd(tokenizeInSteps(text, format, values, start));
}

/** The same in steps, so that a long text need not be looked at at one go. */
export function* tokenizeInSteps(
  text: string,
  format: 'yaml' | 'json',
  values: readonly SyntaxNode[],
  start = 0,
): Steps<Tokens> {
  const base = text.startsWith(byteOrderMark) ? 1 : 0;
  if (format === 'json') return yield* jsonTokens(text, base);
  const joined = withQuotesJoined(text, values, start);
  yield;
  return yield* yamlTokens(joined, base);
}

const tokensAStep = 2000;

const jsonKinds: Readonly<Record<string, TokenKind>> = {
  '{': 'open',
  '[': 'open',
  '}': 'close',
  ']': 'close',
  ',': 'comma',
  ':': 'colon',
};

function* jsonTokens(text: string, base: number): Steps<Tokens> {
  const tokens: Token[] = [];
  const comments: Span[] = [];
  const scanner = createScanner(text.slice(base), false);
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const start = scanner.getTokenOffset() + base;
    const end = start + scanner.getTokenLength();
    const first = text[start]!;
    if (first === '/') comments.push({ start, end });
    else if (first.trim() !== '') {
      tokens.push({ kind: jsonKinds[first] ?? 'scalar', start, end });
      if (tokens.length % tokensAStep === 0) yield;
    }
  }
  return { tokens, comments };
}

/** Tokens of the lexer that stand for no text: a document begins, a flow collection ends, a scalar follows. */
const documentMark = '\u0002';
const flowEndMark = '\u0018';
const scalarMark = '\u001F';

const yamlKinds: Readonly<Record<string, TokenKind>> = {
  'flow-map-start': 'open',
  'flow-seq-start': 'open',
  'flow-map-end': 'close',
  'flow-seq-end': 'close',
  comma: 'comma',
  'map-value-ind': 'colon',
  'seq-item-ind': 'dash',
  'single-quoted-scalar': 'scalar',
  'double-quoted-scalar': 'scalar',
  alias: 'alias',
  anchor: 'anchor',
  tag: 'tag',
  'doc-start': 'document',
  'doc-end': 'document',
  'directive-line': 'document',
};

function* yamlTokens(text: string, base: number): Steps<Tokens> {
  const tokens: Token[] = [];
  const comments: Span[] = [];
  let start = base;
  let isScalar = false;
  let blockHeader: string | undefined;
  let lexemes = 0;
  for (const source of new Lexer().lex(text.slice(base))) {
    if (source === documentMark || source === flowEndMark) continue;
    if (source === scalarMark) {
      isScalar = true;
      continue;
    }
    lexemes += 1;
    if (lexemes % tokensAStep === 0) yield;
    const end = start + source.length;
    if (isScalar) {
      const length = blockHeader === undefined ? source.length : countingLength(source, blockHeader);
      tokens.push({
        kind: blockHeader === undefined ? 'scalar' : 'block-scalar',
        start,
        end: start + length,
      });
      blockHeader = undefined;
    } else {
      const type = CST.tokenType(source);
      if (type === 'comment') comments.push({ start, end });
      else if (type !== 'space' && type !== 'newline' && type !== null) {
        tokens.push({ kind: yamlKinds[type] ?? 'other', start, end });
        if (type === 'block-scalar-header') blockHeader = source;
      }
    }
    start = end;
    isScalar = false;
  }
  return { tokens, comments };
}

/** Empty lines at the end of a block scalar count only where its header says so. */
function countingLength(source: string, header: string): number {
  return header.includes('+') ? source.length : source.trimEnd().length;
}

/**
 * The text with the line ends inside of quoted scalars made spaces: the lexer ends a quote where its next line
 * is indented too little, the reader, like CloudFormation's, does not.
 */
function withQuotesJoined(text: string, values: readonly SyntaxNode[], start: number): string {
  const spans: Span[] = [];
  const seen = new Set<SyntaxNode>();
  const collect = (node: SyntaxNode): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'sequence') node.items.forEach(collect);
    else if (node.kind === 'mapping') for (const { value } of node.entries) collect(value);
    else {
      const span = { start: node.span.start - start, end: node.span.end - start };
      if (/^["'][^]*\n/.test(text.slice(span.start, span.end))) spans.push(span);
    }
  };
  values.forEach(collect);
  if (spans.length === 0) return text;
  let joined = '';
  let end = 0;
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    joined += text.slice(end, span.start) + text.slice(span.start, span.end).replaceAll(/[\r\n]/g, ' ');
    end = span.end;
  }
  return joined + text.slice(end);
}
