import { entry, type SyntaxNode } from '../../template/syntax.ts';
import { plainText } from './edits.ts';
import { fieldEntries, shapeOf, type Fields, type Value } from './values.ts';

/** What a template says, however it is written: aliases and merges resolved, calls in their long form. */
export type Data = string | null | DataList | DataFields;

type DataList = Data[];

export type DataFields = Map<string, Data>;

/** What a node says, of its own where an alias shares it: changing the one does not change the other. */
export function dataOfNode(node: SyntaxNode): Data {
  if (node.kind === 'scalar') return node.isNull ? null : node.text;
  if (node.kind === 'sequence') return node.items.map(dataOfNode);
  return new Map(
    node.entries
      .filter((one) => entry(node, one.name) === one)
      .map(({ name, value }) => [name, argumentData(name, dataOfNode(value))]),
  );
}

export function dataOfValue(value: Value): Data {
  const shape = shapeOf(value);
  switch (shape.kind) {
    case 'bare':
      return shape.text;
    case 'text':
      return plainText(shape.pieces);
    case 'list':
      return shape.items.map(dataOfValue);
    case 'fields':
      return new Map(shape.entries.map((field) => [field.name, dataOfValue(field.value)]));
    case 'call':
      return new Map([[shape.name, argumentData(shape.name, dataOfValue(shape.argument))]]);
  }
}

/** The entries of fields, as data. */
export function dataOfFields(fields: Fields): DataFields {
  return new Map(fieldEntries(fields).map(({ name, value }) => [name, dataOfValue(value)]));
}

/** Whether two templates say the same; the order of entries says nothing. */
export function isSameData(one: Data | undefined, other: Data | undefined): boolean {
  if (one instanceof Map && other instanceof Map) {
    return one.size === other.size && [...one].every(([name, value]) => isSameData(value, other.get(name)));
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSameData(item, other[index]));
  }
  return one === other;
}

/** What is under a name: `A.B` and `[A, B]` are the same to `Fn::GetAtt`. */
export function argumentData(name: string, argument: Data): Data {
  if (name !== 'Fn::GetAtt' || typeof argument !== 'string') return argument;
  const dot = argument.indexOf('.');
  return dot < 0 ? argument : [argument.slice(0, dot), argument.slice(dot + 1)];
}
