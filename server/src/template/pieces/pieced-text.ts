import { mayComment } from '../yaml/comments.ts';
import type { ParseProblem, ReadDocument } from '../document.ts';
import type { Asked } from '../kept.ts';
import type { FactsQuestion } from '../syntax.ts';
import { firstFrom } from '../first-from.ts';
import { CommentsInPieces } from './comments-in-pieces.ts';
import { cut, formatOf, isBroken, nothing, reuseOf, scanOf } from './cut.ts';
import type { Piece } from './piece.ts';
import {
  entriesBelow,
  headerAbove,
  isInside,
  liveSectionsOf,
  rootOf,
  type LiveSections,
} from './root-of-pieces.ts';
import { toEnd, unlessLong, type Steps } from '../steps.ts';
import type { Reuse } from './scan.ts';
import type { LiveSection } from './live-section.ts';
import { changedWindow, type Window } from './window.ts';

/**
 * What an edit did to what is known of a text.
 * - `moved`: nothing that anybody has looked at; what was read stands elsewhere, perhaps, and mistakes may be others.
 * - `touched`: what parts say, which entries there are, or whether there are mistakes; the document is the same object,
 *   and what rests on a part that is another one now is computed again when somebody asks.
 * - `changed`: something that was taken for granted, or its sections; the document is another one, made of the same pieces
 *   where they are the same.
 * - `lost`: the text cannot be cut into pieces now. The pieces of before wait for one that can.
 * - `long`: to tell takes long. This is no use any more; the text is to be cut anew.
 */
export type Effect = 'moved' | 'touched' | 'changed' | 'lost' | 'long';

/**
 * A text that is cut into pieces, each of which is read when it is first asked for and kept while its text stays
 * the same. What it says is what the whole document says, or it says that it cannot tell.
 */
export class PiecedText {
  #format: ReadDocument['format'] = 'yaml';
  #text = '';
  #pieces: readonly Piece[] = [];
  #document: ReadDocument | undefined;
  #problems: readonly ParseProblem[] | undefined;
  readonly #comments = new CommentsInPieces(
    () => this.#text,
    () => this.#pieces,
  );
  /** Words that were asked for, and how many pieces have them. */
  readonly #mentioning = new Map<string, number>();
  /** Those of the document, once somebody has asked for them. */
  #sections: LiveSections | undefined;
  /** What was asked of the entries of all sections. */
  #questions: readonly FactsQuestion[] = [];
  /** How many times there were other entries. */
  #exchanges = 0;
  /** Whether two marks stand side by side in it that begin a placeholder; undefined where nobody has asked. */
  #hasDoubleMarks: boolean | undefined;

  /** Undefined where the text cannot be cut into pieces. */
  static *of(text: string): Steps<PiecedText | undefined> {
    const pieced = new PiecedText();
    const pieces = yield* pieced.#scan(text, nothing);
    if (pieces === undefined) return undefined;
    pieced.#pieces = pieces;
    return pieced;
  }

  /**
   * The whole, of which only what is looked at is read. It is the same object until an update changes it; its mistakes
   * are those that the text has now.
   */
  get document(): ReadDocument {
    this.#document ??= this.#read();
    return this.#document;
  }

  get problems(): readonly ParseProblem[] {
    this.#problems ??= this.#pieces.filter(isBroken).flatMap(({ problems }) => problems);
    return this.#problems;
  }

  get text(): string {
    return this.#text;
  }

  /** In the order of the text. */
  get pieces(): readonly Piece[] {
    return this.#pieces;
  }

  /**
   * The pieces of another text, of which those that no edit touched are the very ones of this text, where they
   * stand in it. Undefined where the other cannot be cut.
   *
   * @param windows In the order of the text: what is different in the other.
   */
  piecesOf(text: string, windows: readonly Window[]): readonly Piece[] | undefined {
    return toEnd(cut(() => text, formatOf(text) === this.#format ? this.#reuse(windows) : nothing));
  }

  /** Whether that text stands in a piece. */
  mentions(word: string): boolean {
    let count = this.#mentioning.get(word);
    if (count === undefined) {
      count = this.#pieces.filter((piece) => piece.hasWord(word)).length;
      this.#mentioning.set(word, count);
    }
    return count > 0;
  }

  /** Whether a comment in it may match. */
  mayComment(pattern: RegExp): boolean {
    return this.#format === 'yaml' && this.#comments.mayMention(pattern);
  }

  /** Notes that this was asked of the entries of all sections, to be asked again after an edit. */
  noteQuestions(questions: readonly FactsQuestion[]): void {
    this.#questions = questions;
    for (const section of this.#sections?.values() ?? []) section.noteAskedOnce(questions);
  }

  #sectionsNow(): LiveSections {
    if (this.#sections === undefined) {
      this.#sections = liveSectionsOf(this.#pieces);
      for (const section of this.#sections.values()) section.noteAskedOnce(this.#questions);
    }
    return this.#sections;
  }

  /** Whether it may have placeholders of a template engine; an edit has to be looked at alone to tell it again. */
  get mayHavePlaceholders(): boolean {
    this.#hasDoubleMarks ??= doubleMarks.some((marks) => this.#text.includes(marks));
    return this.#hasDoubleMarks;
  }

  /** Takes another text in place of the one before, of which it is an edit. */
  update(text: string): Effect {
    const window = changedWindow(this.#text, text);
    if (window === undefined) return 'moved';
    this.#noteDoubleMarks(text.slice(Math.max(0, window.start - 1), window.newEnd + 1));
    return this.#updateOnePlace(text, window) ?? this.#updateAll(text, window);
  }

  /** What most edits are, inside of one piece or above all. Undefined, and nothing is done, where it is another. */
  #updateOnePlace(text: string, window: Window): Effect | undefined {
    const index = this.#indexAround(window);
    if (this.problems.length > 0 && this.#isReadWithOthers(index)) return undefined;
    const before = this.#text;
    this.#text = text;
    const effect = index < 0 ? this.#updateStart(before, window) : this.#updatePiece(index, before, window);
    if (effect === undefined) this.#text = before;
    return effect;
  }

  /**
   * Whether an edit of a piece may change how others are read: where brackets are out of order, sound ones do not tell by
   * themselves where they end; whether a quote is a mistake that is open in one, what stands behind the next one tells.
   */
  #isReadWithOthers(index: number): boolean {
    if (this.#format === 'json') return !isBroken(this.#pieces[index]);
    return this.#pieces.some(({ isOpen }, other) => isOpen && other !== index);
  }

  /** The piece that begins before the window; -1 where the first one does not. */
  #indexAround({ start }: Window): number {
    return firstFrom(this.#pieces, start) - 1;
  }

  #updateStart(before: string, { oldEnd, newEnd }: Window): Effect | undefined {
    const first = this.#pieces[0];
    if (first === undefined || oldEnd > first.start || formatOf(this.#text) !== this.#format)
      return undefined;
    const start = first.start + newEnd - oldEnd;
    if (scanOf(this.#format).start(this.#text) !== start) return undefined;
    const starts = [before.slice(0, first.start), this.#text.slice(0, start)];
    this.#movePieces(0, newEnd - oldEnd);
    const isCommentIn = (pattern: RegExp): boolean => starts.some((text) => mayComment(text, pattern));
    if (!this.#comments.wasLookedFor(isCommentIn)) return 'moved';
    this.#forget();
    return 'changed';
  }

  #updatePiece(index: number, before: string, { start, oldEnd, newEnd }: Window): Effect | undefined {
    const piece = this.#pieces[index]!;
    const moved = newEnd - oldEnd;
    if (oldEnd > piece.end) return undefined;
    const edit = { start, end: newEnd, removed: before.slice(start, oldEnd) };
    const again = scanOf(this.#format).again(() => this.#text, piece, edit);
    if (again === 'long') return 'long';
    if (again?.end !== piece.end + moved) return undefined;
    if (again.problems.length > 0 && !piece.isAsBrokenAs(again)) return undefined;
    this.#movePieces(index + 1, moved);
    const hasComment = this.#comments.wasLookedFor(
      (pattern, wasThere) => (wasThere && piece.mayComment(pattern)) || again.mayComment(pattern),
    );
    if (!hasComment) {
      if (this.#canAbsorb(index, again)) return this.#absorb(index, again) ? 'touched' : 'moved';
      const isTouched = this.#exchange(index, [piece], [again]);
      if (isTouched !== undefined) return isTouched ? 'touched' : 'moved';
    }
    this.#count([piece], [again]);
    this.#pieces = this.#pieces.with(index, again);
    this.#forget();
    return 'changed';
  }

  #movePieces(first: number, by: number): void {
    if (by === 0) return;
    for (let index = first; index < this.#pieces.length; index += 1) this.#pieces[index]!.moveBy(by);
  }

  /** The section in which a piece that stands there is an entry. */
  #sectionAt(index: number): LiveSection | undefined {
    const header = headerAbove(this.#pieces, index);
    return header === undefined ? undefined : this.#sectionsNow().get(this.#pieces[header]!);
  }

  #canAbsorb(index: number, other: Piece): boolean {
    const piece = this.#pieces[index]!;
    return piece.canAbsorb(other, (facts) => {
      const section = isInside(piece) ? this.#sectionAt(index) : undefined;
      return section === undefined || section.askedOfFacts(piece, facts).every(isFree);
    });
  }

  /** @returns whether there is a difference to what was looked at */
  #absorb(index: number, other: Piece): boolean {
    const piece = this.#pieces[index]!;
    const isSame = piece.hasSameFacts(other);
    const section = isSame || !isInside(piece) ? undefined : this.#sectionAt(index);
    const asked = section?.askedOfFacts(piece, other.facts) ?? [];
    this.#count([piece], [other]);
    const wasLookedAt = piece.absorb(other);
    for (const one of asked) one.change();
    if (piece.problems.length > 0) this.#problems = undefined;
    return wasLookedAt || asked.length > 0;
  }

  /**
   * Has other entries stand in place of some, which all are of one section. Undefined, and nothing is done, where that
   * makes another document.
   *
   * @returns whether there is a difference to what was looked at
   */
  #exchange(first: number, gone: readonly Piece[], come: readonly Piece[]): boolean | undefined {
    const section = this.#sectionAt(first);
    if (section === undefined || this.#exchanges === mostExchanges) return undefined;
    // Of entries of one name, the last counts, and so it may be another.
    const namesakes = section.namesakesOf([...gone, ...come].filter(isEntry));
    const losing = [...new Set([...gone, ...namesakes])];
    const asked = section.askedOf([...losing, ...come].filter(isEntry));
    if (![...gone, ...come].every(isInside) || !asked.every(isFree)) return undefined;
    if (!losing.every(({ canBeAnother }) => canBeAnother)) return undefined;
    const pieces = this.#pieces.toSpliced(first, gone.length, ...come);
    const entries = entriesBelow(pieces, headerAbove(pieces, first)!);
    if (entries.length > 0 !== section.unnoted.length > 0) return undefined;
    const isAsBroken = this.problems.length > 0 === pieces.some(isBroken);
    this.#exchanges += 1;
    this.#count(gone, come);
    this.#pieces = pieces;
    this.#problems = undefined;
    section.become(entries, gone.filter(isEntry), come.filter(isEntry));
    for (const one of asked) one.change();
    const wereLookedAt = losing.map((piece) => piece.becomeAnother());
    return !isAsBroken || asked.length > 0 || wereLookedAt.includes(true);
  }

  /** Counts the pieces anew that have the words that were asked for. */
  #count(gone: readonly Piece[], come: readonly Piece[]): void {
    for (const [word, count] of this.#mentioning) {
      let now = count;
      for (const piece of gone) now -= Number(piece.hasWord(word));
      for (const piece of come) now += Number(piece.hasWord(word));
      this.#mentioning.set(word, now);
    }
  }

  #noteDoubleMarks(around: string): void {
    const mayBeThere = this.#hasDoubleMarks !== false || doubleMarks.some((marks) => around.includes(marks));
    if (mayBeThere) this.#hasDoubleMarks = undefined;
  }

  #forget(): void {
    this.#document = undefined;
    this.#problems = undefined;
    this.#comments.forget();
    this.#sections = undefined;
    this.#questions = [];
    this.#exchanges = 0;
    for (const piece of this.#pieces) piece.forgetLooks();
  }

  #updateAll(text: string, window: Window): Effect {
    const moves: { readonly piece: Piece; readonly offset: number }[] = [];
    const reuse = this.#reuse([window]);
    const format = this.#format;
    const found = unlessLong(
      this.#scan(text, (offset, kind, indentation) => {
        const piece = reuse(offset, kind, indentation);
        if (piece !== undefined) moves.push({ piece, offset });
        return piece;
      }),
    );
    if (found === undefined) return 'lost';
    if (found === 'long') return 'long';
    for (const { piece, offset } of moves) piece.moveBy(offset - piece.start);
    const isTouched = format === this.#format ? this.#fit(found) : undefined;
    if (isTouched !== undefined) return isTouched ? 'touched' : 'moved';
    this.#mentioning.clear();
    this.#pieces = found;
    this.#forget();
    return 'changed';
  }

  /**
   * Has the pieces of before say what these say. Undefined, and nothing is done, where that makes another document.
   *
   * @returns whether there is a difference to what was looked at
   */
  #fit(found: readonly Piece[]): boolean | undefined {
    const before = this.#pieces;
    // A comment may have come, or gone, or be about another piece.
    const hasComment = this.#comments.wasLookedFor(
      (pattern, wasThere) => wasThere || this.#comments.mayBeIn(found, pattern),
    );
    if (hasComment) return undefined;
    const isStill = (index: number, piece: Piece): boolean =>
      before[index] === piece || (!found.includes(before[index]!) && this.#canAbsorb(index, piece));
    const most = Math.min(before.length, found.length);
    let above = 0;
    while (above < most && isStill(above, found[above]!)) above += 1;
    const moved = found.length - before.length;
    let end = before.length;
    while (end > above && end + moved > above && isStill(end - 1, found[end + moved - 1]!)) end -= 1;
    const gone = before.slice(above, end);
    const come = found.slice(above, end + moved);
    const hasOthers = gone.length + come.length > 0;
    let isTouched = hasOthers ? this.#exchange(above, gone, come) : false;
    if (isTouched === undefined) return undefined;
    for (const [index, piece] of found.entries()) {
      if (piece !== this.#pieces[index] && this.#absorb(index, piece)) isTouched = true;
    }
    return isTouched;
  }

  /** Takes the text, and tells its pieces; leaves all as it is where there are none. */
  *#scan(text: string, reuse: Reuse): Steps<readonly Piece[] | undefined> {
    const before = this.#text;
    const format = formatOf(text);
    this.#text = text;
    const found = yield* cut(() => this.#text, format === this.#format ? reuse : nothing);
    if (found === undefined) {
      this.#text = before;
      return undefined;
    }
    this.#format = format;
    return found;
  }

  #reuse(windows: readonly Window[]): Reuse {
    return reuseOf(this.#pieces, this.#text, windows, this.#format);
  }

  #read(): ReadDocument {
    const problemsNow = (): readonly ParseProblem[] => this.problems;
    return {
      format: this.#format,
      root: rootOf(() => this.#pieces, this.#sectionsNow(), this.#format),
      get problems() {
        return problemsNow();
      },
      ...(this.#format === 'yaml' && { comments: this.#comments }),
      pieces: this,
    };
  }
}

/** After so many, a new document has forgotten what is remembered of entries that have gone. */
const mostExchanges = 1000;

function isEntry({ kind }: Piece): boolean {
  return kind === 'entry';
}

function isFree({ isFoundation }: Asked): boolean {
  return !isFoundation;
}

const doubleMarks = ['{{', '{%', '<%'] as const;
