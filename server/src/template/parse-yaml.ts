import { Composer, CST, Lexer, Parser, YAMLParseError, type Document } from 'yaml';
import { ensureShallow } from './bounds.ts';
import { withLooseComments } from './comments.ts';

export interface Parsed {
  readonly documents: readonly Document.Parsed[];
  /** The text that was parsed: `text` itself, or one of the same length with some line ends made spaces. */
  readonly source: string;
}

/** @throws RangeError where it is nested too deeply. */
export function parse(source: string): Parsed {
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

/** Behind the quote that closes a quoted text, wherever its lines stand. */
export function behindQuoted(text: string, start: number): number | undefined {
  const quoted = text[start] === '"' ? /"(?:[^"\\]|\\[^])*"/y : /'(?:[^']|'')*'/y;
  quoted.lastIndex = start;
  return quoted.test(text) ? quoted.lastIndex : undefined;
}
