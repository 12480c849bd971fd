import { t } from '@vscode/l10n';
import { assignValue } from './assign.ts';
import type { Change } from './changes.ts';
import type { TextEdit } from './edits.ts';
import { lineEnd, lineStart } from './lines.ts';
import type { Operation, RankedEdit } from './operations.ts';
import { planChanges } from './plan.ts';
import { removeMembers } from './remove.ts';
import type { Manner } from './render-flow.ts';
import { mapText } from './scalars.ts';
import { styleNear } from './style.ts';
import { insertBlockEntries, insertBlockItems, insertComment, wrapBlockMapping } from './write-block.ts';
import { insertFlowEntries, insertFlowItems, wrapFlowValue } from './write-flow.ts';
import { refused, type Refused, type WrittenTemplate } from './written-template.ts';

/**
 * The edits that write changes into a template in the style of its author, and leave every other byte as it is. They
 * are in the order of the text, at most one at each place. What they lead to has yet to be read.
 */
export function writeChanges(
  template: WrittenTemplate,
  changes: readonly Change[],
): readonly TextEdit[] | Refused {
  const operations = planChanges(template, changes);
  if (!isPlanned(operations)) return operations;
  const ranked: RankedEdit[] = [];
  for (const operation of operations) {
    const manner = { format: template.format, style: styleNear(template, operation.near) };
    const written = write(template, operation, manner);
    if (!isWritten(written)) return written;
    ranked.push(...written.map((edit) => withLineEnds(edit, manner)));
  }
  return inOrder(ranked, template.text) ?? refused(t('Two of the changes concern the same text.'));
}

/** Tells edits from the reason why there are none. */
export function areEdits(edits: readonly TextEdit[] | Refused): edits is readonly TextEdit[] {
  return Array.isArray(edits);
}

function isPlanned(operations: readonly Operation[] | Refused): operations is readonly Operation[] {
  return Array.isArray(operations);
}

function isWritten(edits: RankedEdit[] | Refused): edits is RankedEdit[] {
  return Array.isArray(edits);
}

function write(template: WrittenTemplate, operation: Operation, manner: Manner): RankedEdit[] | Refused {
  switch (operation.kind) {
    case 'insert': {
      const { collection } = operation;
      if (operation.entries.size === 0) return [];
      return collection.style === 'flow'
        ? insertFlowEntries(template, operation, collection, manner)
        : insertBlockEntries(template, operation, collection, manner);
    }
    case 'insert-items': {
      const { collection, items } = operation;
      return collection.style === 'flow'
        ? insertFlowItems(template, collection, items, manner)
        : insertBlockItems(template, collection, items, manner);
    }
    case 'assign':
      return assignValue(template, operation, manner);
    case 'wrap':
      return isInFlow(template, operation.place.value)
        ? wrapFlowValue(template, operation, manner)
        : wrapBlockMapping(template, operation, manner);
    case 'remove':
      return operation.indices.size === 0 ? [] : removeMembers(template, operation);
    case 'comment':
      return insertComment(template, operation);
  }
}

function isInFlow({ tokens }: WrittenTemplate, { from }: { readonly from: number }): boolean {
  return tokens[from]?.kind === 'open';
}

function withLineEnds({ span, newText, rank }: RankedEdit, { style }: Manner): RankedEdit {
  return { span, rank, newText: mapText(newText, (text) => text.replaceAll('\n', style.lineEnd)) };
}

/** The edits one after the other, those at one place joined; undefined where they overlap. */
function inOrder(ranked: readonly RankedEdit[], text: string): TextEdit[] | undefined {
  const sorted = ranked.toSorted(
    (a, b) =>
      a.span.start - b.span.start || Number(isInsertion(b)) - Number(isInsertion(a)) || b.rank - a.rank,
  );
  const edits: TextEdit[] = [];
  for (const { span, newText } of sorted) {
    const last = edits.at(-1);
    const start = last?.span.start ?? 0;
    if (last === undefined || span.start > last.span.end) edits.push({ span, newText });
    else if (span.start === last.span.end) {
      const joined = { start, end: span.end };
      edits[edits.length - 1] = { span: joined, newText: [...last.newText, ...newText] };
    } else return undefined;
  }
  const last = edits.at(-1);
  if (last !== undefined) edits[edits.length - 1] = withoutLastLineEnd(last, text);
  return edits;
}

function isInsertion({ span }: TextEdit): boolean {
  return span.start === span.end;
}

/** Where the last lines go of a text that does not end with a line end, the line before becomes the last. */
function withoutLastLineEnd({ span, newText }: TextEdit, text: string): TextEdit {
  const { start, end } = span;
  const isTail = start < end && end === text.length && newText.length === 0 && !text.endsWith('\n');
  if (!isTail || start === 0 || lineStart(text, start) !== start) return { span, newText };
  return { span: { start: lineEnd(text, lineStart(text, start - 1)), end }, newText };
}
