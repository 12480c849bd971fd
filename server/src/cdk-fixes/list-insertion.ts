import type { TextEdit } from '../fixes/writer/edits.ts';
import { print, type Code } from './code.ts';
import { indentationAt, lineStart, type ListSite, type SourceText } from './source-text.ts';
import type { SourceStyle } from './style.ts';

export interface Insertion {
  readonly list: ListSite;
  readonly item: Code;
  /**
   * What becomes of a list on one line: `stay` puts the item behind the others, `spread` gives each item a line
   * of its own.
   */
  readonly oneLine: 'stay' | 'spread';
  /** Whether items with lines of their own end with a comma where the list does not tell. */
  readonly trailingComma: boolean;
}

/** Puts an item at the end of a list; else only commas, and white space between items on one line, change. */
export function appendItem(
  { text }: SourceText,
  style: SourceStyle,
  insertion: Insertion,
): readonly TextEdit[] {
  const { list, item, oneLine, trailingComma } = insertion;
  const { span, items } = list;
  const last = items.at(-1);
  const outer = indentationAt(text, span.start);
  if (last === undefined) {
    const inner = outer + style.unit;
    const isEmpty = text.slice(span.start, span.end).trim() === '';
    if (!isEmpty || oneLine === 'stay') return intoEmpty(text, insertion, style);
    return [
      {
        span,
        newText: [
          style.lineEnd + inner + print(item, inner, inner.length, style) + (trailingComma ? ',' : ''),
          style.lineEnd + outer,
        ],
      },
    ];
  }
  const hasOwnLine = text.slice(lineStart(text, last.start), last.start).trim() === '';
  const isOneLine = !/[\r\n]/.test(text.slice(span.start, span.end));
  if (hasOwnLine || /\/\/|#|[\r\n]/.test(text.slice(last.end, span.end))) {
    return onOwnLine(
      text,
      insertion,
      style,
      hasOwnLine ? indentationAt(text, last.start) : outer + style.unit,
    );
  }
  if (isOneLine && oneLine === 'spread') return spread(text, insertion, style);
  const end = list.afterTrailingComma ?? last.end;
  const column = end - lineStart(text, end) + 2;
  const printed = print(item, outer, column, style);
  return [insert(end, list.afterTrailingComma === undefined ? `, ${printed}` : ` ${printed},`)];
}

/** Puts an item before all others. The list has items. */
export function prependItem(
  { text }: SourceText,
  style: SourceStyle,
  insertion: Insertion,
  before: number,
): readonly TextEdit[] {
  const { item, list } = insertion;
  const isOwnLine = text.slice(lineStart(text, before), before).trim() === '';
  if (isOwnLine) {
    const indentation = indentationAt(text, before);
    const printed = print(item, indentation, indentation.length, style);
    return [insert(before, `${printed},${style.lineEnd}${indentation}`)];
  }
  const isOneLine = !/[\r\n]/.test(text.slice(list.span.start, list.span.end));
  const outer = indentationAt(text, before);
  if (!isOneLine || insertion.oneLine === 'stay') {
    return [insert(before, `${print(item, outer, before - lineStart(text, before), style)}, `)];
  }
  const inner = outer + style.unit;
  const first = `${print(item, inner, inner.length, style)},${style.lineEnd}${inner}`;
  const comma = insertion.trailingComma && list.afterTrailingComma === undefined ? ',' : '';
  const edits = broken(text, list, style, outer, comma);
  return edits.map((edit) =>
    edit.span.end === before ? { ...edit, newText: [...edit.newText, first] } : edit,
  );
}

function insert(offset: number, newText: string): TextEdit {
  return { span: { start: offset, end: offset }, newText: [newText] };
}

/** Into a list that holds comments at most. */
function intoEmpty(
  text: string,
  { list, item, trailingComma }: Insertion,
  style: SourceStyle,
): readonly TextEdit[] {
  const { start, end } = list.span;
  const outer = indentationAt(text, start);
  if (!/\S/.test(text.slice(start, end))) {
    return [{ span: { start, end }, newText: [print(item, outer, start - lineStart(text, start), style)] }];
  }
  const inner = outer + style.unit;
  const content = start + text.slice(start, end).trimEnd().length;
  const tail = /[\r\n]/.test(text.slice(content, end)) ? '' : style.lineEnd + outer;
  return [
    insert(
      content,
      `${style.lineEnd}${inner}${print(item, inner, inner.length, style)}${trailingComma ? ',' : ''}${tail}`,
    ),
  ];
}

function onOwnLine(
  text: string,
  { list, item }: Insertion,
  style: SourceStyle,
  indentation: string,
): readonly TextEdit[] {
  const { span, items, afterTrailingComma } = list;
  const added = style.lineEnd + indentation + print(item, indentation, indentation.length, style);
  // Behind comments, which are about the items before them.
  const content = span.start + text.slice(span.start, span.end).trimEnd().length;
  if (afterTrailingComma !== undefined) return [insert(content, `${added},`)];
  const last = items.at(-1)?.end ?? span.start;
  return content === last ? [insert(last, `,${added}`)] : [insert(last, ','), insert(content, added)];
}

/** Gives each item of a list on one line a line of its own, and one more to the new item. */
function spread(text: string, insertion: Insertion, style: SourceStyle): readonly TextEdit[] {
  const { list, item, trailingComma } = insertion;
  const outer = indentationAt(text, list.span.start);
  const inner = outer + style.unit;
  const edits = broken(text, list, style, outer);
  const tail = edits.at(-1);
  if (tail === undefined) return edits;
  const separator = list.afterTrailingComma === undefined ? ',' : '';
  const printed = print(item, inner, inner.length, style);
  const added = `${separator}${style.lineEnd}${inner}${printed}${trailingComma ? ',' : ''}`;
  return [...edits.slice(0, -1), { span: tail.span, newText: [added, style.lineEnd + outer] }];
}

/**
 * The white space before each item and before the closing bracket, as line breaks.
 *
 * @param comma Put behind the last item.
 */
function broken(
  text: string,
  list: ListSite,
  style: SourceStyle,
  outer: string,
  comma = '',
): readonly TextEdit[] {
  const { span, items, afterTrailingComma } = list;
  const inner = style.lineEnd + outer + style.unit;
  const edits = items.map((item, index) => {
    const from = index === 0 ? span.start : (items[index - 1]?.end ?? span.start);
    return whiteSpaceBefore(text, item.start, from, inner);
  });
  const from = afterTrailingComma ?? items.at(-1)?.end ?? span.start;
  return [...edits, whiteSpaceBefore(text, span.end, from, comma + style.lineEnd + outer)];
}

function whiteSpaceBefore(text: string, offset: number, from: number, newText: string): TextEdit {
  const kept = text.slice(from, offset).trimEnd().length;
  return { span: { start: from + kept, end: offset }, newText: [newText] };
}
