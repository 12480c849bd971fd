import type { EntryFacts, Span } from '../syntax.ts';
import type { Edit } from './scan.ts';

/**
 * Whether an edit of an entry in YAML that has a mistake changed a word and nothing else that could matter to how the
 * rest is read: most that is typed until the mistake is none any more. Whatever the word is, lines begin and end where
 * they did, the mistake is one still, and the facts are the same.
 *
 * @param text What it is now.
 * @param entry Where the entry stands in it, blank lines and comments behind it included.
 */
export function isWordAlone(
  text: string,
  entry: Span,
  { start, end, removed }: Edit,
  facts: EntryFacts,
): boolean {
  let from = start;
  let to = end;
  while (isLetterAt(text, from - 1)) from -= 1;
  while (isLetterAt(text, to)) to += 1;
  // What stands at its end may belong to what follows.
  if (to >= entry.end || isMark.test(text.charAt(from - 1))) return false;
  const before = text.slice(from, start) + removed + text.slice(end, to);
  const now = text.slice(from, to);
  if (!isWord.test(before) || !isWord.test(now) || isTellingKey.test(before) || isTellingKey.test(now))
    return false;
  const { type, condition, metadataKeys } = facts;
  const isInFacts = [type, condition, ...metadataKeys].some((told) => told?.includes(before) === true);
  return !isInFacts && !areLettersTelling.test(text.slice(entry.start, entry.end));
}

const isWord = /^\w+$/;

/** What facts are told under. */
const isTellingKey = /^(?:Type|Condition|Metadata)$/;

/** What makes something else than a text of the word behind it. */
const isMark = /[&*!%|>]/;

/** Behind it, letters may stand for other characters, or be no number. */
const areLettersTelling = /\\|!!/;

function isLetterAt(text: string, offset: number): boolean {
  return isWord.test(text.charAt(offset));
}
