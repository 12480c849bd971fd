import { entriesOf, type SyntaxNode } from '../template/syntax.ts';

/** Whether a mapping has entries that only the deployment adds: `Fn::Transform` beside other keys. */
export function hasTransform(node: SyntaxNode | undefined): boolean {
  return entriesOf(node).some(({ name }) => name.startsWith('Fn::'));
}
