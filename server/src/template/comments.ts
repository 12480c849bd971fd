import { Lexer } from 'yaml';
import type { Span } from './syntax.ts';

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

/** The comments of one document of a YAML text, found when first asked for. */
export class Comments {
  readonly #text: string;
  readonly #base: number;
  readonly #range: Span;
  #all: readonly Comment[] | undefined;
  #lineStarts: readonly number[] | undefined;

  /**
   * @param base Offset of `text` in the file, added to every offset that is given out.
   * @param range The document's part of `text`.
   */
  constructor(text: string, base: number, range: Span) {
    this.#text = text;
    this.#base = base;
    this.#range = range;
  }

  /** Whether the text matches at all, in a comment or not: far cheaper than to look for the comments. */
  mayMention(pattern: RegExp): boolean {
    return pattern.test(this.#text);
  }

  /** In the order of the text. Those at the start of the file belong to each of its documents. */
  get all(): readonly Comment[] {
    this.#all ??= this.#find();
    return this.#all;
  }

  /** Where the line begins that an offset is on. */
  lineStart(offset: number): number {
    return this.#lineStart(offset - this.#base) + this.#base;
  }

  #lineStart(position: number): number {
    this.#lineStarts ??= lineStartsOf(this.#text);
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#lineStarts[middle]! <= position) low = middle;
      else high = middle - 1;
    }
    return this.#lineStarts[low]!;
  }

  #find(): Comment[] {
    const head = linesWithoutContent.exec(this.#text)?.[0].length ?? 0;
    const comments: Comment[] = [];
    // From the last to the first, as a comment above another stands above the same line.
    for (const { start, end } of commentSpans(this.#text).toReversed()) {
      const lineStart = this.#lineStart(start);
      const ownLine = this.#text.slice(lineStart, start).trim() === '';
      comments.push({
        span: { start: start + this.#base, end: end + this.#base },
        text: this.#text.slice(start, end).replace(/^#+/, '').trim(),
        ownLine,
        atFileStart: ownLine && lineStart <= head,
        lineBelow: ownLine ? this.#lineBelow(end, comments.at(-1)) : undefined,
      });
    }
    return comments.toReversed().filter(({ span, atFileStart }) => atFileStart || this.#isInRange(span));
  }

  #lineBelow(end: number, nextComment: Comment | undefined): number | undefined {
    const next = this.#text.indexOf('\n', end) + 1;
    if (next === 0) return undefined;
    if (nextComment?.ownLine === true && this.lineStart(nextComment.span.start) === next + this.#base) {
      return nextComment.lineBelow;
    }
    blankLine.lastIndex = next;
    return blankLine.test(this.#text) ? undefined : next + this.#base;
  }

  #isInRange({ start }: Span): boolean {
    const position = start - this.#base;
    return position >= this.#range.start && position < this.#range.end;
  }
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function commentSpans(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
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
