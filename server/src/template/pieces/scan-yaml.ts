import { isMistakenQuote } from '../yaml/read-yaml.ts';
import {
  mistakenKeyOn,
  strayAt,
  strayProblem,
  withoutMistake,
  type MistakenKey,
} from '../yaml/half-typed-keys.ts';
import { factsIn, type EntryFacts, type SyntaxNode } from '../syntax.ts';
import { Piece, type PieceKind } from './piece.ts';
import { placedAt, type Place } from './place.ts';
import { readEntry, readPlainly, readSimple, readValue, type ReadEntry } from './read-yaml-entry.ts';
import { sectionsOfEntries } from '../sections.ts';
import { toEnd, unlessLong, type Steps } from '../steps.ts';
import { isWordAlone, yamlManner } from './typed-word.ts';
import { UnreadProblem } from './unread-problem.ts';
import type { Edit, Reuse, Scan } from './scan.ts';
import { isItemAt, isNothing, isText, recognise } from './simple-lines.ts';

/** Quoted keys of other characters are not told from text where a broken template is read entry by entry. */
const keyLine = /(?:[A-Za-z0-9_][\w.&"'-]*(?:::[\w.&"'-]+)*|"[\w:.-]+"|'[\w:.-]+'):(?=[ \t\r\n]|$)/y;
const nothingElse = /[ \t]*(?:#[^\n]*)?\r?(?:\n|$)/y;

/**
 * Cuts YAML templates into pieces by their indentation: sections stand at the left margin, and their entries all
 * in one column.
 */
export const yamlScan: Scan = {
  all: (text, reuse) => new YamlScan(text, reuse).run(),
  again: (text, edited, edit) => unlessLong(new YamlScan(text, () => undefined).again(edited, edit)),
  start: (text) =>
    new YamlScan(
      () => text,
      () => undefined,
    ).start(),
};

class YamlScan {
  readonly #textNow: () => string;
  readonly #text: string;
  readonly #reuse: Reuse;
  readonly #pieces: Piece[] = [];
  #position = 0;
  /** Whether what is read has a mistake, probably, as what stood there before had. */
  #expectsMistake = false;

  constructor(text: () => string, reuse: Reuse) {
    this.#textNow = text;
    this.#text = text();
    this.#reuse = reuse;
  }

  *run(): Steps<Piece[] | undefined> {
    if (this.start() === undefined) return undefined;
    while (!this.#isAtEnd()) if (!(yield* this.#takeSection())) return undefined;
    return this.#pieces;
  }

  start(): number | undefined {
    this.#skipNothing();
    if (!this.#text.startsWith('---', this.#position)) return this.#position;
    nothingElse.lastIndex = this.#position + 3;
    if (!nothingElse.test(this.#text)) return undefined;
    this.#position = nothingElse.lastIndex;
    this.#skipNothing();
    return this.#position;
  }

  *again(edited: Piece, edit: Edit): Steps<Piece | undefined> {
    const { kind, name, start, keySpan, indentation } = edited;
    if (kind === 'header') return undefined;
    if (kind === 'stray') return this.#strayAgain(start, keySpan.start - start, indentation);
    if (this.#indentationAt(start) !== indentation) return undefined;
    const key = this.#keyOn(start);
    if (key === undefined || (kind === 'section' && (key.name !== name || this.#isHeader(key))))
      return undefined;
    this.#position = start;
    this.#expectsMistake = edited.problems.length > 0;
    const retyped = this.#expectsMistake ? this.#retyped(edited, key, edit) : undefined;
    if (retyped !== undefined) return retyped;
    return (yield* this.#take(kind, indentation)) ? this.#pieces[0] : undefined;
  }

  /** An entry with a mistake in which nothing but a word was typed. What is wrong in it is read when somebody asks. */
  #retyped({ kind, start, end, facts, isOpen }: Piece, key: WrittenKey, edit: Edit): Piece | undefined {
    const isOfKey = key.mistake !== undefined || edit.start <= key.end;
    const length = end - start + edit.end - edit.start - edit.removed.length;
    const entry = { start, end: start + length };
    if (isOfKey || isOpen || !isWordAlone(this.#text, entry, edit, facts, yamlManner)) return undefined;
    const place = { offset: start };
    // Not this scan, which holds the text as it is now.
    const textNow = this.#textNow;
    const problem = new UnreadProblem(() => {
      const written = textNow().slice(place.offset, place.offset + length);
      return toEnd(readValue(written, placedAt(place), true))?.problems ?? [];
    });
    const unread = { value: undefined, problems: [problem], openQuote: undefined };
    return this.#make(kind, key, start, length, facts, unread, place);
  }

  *#takeSection(): Steps<boolean> {
    const start = this.#position;
    if (this.#isBehindTab(start)) return false;
    const key = this.#indentationAt(start) === 0 ? this.#keyOn(start) : undefined;
    if (key === undefined) return this.#takeStray(0);
    if (!this.#isHeader(key)) return yield* this.#take('section', 0);
    this.#position = nothingElse.lastIndex;
    if (!this.#isSound(key)) return false;
    const length = key.end + 1 - start;
    const header = this.#reuse(start, 'header') ?? this.#make('header', key, start, length, unknown);
    if (header.name !== key.name) return false;
    this.#pieces.push(header);
    this.#skipNothing();
    return yield* this.#takeEntries();
  }

  /** Whether the entries of the section with that key are pieces; then `nothingElse` has matched what is behind it. */
  #isHeader({ name, end }: { readonly name: string; readonly end: number }): boolean {
    nothingElse.lastIndex = end + 1;
    return sectionsOfEntries.has(name) && nothingElse.test(this.#text);
  }

  *#takeEntries(): Steps<boolean> {
    if (this.#isBehindTab(this.#position)) return false;
    const indentation = this.#indentationAt(this.#position);
    // A sequence that stands as far to the left as its key is no mapping.
    if (indentation === 0) return this.#keyOn(this.#position) !== undefined || this.#isAtEnd();
    while (!this.#isAtEnd()) {
      yield;
      // What stands behind a tab is here only where it is an entry of these.
      const column = this.#isBehindTab(this.#position) ? indentation : this.#indentationAt(this.#position);
      if (column === 0 && this.#keyOn(this.#position) !== undefined) return true;
      if (column === indentation && (yield* this.#take('entry', indentation))) continue;
      if (!this.#takeStray(column, indentation)) return false;
    }
    return true;
  }

  /**
   * Takes a name where a key should stand, with all that stands below it: a mistake in any context.
   *
   * @param among Where the entries stand among which it does, perhaps further to the right.
   */
  #takeStray(column: number, among = column): boolean {
    const stray = this.#strayOn(this.#position, column, among);
    if (stray === undefined || !this.#isAmongEntries(stray.end, among)) return false;
    this.#pieces.push(stray);
    this.#position = stray.end;
    return true;
  }

  /** Undefined also where it has got its colon. */
  #strayAgain(start: number, column: number, among: number): Piece | undefined {
    if (this.#isBehindTab(start) || this.#indentationAt(start) !== column) return undefined;
    return this.#keyOn(start) === undefined ? this.#strayOn(start, column, among) : undefined;
  }

  #strayOn(start: number, column: number, among: number): Piece | undefined {
    const name = strayAt(this.#text, start + column);
    if (name === undefined || !isText(name)) return undefined;
    const hasOpenQuote = /^(?:"[^"]*|'[^']*)$/.test(name);
    if (hasOpenQuote && !isMistakenQuote(this.#text, start + column, 'block')) return undefined;
    // Where there are no entries, what is indented below it would belong to the section above.
    const below = this.#endOfNothing(start + column + name.length);
    const end = this.#endOf(start, among);
    if (among === 0 && below < end) return undefined;
    const key = { start: column, end: column + name.length };
    const place = { offset: start };
    return new Piece(
      {
        kind: 'stray',
        name,
        length: end - start,
        key,
        indentation: among,
        facts: unknown,
        value: undefined,
        problems: [strayProblem(placedAt(place)(key.start, key.end))],
        isOpen: hasOpenQuote,
      },
      place,
      this.#textNow,
      () => undefined,
    );
  }

  /** Takes the piece that begins here, and all blank lines and comments behind it. */
  *#take(kind: PieceKind, indentation: number): Steps<boolean> {
    const start = this.#position;
    const known = this.#reuse(start, kind, indentation);
    if (known !== undefined) {
      this.#pieces.push(known);
      // The piece may have moved by this scan only; its length is what counts.
      this.#position = start + (known.end - known.start);
      return true;
    }
    const key = this.#keyOn(start);
    if (key === undefined || !this.#isSound(key)) return false;
    const { mistake } = key;
    const simple = mistake === undefined ? recognise(this.#text, start, indentation) : undefined;
    const end = simple?.end ?? this.#endOf(start, indentation);
    const place = { offset: start };
    const read =
      simple === undefined
        ? yield* readEntry(this.#meant(start, end, mistake), place, this.#expectsMistake)
        : undefined;
    if (simple === undefined && read === undefined) return false;
    if (read?.openQuote !== undefined && !isMistakenQuote(this.#text, start + read.openQuote)) return false;
    const facts = simple?.facts ?? factsIn(key.name, read!.value);
    this.#pieces.push(this.#make(kind, key, start, end - start, facts, read, place));
    this.#position = end;
    return true;
  }

  /** A part of the text, without the mistake that the key has with which it begins. */
  #meant(start: number, end: number, mistake: MistakenKey | undefined): string {
    const written = this.#text.slice(start, end);
    return mistake === undefined ? written : withoutMistake(written, mistake, start);
  }

  /** Whether what ends there cannot be the value of the key above it. */
  #isAmongEntries(end: number, indentation: number): boolean {
    const column = this.#indentationAt(end);
    const isBeforeKey = this.#keyOn(end) !== undefined;
    if (this.#pieces.at(-1)?.kind === 'header') {
      return isBeforeKey && column === indentation && indentation > 0;
    }
    return isBeforeKey || end === this.#text.length;
  }

  /** Whether a key has no quote but one that ends where it may, or that surely is a mistake. */
  #isSound({ mistake, start }: WrittenKey): boolean {
    return mistake?.hasOpenQuote !== true || isMistakenQuote(this.#text, start - 1, 'block');
  }

  #make(
    kind: PieceKind,
    key: WrittenKey,
    start: number,
    length: number,
    facts: EntryFacts,
    read?: Omit<ReadEntry, 'value'> & { readonly value: SyntaxNode | undefined },
    place: Place = { offset: start },
  ): Piece {
    const { name, mistake } = key;
    const spanAt = placedAt(place);
    const keyProblems = mistake?.problems ?? [];
    const span = { start: key.start - start, end: key.end - start };
    return new Piece(
      {
        kind,
        name,
        length,
        key: span,
        indentation: mistake?.indentation ?? span.start,
        facts,
        value: read?.value,
        problems: [
          ...keyProblems.map(({ message, span: at }) => ({
            message,
            span: spanAt(at.start - start, at.end - start),
          })),
          ...(read?.problems ?? []),
        ],
        isOpen: mistake?.hasOpenQuote === true || read?.openQuote !== undefined,
      },
      place,
      this.#textNow,
      read === undefined ? readSimple : readPlainly,
    );
  }

  /** The key that a line begins with; undefined where it begins with none, or with none that is a text. */
  #keyOn(lineStart: number): WrittenKey | undefined {
    const text = this.#text;
    const start = lineStart + this.#indentationAt(lineStart);
    keyLine.lastIndex = start;
    const isWritten = keyLine.test(text);
    const mistake = isWritten ? undefined : mistakenKeyOn(text, lineStart);
    const span = mistake?.name ?? { start, end: isWritten ? keyLine.lastIndex - 1 : start };
    const key = text.slice(span.start, span.end);
    // Of one whose quote is not closed it is plain that it is a text.
    const isName = mistake?.hasOpenQuote === true || isText(key);
    if (key === '' || !isName || key.length > longestKey) return undefined;
    const name = /^["']/.test(key) ? key.slice(1, -1) : key;
    // Not spread: of all keys of many files that takes a tenth of the time of their check.
    return { start: span.start, end: span.end, name, mistake };
  }

  /**
   * Where the next line begins that is neither blank nor a comment and stands no further to the right. The items of a
   * sequence belong to the key in whose column they stand, and so does a bracket that closes.
   */
  #endOf(start: number, indentation: number): number {
    const text = this.#text;
    for (let at = text.indexOf('\n', start) + 1; at > 0; at = text.indexOf('\n', at) + 1) {
      const column = this.#indentationAt(at);
      // What stands behind a tab stands nowhere, unless where its spaces would put an entry.
      if (this.#isBehindTab(at)) {
        if (indentation > 0 && mistakenKeyOn(text, at)?.indentation === indentation) return at;
        continue;
      }
      if (column > indentation) continue;
      const code = text.charCodeAt(at + column);
      const goesOn = code === 0x5d || code === 0x7d || isItemAt(text, at + column);
      if (column === indentation && goesOn) continue;
      if (!isNothing(text, at + column)) return at;
    }
    return text.length;
  }

  /** Goes to the beginning of the next line that is neither blank nor a comment. */
  #skipNothing(): void {
    this.#position = this.#endOfNothing(this.#position);
  }

  /** Where the next line begins, from that of the offset on, that is neither blank nor a comment. */
  #endOfNothing(lineStart: number): number {
    const text = this.#text;
    let at = lineStart;
    while (at < text.length && isNothing(text, at + this.#indentationAt(at))) {
      const lineFeed = text.indexOf('\n', at);
      at = lineFeed < 0 ? text.length : lineFeed + 1;
    }
    return at;
  }

  #isBehindTab(lineStart: number): boolean {
    return this.#text.charCodeAt(lineStart + this.#indentationAt(lineStart)) === 9;
  }

  #indentationAt(lineStart: number): number {
    let at = lineStart;
    while (this.#text.charCodeAt(at) === 32) at += 1;
    return at - lineStart;
  }

  #isAtEnd(): boolean {
    return this.#position >= this.#text.length;
  }
}

const longestKey = 500;

interface WrittenKey {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly mistake: MistakenKey | undefined;
}

const unknown: EntryFacts = { isMapping: false, type: undefined, condition: undefined, metadataKeys: [] };
