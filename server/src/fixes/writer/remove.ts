import { t } from '@vscode/l10n';
import type { BlockCollection, Collection, FlowCollection } from './collections.ts';
import { commentsBetween, endWithComma, extentEnd, gapAfterLine, memberSpan } from './extents.ts';
import { blankLinesBefore, blankLinesFrom, isFirstOnLine, lineStart, nextLineStart } from './lines.ts';
import type { Removal, RankedEdit } from './operations.ts';
import { refused, type Refused, type WrittenTemplate } from './written-template.ts';

/** Members that are removed and follow each other. */
interface Run {
  readonly first: number;
  readonly last: number;
}

/** Removes members with the comments that belong to them; those above them stay. */
export function removeMembers(
  template: WrittenTemplate,
  { collection, indices }: Removal,
): RankedEdit[] | Refused {
  if (indices.size === collection.members.length) return [emptied(template, collection)];
  const edits: RankedEdit[] = [];
  for (const run of runsOf(indices)) {
    const edit =
      collection.style === 'flow'
        ? removeFlowRun(template, collection, run)
        : removeBlockRun(template, collection, run);
    if ('kind' in edit) return edit;
    edits.push(edit);
  }
  return edits;
}

function runsOf(indices: ReadonlySet<number>): Run[] {
  const runs: { first: number; last: number }[] = [];
  for (const index of [...indices].toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.last === index - 1) run.last = index;
    else runs.push({ first: index, last: index });
  }
  return runs;
}

/** What loses all its members stays what it is, but empty. */
function emptied(template: WrittenTemplate, collection: Collection): RankedEdit {
  const { tokens, members } = { tokens: template.tokens, members: collection.members };
  if (collection.style === 'flow') return deletion(collection.open.end, collection.close.start);
  const [first, last] = [members[0]!, members.at(-1)!];
  const { start } = memberSpan(template, first);
  const { end } = memberSpan(template, last);
  const before = tokens[first.from - 1]?.end ?? start;
  const isOnKeyLine = commentsBetween(template, before, start).length === 0;
  const brackets = collection.of === 'mapping' ? '{}' : '[]';
  return isOnKeyLine
    ? { span: { start: before, end }, newText: [` ${brackets}`], rank: 0 }
    : { span: { start, end }, newText: [brackets], rank: 0 };
}

function removeBlockRun(
  template: WrittenTemplate,
  collection: BlockCollection,
  { first, last }: Run,
): RankedEdit | Refused {
  const { text } = template;
  const { members, column } = collection;
  const { start } = memberSpan(template, members[first]!);
  const end = extentEnd(template, members[last]!, column);
  if (isFirstOnLine(text, start)) return removeLines(template, collection, { first, last }, start, end);
  const next = members[last + 1];
  if (next === undefined) return refused(t('This entry cannot be removed safely.'));
  return removeUpTo(template, start, memberSpan(template, next).start);
}

function removeFlowRun(
  template: WrittenTemplate,
  collection: FlowCollection,
  { first, last }: Run,
): RankedEdit | Refused {
  const { text } = template;
  const { members } = collection;
  const { start } = memberSpan(template, members[first]!);
  const next = members[last + 1];
  if (next === undefined) {
    // With the comma before them; one behind them stays.
    const before = memberSpan(template, members[first - 1]!).end;
    return removeUpTo(template, before, memberSpan(template, members[last]!).end);
  }
  const nextStart = memberSpan(template, next).start;
  if (!isFirstOnLine(text, start) || !isFirstOnLine(text, nextStart)) {
    return removeUpTo(template, start, nextStart);
  }
  return removeLines(template, collection, { first, last }, start, endWithComma(template, members[last]!));
}

/** Whole lines, with the blank ones that separated what stood on them. */
function removeLines(
  { text }: WrittenTemplate,
  { members }: Collection,
  { first, last }: Run,
  start: number,
  end: number,
): RankedEdit {
  const gap = gapAfterLine(text, end);
  const line = lineStart(text, start);
  const isLast = last === members.length - 1;
  const blankBelow = blankLinesFrom(text, gap.offset);
  if (first === 0) {
    return deletion(line, isLast ? gap.offset : skipLines(text, gap.offset, blankBelow));
  }
  return deletion(isLast || blankBelow > 0 ? blankLinesBefore(text, line) : line, gap.offset);
}

function skipLines(text: string, start: number, count: number): number {
  let offset = start;
  for (let skipped = 0; skipped < count; skipped += 1) offset = nextLineStart(text, offset) ?? text.length;
  return offset;
}

/** A comment on the way would be lost without having been meant. */
function removeUpTo(template: WrittenTemplate, start: number, end: number): RankedEdit | Refused {
  return commentsBetween(template, start, end).length > 0
    ? refused(t('A comment stands between this entry and the next.'))
    : deletion(start, end);
}

function deletion(start: number, end: number): RankedEdit {
  return { span: { start, end }, newText: [], rank: 0 };
}
