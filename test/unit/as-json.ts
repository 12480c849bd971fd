import type { SyntaxNode } from '../../server/src/template/syntax.ts';

/** The JSON text of a tree: short tags in their long form, aliases written out, duplicate keys kept. */
export function asJson(node: SyntaxNode): string {
  switch (node.kind) {
    case 'scalar':
      return node.isNull ? 'null' : JSON.stringify(node.text);
    case 'sequence':
      return `[${node.items.map(asJson).join(', ')}]`;
    case 'mapping':
      return `{${node.entries.map(({ name, value }) => `${JSON.stringify(name)}: ${asJson(value)}`).join(', ')}}`;
  }
}
