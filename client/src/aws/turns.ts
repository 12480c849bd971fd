/**
 * Lets the event loop breathe: whoever waits gets a turn of it alone, in the order of asking. Dozens of answers that come
 * in at once would otherwise be parsed one after another without a pause.
 */
export function createTurns(): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return last;
  };
}
