/** A part of a text, `[start, oldEnd)`, that became another, which ends at `newEnd` of the other text. */
export interface Window {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** The smallest window; undefined where the texts are the same. Compares whole stretches, which is fast. */
export function changedWindow(before: string, after: string): Window | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  const start = longest(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const tail = longest(
    shorter - start,
    (from, to) =>
      before.slice(before.length - to, before.length - from) ===
      after.slice(after.length - to, after.length - from),
  );
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

/** The largest length up to `limit` to which all is the same. */
function longest(limit: number, isSame: (from: number, to: number) => boolean): number {
  let same = 0;
  let differs = limit + 1;
  while (differs - same > 1) {
    const middle = (same + differs) >> 1;
    if (isSame(same, middle)) same = middle;
    else differs = middle;
  }
  return same;
}
