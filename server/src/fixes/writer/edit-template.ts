import { t } from '@vscode/l10n';
import type { ReadDocument } from '../../template/document.ts';
import { readTemplate } from '../../template/template.ts';
import { assignValue } from './assign.ts';
import type { Change } from './changes.ts';
import { dataOfNode, isSameData, type Data } from './data.ts';
import { applyEdits, type TextEdit } from './edits.ts';
import { applyToData } from './expected-data.ts';
import { lineEnd, lineStart } from './lines.ts';
import type { Operation, RankedEdit } from './operations.ts';
import { planChanges } from './plan.ts';
import { removeMembers } from './remove.ts';
import type { Manner } from './render-flow.ts';
import { mapText } from './scalars.ts';
import { styleNear } from './style.ts';
import { insertBlockEntries, insertBlockItems, insertComment, wrapBlockMapping } from './write-block.ts';
import { insertFlowEntries, insertFlowItems, wrapFlowValue } from './write-flow.ts';
import { readDocumentsOrNone, refused, type Refused, type WrittenTemplate } from './written-template.ts';

/** Edits that change a template as wished, and the text that they lead to. */
export interface Edited {
  readonly kind: 'edited';
  /** In the order of the text, at most one at each place. */
  readonly edits: readonly TextEdit[];
  readonly text: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const mostResources = 500;
const mostBytes = 1024 * 1024;

/**
 * Writes changes into a template in the style of its author, and leaves every other byte as it is.
 *
 * What is written is read again: where it does not say exactly what the template said before with the changes
 * made, the edit is refused. So is one that would grow the template beyond what CloudFormation takes.
 */
export function editTemplate(template: WrittenTemplate, changes: readonly Change[]): Edited | Refused {
  const operations = planChanges(template, changes);
  if (!isPlanned(operations)) return operations;
  const ranked: RankedEdit[] = [];
  for (const operation of operations) {
    const manner = { format: template.format, style: styleNear(template, operation.near) };
    const written = write(template, operation, manner);
    if (!isWritten(written)) return written;
    ranked.push(...written.map((edit) => withLineEnds(edit, manner)));
  }
  const edits = inOrder(ranked, template.text);
  if (edits === undefined) return refused(t('Two of the changes concern the same text.'));
  const text = applyEdits(template.text, edits);
  return problemOf(template, changes, text) ?? { kind: 'edited', edits, text };
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

/** Why a new text is not handed out. */
function problemOf(template: WrittenTemplate, changes: readonly Change[], text: string): Refused | undefined {
  const { documents, documentIndex } = template;
  const after = readDocumentsOrNone(text);
  const isIntact =
    after.length === documents.length &&
    after.every(({ problems }) => problems.length === 0) &&
    documents.every(({ root }, index) => {
      const expected: Data = root === undefined ? null : dataOfNode(root);
      if (index === documentIndex && expected instanceof Map) applyToData(expected, changes);
      const found = after[index]?.root;
      return isSameData(found === undefined ? null : dataOfNode(found), expected);
    });
  if (!isIntact) return refused(unsafeReason(template));
  return tooLarge(
    { text: template.text, document: documents[documentIndex] },
    { text, document: after[documentIndex] },
  );
}

interface Version {
  readonly text: string;
  readonly document: ReadDocument | undefined;
}

/** Why a template must not grow so; undefined where CloudFormation takes it, or it does not grow. */
export function tooLarge(before: Version, after: Version): Refused | undefined {
  const [had, has] = [before, after].map(({ document }) =>
    document === undefined ? 0 : (readTemplate(document)?.resources.size ?? 0),
  );
  if (has! > mostResources && has! > had!) {
    return refused(
      t('The template would have {0} resources; CloudFormation takes {1}.', has!, mostResources),
    );
  }
  return after.text.length > before.text.length && utf8Length(after.text) > mostBytes
    ? refused(t('The template would be larger than the 1 MB that CloudFormation takes.'))
    : undefined;
}

function unsafeReason({ tokens }: WrittenTemplate): string {
  return tokens.some(({ kind }) => kind === 'alias')
    ? t('This part of the template is shared through an anchor; the edit would change more than is meant.')
    : t('This part of the template is written in a way that is not edited safely.');
}

function utf8Length(text: string): number {
  // Nearly all templates are ASCII, which is told much faster than counted.
  if (!/[\u0080-\uFFFF]/.test(text)) return text.length;
  let length = 0;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
