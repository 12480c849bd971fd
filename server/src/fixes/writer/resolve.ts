import { t } from '@vscode/l10n';
import { collectionOf, isAlias, rootValue, shortArgument } from './collections.ts';
import type { Collection, WrittenValue } from './collections.ts';
import { refused, type Path, type Refused, type WrittenTemplate } from './written-template.ts';

/** A value that is written in the template, and what it is written in. */
export interface Place {
  readonly kind: 'place';
  readonly value: WrittenValue;
  /** Undefined for the root and for the argument of a short form. */
  readonly slot: Slot | undefined;
}

/** A member of a collection. */
export interface Slot {
  readonly collection: Collection;
  readonly index: number;
}

/** A way that ends before its goal: what is there does not have the next step. */
export interface Missing {
  readonly kind: 'missing';
  /** The last place that is there: a mapping or sequence, or a value that was left out. */
  readonly nearest: Place;
  readonly nearestPath: Path;
  /** The first is not there. */
  readonly rest: Path;
}

/**
 * Follows a path through the text.
 *
 * @returns `Refused` where the way goes through an alias, or through something that has no such steps.
 */
export function resolve(template: WrittenTemplate, path: Path): Place | Missing | Refused {
  let place: Place = { kind: 'place', value: rootValue(template), slot: undefined };
  for (const [depth, step] of path.entries()) {
    const next = follow(template, place, step);
    if (next === undefined) {
      return { kind: 'missing', nearest: place, nearestPath: path.slice(0, depth), rest: path.slice(depth) };
    }
    if (next.kind === 'refused') return next;
    place = next;
  }
  return place;
}

/** Whether a value is nothing yet: left out, null or an empty mapping or sequence. */
export function isEmpty(template: WrittenTemplate, { node, from, to }: WrittenValue): boolean {
  if (isAlias(template, { node, from, to })) return false;
  if (node.kind === 'scalar') return node.isNull;
  const first = template.tokens[from];
  return first?.kind === 'open' && to - from === 2;
}

/** One step; undefined where it leads nowhere yet. */
function follow(
  template: WrittenTemplate,
  { value }: Place,
  step: string | number,
): Place | Refused | undefined {
  if (isEmpty(template, value)) return undefined;
  const argument = shortArgument(template, value);
  if (argument !== undefined) {
    const [only] = value.node.kind === 'mapping' ? value.node.entries : [];
    if (only?.name === step) return { kind: 'place', value: argument, slot: undefined };
  }
  const collection = collectionOf(template, value);
  if (collection.kind === 'refused') return collection;
  const index =
    typeof step === 'number' ? step : collection.members.findLastIndex(({ name }) => name === step);
  const member = collection.members[index];
  if (typeof step === 'number' ? collection.of === 'mapping' : collection.of === 'sequence') {
    return refused(
      t(
        collection.of === 'mapping'
          ? 'There is a mapping where a list is needed.'
          : 'There is a list where a mapping is needed.',
      ),
    );
  }
  if (member === undefined) return undefined;
  if (member.value === undefined) return refused(t('This item is written in a way that is not edited.'));
  return { kind: 'place', value: member.value, slot: { collection, index } };
}
