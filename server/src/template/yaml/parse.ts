import { CST, Lexer, Parser, YAMLParseError } from 'yaml';
import { ensureShallow } from '../bounds.ts';
import { withLooseComments } from './comments.ts';
import { composeYaml } from './compose.ts';
import type { ParsedDocument } from './portions.ts';
import type { Steps } from '../steps.ts';
import type { Span } from '../syntax.ts';

export interface Parsed {
  readonly documents: readonly ParsedDocument[];
  /** The text that was parsed: `text` itself, or one of the same length with some line ends made spaces. */
  readonly source: string;
  /** Where there are comments in it. */
  readonly comments: readonly Span[];
}

/**
 * @param entriesAStep See {@link composeYaml}.
 * @throws RangeError where it is nested too deeply.
 */
export function* parseYaml(source: string, entriesAStep?: number): Steps<Parsed> {
  ensureShallow(source);
  yield;
  const { tokens, unclosed, comments } = yield* tokensOf(source);
  const documents = yield* composeYaml(tokens, entriesAStep);
  for (const end of unclosed) {
    const message = `Missing closing ${source[end - 1]}quote`;
    const document = documents.find(({ range }) => range[2] >= end);
    document?.errors.push(new YAMLParseError([end, end + 1], 'MISSING_CHAR', message));
  }
  return { documents, source, comments };
}

const lexemesAStep = 2000;

interface Tokens {
  readonly tokens: readonly CST.Token[];
  /** Where texts end in a quote that is part of them, which the parser takes for their end. */
  readonly unclosed: readonly number[];
  readonly comments: readonly Span[];
}

function* tokensOf(source: string): Steps<Tokens> {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const unclosed: number[] = [];
  const comments: Span[] = [];
  let offset = 0;
  let isScalarText = false;
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(withLooseComments(source))) {
    const isMark: boolean = !isScalarText && marks.has(lexeme);
    const written = isMark ? lexeme : source.slice(offset, offset + lexeme.length);
    for (const token of parser.next(written)) tokens.push(token);
    if (!isMark) {
      const end = offset + lexeme.length;
      if (!isScalarText && lexeme.startsWith('#')) comments.push({ start: offset, end });
      offset = end;
      if (quoteAtEnd.test(lexeme) && behindQuoted(lexeme, 0) !== lexeme.length) unclosed.push(offset);
    }
    isScalarText = isMark && lexeme === CST.SCALAR;
    lexemes += 1;
    if (lexemes % lexemesAStep === 0) yield;
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, unclosed, comments };
}

/** A text in quotes of which the last one may be a part of it. */
const quoteAtEnd = /^(?:'[^]*''|"[^]*\\")$/;

/** Lexemes that stand for no text. */
const marks: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

/** Behind the quote that closes a quoted text, wherever its lines stand. */
export function behindQuoted(text: string, start: number): number | undefined {
  const quoted = text[start] === '"' ? /"(?:[^"\\]|\\[^])*"/y : /'(?:[^']|'')*'/y;
  quoted.lastIndex = start;
  return quoted.test(text) ? quoted.lastIndex : undefined;
}
