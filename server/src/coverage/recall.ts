import { Remembered } from '../template/remembered.ts';
import type { Effort } from './solver.ts';

interface Answer {
  readonly value: unknown;
  readonly inputs: readonly unknown[];
  readonly cost: number;
}

const answers = new Remembered<Map<unknown, Answer>>();

/**
 * What a search has found, for as long as all that it looks at is the very same. What it cost is charged again, so
 * that how far the effort for a template reaches does not depend on what was asked before.
 *
 * @param owner With the name, tells one question from others.
 * @param inputs All that the answer is computed from, besides the owner; objects that never change.
 */
export function recall<T>(
  owner: object,
  name: unknown,
  inputs: readonly unknown[],
  effort: Effort,
  compute: () => T,
): T {
  let named = answers.get(owner);
  if (named === undefined) answers.set(owner, (named = new Map()));
  const known = named.get(name);
  // With less effort than it took, a search ends otherwise.
  if (known !== undefined && known.cost < effort.left && isSame(known.inputs, inputs)) {
    effort.left -= known.cost;
    return known.value as T;
  }
  const before = effort.left;
  const value = compute();
  const cost = before - effort.left;
  if (cost < before) named.set(name, { value, inputs, cost });
  return value;
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
