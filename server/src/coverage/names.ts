/** The candidate that a mistyped name was most likely meant to be, or undefined where none is close. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  // A third of the letters wrong is as far as a slip of the fingers goes.
  let closest = Math.max(1, Math.floor(name.length / 3)) + 1;
  let nearest: string | undefined;
  for (const candidate of candidates) {
    const distance =
      candidate.toLowerCase() === name.toLowerCase() ? 0 : editDistance(name, candidate, closest);
    if (distance < closest) {
      closest = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/** Levenshtein's distance, two letters swapped being one slip, or `limit` where it is at least that. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforePrevious: readonly number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      const areSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = areSwapped ? (beforePrevious[column - 2] ?? Infinity) + 1 : Infinity;
      current.push(Math.min(replaced, swapped, previous[column]! + 1, current[column - 1]! + 1));
    }
    beforePrevious = previous;
    previous = current;
  }
  return Math.min(previous[b.length]!, limit);
}
