import { commentSpans, withoutCommentsBehind, WholeComments } from './comments.ts';
import type { ParseProblem, ReadDocument } from '../document.ts';
import { mistakenKeyOn, strayAt, strayProblem, withoutMistake, type MistakenKey } from './half-typed-keys.ts';
import { readYaml } from './read-yaml.ts';
import { sectionsOfEntries } from '../sections.ts';
import type { Steps } from '../steps.ts';
import { entriesOf, spansFrom, type Entry, type Mapping, type Span } from '../syntax.ts';

/**
 * Reads a broken template in YAML entry by entry, so that an unclosed quote or bracket damages the resource it stands
 * in and nothing else. Indentation tells where an entry begins: what is half typed is wrong inside a line, and
 * the lines around it stay as they were.
 *
 * @param text The document, beginning at offset `base` of the file.
 * @returns The document with what could be read, and with the mistakes that entries have and that stand between them,
 *   if there are any: the reader of the whole often tells one where its consequences end. The document given where its
 *   lines show no sections.
 */
export function* salvage(document: ReadDocument, text: string, base: number): Steps<ReadDocument> {
  const { sections, strays, starts } = outlineOf(text);
  yield;
  const isTemplate = sections.some(({ name, entries = [] }) => name === 'Resources' && entries.length > 0);
  if (!isTemplate) return document;
  const problems: ParseProblem[] = [];
  const moved = ({ start, end }: Span): Span => ({ start: start + base, end: end + base });
  const note = (found: readonly ParseProblem[]): void => {
    for (const { message, span } of found) problems.push({ message, span: moved(span) });
  };
  function* readEntry({ start, end, mistake }: EntryLines): Steps<Entry | undefined> {
    const written = text.slice(start, end);
    const meant = mistake === undefined ? written : withoutMistake(written, mistake, start);
    let [read] = yield* readYaml(meant, spansFrom(base + start));
    // Some mistakes are told where what is read ends, which the blank lines and comments behind it are no part of.
    if (read !== undefined && read.problems.length > 0) {
      [read] = yield* readYaml(withoutCommentsBehind(meant), spansFrom(base + start));
    }
    note(mistake?.problems ?? []);
    for (const problem of read?.problems ?? []) problems.push(problem);
    // Where there is a mistake, the parser may take a part of an entry for another one.
    const [first] = entriesOf(read?.root);
    if (first === undefined || mistake === undefined) return first;
    const { start: nameStart, end: nameEnd } = mistake.name;
    return { ...first, name: text.slice(nameStart, nameEnd), keySpan: moved(mistake.name) };
  }
  function* readAll(all: readonly EntryLines[]): Steps<Entry[]> {
    const entries: Entry[] = [];
    for (const lines of all) {
      const entry = yield* readEntry(lines);
      if (entry !== undefined) entries.push(entry);
      yield;
    }
    return entries;
  }
  note(strays.map(strayProblem));
  const entriesOfRoot: Entry[] = [];
  for (const { name, keySpan, lines, entries } of sections) {
    if (entries === undefined) entriesOfRoot.push(...(yield* readAll([lines])));
    else {
      note(lines.mistake?.problems ?? []);
      const value: Mapping = { kind: 'mapping', span: moved(lines), entries: yield* readAll(entries) };
      entriesOfRoot.push({ name, keySpan: moved(keySpan), value });
    }
  }
  const whole = { start: 0, end: text.length };
  const root: Mapping = { kind: 'mapping', span: moved(whole), entries: entriesOfRoot };
  return {
    ...document,
    root,
    problems: problems.length > 0 ? problems : document.problems,
    comments: new WholeComments(text, base, whole, yield* commentsBetween(starts, text)),
  };
}

/** Looked for from one start to the next: a quote that is not closed must not hide the comments behind it. */
function* commentsBetween(starts: readonly number[], text: string): Steps<Span[]> {
  const spans: Span[] = [];
  let start = 0;
  for (const end of [...starts, text.length]) {
    // To tell comments from other text takes longer.
    if (text.slice(start, end).includes('#')) spans.push(...commentSpans(text, { start, end }));
    start = end;
    yield;
  }
  return spans;
}

interface Outline {
  readonly sections: readonly Section[];
  /** What stands in place of keys, at the top of the template or among entries. */
  readonly strays: readonly Span[];
  /** Where all of these begin, and the entries of sections, in the order of the text. */
  readonly starts: readonly number[];
}

/** A key at the top of the template with all that belongs to it, in offsets of the text. */
interface Section {
  readonly name: string;
  readonly keySpan: Span;
  readonly lines: EntryLines;
  /** One level below; undefined where it is no section of entries. */
  readonly entries: readonly EntryLines[] | undefined;
}

/** From the line of its key to the end of its last line. */
interface EntryLines extends Span {
  /** What is wrong with its key. */
  readonly mistake: MistakenKey | undefined;
}

interface Line {
  readonly start: number;
  /** Where the next one begins: blank lines and comments belong to the line above. */
  end: number;
  /** In spaces; what stands behind a tab stands nowhere, unless where its spaces would put an entry. */
  readonly indentation: number;
  readonly isBehindTab: boolean;
  /** The key that the line begins with. */
  readonly key: WrittenKey | undefined;
  /** See {@link strayAt}. */
  readonly stray: Span | undefined;
  /**
   * Whether it belongs to the key above it even where it stands in that key's column: an item of a sequence, or a bracket
   * that closes.
   */
  readonly goesOn: boolean;
}

interface WrittenKey {
  /** Without its quotes. */
  readonly name: string;
  /** With them. */
  readonly span: Span;
  readonly mistake: MistakenKey | undefined;
}

function outlineOf(text: string): Outline {
  const lines = linesOf(text);
  const topIndentation = lines.find(({ key }) => key !== undefined)?.indentation ?? -1;
  const isAtTop = ({ indentation, isBehindTab }: Line): boolean =>
    !isBehindTab && indentation <= topIndentation;
  const isTop = (line: Line): boolean => isAtTop(line) && line.key !== undefined;
  const isTopStray = (line: Line): boolean => isAtTop(line) && line.stray !== undefined;
  const strays = new Set(lines.filter(isTopStray));
  const sections = lines.flatMap((line, index): Section[] => {
    const { key, start } = line;
    if (!isTop(line) || key === undefined) return [];
    const next = lines.findIndex((other, at) => at > index && isTop(other));
    const body = lines.slice(index + 1, next < 0 ? lines.length : next);
    const { name, span: keySpan, mistake } = key;
    const upTo = (last: Line | undefined): EntryLines => ({ start, end: (last ?? line).end, mistake });
    if (!sectionsOfEntries.has(name)) {
      const firstStray = body.findIndex(isTopStray);
      const last = body.at(firstStray < 0 ? -1 : firstStray - 1);
      return [{ name, keySpan, lines: upTo(firstStray === 0 ? line : last), entries: undefined }];
    }
    const members = membersOf(body);
    for (const stray of members.strays) strays.add(stray);
    return [{ name, keySpan, lines: upTo(body.at(-1)), entries: members.entries }];
  });
  const starts = [
    ...sections.flatMap((section) => [section.lines, ...(section.entries ?? [])]),
    ...strays,
  ].map(({ start }) => start);
  return {
    sections,
    strays: Array.from(strays).flatMap(({ stray }) => stray ?? []),
    starts: starts.toSorted((left, right) => left - right),
  };
}

/** The lines of a section's body, cut where a key stands as far to the left as any does. */
function membersOf(body: readonly Line[]): { readonly entries: EntryLines[]; readonly strays: Line[] } {
  const leftmost = body.reduce(
    (least, { key, indentation, isBehindTab }) =>
      key === undefined || isBehindTab ? least : Math.min(least, indentation),
    Infinity,
  );
  const entries: { start: number; end: number; mistake: MistakenKey | undefined }[] = [];
  const strays: Line[] = [];
  let open = false;
  for (const line of body) {
    const { start, end, indentation, key, isBehindTab, goesOn } = line;
    const isBelow = indentation > leftmost || (isBehindTab && (indentation < leftmost || key === undefined));
    if (isBelow || (indentation === leftmost && goesOn)) {
      const last = entries.at(-1);
      // Lines without a readable key above them belong to nothing.
      if (open && last !== undefined) last.end = end;
      continue;
    }
    open = indentation === leftmost && key !== undefined;
    if (open) entries.push({ start, end, mistake: key?.mistake });
    if (line.stray !== undefined) strays.push(line);
  }
  return { entries, strays };
}

/** The lines that are not blank and no comment. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0, next = 0; start < text.length; start = next) {
    const lineFeed = text.indexOf('\n', start);
    next = lineFeed < 0 ? text.length : lineFeed + 1;
    const whole = text.slice(start, next).trimEnd();
    const content = whole.trimStart();
    if (content === '' || content.startsWith('#')) continue;
    const last = lines.at(-1);
    if (last !== undefined) last.end = start;
    lines.push(lineOf(text, content, start, start + whole.length - content.length));
  }
  return lines;
}

function lineOf(text: string, content: string, start: number, contentStart: number): Line {
  const mistake = mistakenKeyOn(text, start);
  const isBehindTab = text.slice(start, contentStart).includes('\t');
  const key =
    mistake === undefined
      ? soundKey(content, contentStart)
      : { name: text.slice(mistake.name.start, mistake.name.end), span: mistake.name, mistake };
  const stray = key === undefined && !isBehindTab ? strayAt(text, contentStart) : undefined;
  return {
    start,
    end: text.length,
    indentation: mistake?.indentation ?? contentStart - start,
    isBehindTab,
    key: isBehindTab && mistake === undefined ? undefined : key,
    stray: stray === undefined ? undefined : { start: contentStart, end: contentStart + stray.length },
    goesOn: !isBehindTab && /^(?:-(?:\s|$)|[\]}])/.test(content),
  };
}

function soundKey(content: string, start: number): WrittenKey | undefined {
  const written = /^("[^"\\]*"|'[^']*'|(?!-\s)[\w:.-][\w:.&"'-]*)\s*:(?=\s|$)/.exec(content)?.[1];
  if (written === undefined) return undefined;
  const name = /^["']/.test(written) ? written.slice(1, -1) : written;
  return { name, span: { start, end: start + written.length }, mistake: undefined };
}
