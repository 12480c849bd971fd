import { isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml';
import { call, type Fields, type Value } from '../../server/src/fixes/writer/values.ts';

/** A template as plain data: calls in their long form, every scalar of the type that it is meant to have. */
export type Data = string | number | boolean | DataList | DataFields;

export type DataList = readonly Data[];

export interface DataFields {
  readonly [name: string]: Data;
}

export function isObject(value: Data): value is DataList | DataFields {
  return typeof value === 'object';
}

export function isDataList(value: Data): value is DataList {
  return Array.isArray(value);
}

/** The function that a mapping calls. */
export function callName(value: DataFields): string | undefined {
  const [only, ...others] = Object.keys(value);
  return others.length === 0 && (only === 'Ref' || only?.startsWith('Fn::') === true) ? only : undefined;
}

/** The value to write for some data. */
export function asValue(data: Data): Value {
  if (!isObject(data)) return data;
  if (isDataList(data)) return data.map(asValue);
  const name = callName(data);
  return name === undefined ? asFields(data) : call(name, asValue(data[name]!));
}

export function asFields(data: DataFields): Fields {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, asValue(value)]));
}

/** What any YAML or JSON reader finds in a text; types of scalars count. */
export function readPlainly(text: string): unknown {
  const body = text.replace(/^\uFEFF/, '');
  if (/^\s*\{/.test(body)) return JSON.parse(body) as unknown;
  const document = parseDocument(body, { version: '1.1', logLevel: 'silent' });
  if (document.errors.length > 0) throw document.errors[0]!;
  return plainData(document.contents);
}

function plainData(node: Node | null): unknown {
  const value = plainUntagged(node);
  const tagName = node === null || !('tag' in node) ? undefined : node.tag;
  if (tagName === undefined || !/^![A-Z]/.test(tagName)) return value;
  const name = tagName === '!Ref' ? 'Ref' : `Fn::${tagName.slice(1)}`;
  const [id = '', ...attribute] = typeof value === 'string' ? value.split('.') : [];
  return { [name]: name === 'Fn::GetAtt' && typeof value === 'string' ? [id, attribute.join('.')] : value };
}

function plainUntagged(node: Node | null): unknown {
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => [
      String(plainData(key as Node)),
      plainData(value as Node | null),
    ]);
    return Object.fromEntries(entries as [string, unknown][]);
  }
  if (isSeq(node)) return node.items.map((item) => plainData(item as Node));
  return isScalar(node) ? node.value : null;
}
