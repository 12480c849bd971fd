import { t } from '@vscode/l10n';
import { blankLinesBeside, customaryBlankLines, orderedEntries, withOrder } from './arrangement.ts';
import { collectionOf, type BlockCollection } from './collections.ts';
import { mapText } from './scalars.ts';
import {
  blockIndentation,
  extentEnd,
  extentStart,
  gapAfterLine,
  memberSpan,
  type LineGap,
} from './extents.ts';
import { columnOf, isFirstOnLine, lineStart } from './lines.ts';
import {
  rankBefore,
  rankOfComment,
  type CommentInsertion,
  type Insertion,
  type RankedEdit,
  type Wrapping,
} from './operations.ts';
import { blockEntry, blockItem, withoutIndentation, type Line } from './render-block.ts';
import { flowText, keyText, type Manner } from './render-flow.ts';
import { fieldEntries, shapeOf, textOf, type List, type Value } from './values.ts';
import { refused, type Refused, type WrittenTemplate } from './written-template.ts';

/** Inserts entries into a mapping in block style. */
export function insertBlockEntries(
  template: WrittenTemplate,
  insertion: Insertion,
  collection: BlockCollection,
  manner: Manner,
): RankedEdit[] {
  const { text } = template;
  const { index, side, path } = insertion;
  const indentation = blockIndentation(collection);
  const blocks = orderedEntries(insertion, manner).map(([name, value]) =>
    entryLines(template, name, value, insertion, indentation, manner),
  );
  const blank = blankLines(blankLinesBeside(template, collection, index, path));
  if (side === 'after') {
    const end = extentEnd(template, collection.members[index]!, collection.column);
    const gap = gapAfterLine(text, end);
    // A block scalar that keeps the blank lines at its end would keep these, too.
    const isKept = text[end - 1] === '\n';
    const lines = blocks.flatMap((block) => [...(isKept ? [] : blank), ...block]);
    return [insertLines(lines, gap, collection.column)];
  }
  const start = extentStart(template, collection, index);
  const lines = blocks.flatMap((block) => [...block, ...blank]);
  if (lineStart(text, start) === start) {
    return [insertLines(lines, { offset: start, isUnterminated: false }, rankBefore)];
  }
  const [first = [], ...rest] = lines;
  const newText = [
    ...withoutIndentation(first, indentation),
    ...rest.flatMap((line) => ['\n', ...line]),
    `\n${indentation}`,
  ];
  return [{ span: { start, end: start }, newText, rank: rankBefore }];
}

/** Inserts items at the end of a list in block style. */
export function insertBlockItems(
  template: WrittenTemplate,
  collection: BlockCollection,
  items: List,
  manner: Manner,
): RankedEdit[] {
  const { text, tokens } = template;
  const last = collection.members.at(-1)!;
  const content = tokens[last.from + 1];
  const { start } = memberSpan(template, last);
  const isSameLine = content !== undefined && lineStart(text, content.start) === lineStart(text, start);
  const dash = isSameLine ? columnOf(text, content.start) - collection.column : manner.style.dash;
  const lines = items.flatMap((item) =>
    blockItem(item, blockIndentation(collection), { ...manner, style: { ...manner.style, dash } }),
  );
  const gap = gapAfterLine(text, extentEnd(template, last, collection.column));
  // A list may stand at the column of its key; then it is inside nevertheless.
  return [insertLines(lines, gap, collection.column + 0.5)];
}

/**
 * Makes a list of a mapping in block style, whose lines stay where they are: the dash takes the place of two
 * of the spaces before its first key.
 */
export function wrapBlockMapping(
  template: WrittenTemplate,
  { place, slot, items }: Wrapping,
  manner: Manner,
): RankedEdit[] | Refused {
  const { text } = template;
  const collection = collectionOf(template, place.value);
  if (collection.kind === 'refused') return collection;
  if (collection.style === 'flow' || slot.collection.style === 'flow') {
    return refused(t('This value cannot be made a list of safely.'));
  }
  const dashColumn = collection.column - 2;
  const { start } = memberSpan(template, collection.members[0]!);
  if (dashColumn < slot.collection.column || !isFirstOnLine(text, start)) {
    return refused(t('This value is indented too little to be made a list of.'));
  }
  const lines = items.flatMap((item) =>
    blockItem(item, ' '.repeat(dashColumn), { ...manner, style: { ...manner.style, dash: 2 } }),
  );
  const gap = gapAfterLine(text, extentEnd(template, collection.members.at(-1)!, dashColumn));
  return [
    { span: { start: start - 2, end: start }, newText: ['- '], rank: 0 },
    insertLines(lines, gap, dashColumn + 0.5),
  ];
}

export function insertComment(
  template: WrittenTemplate,
  { slot: { collection, index }, text: comment }: CommentInsertion,
): RankedEdit[] | Refused {
  const { text } = template;
  const { start } = memberSpan(template, collection.members[index]!);
  if (template.format === 'json' || !isFirstOnLine(text, start))
    return refused(t('No comment can stand here.'));
  const shape = shapeOf(typeof comment === 'string' ? comment : textOf(comment));
  const pieces = shape.kind === 'text' ? shape.pieces : [];
  const line = [
    `${' '.repeat(columnOf(text, start))}# `,
    ...mapText(pieces, (part) => part.replaceAll(/\s+/g, ' ')),
  ];
  return [insertLines([line], { offset: lineStart(text, start), isUnterminated: false }, rankOfComment)];
}

/** The lines of a new entry. */
function entryLines(
  template: WrittenTemplate,
  name: string,
  value: Value,
  { of }: Insertion,
  indentation: string,
  manner: Manner,
): readonly Line[] {
  const [field] = fieldEntries({ [name]: of === 'resources' ? withOrder(value, manner) : value });
  if (field === undefined) return [];
  const shape = shapeOf(field.value);
  if (of === 'resources' && manner.style.inline.resources) {
    return [[indentation, ...keyText(name, manner, 'block'), ': ', ...flowText(field.value, manner)]];
  }
  const isSpaced = of === 'sections' && name !== 'Conditions' && shape.kind === 'fields';
  const blank = isSpaced ? blankLines(customaryBlankLines(template)) : [];
  if (blank.length === 0 || shape.kind !== 'fields') return blockEntry(field, indentation, manner);
  const inner = indentation + manner.style.indentation;
  const entries = shape.entries.map((entry) => blockEntry(entry, inner, manner));
  return [
    [indentation, ...keyText(name, manner, 'block'), ':'],
    ...entries.flatMap((lines, index) => (index === 0 ? lines : [...blank, ...lines])),
  ];
}

/** The lines at a place for whole lines. */
export function insertLines(
  lines: readonly Line[],
  { offset, isUnterminated }: LineGap,
  rank: number,
): RankedEdit {
  return {
    span: { start: offset, end: offset },
    newText: lines.flatMap((line) => (isUnterminated ? ['\n', ...line] : [...line, '\n'])),
    rank,
  };
}

function blankLines(count: number): Line[] {
  return Array.from({ length: count }, () => []);
}
