import { ensureBounded } from '../bounds.ts';
import type { ParseProblem } from '../document.ts';
import { readJson } from '../read-json.ts';
import { entriesOf, type SpanMaker, type SyntaxNode } from '../syntax.ts';
import { readStrictJson } from './read-strict-json.ts';

/** The spans of a text that was read with something before and behind it. */
export function behind(before: number, length: number, spanAt: SpanMaker): SpanMaker {
  const within = (offset: number): number => Math.max(0, Math.min(offset - before, length));
  return (start, end) => spanAt(within(start), within(end));
}

/** Reads an entry with its key, which is no JSON by itself. */
export function readEntry(
  text: string,
  spanAt: SpanMaker,
): { value: SyntaxNode; problems: readonly ParseProblem[] } {
  const { root, problems } = readJson(`{${text}}`, behind(1, text.length, spanAt));
  if (root !== undefined) ensureBounded(root);
  const value = entriesOf(root)[0]?.value;
  if (value === undefined) throw new Error('An entry has a key');
  return { value, problems };
}

/** The value of an entry, without the parser where it is written as `JSON.parse` takes it. */
export function readValue(text: string, spanAt: SpanMaker): SyntaxNode {
  return readStrictJson(text, spanAt) ?? readEntry(text, spanAt).value;
}
