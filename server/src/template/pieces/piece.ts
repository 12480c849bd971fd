import { mayComment } from '../yaml/comments.ts';
import type { ParseProblem } from '../document.ts';
import { Asked, isNoting, noteLook, type Part } from '../kept.ts';
import { placedAt, PlacedSpan, type Place } from './place.ts';
import type { Entry, EntryFacts, Span, SpanMaker, SyntaxNode } from '../syntax.ts';

/**
 * What a piece of a template is.
 * - `entry`: one entry of a section, such as a resource.
 * - `section`: a section that is one piece, with its key.
 * - `header`: the key of a section whose entries are pieces.
 * - `stray`: what is no part of the document, but a mistake: a name where a key should stand in YAML, or whatever
 *   else than members stands in JSON, as while it is typed.
 */
export type PieceKind = 'entry' | 'section' | 'header' | 'stray';

/** How a scan describes a piece that it found. */
export interface FoundPiece {
  readonly kind: PieceKind;
  readonly name: string;
  readonly length: number;
  /** Of its key, from the beginning of the piece. */
  readonly key: Span;
  /** In YAML, how far to the right its key stands; of what is stray, the keys of the entries among which it is. */
  readonly indentation: number;
  readonly facts: EntryFacts;
  /** Set where the scan had to read it. */
  readonly value: SyntaxNode | undefined;
  /** What is wrong in it; then the scan has read it. */
  readonly problems: readonly ParseProblem[];
  /** Whether a quote or a bracket opens in it that nothing in it closes. */
  readonly isOpen?: boolean;
}

/** Reads a piece without a mistake: the text from its beginning to its end. */
export type ReadPiece = (text: string, spanAt: SpanMaker) => SyntaxNode | undefined;

/**
 * A part of a template that is read by itself, when it is first asked for. It can be moved: what was read from
 * it stays, and all its spans move with it.
 */
export class Piece implements Entry, Part {
  readonly kind: PieceKind;
  readonly #text: () => string;
  /** Where it begins, and all moves that was found in it. */
  readonly #place: Place;
  /** The place of what it says now, which may be that of a piece that it has absorbed. */
  #placeNow: Place;
  #length: number;
  #name: string;
  #indentation: number;
  #problems: readonly ParseProblem[];
  #isOpen: boolean;
  #facts: EntryFacts;
  /** Whether its facts are those; undefined where nobody has looked. */
  #askedFacts: Asked | undefined;
  #keySpan: Span;
  #read: ReadPiece;
  #value: SyntaxNode | undefined;
  #version = 0;
  /** Whether anything may be based on its value, rather than on its facts alone. */
  #isLookedAt = false;
  #isFoundation = false;
  /** What was looked for in its text, and whether it is there. */
  #inText: Map<RegExp | string, boolean> | undefined;
  /** The words that were asked for, and whether each is there is what was answered. */
  #askedWords: Map<string, Asked> | undefined;
  /** What others have found out about its text. */
  #knownOfText: Map<unknown, unknown> | undefined;

  /**
   * @param place Where it begins.
   * @param text The whole text that it is in, as it is now.
   */
  constructor(found: FoundPiece, place: Place, text: () => string, read: ReadPiece) {
    this.kind = found.kind;
    this.#text = text;
    this.#place = place;
    this.#placeNow = place;
    this.#length = found.length;
    this.#name = found.name;
    this.#indentation = found.indentation;
    this.#problems = found.problems;
    this.#isOpen = found.isOpen === true;
    this.#facts = found.facts;
    this.#keySpan = new PlacedSpan(place, found.key.start, found.key.end);
    this.#read = read;
    this.#value = found.value;
  }

  get name(): string {
    return this.#name;
  }

  get indentation(): number {
    return this.#indentation;
  }

  get keySpan(): Span {
    return this.#keySpan;
  }

  get problems(): readonly ParseProblem[] {
    return this.#problems;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get start(): number {
    return this.#place.offset;
  }

  get end(): number {
    return this.#place.offset + this.#length;
  }

  get text(): string {
    return this.#text().slice(this.start, this.end);
  }

  /** @throws RangeError where it is nested too deeply. */
  get value(): SyntaxNode {
    this.#value ??= this.#read(this.text, placedAt(this.#placeNow));
    if (this.#value === undefined) throw new Error(`The piece ${this.name} is not what it was taken for`);
    this.#isLookedAt = true;
    noteLook(this);
    return this.#value;
  }

  get facts(): EntryFacts {
    return this.#facts;
  }

  /** Whether its value was looked at since it last took another's place. */
  get isLookedAt(): boolean {
    return this.#isLookedAt;
  }

  noteFactsLook(): void {
    if (!isNoting()) return;
    this.#askedFacts ??= new Asked();
    noteLook(this.#askedFacts);
  }

  /** What was made of it is not used any more. */
  forgetLooks(): void {
    this.#isFoundation = false;
    this.#askedFacts = undefined;
    this.#askedWords = undefined;
  }

  get version(): number {
    return this.#version;
  }

  becomeFoundation(): void {
    this.#isFoundation = true;
  }

  /** Whether nothing that is never made again is built on it. */
  get canBeAnother(): boolean {
    return !this.#isFoundation && this.#asked.every(({ isFoundation }) => !isFoundation);
  }

  get #asked(): readonly Asked[] {
    const ofFacts = this.#askedFacts === undefined ? [] : [this.#askedFacts];
    return [...ofFacts, ...(this.#askedWords?.values() ?? [])];
  }

  /**
   * Has what rests on it made again: it has gone, or what its name leads to is another one.
   *
   * @returns whether anybody has looked at it
   */
  becomeAnother(): boolean {
    const asked = this.#asked;
    this.#version += 1;
    for (const one of asked) one.change();
    this.#askedFacts = undefined;
    this.#askedWords = undefined;
    return this.#isLookedAt || asked.length > 0;
  }

  hasSameFacts(other: Piece): boolean {
    return isSameFacts(this.#facts, other.#facts);
  }

  #changeFacts(facts: EntryFacts): void {
    if (isSameFacts(this.#facts, facts)) return;
    this.#facts = facts;
    this.#askedFacts?.change();
    this.#askedFacts = undefined;
  }

  moveBy(distance: number): void {
    this.#place.offset += distance;
    if (this.#placeNow !== this.#place) this.#placeNow.offset += distance;
  }

  /**
   * Whether it can come to say what another piece says: it has the same key, nothing that is never made again is built on
   * it, and both have mistakes or neither.
   *
   * @param canChange Whether it can say those facts of itself.
   */
  canAbsorb(other: Piece, canChange: (facts: EntryFacts) => boolean): boolean {
    return (
      this.kind === other.kind &&
      !this.#isFoundation &&
      this.isAsBrokenAs(other) &&
      (this.kind === 'stray' || (this.#hasKeyOf(other) && this.#canSay(other.#facts, canChange))) &&
      this.#wordsNotIn(other).every(([, { isFoundation }]) => !isFoundation)
    );
  }

  /** Whether what is around it is read as if the other stood there. */
  isAsBrokenAs(other: Piece): boolean {
    return this.problems.length > 0 === other.problems.length > 0 && this.isOpen === other.isOpen;
  }

  #hasKeyOf(other: Piece): boolean {
    return (
      this.#name === other.#name &&
      this.keySpan.start - this.start === other.keySpan.start - other.start &&
      this.keySpan.end - this.start === other.keySpan.end - other.start
    );
  }

  #canSay(facts: EntryFacts, canChange: (facts: EntryFacts) => boolean): boolean {
    if (isSameFacts(this.#facts, facts)) return true;
    return (
      this.#facts.isMapping === facts.isMapping && this.#askedFacts?.isFoundation !== true && canChange(facts)
    );
  }

  /** The words that were asked for of which another piece has those that this one has not, or the other way round. */
  #wordsNotIn(other: Piece): readonly [string, Asked][] {
    return Array.from(this.#askedWords ?? []).filter(([word]) => other.hasWord(word) !== this.hasWord(word));
  }

  /**
   * Takes the place and the text of a piece that it can absorb.
   *
   * @returns whether anybody has looked at what is another now
   */
  absorb(other: Piece): boolean {
    const changed = this.#wordsNotIn(other);
    const areFactsLookedAt = this.#askedFacts !== undefined && !this.hasSameFacts(other);
    const wasLookedAt = this.#isLookedAt || areFactsLookedAt || changed.length > 0;
    this.#version += 1;
    this.#isLookedAt = false;
    this.#length = other.#length;
    this.#name = other.#name;
    this.#indentation = other.#indentation;
    this.#problems = other.#problems;
    this.#isOpen = other.#isOpen;
    this.#place.offset = other.start;
    this.#placeNow = other.#placeNow;
    this.#read = other.#read;
    this.#value = other.#value;
    this.#changeFacts(other.#facts);
    // Of any other, the key is the same, and its span is known to others.
    if (this.kind === 'stray') this.#keySpan = other.#keySpan;
    this.#inText = other.#inText;
    this.#knownOfText = undefined;
    for (const [word, asked] of changed) {
      asked.change();
      this.#askedWords?.delete(word);
    }
    return wasLookedAt;
  }

  /** A span that from now on moves with the piece. */
  moving({ start, end }: Span): Span {
    return new PlacedSpan(this.#place, start - this.start, end - this.start);
  }

  mentions(word: string): boolean {
    if (!isNoting()) return this.hasWord(word);
    this.#askedWords ??= new Map();
    let asked = this.#askedWords.get(word);
    if (asked === undefined) this.#askedWords.set(word, (asked = new Asked()));
    noteLook(asked);
    return this.hasWord(word);
  }

  /** Whether its text has that word; looked for once, and not noted. */
  hasWord(word: string): boolean {
    return this.#hasInText(word);
  }

  /** Whether a comment in it may match; looked for once. */
  mayComment(pattern: RegExp): boolean {
    return this.#hasInText(pattern);
  }

  /** What somebody finds out about its text, without regard to where it stands; found once for a text. */
  once<T>(find: (piece: Piece) => T): T {
    this.#knownOfText ??= new Map();
    if (!this.#knownOfText.has(find)) this.#knownOfText.set(find, find(this));
    return this.#knownOfText.get(find) as T;
  }

  #hasInText(wanted: RegExp | string): boolean {
    this.#inText ??= new Map();
    const known = this.#inText.get(wanted);
    if (known !== undefined) return known;
    const isThere = typeof wanted === 'string' ? this.text.includes(wanted) : mayComment(this.text, wanted);
    this.#inText.set(wanted, isThere);
    return isThere;
  }
}

function isSameFacts(one: EntryFacts, other: EntryFacts): boolean {
  return (
    one.isMapping === other.isMapping &&
    one.type === other.type &&
    one.condition === other.condition &&
    one.metadataKeys.length === other.metadataKeys.length &&
    one.metadataKeys.every((key, index) => key === other.metadataKeys[index])
  );
}
