import type { ParseProblem } from '../document.ts';
import type { Span } from '../syntax.ts';

/** That there is a mistake; what it is, is read when somebody asks, and of several the first one counts. */
export class UnreadProblem implements ParseProblem {
  readonly #read: () => readonly ParseProblem[];
  #first: ParseProblem | undefined;

  constructor(read: () => readonly ParseProblem[]) {
    this.#read = read;
  }

  get message(): string {
    return this.#problem.message;
  }

  get span(): Span {
    return this.#problem.span;
  }

  get #problem(): ParseProblem {
    this.#first ??= this.#read().reduce((one, other) => (other.span.start < one.span.start ? other : one));
    return this.#first;
  }
}
