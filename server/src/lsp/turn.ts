import { Work, type Steps } from '../template/steps.ts';

let lastInLine = Promise.resolve();

/**
 * Resolves when what waits, such as a message that has arrived, has been handled. Of several that wait for their turn
 * one has it at a time, so that messages never wait for all of them.
 */
export function nextTurn(): Promise<void> {
  lastInLine = lastInLine.then(handleWaiting);
  return lastInLine;
}

function handleWaiting(): Promise<void> {
  return new Promise((resolve) => {
    // Browsers have no `setImmediate`.
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}

/** How long messages wait for long work, in milliseconds; most requests take some turns until they are answered. */
export const longestStretch = 5;

/**
 * Does long work step by step, and handles what waits in between; leaves the rest when nobody waits for it any more.
 * What follows begins with a turn of its own, if this needed some.
 */
export async function inTurns(steps: Iterator<void | 'long'>, isStale = () => false): Promise<void> {
  let last = Date.now();
  let needsTurns = false;
  while (!isStale()) {
    const step = steps.next();
    if (step.done === true) break;
    if (step.value !== 'long' && Date.now() - last <= longestStretch) continue;
    needsTurns = true;
    await nextTurn();
    last = Date.now();
  }
  if (needsTurns) await nextTurn();
}

/** What long work comes to; undefined when nobody waits for it any more. */
export async function resultInTurns<T>(steps: Steps<T>, isStale: () => boolean): Promise<T | undefined> {
  const work = new Work(steps);
  await inTurns(work, isStale);
  return work.isDone ? work.result() : undefined;
}
