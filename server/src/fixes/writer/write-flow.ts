import { blankLinesBeside, orderedEntries, withOrder } from './arrangement.ts';
import { spanOfTokens, type FlowCollection } from './collections.ts';
import type { Piece } from './edits.ts';
import { commentsBetween, endWithComma, gapAfterLine, memberIndentation, memberSpan } from './extents.ts';
import { columnOf, indentationOf, isFirstOnLine, isSameLine, lineEnd, lineStart } from './lines.ts';
import { rankBefore, type Insertion, type RankedEdit, type Wrapping } from './operations.ts';
import { flowEntry, flowKey, flowLines, flowText, textRole, type Manner } from './render-flow.ts';
import type { List } from './values.ts';
import type { WrittenTemplate } from './written-template.ts';

/** Inserts entries into a mapping of JSON or of YAML's flow style. */
export function insertFlowEntries(
  template: WrittenTemplate,
  insertion: Insertion,
  collection: FlowCollection,
  manner: Manner,
): RankedEdit[] {
  const { index, side, of, path } = insertion;
  const indentation = memberIndentation(template, collection);
  const parts = orderedEntries(insertion, manner).map(([name, given]) => {
    const value = of === 'resources' ? withOrder(given, manner) : given;
    const isOnOneLine = indentation === undefined || (of === 'resources' && manner.style.inline.resources);
    return isOnOneLine
      ? [...flowKey(name, manner), ...flowText(value, manner, textRole(name, value))]
      : flowEntry(name, value, indentation, manner);
  });
  const blank = '\n'.repeat(blankLinesBeside(template, collection, index, path));
  return insertFlowMembers(template, collection, { index, side, parts, blank }, manner);
}

/** Inserts items at the end of a list of JSON or of YAML's flow style. */
export function insertFlowItems(
  template: WrittenTemplate,
  collection: FlowCollection,
  items: List,
  manner: Manner,
): RankedEdit[] {
  const indentation = memberIndentation(template, collection);
  const last = collection.members.at(-1);
  const { start, end } = last === undefined ? collection.open : memberSpan(template, last);
  const isOverLines = !isSameLine(template.text, start, end);
  const parts = items.map((item) =>
    indentation === undefined && !isOverLines
      ? flowText(item, manner)
      : flowLines(item, indentation ?? indentationOf(template.text, start), manner),
  );
  const index = collection.members.length - 1;
  return insertFlowMembers(template, collection, { index, side: 'after', parts, blank: '' }, manner);
}

/** Puts a mapping or other value between the brackets of a list, with items behind it. */
export function wrapFlowValue(
  template: WrittenTemplate,
  { place, items }: Wrapping,
  manner: Manner,
): RankedEdit[] {
  const { text } = template;
  const { start, end } = spanOfTokens(template, place.value.from, place.value.to);
  const isOneLine = isSameLine(text, start, end);
  const parts = items.map((item) =>
    isOneLine ? flowText(item, manner) : flowLines(item, indentationOf(text, start), manner),
  );
  const padding = isOneLine ? manner.style.flow.insideBrackets : '';
  const separator = `,${manner.style.flow.afterComma || (isOneLine ? '' : ' ')}`;
  return [
    { span: { start, end: start }, newText: [`[${padding}`], rank: 0 },
    {
      span: { start: end, end },
      newText: [...parts.flatMap((part) => [separator, ...part]), `${padding}]`],
      rank: 0,
    },
  ];
}

interface NewMembers {
  /** Of the member that they stand beside. */
  readonly index: number;
  readonly side: 'after' | 'before';
  readonly parts: readonly (readonly Piece[])[];
  /** Line ends that make the blank lines between members. */
  readonly blank: string;
}

function insertFlowMembers(
  template: WrittenTemplate,
  collection: FlowCollection,
  { index, side, parts, blank }: NewMembers,
  manner: Manner,
): RankedEdit[] {
  const { text, tokens } = template;
  const { afterComma } = manner.style.flow;
  const member = collection.members[index];
  if (member === undefined) return fillEmpty(template, collection, parts, manner);
  const indentation = memberIndentation(template, collection);
  const { start, end } = memberSpan(template, member);
  const rank = columnOf(text, start);
  if (side === 'before') {
    const isOwnLine = isFirstOnLine(text, start);
    const offset = isOwnLine ? lineStart(text, start) : start;
    const newText = isOwnLine
      ? parts.flatMap((part) => [indentation ?? '', ...part, `,\n${blank}`])
      : parts.flatMap((part) => [...part, `,${afterComma}`]);
    return [{ span: { start: offset, end: offset }, newText, rank: rankBefore }];
  }
  const comma = tokens[member.to]?.kind === 'comma' ? tokens[member.to] : undefined;
  if (indentation === undefined) {
    const offset = comma?.end ?? end;
    const newText =
      comma === undefined
        ? parts.flatMap((part) => [`,${afterComma}`, ...part])
        : parts.flatMap((part) => [afterComma, ...part, ',']);
    return [{ span: { start: offset, end: offset }, newText, rank }];
  }
  const lines = (separator: string): readonly Piece[] =>
    parts.flatMap((part, at) => [
      `${blank}${indentation}`,
      ...part,
      at < parts.length - 1 ? `,\n` : separator,
    ]);
  const endOfLine = endWithComma(template, member);
  const hasLineForItself =
    lineEnd(text, endOfLine) === endOfLine || text.slice(endOfLine, lineEnd(text, endOfLine)).trim() === '';
  const isCommaOnLine = comma === undefined || isSameLine(text, end, comma.start);
  if (hasLineForItself && isCommaOnLine) {
    const { offset } = gapAfterLine(text, endOfLine);
    const inserted = { span: { start: offset, end: offset }, rank };
    if (comma !== undefined) return [{ ...inserted, newText: [...lines(',\n')] }];
    return [
      { span: { start: end, end }, newText: [','], rank },
      { ...inserted, newText: [...lines('\n')] },
    ];
  }
  const newText = parts.flatMap((part) => [`,\n${blank}${indentation}`, ...part]);
  return [{ span: { start: end, end }, newText, rank }];
}

/** Members between braces or brackets that have none. */
function fillEmpty(
  template: WrittenTemplate,
  { open, close }: FlowCollection,
  parts: readonly (readonly Piece[])[],
  manner: Manner,
): RankedEdit[] {
  const separator = `,${manner.style.flow.afterComma}`;
  const newText = parts.flatMap((part, index) => (index === 0 ? part : [separator, ...part]));
  const hasComment = commentsBetween(template, open.end, close.start).length > 0;
  const start = hasComment ? close.start : open.end;
  return [{ span: { start, end: close.start }, newText, rank: 0 }];
}
