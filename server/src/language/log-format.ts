import { logFormatFields, type LogFormatField } from '../aws/log-format-fields.ts';
import type { Scalar, Span } from '../template/syntax.ts';
import { contains } from './place.ts';

/** A field as a log format names it. */
export interface NamedField {
  readonly name: string;
  /** From `$` to `}`. */
  readonly span: Span;
  /** Undefined for a field that is newer than this list, or none. */
  readonly facts: LogFormatField | undefined;
}

/** The field at an offset of a log format, `${name}` or, in `Fn::Sub`, `${!name}`. */
export function fieldAt({ span }: Scalar, offset: number, text: string): NamedField | undefined {
  for (const match of text.slice(span.start, span.end).matchAll(/\$\{!?([\w-]+)\}/g)) {
    const start = span.start + match.index;
    const found = { start, end: start + match[0].length };
    if (!contains(found, offset)) continue;
    const name = match[1] ?? '';
    return { name, span: found, facts: logFormatFields.find((field) => field.name === name) };
  }
  return undefined;
}
