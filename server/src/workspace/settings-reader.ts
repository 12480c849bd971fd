import * as v from 'valibot';
import { nearestName } from '../coverage/names.ts';
import type { Span, SyntaxNode } from '../template/syntax.ts';

/** Something in a settings file that does not hold; all else in the file does. */
export interface SettingsProblem {
  readonly message: string;
  /** The key or value that is wrong. */
  readonly span: Span;
}

/** A value of a settings file and where it stands. */
interface Place {
  readonly node: SyntaxNode;
  /** The keys that lead to it, such as `flowLog.s3.prefix`; empty for the file as a whole. */
  readonly path: string;
  /** Where to point at when the value is empty: its key. */
  readonly keySpan: Span;
}

interface Context {
  /** The text of the file, into which the spans point. */
  readonly text: string;
  readonly report: (problem: SettingsProblem) => void;
}

/** Reads one value with what is in it. What is wrong is reported and left out; undefined where all of it is. */
export type Reader<T> = (place: Place, context: Context) => T | undefined;

type Read<R> = R extends Reader<infer T> ? T : never;

/** What {@link mapping} makes of its fields: each may be absent. */
export type Mapped<F extends Readonly<Record<string, Reader<unknown>>>> = {
  readonly [K in keyof F]?: Read<F[K]>;
};

/** A single value that a schema describes. Its messages follow the value's path: `must be …`. */
export function value<T>(schema: v.GenericSchema<T>): Reader<T> {
  return (place, context) => {
    const result = v.safeParse(schema, valueOf(place.node, context.text));
    if (result.success) return result.output;
    const { message } = result.issues[0];
    context.report({ message: `${place.path} ${message}`, span: spanOf(place) });
    return undefined;
  };
}

/** A list; what is wrong with one item leaves the others. */
export function list<T>(item: Reader<T>): Reader<readonly T[]> {
  return (place, context) => {
    const { node, path, keySpan } = place;
    if (node.kind !== 'sequence') return reportKind(place, context, 'a list');
    return node.items
      .map((one, index) => item({ node: one, path: `${path}[${index}]`, keySpan }, context))
      .filter((read) => read !== undefined);
  };
}

/** A mapping of known keys. */
export function mapping<F extends Readonly<Record<string, Reader<unknown>>>>(fields: F): Reader<Mapped<F>> {
  const names = Object.keys(fields);
  return (place, context) =>
    readEntries(place, context, (name, inside) => {
      if (Object.hasOwn(fields, name)) return fields[name]?.(inside, context);
      const nearest = nearestName(name, names);
      const suggestion = nearest === undefined ? '' : `; did you mean '${nearest}'?`;
      const where = place.path === '' ? '' : ` in ${place.path}`;
      context.report({ message: `Unknown key '${name}'${where}${suggestion}`, span: inside.keySpan });
      return undefined;
    }) as Mapped<F> | undefined;
}

/** A mapping of which the user chooses the keys. */
export function dictionary<T>(
  key: v.GenericSchema<string>,
  item: Reader<T>,
): Reader<Readonly<Record<string, T>>> {
  return (place, context) =>
    readEntries(place, context, (name, inside) => {
      const result = v.safeParse(key, name);
      if (result.success) return item(inside, context);
      const { message } = result.issues[0];
      context.report({ message: `The key '${name}' in ${place.path} ${message}`, span: inside.keySpan });
      return undefined;
    });
}

function readEntries<T>(
  place: Place,
  context: Context,
  read: (name: string, inside: Place) => T | undefined,
): Readonly<Record<string, T>> | undefined {
  const { node, path } = place;
  if (node.kind !== 'mapping') return reportKind(place, context, 'a mapping');
  const found = new Map<string, T>();
  const own = new Set<string>();
  for (const { name, keySpan, value: inside } of node.entries) {
    // What a merge key brought in stands elsewhere, and is there to be overridden.
    const isOwn = keySpan.start >= node.span.start && keySpan.end <= node.span.end;
    if (isOwn && own.has(name)) {
      context.report({ message: `The key '${name}' is here twice; the last one counts`, span: keySpan });
    }
    if (isOwn) own.add(name);
    const result = read(name, { node: inside, path: path === '' ? name : `${path}.${name}`, keySpan });
    if (result === undefined) found.delete(name);
    else found.set(name, result);
  }
  return Object.fromEntries(found);
}

function reportKind(place: Place, { text, report }: Context, expected: string): undefined {
  const actual = describe(valueOf(place.node, text));
  report({ message: `${place.path || 'The file'} must be ${expected}, not ${actual}`, span: spanOf(place) });
}

function spanOf({ node, keySpan }: Place): Span {
  return node.span.start < node.span.end ? node.span : keySpan;
}

/** One of some values. */
export function oneOf<const T extends string | number>(options: readonly T[]): v.GenericSchema<T> {
  const [last, ...others] = options.map(String).toReversed();
  const choice = others.length === 0 ? last : `${others.toReversed().join(', ')} or ${last}`;
  return v.picklist(options, ({ input }) => {
    const nearest = typeof input === 'string' ? nearestName(input, options.map(String)) : undefined;
    const suggestion = nearest === undefined ? '' : `; did you mean ${nearest}?`;
    return `must be ${choice}, not ${describe(input)}${suggestion}`;
  });
}

export const trueOrFalse = v.boolean(({ input }) => `must be true or false, not ${describe(input)}`);

export const text = v.string(({ input }) =>
  typeof input === 'number' || typeof input === 'boolean'
    ? `must be text: put quotes around ${String(input)}`
    : `must be text, not ${describe(input)}`,
);

function describe(input: unknown): string {
  if (typeof input === 'string') return `'${input}'`;
  if (typeof input === 'number' || typeof input === 'boolean') return String(input);
  if (input === null) return 'nothing';
  return Array.isArray(input) ? 'a list' : 'a mapping';
}

// https://yaml.org/spec/1.2.2/#103-core-schema
const coreNumber =
  /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const coreBoolean = /^(?:true|True|TRUE|false|False|FALSE)$/;

/**
 * A scalar as YAML 1.2 has it. Templates are read as YAML 1.1, where the `off` of a severity is a boolean, and
 * as CloudFormation compares their values, that is as text.
 */
function valueOf(node: SyntaxNode, fileText: string): unknown {
  if (node.kind === 'sequence') return [];
  if (node.kind === 'mapping') return {};
  if (node.isNull) return null;
  const source = fileText.slice(node.span.start, node.span.end);
  if (/^["'|>]/.test(source)) return node.text;
  if (coreBoolean.test(source)) return source.toLowerCase() === 'true';
  if (coreNumber.test(source)) return numberOf(source);
  const isOldBoolean = /^(?:y|yes|n|no|on|off)$/i.test(source);
  return isOldBoolean ? source : node.text;
}

function numberOf(source: string): number {
  if (!/inf|nan/i.test(source)) return Number(source);
  if (/nan/i.test(source)) return Number.NaN;
  return source.startsWith('-') ? -Infinity : Infinity;
}
