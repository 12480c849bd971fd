import { sectionsOfEntries } from '../sections.ts';
import type { EntryFacts, Span } from '../syntax.ts';
import type { Edit } from './scan.ts';

/** What words of a format are texts whatever they are. */
export interface WordManner {
  readonly word: RegExp;
  /** Words that facts stand under, or that say where something begins or what it is. */
  readonly telling: ReadonlySet<string>;
  /** A character that makes something else than a text of the word behind it. */
  readonly mark: RegExp;
  /** What has letters stand for other characters, or be wrong. */
  readonly meaning: RegExp;
  /** Whether a word at the end of an entry surely belongs to it. */
  readonly mayEndEntry: boolean;
}

const keysOfFacts = ['Type', 'Condition', 'Metadata'];

export const yamlManner: WordManner = {
  word: /^\w+$/,
  telling: new Set(keysOfFacts),
  mark: /[&*!%|>]/,
  meaning: /\\|!!/,
  mayEndEntry: false,
};

export const jsonManner: WordManner = {
  // Neither numbers nor such as could be no logical id.
  word: /^[A-Za-z][A-Za-z0-9]{0,99}$/,
  telling: new Set([...keysOfFacts, 'Properties', 'true', 'false', 'null', ...sectionsOfEntries]),
  mark: /[-+.\w]/,
  meaning: /\\/,
  mayEndEntry: true,
};

/**
 * Whether an edit of an entry that has a mistake changed a word and nothing else that could matter to how the rest is
 * read: most that is typed until the mistake is none any more. Whatever the word is, members begin and end where they
 * did, the mistake is one still, and the facts are the same.
 *
 * @param text What it is now.
 * @param entry Where the entry stands in it.
 */
export function isWordAlone(
  text: string,
  entry: Span,
  { start, end, removed }: Edit,
  { type, condition, metadataKeys }: EntryFacts,
  { word, telling, mark, meaning, mayEndEntry }: WordManner,
): boolean {
  let from = start;
  let to = end;
  while (isLetterAt(text, from - 1)) from -= 1;
  while (isLetterAt(text, to)) to += 1;
  if ((mayEndEntry ? to > entry.end : to >= entry.end) || mark.test(text.charAt(from - 1))) return false;
  const before = text.slice(from, start) + removed + text.slice(end, to);
  const now = text.slice(from, to);
  if (![before, now].every((one) => word.test(one) && !telling.has(one))) return false;
  const isInFacts = [type, condition, ...metadataKeys].some((told) => told?.includes(before) === true);
  return !isInFacts && !meaning.test(text.slice(entry.start, entry.end));
}

const letter = /\w/;

function isLetterAt(text: string, offset: number): boolean {
  return letter.test(text.charAt(offset));
}
