import { diffArrays } from 'diff';
import type { Span } from '../template/syntax.ts';
import {
  expressionAt,
  expressionsCalling,
  makesSame,
  type CreatingExpression,
  type SourceLanguage,
} from './creating-expression.ts';

/** An expression in the text that was synthesised. */
export interface SynthesisedExpression {
  readonly text: string;
  readonly expression: CreatingExpression;
}

/** Beyond it, a text counts as another one; searching goes on without the help of a comparison. */
const mostEdits = 2000;

/**
 * Finds an expression again in a text that was edited since. It is the same as long as it calls the same and
 * gives the same id, wherever its line went.
 *
 * @returns undefined where it is gone, or cannot be told from others
 */
export function followExpression(
  { text: before, expression }: SynthesisedExpression,
  after: string,
  language: SourceLanguage,
): CreatingExpression | undefined {
  if (before === after) return expression;
  const { start, end, isSame } = whereItWent(before, after, expression.span.start);
  if (isSame) {
    const there = expressionAt(after, start, language);
    if (there !== undefined && makesSame(there, expression)) return there;
    // Where the language's expressions are not known, the same text makes the same.
    const { span } = expression;
    const isVerbatim = after.startsWith(before.slice(span.start, span.end), start);
    if (language === 'other' && isVerbatim) {
      return { ...expression, span: { start, end: start + span.end - span.start } };
    }
  }
  const nearby = matching(expression, after, { start, end }, language);
  if (nearby.length > 0) return nearest(nearby, start);
  const anywhere = matching(expression, after, { start: 0, end: after.length }, language);
  return anywhere.length === 1 ? anywhere[0] : undefined;
}

function matching(
  expression: CreatingExpression,
  text: string,
  span: Span,
  language: SourceLanguage,
): readonly CreatingExpression[] {
  const found: CreatingExpression[] = [];
  for (const candidate of expressionsCalling(expression.callee, text, span, language)) {
    if (makesSame(candidate, expression)) found.push(candidate);
  }
  return found;
}

function nearest(expressions: readonly CreatingExpression[], offset: number): CreatingExpression | undefined {
  return expressions.toSorted((a, b) => Math.abs(a.span.start - offset) - Math.abs(b.span.start - offset))[0];
}

/** Where an offset is after the edits: exactly, or the stretch that stands where its line stood. */
function whereItWent(before: string, after: string, offset: number): Span & { readonly isSame: boolean } {
  const prefix = commonPrefix(before, after);
  if (offset < prefix) return at(offset);
  const suffix = commonSuffix(before, after, prefix);
  if (lineStart(before, offset) >= before.length - suffix) return at(offset + after.length - before.length);

  const oldLines = before.split('\n');
  const newLines = after.split('\n');
  const line = before.slice(0, offset).split('\n').length - 1;
  const column = offset - lineStart(before, offset);
  const changes = diffArrays(oldLines, newLines, { maxEditLength: mostEdits, comparator: areSameLines });
  if (changes === undefined) return { start: 0, end: 0, isSame: false };
  let oldLine = 0;
  let newLine = 0;
  for (const [index, { value, added, removed }] of changes.entries()) {
    if (added) {
      newLine += value.length;
      continue;
    }
    if (line < oldLine + value.length) {
      if (!removed) return at(offsetOfLine(newLines, newLine + line - oldLine) + column);
      // What was put in the place of the lines that are gone stands beside them.
      const beside = [changes[index - 1], changes[index + 1]].filter((change) => change?.added === true);
      const previous = changes[index - 1]?.added === true ? changes[index - 1]!.value.length : 0;
      const from = newLine - previous;
      const count = beside.reduce((sum, change) => sum + (change?.value.length ?? 0), 0);
      const start = offsetOfLine(newLines, from);
      return { start, end: offsetOfLine(newLines, from + count), isSame: false };
    }
    oldLine += value.length;
    if (!removed) newLine += value.length;
  }
  return { start: 0, end: 0, isSame: false };
}

function at(offset: number): Span & { readonly isSame: boolean } {
  return { start: offset, end: offset, isSame: true };
}

/** Whatever their line ends are. */
function areSameLines(one: string, other: string): boolean {
  return one === other || one.replace(/\r$/, '') === other.replace(/\r$/, '');
}

function commonPrefix(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

function commonSuffix(a: string, b: string, prefix: number): number {
  const most = Math.min(a.length, b.length) - prefix;
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) {
    length += 1;
  }
  return length;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function offsetOfLine(lines: readonly string[], line: number): number {
  let offset = 0;
  for (let index = 0; index < line; index += 1) offset += (lines[index]?.length ?? 0) + 1;
  return offset;
}
