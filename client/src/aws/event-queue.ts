/** Values pushed on one side and iterated on the other. One reader. */
export interface EventQueue<T> extends AsyncIterable<T> {
  push(value: T): void;
  /** No more will come; what is in it can still be read. */
  end(): void;
}

export function createEventQueue<T>(): EventQueue<T> {
  const waiting: T[] = [];
  let isEnded = false;
  let wake: (() => void) | undefined;
  const change = () => {
    wake?.();
    wake = undefined;
  };
  return {
    push(value) {
      if (isEnded) return;
      waiting.push(value);
      change();
    },
    end() {
      isEnded = true;
      change();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const value = waiting.shift();
        if (value !== undefined) yield value;
        else if (isEnded) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
