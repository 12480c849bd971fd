/**
 * Resolves when what waits, such as a message that has arrived, has been handled. Browsers have no `setImmediate`.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}

/** How long messages may wait for long work, in milliseconds. */
export const longestStretch = 25;

/** Does long work step by step, and handles what waits in between. */
export async function inTurns(steps: Iterator<unknown>): Promise<void> {
  let last = Date.now();
  while (steps.next().done !== true) {
    if (Date.now() - last <= longestStretch) continue;
    await nextTurn();
    last = Date.now();
  }
}
