import { t } from '@vscode/l10n';
import { spanOfTokens, type BlockCollection, type FlowCollection } from './collections.ts';
import { blockIndentation, gapAfterLine, memberSpan } from './extents.ts';
import { indentationOf, isFirstOnLine, lineEnd } from './lines.ts';
import type { Assignment, RankedEdit } from './operations.ts';
import { blockItem, blockValue, withoutIndentation } from './render-block.ts';
import { flowLines, flowText, keyText, scalarPlace, textRole, type Manner } from './render-flow.ts';
import { doubleQuoted, yamlString } from './scalars.ts';
import { plainText, type Piece } from './edits.ts';
import { quoteAt, type Quote } from './style-samples.ts';
import { shapeOf } from './values.ts';
import { refused, type Refused, type WrittenTemplate } from './written-template.ts';
import { insertLines } from './write-block.ts';

/** Writes a value in place of another, or of none. */
export function assignValue(
  template: WrittenTemplate,
  assignment: Assignment,
  manner: Manner,
): RankedEdit[] | Refused {
  const { slot } = assignment.place;
  const written = assignScalar(template, assignment, manner);
  if (written !== undefined) return [...rename(template, assignment, manner), ...written];
  if (slot === undefined) return assignArgument(template, assignment, manner);
  const { collection } = slot;
  const edits =
    collection.style === 'flow'
      ? assignInFlow(template, assignment, collection, slot.index, manner)
      : collection.of === 'mapping'
        ? assignInBlock(template, assignment, collection, slot.index, manner)
        : assignItem(template, assignment, collection, slot.index, manner);
  return [...rename(template, assignment, manner), ...edits];
}

function rename(template: WrittenTemplate, { place, name }: Assignment, manner: Manner): RankedEdit[] {
  const { slot } = place;
  const member = slot?.collection.members[slot.index];
  if (slot === undefined || member === undefined || name === undefined || name === member.name) return [];
  const { start, end } = template.tokens[member.from]!;
  return [{ span: { start, end }, newText: keyText(name, manner, slot.collection.style), rank: 0 }];
}

/** A scalar in place of a scalar keeps its quotes; undefined where there is not both. */
function assignScalar(
  { text, tokens }: WrittenTemplate,
  { place: { value, slot }, value: given }: Assignment,
  manner: Manner,
): RankedEdit[] | undefined {
  const token = tokens[value.from];
  const shape = shapeOf(given);
  const isOne =
    value.to - value.from === 1 &&
    token?.kind === 'scalar' &&
    !text.slice(token.start, token.end).includes('\n');
  if (!isOne || (shape.kind !== 'text' && shape.kind !== 'bare')) return undefined;
  if (shape.kind === 'text' && plainText(shape.pieces).includes('\n')) return undefined;
  const newText =
    shape.kind === 'bare'
      ? [shape.text]
      : quotedLike(quoteAt(text, token.start), shape.pieces, slot?.collection.style ?? 'flow', manner);
  return [{ span: { start: token.start, end: token.end }, newText, rank: 0 }];
}

function quotedLike(
  quote: Quote,
  pieces: readonly Piece[],
  place: 'block' | 'flow',
  { format, style }: Manner,
): readonly Piece[] {
  if (format === 'json') return doubleQuoted(pieces);
  return yamlString(pieces, scalarPlace(place, style), {
    customary: quote,
    needed: quote === 'none' ? style.quotes.needed : quote,
  });
}

/** The argument of a short form: only what has its place on the same line. */
function assignArgument(
  template: WrittenTemplate,
  { place: { value }, value: given }: Assignment,
  manner: Manner,
): RankedEdit[] | Refused {
  const span = spanOfTokens(template, value.from, value.to);
  if (value.from >= value.to || template.text.slice(span.start, span.end).includes('\n')) {
    return refused(t('The argument of this function is written in a way that is not edited.'));
  }
  return [{ span, newText: flowText(given, manner), rank: 0 }];
}

function assignInFlow(
  template: WrittenTemplate,
  { place: { value }, value: given, name }: Assignment,
  collection: FlowCollection,
  index: number,
  manner: Manner,
): RankedEdit[] {
  const { text } = template;
  const member = collection.members[index]!;
  const { start } = memberSpan(template, member);
  const span = spanOfTokens(template, value.from, value.to);
  const role = textRole(name ?? member.name ?? '', given);
  const isOverLines = isFirstOnLine(text, start) || text.slice(span.start, span.end).includes('\n');
  const newText = isOverLines
    ? flowLines(given, indentationOf(text, start), manner, role)
    : flowText(given, manner, role);
  return [{ span, newText: value.from < value.to ? newText : [' ', ...newText], rank: 0 }];
}

/**
 * An entry of a mapping in block style: what stands on the line of its key and what stands on the lines below
 * are written apart, so that a comment between them stays.
 */
function assignInBlock(
  template: WrittenTemplate,
  { place: { value }, value: given, name }: Assignment,
  collection: BlockCollection,
  index: number,
  manner: Manner,
): RankedEdit[] {
  const { text, tokens } = template;
  const member = collection.members[index]!;
  const role = textRole(name ?? member.name ?? '', given);
  const { head, body } = blockValue(given, blockIndentation(collection), manner, role);
  const colon = tokens[member.from + 1]!;
  const keyLineEnd = lineEnd(text, colon.end);
  const contentEnd = value.from < value.to ? withoutLineEnd(text, tokens[value.to - 1]!.end) : colon.end;
  // A comment on the last of several lines goes with what it is on.
  const valueEnd = contentEnd > keyLineEnd ? lineEnd(text, contentEnd) : contentEnd;
  let headEnd = colon.end;
  for (const token of tokens.slice(value.from, value.to)) {
    if (token.start < keyLineEnd) headEnd = Math.min(token.end, keyLineEnd);
  }
  const edits: RankedEdit[] = [];
  if (head.length > 0 || headEnd > colon.end) {
    edits.push({ span: { start: colon.end, end: headEnd }, newText: head, rank: 0 });
  }
  if (valueEnd > keyLineEnd) {
    const newText = body.flatMap((line) => ['\n', ...line]);
    edits.push({ span: { start: keyLineEnd, end: valueEnd }, newText, rank: 0 });
  } else if (body.length > 0) {
    edits.push(insertLines(body, gapAfterLine(text, keyLineEnd), collection.column + 1));
  }
  return edits;
}

function assignItem(
  template: WrittenTemplate,
  { value: given }: Assignment,
  collection: BlockCollection,
  index: number,
  manner: Manner,
): RankedEdit[] {
  const { start, end } = memberSpan(template, collection.members[index]!);
  const indentation = blockIndentation(collection);
  const [first = [], ...rest] = blockItem(given, indentation, manner);
  const newText = [...withoutIndentation(first, indentation), ...rest.flatMap((line) => ['\n', ...line])];
  return [{ span: { start, end: withoutLineEnd(template.text, end) }, newText, rank: 0 }];
}

/** A block scalar that keeps its last line end has it inside. */
function withoutLineEnd(text: string, end: number): number {
  return text[end - 1] === '\n' ? lineEnd(text, end - 1) : end;
}
