import { Lexer } from 'yaml';
import { firstFrom } from '../first-from.ts';
import type { Span } from '../syntax.ts';

/** A comment of a YAML text. */
export interface Comment {
  /** From its `#` to the end of its line. */
  readonly span: Span;
  /** What it says, without its `#`s and the spaces around. */
  readonly text: string;
  /** Whether nothing stands before it on its line. */
  readonly ownLine: boolean;
  /** Whether the file has nothing but comments, blank lines and `---` before it. */
  readonly atFileStart: boolean;
  /**
   * Where the line begins that a comment on its own line stands above: the next one that is not itself a
   * comment. Undefined where that is blank or the text ends.
   */
  readonly lineBelow: number | undefined;
}

/** Tokens of the lexer that stand for no text: a document begins, a flow collection ends, a scalar follows. */
const documentMark = '\u0002';
const flowEndMark = '\u0018';
const scalarMark = '\u001F';

const linesWithoutContent = /^(?:[ \t]*(?:#[^\n]*|---[ \t]*)?\r?\n)*/;
const blankLine = /[ \t\r]*(?:\n|$)/y;

/** The comments of one document of a YAML text. */
export interface Comments {
  /** Whether a comment may match: far cheaper than to look for the comments. */
  mayMention(pattern: RegExp): boolean;
  /**
   * At least those comments that match, in the order of the text. Those at the start of the file belong to each
   * of its documents.
   */
  mentioning(pattern: RegExp): readonly Comment[];
  /** Where the line begins that an offset is on. */
  lineStart(offset: number): number;
}

/** The comments of a text of which all is read at once. */
export class WholeComments implements Comments {
  readonly #text: string;
  readonly #base: number;
  readonly #range: Span;
  readonly #spans: readonly Span[];
  #all: readonly Comment[] | undefined;
  #lines: readonly { readonly start: number }[] | undefined;

  /**
   * @param base Offset of `text` in the file, added to every offset that is given out.
   * @param range The document's part of `text`.
   * @param spans Where there are comments in `text`, in its order.
   */
  constructor(text: string, base: number, range: Span, spans: readonly Span[]) {
    this.#text = text;
    this.#base = base;
    this.#range = range;
    this.#spans = spans;
  }

  mayMention(pattern: RegExp): boolean {
    return mayComment(this.#text, pattern);
  }

  mentioning(pattern: RegExp): readonly Comment[] {
    if (!this.mayMention(pattern)) return [];
    this.#all ??= commentsAt(this.#text, this.#spans)
      .filter(({ span, atFileStart }) => atFileStart || this.#isInRange(span))
      .map((comment) => moved(comment, this.#base));
    return this.#all;
  }

  lineStart(offset: number): number {
    // Not looked for from the offset on: all may be on one line.
    this.#lines ??= linesOf(this.#text);
    return this.#lines[firstFrom(this.#lines, offset - this.#base + 1) - 1]!.start + this.#base;
  }

  #isInRange({ start }: Span): boolean {
    return start >= this.#range.start && start < this.#range.end;
  }
}

function moved(comment: Comment, base: number): Comment {
  const { span, lineBelow } = comment;
  return {
    ...comment,
    span: { start: span.start + base, end: span.end + base },
    lineBelow: lineBelow === undefined ? undefined : lineBelow + base,
  };
}

/** A text up to the end of its last line that is neither blank nor a comment. */
export function withoutCommentsBehind(text: string): string {
  const lines = text.trimEnd().split('\n');
  while (/^\s*(?:#|$)/.test(lines.at(-1) ?? 'none')) lines.pop();
  return lines.join('\n').trimEnd();
}

function linesOf(text: string): { readonly start: number }[] {
  const lines = [{ start: 0 }];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push({ start: at + 1 });
  return lines;
}

/** Where the line begins that an offset of a text is on. */
export function lineStartIn(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Whether something behind a `#` matches, be it a comment or not: far cheaper than to look for the comments. */
export function mayComment(text: string, pattern: RegExp): boolean {
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at)) {
    const lineFeed = text.indexOf('\n', at);
    const end = lineFeed < 0 ? text.length : lineFeed;
    if (pattern.test(text.slice(at, end))) return true;
    at = end;
  }
  return false;
}

/**
 * The comments in some parts of a text, in its order.
 *
 * @param parts Each begins where a line does and ends where one ends that is not followed by a comment.
 */
export function commentsIn(text: string, parts: readonly Span[]): Comment[] {
  return commentsAt(
    text,
    parts.flatMap((part) => commentSpans(text, part)),
  );
}

function commentsAt(text: string, spans: readonly Span[]): Comment[] {
  const head = linesWithoutContent.exec(text)?.[0].length ?? 0;
  const comments: Comment[] = [];
  // From the last to the first, as a comment above another stands above the same line.
  for (const { start, end } of spans.toReversed()) {
    const lineStart = lineStartIn(text, start);
    const ownLine = text.slice(lineStart, start).trim() === '';
    comments.push({
      span: { start, end },
      text: text.slice(start, end).replace(/^#+/, '').trim(),
      ownLine,
      atFileStart: ownLine && lineStart <= head,
      lineBelow: ownLine ? lineBelowComment(text, end, comments.at(-1)) : undefined,
    });
  }
  return comments.toReversed();
}

function lineBelowComment(text: string, end: number, nextComment: Comment | undefined): number | undefined {
  const next = text.indexOf('\n', end) + 1;
  if (next === 0) return undefined;
  if (nextComment?.ownLine === true && lineStartIn(text, nextComment.span.start) === next) {
    return nextComment.lineBelow;
  }
  blankLine.lastIndex = next;
  return blankLine.test(text) ? undefined : next;
}

/** A comment on a line of its own whose text follows its number sign at once. */
const tightComment = /^( *#)[^\s"'\\]/gm;

/**
 * A text for the lexer, as long as the one given. Above a value, the lexer takes the column of `#this` for an
 * indentation, and lets the value reach into the keys below; of `# this` it does not.
 */
export function withLooseComments(text: string): string {
  return text.replaceAll(tightComment, '$1 ');
}

/** Where there are comments in a part of a text, as {@link commentsIn} finds them. */
export function commentSpans(text: string, part: Span): Span[] {
  const spans: Span[] = [];
  let { start } = part;
  let isScalar = false;
  for (const token of new Lexer().lex(withLooseComments(text.slice(start, part.end)))) {
    if (token === documentMark || token === flowEndMark) continue;
    if (token === scalarMark) {
      isScalar = true;
      continue;
    }
    const end = start + token.length;
    if (!isScalar && token.startsWith('#')) spans.push({ start, end });
    start = end;
    isScalar = false;
  }
  return spans;
}
