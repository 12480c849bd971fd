import { t } from '@vscode/l10n';
import type { ParseProblem, ReadDocument } from './document.ts';
import { sectionsOfEntries } from './sections.ts';
import type { Entry, Mapping, Span } from './syntax.ts';

/** Reads a piece of text that is one entry of a mapping; `base` is its offset in the file. */
export type ReadEntry = (text: string, base: number) => Pick<ReadDocument, 'root' | 'problems'> | undefined;

/**
 * Reads a broken template entry by entry, so that an unclosed quote or bracket damages the resource it stands
 * in and nothing else. Indentation tells where an entry begins: what is half typed is wrong inside a line, and
 * the lines around it stay as they were.
 *
 * @param text The document, beginning at offset `base` of the file.
 * @returns The document with what could be read, and in YAML with the mistakes that entries have and that stand
 *   between them, if there are any: the reader of the whole often tells one where its consequences end. The document
 *   given where its lines show no sections.
 */
export function salvage(
  document: ReadDocument,
  text: string,
  base: number,
  readEntry: ReadEntry,
): ReadDocument {
  const sections = outlineOf(text, document.format);
  if (!sections.some(({ name, entries }) => name === 'Resources' && entries.length > 0)) return document;
  const problems: ParseProblem[] = [];
  const readAll = (spans: readonly Span[]): Entry[] =>
    spans.flatMap(({ start, end }) => {
      const read = readEntry(text.slice(start, end), base + start);
      for (const problem of read?.problems ?? []) problems.push(problem);
      return read?.root?.kind === 'mapping' ? read.root.entries : [];
    });
  const moved = ({ start, end }: Span): Span => ({ start: start + base, end: end + base });
  for (const { name, strays } of sections) {
    if (sectionsOfEntries.has(name)) for (const span of strays) problems.push(strayProblem(moved(span)));
  }
  const root: Mapping = {
    kind: 'mapping',
    span: moved({ start: 0, end: text.length }),
    entries: sections.flatMap(({ name, keySpan, span, entries }): readonly Entry[] => {
      if (!sectionsOfEntries.has(name)) return readAll([span]);
      const value: Mapping = { kind: 'mapping', span: moved(span), entries: readAll(entries) };
      return [{ name, keySpan: moved(keySpan), value }];
    }),
  };
  // The lines of an entry in JSON lack its closing bracket, so that each would have a mistake.
  const areTold = document.format === 'yaml' && problems.length > 0;
  return { ...document, root, problems: areTold ? problems : document.problems };
}

/** A name that stands in YAML where a key should, as while it is typed. */
export const strayName = /([A-Za-z][\w.-]*)(?: +#[^\n]*| *)\r?(?:\n|$)/y;

/** What is wrong with a stray name. The parser tells it of the lines around, and in words of its own. */
export function strayProblem(span: Span): ParseProblem {
  return { message: t('A key needs a colon'), span };
}

/** A key at the top of the template with all that belongs to it, in offsets of the text. */
interface Section {
  readonly name: string;
  readonly keySpan: Span;
  readonly span: Span;
  /** One level below. */
  readonly entries: readonly Span[];
  /** Names where an entry should begin. */
  readonly strays: readonly Span[];
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly indentation: number;
  /** The key that the line begins with, without its quotes. */
  readonly key: string | undefined;
  /** Whether it is one of a sequence, which may stand in the column of the key that it belongs to. */
  readonly isItem: boolean;
}

function outlineOf(text: string, format: ReadDocument['format']): Section[] {
  const lines = linesOf(text, format);
  const topKeys = lines.filter(({ key }) => key !== undefined);
  const topIndentation = Math.min(...topKeys.slice(0, 1).map(({ indentation }) => indentation));
  const isTop = ({ indentation, key }: Line): boolean => indentation <= topIndentation && key !== undefined;
  return lines.flatMap((line, index): Section[] => {
    if (!isTop(line) || line.key === undefined) return [];
    const next = lines.findIndex((other, at) => at > index && isTop(other));
    const body = lines.slice(index + 1, next < 0 ? lines.length : next);
    const quote = text[line.start + line.indentation] === '"' ? 1 : 0;
    const keyStart = line.start + line.indentation;
    return [
      {
        name: line.key,
        keySpan: { start: keyStart, end: keyStart + line.key.length + 2 * quote },
        span: { start: line.start, end: (body.at(-1) ?? line).end },
        ...membersOf(body, text, format),
      },
    ];
  });
}

/** The lines of a section's body, cut where a key stands as far to the left as any does. */
function membersOf(
  body: readonly Line[],
  text: string,
  format: ReadDocument['format'],
): Pick<Section, 'entries' | 'strays'> {
  const leftmost = body.reduce(
    (least, { key, indentation }) => (key === undefined ? least : Math.min(least, indentation)),
    Infinity,
  );
  const entries: { start: number; end: number }[] = [];
  const strays: Span[] = [];
  let open = false;
  for (const { start, end, indentation, key, isItem } of body) {
    if (indentation > leftmost || (indentation === leftmost && isItem)) {
      const last = entries.at(-1);
      // Lines without a readable key above them belong to nothing.
      if (open && last !== undefined) last.end = end;
      continue;
    }
    open = indentation === leftmost && key !== undefined;
    if (open) entries.push({ start, end });
    strayName.lastIndex = start + indentation;
    const name = format === 'yaml' ? strayName.exec(text)?.[1] : undefined;
    if (name !== undefined) {
      strays.push({ start: start + indentation, end: start + indentation + name.length });
    }
  }
  return { entries, strays };
}

/** The lines that are not blank and no comment. */
function linesOf(text: string, format: ReadDocument['format']): Line[] {
  const keyPattern = format === 'json' ? /^"([^"]+)"\s*:/ : /^["']?([\w:.-]+)["']?\s*:(?=\s|$)/;
  const lines: Line[] = [];
  for (let start = 0, next = 0; start < text.length; start = next) {
    const lineFeed = text.indexOf('\n', start);
    next = lineFeed < 0 ? text.length : lineFeed + 1;
    const whole = text.slice(start, next).trimEnd();
    const content = whole.trimStart();
    if (content === '' || content.startsWith('#')) continue;
    lines.push({
      start,
      end: start + whole.length,
      indentation: whole.length - content.length,
      key: keyPattern.exec(content)?.[1],
      isItem: format === 'yaml' && /^-(?:\s|$)/.test(content),
    });
  }
  return lines;
}
