import { getLocation } from 'jsonc-parser';
import type { Template } from '../../template/model.ts';
import { child, entriesOf, textOf, type SyntaxNode } from '../../template/syntax.ts';
import type { CompletionContext } from './context.ts';

/**
 * Where the cursor is in a JSON text.
 *
 * @param template What could be read of it, for the keys around.
 */
export function jsonContext(
  text: string,
  offset: number,
  template: Template | undefined,
): CompletionContext | undefined {
  const { path: segments, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const path = segments.slice(0, -1).map(String);
  const last = segments.at(-1);
  if (last === undefined) return undefined;
  const isInside =
    previousNode !== undefined &&
    previousNode.offset <= offset &&
    offset <= previousNode.offset + previousNode.length;
  // Between values there is nothing to replace.
  const start = isInside ? previousNode.offset : offset;
  const end = isInside ? previousNode.offset + previousNode.length : offset;
  const around = path.reduce<SyntaxNode | undefined>((node, name) => child(node, name), template?.root);
  const typed = isAtPropertyKey && isInside ? String(last) : undefined;
  const properties = path.lastIndexOf('Properties');
  const resource = path
    .slice(0, Math.max(properties, 0))
    .reduce<SyntaxNode | undefined>((node, name) => child(node, name), template?.root);
  return {
    format: 'json',
    path,
    key: isAtPropertyKey ? undefined : String(last),
    before: text.slice(start, offset),
    span: { start, end },
    hasColon: /^\s*:/.test(text.slice(end, end + 20)),
    siblings: new Set(
      entriesOf(around)
        .map(({ name }) => name)
        .filter((name) => name !== typed),
    ),
    resourceType: properties < 0 ? undefined : textOf(child(resource, 'Type')),
  };
}
