import type { Span } from '../../template/syntax.ts';
import { inSectionOrder, isResourcePath, sectionAfter } from './anatomy.ts';
import { collectionOf, spanOfTokens, type Collection } from './collections.ts';
import { blankLinesAfter, memberSpan } from './extents.ts';
import type { Insertion } from './operations.ts';
import type { Manner } from './render-flow.ts';
import { resolve } from './resolve.ts';
import { styleNear } from './style.ts';
import { fieldEntries, isFields, type Value } from './values.ts';
import type { Path, WrittenTemplate } from './written-template.ts';

/**
 * Blank lines that separate a new member of a mapping from the one that it stands beside: as many as that one
 * has on the side where it has fewer, so that what is grouped stays together.
 *
 * @param path Of the mapping.
 */
export function blankLinesBeside(
  template: WrittenTemplate,
  collection: Collection,
  index: number,
  path: Path,
): number {
  const around = [
    blankLinesAfter(template, collection, index - 1),
    blankLinesAfter(template, collection, index),
  ].filter((count) => count !== undefined);
  if (around.length > 0) return Math.min(...around);
  const isSection = path.length === 0;
  return isSection || path.length === 1 || isResourcePath([...path, '']) ? customaryBlankLines(template) : 0;
}

/** Blank lines between entries of a section, where the section itself does not show it. */
export function customaryBlankLines(template: WrittenTemplate): number {
  for (const path of [['Resources'], ['Parameters'], ['Outputs'], ['Mappings'], []]) {
    const place = resolve(template, path);
    const collection = place.kind === 'place' ? collectionOf(template, place.value) : place;
    if (collection.kind !== 'collection') continue;
    const counts = collection.members
      .map((_, index) => blankLinesAfter(template, collection, index))
      .filter((count) => count !== undefined)
      .toSorted((a, b) => a - b);
    const median = counts[Math.floor(counts.length / 2)];
    if (median !== undefined) return path.length === 0 ? Math.min(median, 1) : median;
  }
  return 0;
}

/** The entries of an insertion in the order in which they are to stand. */
export function orderedEntries({ entries, of }: Insertion, manner: Manner): (readonly [string, Value])[] {
  const names = [...entries.keys()];
  const sorted =
    of === 'sections' ? inSectionOrder(names) : of === 'attributes' ? inAttributeOrder(names, manner) : names;
  return sorted.map((name) => [name, entries.get(name)!]);
}

/** A resource with its attributes in the order of the template. */
export function withOrder(resource: Value, manner: Manner): Value {
  if (!isFields(resource)) return resource;
  const names = fieldEntries(resource).map(({ name }) => name);
  return Object.fromEntries(inAttributeOrder(names, manner).map((name) => [name, resource[name]]));
}

function inAttributeOrder(names: readonly string[], { style }: Manner): string[] {
  const rank = (name: string): number => {
    const index = style.attributeOrder.indexOf(name);
    return index < 0 ? style.attributeOrder.length : index;
  };
  return names.toSorted((a, b) => rank(a) - rank(b));
}

/** Where a new entry customarily stands among the members of a mapping: mostly behind all. */
export function customaryPlace(
  template: WrittenTemplate,
  collection: Collection,
  path: Path,
  name: string,
): Pick<Insertion, 'index' | 'side'> {
  const names = collection.members.map((member) => member.name);
  const last = { index: names.length - 1, side: 'after' } as const;
  if (path.length === 0) {
    const next = sectionAfter(name, names);
    return next === undefined ? last : { index: next, side: 'before' };
  }
  if (!isResourcePath(path)) return last;
  const { attributeOrder } = styleNear(template, neighbourhood(template, path, collection, 0));
  const rank = attributeOrder.indexOf(name);
  if (rank < 0) return last;
  const earlier = names.findLastIndex(
    (other) => other !== undefined && attributeOrder.includes(other) && attributeOrder.indexOf(other) < rank,
  );
  return earlier < 0 ? { index: 0, side: 'before' } : { index: earlier, side: 'after' };
}

/** The text whose style counts first: the resource, or entry of a section, that a path leads into, or a member. */
export function neighbourhood(
  template: WrittenTemplate,
  path: Path,
  collection: Collection | undefined,
  index: number,
): Span {
  const lengths = path.map((_, at) => at + 1).filter((length) => length > 1);
  const inner = lengths.findLast((length) => isResourcePath(path.slice(0, length))) ?? 2;
  const outer = path.length >= inner ? resolve(template, path.slice(0, inner)) : undefined;
  if (outer?.kind === 'place') return spanOfTokens(template, outer.value.from, outer.value.to);
  const member = collection?.members[index];
  return member === undefined ? { start: 0, end: 0 } : memberSpan(template, member);
}
