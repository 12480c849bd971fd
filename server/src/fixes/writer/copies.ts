import { intrinsicCall } from '../../template/intrinsics.ts';
import { textOf, type SyntaxNode } from '../../template/syntax.ts';
import { call, getAtt, type Value } from './values.ts';

/** What a node of the template says, to be written once more. */
export function valueOfNode(node: SyntaxNode): Value {
  if (node.kind === 'scalar') return scalarValue(node.text);
  if (node.kind === 'sequence') return node.items.map(valueOfNode);
  const found = intrinsicCall(node);
  if (found !== undefined) {
    const text = textOf(found.argument);
    if (text === undefined) return call(found.name, valueOfNode(found.argument));
    const dot = found.name === 'Fn::GetAtt' ? text.indexOf('.') : -1;
    return dot < 0 ? call(found.name, text) : getAtt(text.slice(0, dot), text.slice(dot + 1));
  }
  return Object.fromEntries(node.entries.map(({ name, value }) => [name, valueOfNode(value)]));
}

function scalarValue(text: string): Value {
  if (/^(?:0|[1-9]\d{0,14})$/.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : text;
}
