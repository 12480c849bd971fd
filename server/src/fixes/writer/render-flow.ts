import { plainText, type Piece } from './edits.ts';
import { doubleQuoted, yamlString, type QuotePreference, type ScalarPlace } from './scalars.ts';
import type { Style } from './style.ts';
import { shapeOf, type List, type Value } from './values.ts';

/** How to write, and in which format. */
export interface Manner {
  readonly format: 'yaml' | 'json';
  readonly style: Style;
}

/** What a string is, which decides about its quotes. */
export type TextRole = 'value' | 'type' | 'sub' | 'name';

/** Columns up to which a list or a small mapping is written on one line. */
const widestLine = 100;

/** A value on one line, in JSON or in YAML's flow style. */
export function flowText(value: Value, manner: Manner, role: TextRole = 'value'): readonly Piece[] {
  const shape = shapeOf(value);
  const { flow } = manner.style;
  switch (shape.kind) {
    case 'bare':
      return [shape.text];
    case 'text':
      return scalarText(shape.pieces, manner, role);
    case 'list':
      return enclosed(
        '[]',
        flow.insideBrackets,
        shape.items.map((item) => flowText(item, manner, role)),
        manner,
      );
    case 'fields': {
      const entries = shape.entries.map(({ name, value: field }) => [
        ...flowKey(name, manner),
        ...flowText(field, manner, textRole(name, field)),
      ]);
      return enclosed('{}', flow.insideBraces, entries, manner);
    }
    case 'call': {
      const { name, argument } = shape;
      if (isShortForm(argument, manner)) {
        const tail = dottedArgument(name, argument, manner) ?? flowText(argument, manner, argumentRole(name));
        return [shortTag(name), ' ', ...tail];
      }
      const entry = [...flowKey(name, manner), ...flowText(argument, manner, argumentRole(name))];
      return enclosed('{}', flow.insideBraces, [entry], manner);
    }
  }
}

/**
 * A value in JSON or in YAML's flow style, over as many lines as the style has them.
 *
 * @param indentation Of the line that it begins on.
 */
export function flowLines(
  value: Value,
  indentation: string,
  manner: Manner,
  role: TextRole = 'value',
): readonly Piece[] {
  if (isInlineValue(value, indentation, manner)) return flowText(value, manner, role);
  const shape = shapeOf(value);
  const inner = indentation + manner.style.indentation;
  switch (shape.kind) {
    case 'bare':
    case 'text':
      return flowText(value, manner, role);
    case 'list':
      return listLines(shape.items, indentation, manner, role);
    case 'call': {
      if (isShortForm(shape.argument, manner)) return flowText(value, manner);
      const entry = flowEntry(shape.name, shape.argument, inner, manner, argumentRole(shape.name));
      return spread('{}', [entry], indentation, inner);
    }
    case 'fields':
      return spread(
        '{}',
        shape.entries.map(({ name, value: field }) => flowEntry(name, field, inner, manner)),
        indentation,
        inner,
      );
  }
}

function listLines(items: List, indentation: string, manner: Manner, role: TextRole): readonly Piece[] {
  const inner = indentation + manner.style.indentation;
  const isHugged =
    manner.style.hugging &&
    items.every((item) => shapeOf(item).kind === 'fields' && !isInlineItem(item, inner, manner));
  const parts = items.map((item) =>
    isInlineItem(item, inner, manner)
      ? flowText(item, manner, role)
      : flowLines(item, isHugged ? indentation : inner, manner, role),
  );
  return isHugged ? ['[', ...separated(parts, ', '), ']'] : spread('[]', parts, indentation, inner);
}

/** An entry of a mapping in flow style, over lines. */
export function flowEntry(
  name: string,
  value: Value,
  indentation: string,
  manner: Manner,
  role: TextRole = textRole(name, value),
): readonly Piece[] {
  return [...flowKey(name, manner), ...flowLines(value, indentation, manner, role)];
}

/** A key with its colon and the spaces around that. */
export function flowKey(name: string, manner: Manner): readonly Piece[] {
  const { style, format } = manner;
  const key = keyText(name, manner, 'flow');
  const isQuoted = format === 'json' || plainText(key) !== name;
  // In YAML a colon right behind a plain key is part of it unless a space follows.
  const after = isQuoted ? style.flow.afterColon : style.flow.afterColon || ' ';
  return [...key, style.flow.beforeColon, ':', after];
}

/** A key with the quotes that it has in this template. */
export function keyText(name: string, { format, style }: Manner, place: 'block' | 'flow'): readonly Piece[] {
  if (format === 'json') return doubleQuoted([name]);
  const { keys, colonKeys, needed } = style.quotes;
  const customary = name.includes(':') && !name.includes('::') ? colonKeys : keys;
  return yamlString([name], scalarPlace(place, style), { customary, needed });
}

/** The quotes of a string. */
export function quotePreference({ quotes }: Style, role: TextRole, text: string): QuotePreference {
  const { needed, values, types, subs, pseudo } = quotes;
  const name = text.includes('::') ? pseudo : 'none';
  return { customary: { value: values, type: types, sub: subs, name }[role], needed };
}

/** What the string under a key is. */
export function textRole(name: string, value: Value): TextRole {
  return name === 'Type' && typeof value === 'string' && value.includes('::') ? 'type' : 'value';
}

/** What the strings are that a function is called with. */
export function argumentRole(functionName: string): TextRole {
  if (functionName === 'Fn::Sub') return 'sub';
  return ['Ref', 'Fn::GetAtt', 'Condition'].includes(functionName) ? 'name' : 'value';
}

/** Whether a call is written with a tag: one cannot follow another. */
export function isShortForm(argument: Value, manner: Manner): boolean {
  if (manner.format === 'json' || manner.style.calls === 'long') return false;
  const shape = shapeOf(argument);
  return shape.kind !== 'call' || !isShortForm(shape.argument, manner);
}

export function shortTag(name: string): string {
  return `!${name.replace(/^Fn::/, '')}`;
}

/** `A.B` for `Fn::GetAtt`, where the template has it so. */
export function dottedArgument(name: string, argument: Value, manner: Manner): readonly Piece[] | undefined {
  if (name !== 'Fn::GetAtt' || manner.format === 'json' || manner.style.getAtt === 'list') return undefined;
  const shape = shapeOf(argument);
  const parts = shape.kind === 'list' ? shape.items : [];
  return parts.every((part) => typeof part === 'string')
    ? scalarText([parts.join('.')], manner, 'name')
    : undefined;
}

/** Whether a value has its place on the line of its key. */
export function isInlineValue(value: Value, indentation: string, manner: Manner): boolean {
  const shape = shapeOf(value);
  const { inline } = manner.style;
  switch (shape.kind) {
    case 'bare':
    case 'text':
      return true;
    case 'list': {
      if (shape.items.length === 0) return true;
      const isPlain = shape.items.every((item) => isPlainOrCall(item, indentation, manner));
      const isOfItems = !isPlain && shape.items.every((item) => isInlineItem(item, indentation, manner));
      return (isPlain ? inline.lists : isOfItems && inline.itemLists) && fits(value, indentation, manner);
    }
    case 'fields':
      return shape.entries.length === 0;
    case 'call': {
      const { argument } = shape;
      const isShort = isShortForm(argument, manner);
      if (!isShort && !inline.calls) return false;
      return isInlineArgument(argument, indentation, manner);
    }
  }
}

/** Whether what a function is called with has its place on the line of the function's name. */
export function isInlineArgument(argument: Value, indentation: string, manner: Manner): boolean {
  const shape = shapeOf(argument);
  if (shape.kind !== 'list') return isInlineValue(argument, indentation, manner);
  const { inline } = manner.style;
  const isFlowable = (item: Value): boolean => {
    const { kind } = shapeOf(item);
    return kind === 'list'
      ? isInlineArgument(item, indentation, manner)
      : isPlainOrCall(item, indentation, manner);
  };
  return inline.arguments && shape.items.every(isFlowable) && fits(argument, indentation, manner);
}

/** Whether an item of a list that stands over lines has a line for itself. */
export function isInlineItem(item: Value, indentation: string, manner: Manner): boolean {
  const shape = shapeOf(item);
  if (shape.kind !== 'fields') return isInlineValue(item, indentation, manner);
  const isSmall = shape.entries.every(({ value }) => isPlainOrCall(value, indentation, manner));
  return manner.style.inline.items && isSmall && fits(item, indentation, manner);
}

function isPlainOrCall(value: Value, indentation: string, manner: Manner): boolean {
  const { kind } = shapeOf(value);
  return isScalar(value) || (kind === 'call' && isInlineValue(value, indentation, manner));
}

function isScalar(value: Value): boolean {
  const shape = shapeOf(value);
  return shape.kind === 'bare' || (shape.kind === 'text' && !plainText(shape.pieces).includes('\n'));
}

function fits(value: Value, indentation: string, manner: Manner): boolean {
  return indentation.length + plainText(flowText(value, manner)).length <= widestLine;
}

/** Where a scalar stands that is in block style or flow style. */
export function scalarPlace(place: 'block' | 'flow', { plainColons }: Style): ScalarPlace {
  return place === 'flow' && !plainColons ? 'cautious-flow' : place;
}

function scalarText(pieces: readonly Piece[], { format, style }: Manner, role: TextRole): readonly Piece[] {
  return format === 'json'
    ? doubleQuoted(pieces)
    : yamlString(pieces, scalarPlace('flow', style), quotePreference(style, role, plainText(pieces)));
}

function enclosed(
  brackets: '[]' | '{}',
  padding: string,
  parts: readonly (readonly Piece[])[],
  { style }: Manner,
): readonly Piece[] {
  if (parts.length === 0) return [brackets];
  return [brackets[0]!, padding, ...separated(parts, `,${style.flow.afterComma}`), padding, brackets[1]!];
}

function spread(
  brackets: '[]' | '{}',
  parts: readonly (readonly Piece[])[],
  indentation: string,
  inner: string,
): readonly Piece[] {
  return [`${brackets[0]}\n${inner}`, ...separated(parts, `,\n${inner}`), `\n${indentation}${brackets[1]}`];
}

/** Parts in a row with something between each two. */
function separated(parts: readonly (readonly Piece[])[], separator: string): readonly Piece[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [separator, ...part]));
}
