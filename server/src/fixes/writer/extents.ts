import type { Span } from '../../template/syntax.ts';
import type { BlockCollection, Collection, Member } from './collections.ts';
import {
  blankLinesFrom,
  columnOf,
  indentationOf,
  isFirstOnLine,
  isSameLine,
  lineEnd,
  lineStart,
  nextLineStart,
} from './lines.ts';
import type { WrittenTemplate } from './written-template.ts';

/** From the key or dash of a member to the end of its value. */
export function memberSpan({ tokens }: WrittenTemplate, { from, to }: Member): Span {
  return { start: tokens[from]!.start, end: tokens[to - 1]!.end };
}

/** A place at which whole lines can be put. */
export interface LineGap {
  readonly offset: number;
  /** Whether the text ends there without a line end, so that one must come first. */
  readonly isUnterminated: boolean;
}

/** Where lines go that follow all that an offset's line, and what stands on it, holds. */
export function gapAfterLine(text: string, end: number): LineGap {
  // Only a block scalar that keeps its last line end ends at the beginning of a line.
  if (end > 0 && text[end - 1] === '\n') return { offset: end, isUnterminated: false };
  const next = nextLineStart(text, end);
  return { offset: next ?? text.length, isUnterminated: next === undefined };
}

/**
 * Where a member ends that is laid out by lines, with the comments that belong to it: the one on its last
 * line, and those below that are indented deeper than it.
 *
 * @param column Of the member's key or dash.
 */
export function extentEnd(template: WrittenTemplate, member: Member, column: number): number {
  const { text, tokens } = template;
  let { end } = memberSpan(template, member);
  const limit = tokens[member.to]?.start ?? text.length;
  for (const comment of commentsBetween(template, end, limit)) {
    const isOnLastLine = isSameLine(text, end, comment.start) && !isFirstOnLine(text, comment.start);
    if (!isOnLastLine && commentColumn(text, comment, column) <= column) break;
    ({ end } = comment);
  }
  return end;
}

/**
 * Where a member begins, with the comments that stand right above it.
 *
 * @returns The beginning of a line, or that of the member where something else begins its line.
 */
export function extentStart(template: WrittenTemplate, collection: Collection, index: number): number {
  const { text } = template;
  const { start } = memberSpan(template, collection.members[index]!);
  if (!isFirstOnLine(text, start)) return start;
  const column = columnOf(text, start);
  let line = lineStart(text, start);
  for (const comment of commentsBetween(template, 0, line).toReversed()) {
    const commentLine = lineStart(text, comment.start);
    const isRightAbove = isFirstOnLine(text, comment.start) && nextLineStart(text, comment.end) === line;
    if (!isRightAbove || commentColumn(text, comment, column) > column) break;
    line = commentLine;
  }
  return line;
}

/** Blank lines between a member and the next; undefined where there is no next, or it follows on the line. */
export function blankLinesAfter(
  template: WrittenTemplate,
  collection: Collection,
  index: number,
): number | undefined {
  const { text } = template;
  const member = collection.members[index];
  const next = collection.members[index + 1];
  if (member === undefined || next === undefined) return undefined;
  const { start } = memberSpan(template, next);
  if (!isFirstOnLine(text, start)) return undefined;
  const end =
    collection.style === 'block'
      ? extentEnd(template, member, collection.column)
      : endWithComma(template, member);
  const gap = gapAfterLine(text, end);
  return gap.offset > start ? undefined : blankLinesFrom(text, gap.offset);
}

/** Where a member in flow style ends, with the comma behind it and a comment on that line. */
export function endWithComma(template: WrittenTemplate, member: Member): number {
  const { text, tokens } = template;
  const comma = tokens[member.to];
  const end = comma?.kind === 'comma' ? comma.end : memberSpan(template, member).end;
  const comment = commentsBetween(template, end, lineEnd(text, end))[0];
  return comment?.end ?? end;
}

/** Spaces and tabs before the members of a collection that begin a line; undefined where none does. */
export function memberIndentation(
  { text, tokens }: WrittenTemplate,
  collection: Collection,
): string | undefined {
  const first = collection.members.find(({ from }) => isFirstOnLine(text, tokens[from]!.start));
  return first && indentationOf(text, tokens[first.from]!.start);
}

/** Spaces as wide as the keys or dashes of a block collection are indented. */
export function blockIndentation({ column }: BlockCollection): string {
  return ' '.repeat(column);
}

export function commentsBetween({ comments }: WrittenTemplate, start: number, end: number): readonly Span[] {
  return comments.filter((comment) => comment.start >= start && comment.end <= end);
}

/**
 * How far a comment is indented. Entries and items that an editor has commented out at the beginning of their
 * lines are indented behind the `#`.
 */
function commentColumn(text: string, { start, end }: Span, memberColumn: number): number {
  const column = columnOf(text, start);
  if (column >= memberColumn) return column;
  const code = /^#(\s*)(?:- |[\w"':]+:(?:\s|$))/.exec(text.slice(start, end));
  return code === null ? column : column + 1 + code[1]!.length;
}
