import type { Entry, SpanMaker, SyntaxNode } from '../syntax.ts';
import {
  anywhere,
  behind,
  behindSpaces,
  endOfQuoted,
  isQuoteAt,
  isLineEnd,
  scalarOf,
  scalarText,
  tagged,
  tagText,
} from './simple-values.ts';

/**
 * Collections in brackets, in one line or in many, as they are written by hand and as JSON writes them: of quoted
 * texts, plain words, calls and further collections.
 */

const wordStart = String.raw`[A-Za-z0-9_./$]|-(?=\w)`;
const inWord = String.raw`[^ \t\r\n,[\]{}"'#:]|:(?=[^ \t\r\n,[\]{}"'#])`;
const plain = new RegExp(`(?:${wordStart})(?:${inWord})*(?: +(?:${inWord})+)*`, 'y');
const key = /(?:[A-Za-z][\w.-]*(?:::?[\w.-]+)*(?= ?:[ \r\n])|"[^"\\\t\r\n]*"(?= ?:))/y;
const wholeTag = new RegExp(String.raw`${tagText}(?=[ \r\n,\]}])`, 'y');
const comment = /#[^\t\r\n]*(?=\r?\n)/y;

const deepest = 20;
/** A pair in a sequence must not have its colon far from where its item begins. */
const longestKey = 500;

/**
 * Where a collection ends that begins with the bracket at `start`; undefined where it is no simple one.
 *
 * @param parent The column of the key or the dash whose value it is: its lines stand further to the right, but for a
 *   last one with the bracket that closes it.
 */
export function endOfFlow(text: string, start: number, parent: number, depth = 1): number | undefined {
  if (depth > deepest) return undefined;
  const close = closing(text, start);
  const ends = depth === 1 ? close : '';
  let last = start + 1;
  let at = behindGap(text, last, parent, ends);
  while (text[at] !== close) {
    const colon = colonBehindKey(text, at);
    if (close === '}' ? colon === undefined : colon !== undefined && colon - last > longestKey)
      return undefined;
    const value = colon === undefined ? at : behindGap(text, colon + 1, parent);
    const end = endOfValue(text, value, parent, depth);
    if (end === undefined) return undefined;
    last = end;
    at = behindGap(text, last, parent, ends);
    if (text[at] === ',') {
      last = at + 1;
      at = behindGap(text, last, parent, ends);
    } else if (text[at] !== close) return undefined;
  }
  return at + 1;
}

function closing(text: string, start: number): string {
  return text[start] === '{' ? '}' : ']';
}

function colonBehindKey(text: string, at: number): number | undefined {
  const end = behind(key, text, at);
  return end === undefined ? undefined : behindSpaces(text, end);
}

function endOfValue(text: string, start: number, parent: number, depth: number): number | undefined {
  const tagEnd = behind(wholeTag, text, start);
  // A tag with nothing behind it is a value where that is told in its line.
  if (tagEnd !== undefined && isEnd(text, behindSpaces(text, tagEnd))) return tagEnd;
  const at = tagEnd === undefined ? start : behindGap(text, tagEnd, parent);
  // To the parser's tree, a comment that names the tag would be it.
  if (text.slice(start, at).includes('#')) return undefined;
  const isCollection = text[at] === '[' || text[at] === '{';
  return isCollection ? endOfFlow(text, at, parent, depth + 1) : endOfScalar(text, at, parent);
}

/** Whether what stands there ends a value. */
function isEnd(text: string, at: number): boolean {
  return text[at] === ',' || text[at] === ']' || text[at] === '}';
}

function endOfScalar(text: string, start: number, parent: number): number | undefined {
  return isQuoteAt(text, start) ? endOfQuoted(text, start, parent) : behind(plain, text, start);
}

/**
 * Behind spaces, line ends and comments; the end of the text where what follows stands too far to the left.
 *
 * @param ends What may stand in the column of the parent.
 */
function behindGap(text: string, start: number, parent: number, ends = ''): number {
  let at = behindSpaces(text, start);
  while (at < text.length) {
    if (text[at] === '#' && /[ \n]/.test(text[at - 1]!)) {
      const end = behind(comment, text, at);
      if (end === undefined) return text.length;
      at = end;
    }
    if (!isLineEnd(text, at)) return at;
    const lineStart = text.indexOf('\n', at) + 1;
    if (lineStart === 0) return text.length;
    at = behindSpaces(text, lineStart);
    const column = at - lineStart;
    const isInside = column > parent || (column === parent && text[at] === ends);
    if (!isInside && !isLineEnd(text, at)) return text.length;
  }
  return text.length;
}

interface ReadValue {
  readonly node: SyntaxNode;
  readonly end: number;
}

/** Reads a collection of which {@link endOfFlow} knows the end. */
export function readFlow(text: string, start: number, spanAt: SpanMaker): ReadValue {
  const isMapping = text[start] === '{';
  const close = closing(text, start);
  const entries: Entry[] = [];
  const items: SyntaxNode[] = [];
  let at = behindGap(text, start + 1, anywhere);
  while (text[at] !== close) {
    const keyEnd = behind(key, text, at);
    const valueStart = keyEnd === undefined ? at : behindGap(text, text.indexOf(':', keyEnd) + 1, anywhere);
    const { node, end } = readValue(text, valueStart, spanAt);
    if (keyEnd === undefined) items.push(node);
    else {
      const name = scalarText(text.slice(at, keyEnd)) ?? '';
      const entry = { name, keySpan: spanAt(at, keyEnd), value: node };
      if (isMapping) entries.push(entry);
      else items.push({ kind: 'mapping', span: spanAt(at, end), entries: [entry] });
    }
    at = behindGap(text, end, anywhere);
    if (text[at] === ',') at = behindGap(text, at + 1, anywhere);
  }
  const end = at + 1;
  const span = spanAt(start, end);
  return { node: isMapping ? { kind: 'mapping', span, entries } : { kind: 'sequence', span, items }, end };
}

function readValue(text: string, start: number, spanAt: SpanMaker): ReadValue {
  const tagEnd = behind(wholeTag, text, start);
  if (tagEnd === undefined) return readUntagged(text, start, false, spanAt);
  const { node, end } = readUntagged(text, behindGap(text, tagEnd, anywhere), true, spanAt);
  return { node: tagged(text.slice(start, tagEnd), start, node, end, spanAt), end };
}

function readUntagged(text: string, start: number, isTagged: boolean, spanAt: SpanMaker): ReadValue {
  if (text[start] === '[' || text[start] === '{') return readFlow(text, start, spanAt);
  const end = endOfScalar(text, start, anywhere) ?? start;
  return { node: scalarOf(text.slice(start, end), start, isTagged, spanAt), end };
}
