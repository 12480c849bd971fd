import type { Span } from '../../template/syntax.ts';

/** A place at which the cursor stops when an edit is applied as a snippet; its text where it is not. */
interface TabStop {
  /** 1 is the first; the same number twice is edited at both places at once. */
  readonly index: number;
  readonly text: string;
}

/** New text: what is written as it is, and tab stops. */
export type Piece = string | TabStop;

/** Replaces a span of the text, half-open and in UTF-16 code units; an empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: readonly Piece[];
}

/** The text without tab stops. */
export function plainText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
}

/**
 * The text in the snippet syntax of LSP:
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.18/specification/#snippet_syntax
 */
export function snippetText(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) =>
      typeof piece === 'string' ? escaped(piece) : `\${${piece.index}:${escaped(piece.text)}}`,
    )
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\$}]/g, String.raw`\$&`);
}

/** Whether a snippet would stop anywhere. */
export function hasTabStops(edits: readonly TextEdit[]): boolean {
  return edits.some(({ newText }) => newText.some((piece) => typeof piece !== 'string'));
}

/**
 * The text after all edits.
 *
 * @param edits In the order of the text; of those at one place, in the order in which their texts follow.
 * @throws RangeError where they overlap, are out of order or reach beyond the text.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const { span, newText } of edits) {
    if (span.start < end || span.end < span.start || span.end > text.length) {
      throw new RangeError(`Edit ${span.start}–${span.end} overlaps another or lies outside the text`);
    }
    parts.push(text.slice(end, span.start), plainText(newText));
    end = span.end;
  }
  parts.push(text.slice(end));
  return parts.join('');
}

/**
 * The edits that do at once what two sets do one after the other.
 *
 * @param second Edits of the text that `first` leads to. A tab stop that they cut becomes text.
 */
export function composeEdits(first: readonly TextEdit[], second: readonly TextEdit[]): TextEdit[] {
  const composed: Segment[] = [];
  let rest: readonly Segment[] = segmentsOf(first);
  let position = 0;
  for (const { span, newText } of second) {
    const [before, from] = cut(rest, span.start - position);
    const [replaced, after] = cut(from, span.end - span.start);
    composed.push(...before);
    for (const segment of replaced) if (segment.kind !== 'new') composed.push({ ...segment, kind: 'gone' });
    for (const piece of newText) composed.push({ kind: 'new', piece });
    rest = after;
    position = span.end;
  }
  return editsOf([...composed, ...rest]);
}

/** A part of an edited text: a span of the original that is kept or gone, or something new. */
type Segment =
  { readonly kind: 'kept' | 'gone'; readonly span: Span } | { readonly kind: 'new'; readonly piece: Piece };

function segmentsOf(edits: readonly TextEdit[]): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (const { span, newText } of edits) {
    segments.push({ kind: 'kept', span: { start, end: span.start } }, { kind: 'gone', span });
    for (const piece of newText) segments.push({ kind: 'new', piece });
    start = span.end;
  }
  return [...segments, { kind: 'kept', span: { start, end: Infinity } }];
}

/** How much of the edited text a segment is. */
function lengthOf(segment: Segment): number {
  if (segment.kind === 'new') return plainText([segment.piece]).length;
  return segment.kind === 'kept' ? segment.span.end - segment.span.start : 0;
}

/** The segments up to a length of the edited text, and those from there on. */
function cut(segments: readonly Segment[], length: number): [readonly Segment[], readonly Segment[]] {
  let room = length;
  for (const [index, segment] of segments.entries()) {
    if (room === 0) return [segments.slice(0, index), segments.slice(index)];
    if (lengthOf(segment) > room) {
      const [head, tail] = halves(segment, room);
      return [
        [...segments.slice(0, index), head],
        [tail, ...segments.slice(index + 1)],
      ];
    }
    room -= lengthOf(segment);
  }
  return [segments, []];
}

function halves(segment: Segment, length: number): [Segment, Segment] {
  if (segment.kind === 'new') {
    const text = plainText([segment.piece]);
    return [
      { kind: 'new', piece: text.slice(0, length) },
      { kind: 'new', piece: text.slice(length) },
    ];
  }
  const { kind, span } = segment;
  const middle = span.start + length;
  return [
    { kind, span: { start: span.start, end: middle } },
    { kind, span: { start: middle, end: span.end } },
  ];
}

function editsOf(segments: readonly Segment[]): TextEdit[] {
  const edits: { span: Span; newText: Piece[] }[] = [];
  let end = 0;
  for (const segment of segments) {
    if (segment.kind === 'kept') {
      ({ end } = segment.span);
      continue;
    }
    let edit = edits.at(-1);
    if (edit?.span.end !== end) {
      edit = { span: { start: end, end }, newText: [] };
      edits.push(edit);
    }
    if (segment.kind === 'new') edit.newText.push(segment.piece);
    else {
      ({ end } = segment.span);
      edit.span = { start: edit.span.start, end };
    }
  }
  return edits.filter(({ span, newText }) => span.end > span.start || newText.length > 0);
}
