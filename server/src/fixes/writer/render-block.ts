import { plainText, type Piece } from './edits.ts';
import {
  argumentRole,
  dottedArgument,
  flowText,
  isInlineArgument,
  isInlineItem,
  isInlineValue,
  isShortForm,
  keyText,
  quotePreference,
  shortTag,
  textRole,
  type Manner,
  type TextRole,
} from './render-flow.ts';
import { yamlString } from './scalars.ts';
import { shapeOf, type FieldEntry, type List, type Value } from './values.ts';

/** A line without its line end, indentation included. */
export type Line = readonly Piece[];

/** What follows a key or a dash: the rest of its line, with the space before it, and the lines below. */
export interface BlockText {
  readonly head: Line;
  readonly body: readonly Line[];
}

/** Where what belongs to a key or a dash is indented to. */
interface Indentations {
  /** The dashes of a list. */
  readonly list: string;
  /** Everything else. */
  readonly inner: string;
}

/** An entry of a mapping in YAML's block style. */
export function blockEntry(
  { name, value, comment }: FieldEntry,
  indentation: string,
  manner: Manner,
): readonly Line[] {
  const { head, body } = blockValue(value, indentation, manner, textRole(name, value));
  return [
    ...comment.map((line) => [`${indentation}# ${line}`.trimEnd()]),
    [indentation, ...keyText(name, manner, 'block'), ':', ...head],
    ...body,
  ];
}

/** What follows a key in YAML's block style. */
export function blockValue(
  value: Value,
  indentation: string,
  manner: Manner,
  role: TextRole = 'value',
): BlockText {
  return underneath(value, under(indentation, manner), manner, role);
}

/** An item of a list in YAML's block style. */
export function blockItem(value: Value, indentation: string, manner: Manner): readonly Line[] {
  const { dash, indentation: step } = manner.style;
  const isAlone = dash === 'alone';
  const width = isAlone ? 2 : dash;
  const lead = `${indentation}-${' '.repeat(width - 1)}`;
  const content = indentation + (isAlone ? step : ' '.repeat(width));
  const isInline = shapeOf(value).kind === 'fields' && isInlineItem(value, content, manner);
  const lines = isInline ? undefined : mappingLines(value, content, manner);
  if (isInline) return [[lead, ...flowText(value, manner)]];
  if (lines !== undefined) {
    const [first = [], ...rest] = lines;
    return isAlone
      ? [[`${indentation}-`], ...lines]
      : [[lead, ...withoutIndentation(first, content)], ...rest];
  }
  const inner = indentation + ' '.repeat(width);
  const { head, body } = underneath(value, { list: inner, inner }, manner, 'value');
  return [head.length === 0 ? [`${indentation}-`] : [lead, ...withoutIndentation(head, ' ')], ...body];
}

/** The lines of a value that stands as a mapping in block style: fields, and a call in its long form. */
function mappingLines(value: Value, indentation: string, manner: Manner): readonly Line[] | undefined {
  const shape = shapeOf(value);
  if (shape.kind === 'fields' && shape.entries.length > 0) {
    return shape.entries.flatMap((entry) => blockEntry(entry, indentation, manner));
  }
  const isLongCall = shape.kind === 'call' && !isShortForm(shape.argument, manner);
  return isLongCall && !isInlineValue(value, indentation, manner)
    ? callLines(shape.name, shape.argument, indentation, manner)
    : undefined;
}

function underneath(value: Value, indentations: Indentations, manner: Manner, role: TextRole): BlockText {
  const shape = shapeOf(value);
  const { inner } = indentations;
  const lines = mappingLines(value, inner, manner);
  if (lines !== undefined) return below(lines);
  switch (shape.kind) {
    case 'bare':
    case 'fields':
      return onLine(flowText(value, manner));
    case 'text':
      return literal(shape.pieces, inner) ?? onLine(blockString(shape.pieces, role, manner));
    case 'list':
      if (isInlineValue(value, inner, manner)) return onLine(flowText(value, manner));
      return below(listLines(shape.items, indentations.list, manner));
    case 'call': {
      const { name, argument } = shape;
      if (!isShortForm(argument, manner)) return onLine(flowText(value, manner));
      const { head, body } = argumentText(name, argument, indentations, manner);
      return { head: [' ', shortTag(name), ...head], body };
    }
  }
}

function blockString(pieces: readonly Piece[], role: TextRole, { style }: Manner): readonly Piece[] {
  return yamlString(pieces, 'block', quotePreference(style, role, plainText(pieces)));
}

/** What follows the name of a function. */
function argumentText(name: string, argument: Value, indentations: Indentations, manner: Manner): BlockText {
  const dotted = dottedArgument(name, argument, manner);
  if (dotted !== undefined) return onLine(dotted);
  const shape = shapeOf(argument);
  const role = argumentRole(name);
  if (shape.kind !== 'list') return underneath(argument, indentations, manner, role);
  if (isInlineArgument(argument, indentations.inner, manner)) return onLine(flowText(argument, manner, role));
  return below(listLines(shape.items, indentations.list, manner));
}

/** A call in its long form, as the mapping of one entry that it is. */
function callLines(name: string, argument: Value, indentation: string, manner: Manner): readonly Line[] {
  const { head, body } = argumentText(name, argument, under(indentation, manner), manner);
  return [[indentation, ...keyText(name, manner, 'block'), ':', ...head], ...body];
}

/** What stands under a key of that indentation. */
function under(indentation: string, { style }: Manner): Indentations {
  return {
    list: indentation + ' '.repeat(style.sequenceOffset),
    inner: indentation + style.indentation,
  };
}

function listLines(items: List, indentation: string, manner: Manner): readonly Line[] {
  return items.flatMap((item) => blockItem(item, indentation, manner));
}

function onLine(text: readonly Piece[]): BlockText {
  return { head: [' ', ...text], body: [] };
}

function below(body: readonly Line[]): BlockText {
  return { head: [], body };
}

/** Text of several lines as a block scalar; undefined where it is of one line, or would not survive. */
function literal(pieces: readonly Piece[], indentation: string): BlockText | undefined {
  const text = plainText(pieces);
  if (!/^[^\s][^]*\n/.test(text) || /[^\n\x20-\x7E\u00A0-\uD7FF\uE000-\uFFFD]/u.test(text)) return undefined;
  const content = text.replace(/\n+$/, '');
  const trailing = text.length - content.length;
  const chomping = trailing === 0 ? '-' : trailing === 1 ? '' : '+';
  const lines = [...content.split('\n'), ...Array.from({ length: Math.max(0, trailing - 1) }, () => '')];
  return {
    head: [` |${chomping}`],
    body: lines.map((line) => [line === '' ? '' : indentation + line]),
  };
}

/** The line as it is written behind something else. */
export function withoutIndentation(line: Line, indentation: string): Line {
  const [first = '', ...rest] = line;
  return typeof first === 'string' ? [first.slice(indentation.length), ...rest] : line;
}
