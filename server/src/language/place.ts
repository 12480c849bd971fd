import { entriesOf, mayStandAround, type Entry, type Span, type SyntaxNode } from '../template/syntax.ts';

/** What stands at an offset of a tree. */
export interface Place {
  /** The entries around the offset, outermost first. */
  readonly entries: readonly Entry[];
  /** Whether the offset is on the key of the innermost entry rather than in its value. */
  readonly isKey: boolean;
  /** The nodes around the offset, outermost first; the last one is the innermost. */
  readonly nodes: readonly SyntaxNode[];
}

export function contains({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** Finds the way from the root of a tree to an offset. */
export function placeAt(root: SyntaxNode, offset: number): Place {
  const entries: Entry[] = [];
  const nodes: SyntaxNode[] = [root];
  for (;;) {
    const node = nodes.at(-1)!;
    if (node.kind === 'mapping') {
      const all = node.entries;
      const onKey = all.find(({ keySpan }) => contains(keySpan, offset));
      // Of two values that touch there, the one that begins is meant.
      const next =
        onKey ??
        all.findLast((one, index) => mayStandAround(all, index, offset) && contains(one.value.span, offset));
      if (next === undefined) return { entries, nodes, isKey: false };
      entries.push(next);
      if (onKey !== undefined) return { entries, nodes, isKey: true };
      nodes.push(next.value);
    } else {
      const item =
        node.kind === 'sequence' ? node.items.findLast(({ span }) => contains(span, offset)) : undefined;
      if (item === undefined) return { entries, nodes, isKey: false };
      nodes.push(item);
    }
  }
}

/** The template's entry for a resource, by the place of its key: what a loop makes stands there, too. */
export function resourceEntryAt({ entries }: Place): Entry | undefined {
  if (entries[0]?.name !== 'Resources') return undefined;
  // A loop's own entry and the collection come before the resource that it repeats.
  return entries.slice(1).find(({ value }) => entriesOf(value).some(({ name }) => name === 'Type'));
}
