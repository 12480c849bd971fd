/**
 * Long work that can be left between any two steps, to go on later. It returns what it came to. Where it yields `long`,
 * the steps that follow take so long that nobody should do them at one go who can leave them for later.
 */
export type Steps<T> = Generator<void | 'long', T>;

/** Work of which some steps are done ahead, as long as nobody needs all of it at once. */
export class Work<T> implements IterableIterator<void | 'long'> {
  readonly #steps: Steps<T>;
  #outcome: (() => T) | undefined;

  constructor(steps: Steps<T>) {
    this.#steps = steps;
  }

  get isDone(): boolean {
    return this.#outcome !== undefined;
  }

  /** Does the next step. Never throws: what went wrong is told by {@link result}. */
  next(): IteratorResult<void | 'long'> {
    if (this.#outcome === undefined) {
      try {
        const step = this.#steps.next();
        if (step.done !== true) return step;
        this.#outcome = () => step.value;
      } catch (error) {
        this.#outcome = () => {
          throw error;
        };
      }
    }
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }

  /**
   * What it came to, when the steps that are left have been done.
   *
   * @throws What one of the steps threw.
   */
  result(): T {
    while (this.#outcome === undefined) this.next();
    return this.#outcome();
  }
}

/** Does all the steps at one go. */
export function toEnd<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Does all the steps at one go, unless they take long: then the rest is left. */
export function unlessLong<T>(steps: Steps<T>): T | 'long' {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (step.value === 'long') return 'long';
  }
}
