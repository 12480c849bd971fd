import type { SyntaxNode } from '@lezer/common';
import type { TextEdit } from '../fixes/writer/edits.ts';
import { print } from './code.ts';
import type { Spelling } from './dialect.ts';
import type { Statement } from './expression.ts';
import type { Subject } from './offer.ts';
import { indentationAt, lineEnd, lineStart } from './source-text.ts';

/** Puts statements behind another: into lines of their own, or into its line where that goes on. */
export function insertBehind(
  statement: SyntaxNode,
  statements: readonly Statement[],
  { source, dialect }: Subject,
  spelling: Spelling,
): TextEdit {
  const { text } = source;
  const { style } = spelling;
  const indentation = indentationAt(text, statement.from);
  const beginsLine = text.slice(lineStart(text, statement.from), statement.from).trim() === '';
  const end = lineEnd(text, statement.to);
  const rest = text.slice(statement.to, end).trim();
  const hasOwnLine = beginsLine && (rest === '' || rest.startsWith(dialect.lineComment));
  const printed = statements.map((one) =>
    print(dialect.spellStatement(one, spelling), indentation, indentation.length, style),
  );
  if (hasOwnLine) {
    const lines = printed.map((one) => style.lineEnd + indentation + one);
    return { span: { start: end, end }, newText: [lines.join('')] };
  }
  const last = text[statement.to - 1];
  const separator = last === ';' || last === '}' ? ' ' : '; ';
  return {
    span: { start: statement.to, end: statement.to },
    newText: [printed.map((one) => separator + one).join('')],
  };
}
