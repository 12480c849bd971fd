import { t } from '@vscode/l10n';
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
    if (node.kind !== 'sequence') return reportKind(place, context, t('a list'));
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
      const unknown =
        place.path === '' ? t("Unknown key '{0}'", name) : t("Unknown key '{0}' in {1}", name, place.path);
      const suggestion = nearest === undefined ? '' : `; ${t('did you mean {0}?', `'${nearest}'`)}`;
      context.report({ message: `${unknown}${suggestion}`, span: inside.keySpan });
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
      context.report({
        message: `${t("The key '{0}' in {1}", name, place.path)} ${message}`,
        span: inside.keySpan,
      });
      return undefined;
    });
}

function readEntries<T>(
  place: Place,
  context: Context,
  read: (name: string, inside: Place) => T | undefined,
): Readonly<Record<string, T>> | undefined {
  const { node, path } = place;
  if (node.kind !== 'mapping') return reportKind(place, context, t('a mapping'));
  const found = new Map<string, T>();
  const own = new Set<string>();
  for (const { name, keySpan, value: inside } of node.entries) {
    // What a merge key brought in stands elsewhere, and is there to be overridden.
    const isOwn = keySpan.start >= node.span.start && keySpan.end <= node.span.end;
    if (isOwn && own.has(name)) {
      context.report({ message: t("The key '{0}' is here twice; the last one counts", name), span: keySpan });
    }
    if (isOwn) own.add(name);
    const result = read(name, { node: inside, path: path === '' ? name : `${path}.${name}`, keySpan });
    if (result === undefined) found.delete(name);
    else found.set(name, result);
  }
  return Object.fromEntries(found);
}

function reportKind(place: Place, { text, report }: Context, expected: string): undefined {
  const what = place.path === '' ? t('The file') : place.path;
  const actual = describe(valueOf(place.node, text));
  report({ message: `${what} ${t('must be {0}, not {1}', expected, actual)}`, span: spanOf(place) });
}

function spanOf({ node, keySpan }: Place): Span {
  return node.span.start < node.span.end ? node.span : keySpan;
}

/** One of some values. */
export function oneOf<const T extends string | number>(options: readonly T[]): v.GenericSchema<T> {
  const [last, ...others] = options.map(String).toReversed();
  return v.picklist(options, ({ input }) => {
    const nearest = typeof input === 'string' ? nearestName(input, options.map(String)) : undefined;
    const first = others.toReversed().join(', ');
    const choice = first === '' ? (last ?? '') : t('{0} or {1}', first, last ?? '');
    const suggestion = nearest === undefined ? '' : `; ${t('did you mean {0}?', nearest)}`;
    return `${t('must be {0}, not {1}', choice, describe(input))}${suggestion}`;
  });
}

export const trueOrFalse = v.boolean(({ input }) => t('must be true or false, not {0}', describe(input)));

export const text = v.string(({ input }) =>
  typeof input === 'number' || typeof input === 'boolean'
    ? t('must be text: put quotes around {0}', String(input))
    : t('must be text, not {0}', describe(input)),
);

function describe(input: unknown): string {
  if (typeof input === 'string') return `'${input}'`;
  if (typeof input === 'number' || typeof input === 'boolean') return String(input);
  if (input === null) return t('nothing');
  return Array.isArray(input) ? t('a list') : t('a mapping');
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
