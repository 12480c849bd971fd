import { endOfFlow } from './flow-collections.ts';
import {
  beforeSpaces,
  behind,
  endOfOutdented,
  endOfQuoted,
  isQuoteAt,
  quotedText,
  tagText,
} from './simple-values.ts';

const keyText = String.raw`[A-Za-z0-9_/$][\w./$&-]*(?:::?[\w./$&-]+)*|"[^"\\]*"|'[^']*'`;
const plainText = String.raw`(?:[A-Za-z0-9_./$+~(^;\\]|-(?=[\w.])|:(?=[:\w]))(?:[^:#]|:(?! |$)|(?<! )#)*`;

/** What stands behind the dashes of a line: key, tag, and the mark of a block scalar or a value. */
const content = new RegExp(
  `^(?:(${keyText}) *:(?= |$) *)?(?:(${tagText})(?= |$) *)?(?:([|>][-+]?)|(${quotedText})|(${plainText}))?(?: +(#).*| *)$`,
);

/** The same up to a value that may go on in further lines: in brackets or in quotes. */
const lead = new RegExp(`^(?:(${keyText}) *: +)?(?:(${tagText}) +)?(?=[[{"'])`);
/** A further line of a plain text. */
const continuation = /(?:[^:#\t\r\n]|:(?=[^ \t\r\n])|(?<! )#)*/y;
const onlyComment = /(?: +#[^\t\r\n]*| *)(?=\r?\n|$)/y;

export interface LineContent {
  readonly key: string | undefined;
  readonly tag: string | undefined;
  readonly blockMark: string | undefined;
  /** As it is written, without spaces behind. */
  readonly value: string | undefined;
  /** Whether the value goes on in the next line, if that stands further to the right than what it belongs to. */
  readonly isOpen: boolean;
  /** Whether it is a text in quotes of which some lines stand too far to the left to be read without the parser. */
  readonly isOutdented: boolean;
  /** Where the line ends in which the value does, or its comment. */
  readonly end: number;
}

/** How far to the right something stands. */
interface Columns {
  /** What a line says. */
  readonly column: number;
  /** The key or the dash that it belongs to. */
  readonly parent: number;
  /** The key of the entry, which all else stands to the right of. */
  readonly outermost: number;
}

/**
 * What a line says from some column on; undefined where that is no simple line's.
 *
 * @param start Where that begins.
 * @param lineEnd Where the line ends.
 */
export function contentOf(
  text: string,
  start: number,
  lineEnd: number,
  columns: Columns,
): LineContent | undefined {
  const line = text.slice(start, lineEnd);
  if (/[\t\r]/.test(line)) return undefined;
  const found = content.exec(line);
  if (found !== null) {
    const plain = found[5];
    return {
      key: found[1],
      tag: found[2],
      blockMark: found[3],
      value: found[4] ?? plain?.slice(0, beforeSpaces(plain, plain.length)),
      isOpen: plain !== undefined && found[6] === undefined,
      isOutdented: false,
      end: lineEnd,
    };
  }
  const before = lead.exec(line);
  if (before === null) return undefined;
  const [, key, tag] = before;
  const valueStart = start + before[0].length;
  const parent = key === undefined ? columns.parent : columns.column;
  const isText = isQuoteAt(text, valueStart);
  const inside = isText ? endOfQuoted(text, valueStart, parent) : endOfFlow(text, valueStart, parent);
  const isOutdented = isText && inside === undefined;
  const valueEnd = isOutdented ? endOfOutdented(text, valueStart, columns.outermost) : inside;
  const end = valueEnd && behind(onlyComment, text, valueEnd);
  if (end === undefined) return undefined;
  const value = text.slice(valueStart, valueEnd);
  return { key, tag, blockMark: undefined, value, isOpen: false, isOutdented, end };
}

/** Whether what stands in a line may be the next one of a plain text. */
export function goesOn(text: string, start: number, end: number): boolean {
  return text.charCodeAt(start) !== 35 && behind(continuation, text, start) === end;
}
