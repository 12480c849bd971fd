import type { Change } from './changes.ts';
import { shapeOf, type Value } from './values.ts';

/** The changes with one append for each list. */
export function joinAppends(changes: readonly Change[]): Change[] {
  const joined = new Map<unknown, Change>();
  for (const change of changes) {
    const key = change.kind === 'append' ? JSON.stringify(change.to) : change;
    const known = joined.get(key);
    const isKnown = known?.kind === 'append' && change.kind === 'append';
    joined.set(key, isKnown ? { ...known, items: [...known.items, ...change.items] } : change);
  }
  return [...joined.values()];
}

/** One value for both; undefined where they are not both mappings without a name in common. */
export function joinFields(known: Value | undefined, added: Value): Value | undefined {
  if (known === undefined) return added;
  const [one, other] = [shapeOf(known), shapeOf(added)];
  if (one.kind !== 'fields' || other.kind !== 'fields') return undefined;
  const joined: Record<string, Value> = {};
  for (const { name, value } of [...one.entries, ...other.entries]) {
    const both = joinFields(joined[name], value);
    if (both === undefined) return undefined;
    joined[name] = both;
  }
  return joined;
}
