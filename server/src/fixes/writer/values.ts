import type { Piece } from './edits.ts';

/**
 * What is to be written into a template, told as plain data and intrinsic calls. How it looks in YAML or JSON
 * is the renderers' concern. Numbers and booleans are written without quotes; a string stays a string, whatever
 * it looks like.
 */
export type Value = string | number | boolean | Text | Verbatim | Call | List | Fields | Commented;

export type List = readonly Value[];

/** The entries of a mapping, in the order in which they are written; undefined ones are left out. */
export interface Fields {
  readonly [name: string]: Value | undefined;
}

// Symbols, because any string may be the name of a field.
const functionName = Symbol('function name');
const textPieces = Symbol('text pieces');
const commentLines = Symbol('comment lines');
const verbatimText = Symbol('verbatim text');

/** An intrinsic function and what it is called with. */
export interface Call {
  readonly [functionName]: string;
  readonly argument: Value;
}

/** A string with tab stops in it. */
export interface Text {
  readonly [textPieces]: readonly Piece[];
}

/** The value of an entry, with a comment on the lines above that entry. JSON and flow style leave it out. */
export interface Commented {
  readonly [commentLines]: readonly string[];
  readonly value: Value;
}

/** Text of the template itself, that is kept as it is. */
export interface Verbatim {
  readonly [verbatimText]: string;
}

/**
 * A call of an intrinsic function.
 *
 * @param name In its long form: `Ref`, `Condition` or `Fn::…`.
 */
export function call(name: string, argument: Value): Call {
  return { [functionName]: name, argument };
}

/** `!Ref`: a resource, a parameter or a pseudo parameter. */
export function ref(name: string): Call {
  return call('Ref', name);
}

export function getAtt(logicalId: string, attribute: string): Call {
  return call('Fn::GetAtt', [logicalId, attribute]);
}

/** `!Sub`, with a map of further variables where `variables` are given. */
export function sub(text: string | Text, variables?: Fields): Call {
  return call('Fn::Sub', variables === undefined ? text : [text, variables]);
}

export function join(delimiter: string, parts: List): Call {
  return call('Fn::Join', [delimiter, parts]);
}

/** `!If`: one value where the condition of that name holds, else the other. */
export function ifElse(condition: string, then: Value, otherwise: Value): Call {
  return call('Fn::If', [condition, then, otherwise]);
}

/** The value that takes its property away. */
export const noValue: Call = ref('AWS::NoValue');

/**
 * A text that the user may type over, where the editor has snippets.
 *
 * @param index 1 for the first stop; texts of the same index are typed at once.
 * @param text What stands there until then.
 */
export function tabStop(index: number, text: string): Text {
  return textOf({ index, text });
}

/** A text of which parts are tab stops. */
export function textOf(...pieces: readonly (Piece | Text)[]): Text {
  return {
    [textPieces]: pieces.flatMap((piece) =>
      typeof piece !== 'string' && textPieces in piece ? piece[textPieces] : [piece],
    ),
  };
}

/** An entry's value with a comment above the entry, without its `#`, one string a line. */
export function commented(lines: readonly string[], value: Value): Commented {
  return { [commentLines]: lines, value };
}

/** A value as it stands in the template, quotes and all; on one line. */
export function verbatim(text: string): Verbatim {
  return { [verbatimText]: text };
}

/** A value taken apart, so that all its kinds can be told from each other. */
export type ValueShape =
  | { readonly kind: 'text'; readonly pieces: readonly Piece[] }
  /** What is written as it is: a number, a boolean, text of the template itself. */
  | { readonly kind: 'bare'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly argument: Value }
  | { readonly kind: 'list'; readonly items: List }
  | { readonly kind: 'fields'; readonly entries: readonly FieldEntry[] };

export interface FieldEntry {
  readonly name: string;
  readonly value: Value;
  /** Lines of a comment above; mostly none. */
  readonly comment: readonly string[];
}

export function shapeOf(value: Value): ValueShape {
  if (typeof value === 'string') return { kind: 'text', pieces: [value] };
  if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'bare', text: String(value) };
  if (isList(value)) return { kind: 'list', items: value };
  if (isText(value)) return { kind: 'text', pieces: value[textPieces] };
  if (isVerbatim(value)) return { kind: 'bare', text: value[verbatimText] };
  if (isCommented(value)) return shapeOf(value.value);
  if (isCall(value)) return { kind: 'call', name: value[functionName], argument: value.argument };
  return { kind: 'fields', entries: fieldEntries(value) };
}

/** The entries that are not undefined. */
export function fieldEntries(fields: Fields): FieldEntry[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value, comment: commentOf(value) }],
  );
}

export function isFields(value: Value): value is Fields {
  return shapeOf(value).kind === 'fields' && typeof value === 'object' && !isCommented(value);
}

function isList(value: object): value is List {
  return Array.isArray(value);
}

function commentOf(value: Value): readonly string[] {
  return typeof value === 'object' && isCommented(value) ? value[commentLines] : [];
}

function isText(value: object): value is Text {
  return textPieces in value;
}

function isCommented(value: object): value is Commented {
  return commentLines in value;
}

function isVerbatim(value: object): value is Verbatim {
  return verbatimText in value;
}

function isCall(value: object): value is Call {
  return functionName in value;
}
