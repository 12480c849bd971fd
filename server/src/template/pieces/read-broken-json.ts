import type { ReadDocument } from '../document.ts';
import type { Steps } from '../steps.ts';
import type { Entry } from '../syntax.ts';
import { jsonScan } from './scan-json.ts';

/**
 * Reads a template with mistakes entry by entry, so that each mistake costs no more than the entry it stands in.
 *
 * @param text The whole file.
 * @returns What could be read, with the mistakes of each entry and those between them. Undefined where the entries
 *   cannot be told from each other.
 */
export function* readBrokenJson(text: string): Steps<ReadDocument | undefined> {
  const pieces = yield* jsonScan.all(
    () => text,
    () => undefined,
  );
  if (pieces === undefined) return undefined;
  const sections: Entry[] = [];
  let entries = sections;
  for (const piece of pieces) {
    const { kind, name, keySpan } = piece;
    if (kind === 'stray') continue;
    if (kind === 'header') {
      entries = [];
      sections.push({ name, keySpan, value: { kind: 'mapping', span: keySpan, entries } });
    } else (kind === 'section' ? sections : entries).push({ name, keySpan, value: piece.value });
  }
  return {
    format: 'json',
    root: { kind: 'mapping', span: { start: 0, end: text.length }, entries: sections },
    problems: pieces.flatMap(({ problems }) => problems),
  };
}
