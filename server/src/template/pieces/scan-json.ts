import { ensureBounded } from '../bounds.ts';
import { readJson } from '../read-json.ts';
import { entriesOf, type EntryFacts, type SpanMaker, type SyntaxNode } from '../syntax.ts';
import { Piece, type PieceKind } from './piece.ts';
import { sectionsOfEntries } from '../sections.ts';
import type { Reuse, Scan } from './scan.ts';

const space = /(?:[ \t\r\n]+|\/\/[^\r\n]*|\/\*[^]*?\*\/)*/y;
const string = /"(?:[^"\\\r\n]|\\[^\r\n])*"/y;
const literal = /[-+.\w]+/y;
/** Commas, colons, spaces, literals and whole strings. */
const unbracketed = /[^"[\]{}/]*(?:"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"[^"[\]{}/]*)*/y;

/** Deeper than templates are, and far from where a tree counts as too deep to walk. */
const deepest = 60;

/** Cuts JSON templates into pieces by their brackets, which must be in order; no piece may have a mistake. */
export const jsonScan: Scan = {
  all: (text, reuse) => new JsonScan(text, reuse).run(),
  again: (text, edited) => new JsonScan(text, () => undefined).again(edited),
  start: (text) =>
    new JsonScan(
      () => text,
      () => undefined,
    ).start(),
};

class JsonScan {
  readonly #textNow: () => string;
  readonly #text: string;
  readonly #reuse: Reuse;
  readonly #pieces: Piece[] = [];
  #position = 0;

  constructor(text: () => string, reuse: Reuse) {
    this.#textNow = text;
    this.#text = text();
    this.#reuse = reuse;
  }

  run(): Piece[] | undefined {
    this.#skipSpace();
    if (!this.#takeMembers(() => this.#takeSection())) return undefined;
    this.#skipSpace();
    return this.#position === this.#text.length ? this.#pieces : undefined;
  }

  start(): number | undefined {
    this.#skipSpace();
    if (!this.#takeCharacter('{')) return undefined;
    this.#skipSpace();
    return this.#position;
  }

  again({ kind, name, start }: Piece): Piece | undefined {
    this.#position = start;
    const isTaken = kind === 'entry' ? this.#takeEntry() : kind === 'section' && this.#takeSection();
    const [piece, ...others] = this.#pieces;
    return isTaken && others.length === 0 && piece?.kind === kind && piece.name === name ? piece : undefined;
  }

  /** From the opening brace to behind the closing one. */
  #takeMembers(takeMember: () => boolean): boolean {
    if (!this.#takeCharacter('{')) return false;
    for (;;) {
      this.#skipSpace();
      if (this.#takeCharacter('}')) return true;
      if (!takeMember()) return false;
      this.#skipSpace();
      // A comma may stand behind the last member, too.
      if (!this.#takeCharacter(',') && this.#text[this.#position] !== '}') return false;
    }
  }

  #takeSection(): boolean {
    const start = this.#position;
    const known = this.#reuse(start, 'section');
    if (known !== undefined) return this.#takeKnown(known);
    const key = this.#takeKey();
    if (key === undefined) return false;
    if (sectionsOfEntries.has(key.name) && this.#text[this.#position] === '{') {
      const header = this.#reuse(start, 'header') ?? this.#piece('header', key.name, start, key.end, noFacts);
      if (header.name !== key.name) return false;
      this.#pieces.push(header);
      return this.#takeMembers(() => this.#takeEntry());
    }
    return this.#takeValue('section', key.name, start, key.end);
  }

  #takeEntry(): boolean {
    const start = this.#position;
    const known = this.#reuse(start, 'entry');
    if (known !== undefined) return this.#takeKnown(known);
    const key = this.#takeKey();
    return key !== undefined && this.#takeValue('entry', key.name, start, key.end);
  }

  #takeKnown(known: Piece): boolean {
    this.#pieces.push(known);
    this.#position += known.end - known.start;
    return true;
  }

  #takeKey(): { readonly name: string; readonly end: number } | undefined {
    const start = this.#position;
    const name = this.#match(string) ? parsed(this.#text.slice(start, this.#position)) : undefined;
    const end = this.#position;
    this.#skipSpace();
    if (typeof name !== 'string' || !this.#takeCharacter(':')) return undefined;
    this.#skipSpace();
    return { name, end };
  }

  #takeValue(kind: PieceKind, name: string, start: number, keyEnd: number): boolean {
    const valueStart = this.#position;
    // Comments are none of JSON's.
    if (this.#text.slice(keyEnd, valueStart).includes('/') || !this.#skipValue()) return false;
    const facts = factsOfData(parsed(this.#text.slice(valueStart, this.#position)), name);
    if (facts === undefined) return false;
    this.#pieces.push(this.#piece(kind, name, start, keyEnd, facts));
    return true;
  }

  /** The piece from `start` to here. */
  #piece(kind: PieceKind, name: string, start: number, keyEnd: number, facts: EntryFacts): Piece {
    const length = (kind === 'header' ? keyEnd : this.#position) - start;
    const key = { start: 0, end: keyEnd - start };
    return new Piece(
      { kind, name, length, key, indentation: 0, facts, value: undefined, problems: [] },
      { offset: start },
      this.#textNow,
      readEntry,
    );
  }

  /** Goes behind the value that begins here; false where its brackets are not in order. */
  #skipValue(): boolean {
    if (!/[{[]/.test(this.#text[this.#position] ?? '')) return this.#match(string) || this.#match(literal);
    for (let depth = 0; ;) {
      const code = this.#text.charCodeAt(this.#position);
      if (code === 0x7b || code === 0x5b) depth += 1;
      else if (code === 0x7d || code === 0x5d) depth -= 1;
      // The text ends, or a string does not; comments may hold brackets.
      else return false;
      this.#position += 1;
      if (depth === 0) return true;
      if (depth > deepest) return false;
      this.#match(unbracketed);
    }
  }

  /** Goes behind what matches here; false where nothing does. */
  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#position;
    const isFound = pattern.test(this.#text);
    if (isFound) this.#position = pattern.lastIndex;
    return isFound;
  }

  #skipSpace(): void {
    this.#match(space);
  }

  #takeCharacter(character: string): boolean {
    if (this.#text[this.#position] !== character) return false;
    this.#position += 1;
    return true;
  }
}

const noFacts: EntryFacts = { isMapping: false, type: undefined, condition: undefined, metadataKeys: [] };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

type Data = Readonly<Record<string, unknown>>;

/** The facts of an entry; undefined where its value cannot be told. */
function factsOfData(value: unknown, name: string): EntryFacts | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) return noFacts;
  const { Type: type, Condition: condition, Metadata: metadata } = value;
  // Numbers count as they are written, which is not told from their value.
  if (typeof type === 'number' || typeof condition === 'number') return undefined;
  return {
    isMapping: true,
    type: scalarText(type),
    condition: scalarText(condition),
    metadataKeys: [
      ...(isObject(metadata) ? Object.keys(metadata) : []),
      ...(name === 'Metadata' ? Object.keys(value) : []),
    ],
  };
}

function scalarText(value: unknown): string | undefined {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : undefined;
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readEntry(text: string, spanAt: SpanMaker): SyntaxNode | undefined {
  const { root } = readJson(`{${text}}`, (start, end) => spanAt(start - 1, end - 1));
  if (root === undefined) return undefined;
  ensureBounded(root);
  return entriesOf(root)[0]?.value;
}
