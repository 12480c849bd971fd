import { getLocation, type Location } from 'jsonc-parser';
import type { Template } from '../../template/model.ts';
import { sectionsOfEntries } from '../../template/sections.ts';
import { child, entriesOf, textOf, type Entry, type Span, type SyntaxNode } from '../../template/syntax.ts';
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
  const { path: segments, isAtPropertyKey, previous } = locationAt(text, offset, template);
  const path = segments.slice(0, -1).map(String);
  const last = segments.at(-1);
  if (last === undefined) return undefined;
  const isInside = previous !== undefined && previous.start <= offset && offset <= previous.end;
  // Between values there is nothing to replace.
  const { start, end } = isInside ? previous : { start: offset, end: offset };
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

interface JsonLocation extends Pick<Location, 'path' | 'isAtPropertyKey'> {
  /** What stands there, or right before it. */
  readonly previous: Span | undefined;
}

/** Looks at the text from the beginning of the entry around the offset on: all before that would take long. */
function locationAt(text: string, offset: number, template: Template | undefined): JsonLocation {
  const section = lastBefore(entriesOf(template?.root), offset);
  const isOfEntries = section !== undefined && sectionsOfEntries.has(section.name);
  const entry = isOfEntries ? lastBefore(entriesOf(section.value), offset) : undefined;
  // YAML in flow style may have its keys without quotes.
  const isJson = entry !== undefined && text[entry.keySpan.start] === '"';
  const start = isJson ? entry.keySpan.start : 0;
  const lead = isJson ? `{${JSON.stringify(section!.name)}:{` : '';
  const moved = start - lead.length;
  const { path, isAtPropertyKey, previousNode } = getLocation(lead + text.slice(start), offset - moved);
  return {
    path,
    isAtPropertyKey,
    previous: previousNode && {
      start: previousNode.offset + moved,
      end: previousNode.offset + previousNode.length + moved,
    },
  };
}

function lastBefore(entries: readonly Entry[], offset: number): Entry | undefined {
  return entries.findLast(({ keySpan }) => keySpan.start < offset);
}
