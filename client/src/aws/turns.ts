/** Turns of the event loop, each for one waiter alone. */
export interface Turns {
  /** For an answer that is to be parsed: before any call. */
  readonly ofAnswer: () => Promise<void>;
  /** For a call that is to be made. */
  readonly ofCall: () => Promise<void>;
}

/**
 * Lets the event loop breathe. Dozens of answers that come in at once would otherwise be parsed, and dozens of calls signed,
 * one after another without a pause; and what is there to be shown would wait for what is only asked for.
 */
export function createTurns(): Turns {
  const answers: (() => void)[] = [];
  const calls: (() => void)[] = [];
  let isScheduled = false;
  const next = () => {
    const waiter = answers.shift() ?? calls.shift();
    isScheduled = waiter !== undefined;
    if (waiter === undefined) return;
    waiter();
    setImmediate(next);
  };
  const wait = (queue: (() => void)[]) =>
    new Promise<void>((resolve) => {
      queue.push(resolve);
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(next);
    });
  return { ofAnswer: () => wait(answers), ofCall: () => wait(calls) };
}
