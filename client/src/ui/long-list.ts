import type { Choice } from './prompts.ts';

/** VS Code is given no more items at a time: thousands would stand in the way of all else while they are sent. */
export const MOST_ITEMS = 500;

export interface Found<T> {
  /** The first of those that were found, in their order. */
  readonly shown: readonly Choice<T>[];
  readonly hidden: number;
}

/** Searches a list by what is typed: all of its words have to be in a choice, wherever, in any case. */
export function longList<T>(choices: readonly Choice<T>[]): (typed: string) => Found<T> {
  const texts = choices.map(({ label, description = '', detail = '' }) =>
    `${label} ${description} ${detail}`.toLowerCase(),
  );
  return (typed) => {
    const words = typed.toLowerCase().split(/\s+/);
    const found = choices.filter((_, index) => words.every((word) => texts[index]?.includes(word)));
    const shown = found.slice(0, MOST_ITEMS);
    return { shown, hidden: found.length - shown.length };
  };
}
