import { commentsIn, lineStartIn, mayComment, type Comment, type Comments } from '../yaml/comments.ts';
import type { ParseProblem, ReadDocument } from '../document.ts';
import type { EntryFacts, FactsQuestion, Span } from '../syntax.ts';
import { firstFrom } from '../first-from.ts';
import { cut, formatOf, isBroken, nothing, reuseOf, scanOf } from './cut.ts';
import type { Piece } from './piece.ts';
import { rootOf } from './root-of-pieces.ts';
import { toEnd, unlessLong, type Steps } from '../steps.ts';
import type { Reuse } from './scan.ts';
import { changedWindow, type Window } from './window.ts';

/**
 * What an edit did to what is known of a text.
 * - `moved`: nothing that anybody has looked at; what was read stands elsewhere, perhaps, and mistakes may be others.
 * - `touched`: what parts say, but not how the document is laid out; it is the same object, as are its parts.
 * - `changed`: something of it; the document is another one, made of the same pieces where they are the same.
 * - `lost`: the text cannot be cut into pieces now. The pieces of before wait for one that can.
 * - `long`: to tell takes long. This is no use any more; the text is to be cut anew.
 */
export type Effect = 'moved' | 'touched' | 'changed' | 'lost' | 'long';

/** A part of the text, with the piece that it moves with. */
interface CommentedPart extends Span {
  readonly piece: Piece | undefined;
}

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
  /** What was looked for in comments, and whether it may be there. */
  readonly #lookedFor = new Map<RegExp, boolean>();
  /** Words that were asked for, and how many pieces have them. */
  readonly #mentioning = new Map<string, number>();
  /** What was asked of the facts of all entries. */
  #questions: Set<FactsQuestion> | undefined;
  #factsVersion = 0;
  /** Whether two marks stand side by side in it that begin a placeholder; undefined where nobody has asked. */
  #hasDoubleMarks: boolean | undefined;

  /** Undefined where the text cannot be cut into pieces. */
  static *of(text: string): Steps<PiecedText | undefined> {
    const pieced = new PiecedText();
    return (yield* pieced.#scan(text, nothing)) === undefined ? undefined : pieced;
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
      count = this.#pieces.filter((piece) => piece.mentions(word)).length;
      this.#mentioning.set(word, count);
    }
    return count > 0;
  }

  /** Whether a comment in it may match. */
  mayComment(pattern: RegExp): boolean {
    return this.#format === 'yaml' && this.#parts(pattern).length > 0;
  }

  /** Counts how often facts became others that answer all that was asked as those before did. */
  get factsVersion(): number {
    return this.#factsVersion;
  }

  /** Notes what is asked of the facts of all entries: with another answer for one of them, it is another document. */
  noteQuestion(question: FactsQuestion): void {
    this.#questions ??= new Set();
    this.#questions.add(question);
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
    if (!this.#wasLookedFor((pattern) => starts.some((text) => mayComment(text, pattern)))) return 'moved';
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
    const hasComment = this.#wasLookedFor(
      (pattern, wasThere) => (wasThere && piece.mayComment(pattern)) || again.mayComment(pattern),
    );
    if (!hasComment && this.#canAbsorb(piece, again)) {
      return this.#absorb(piece, again) ? 'touched' : 'moved';
    }
    for (const [word, count] of this.#mentioning) {
      this.#mentioning.set(word, count - Number(piece.mentions(word)) + Number(again.mentions(word)));
    }
    this.#pieces = this.#pieces.with(index, again);
    this.#forget();
    return 'changed';
  }

  #movePieces(first: number, by: number): void {
    if (by === 0) return;
    for (let index = first; index < this.#pieces.length; index += 1) this.#pieces[index]!.moveBy(by);
  }

  /** Whether something that was looked for in comments, and perhaps was there, is there. */
  #wasLookedFor(isThere: (pattern: RegExp, wasThere: boolean) => boolean): boolean {
    return Array.from(this.#lookedFor).some(([pattern, wasThere]) => isThere(pattern, wasThere));
  }

  /** @returns whether there is a difference to what was looked at */
  #absorb(piece: Piece, other: Piece): boolean {
    const { facts, isLookedAt } = piece;
    piece.absorb(other);
    if (piece.facts !== facts) this.#factsVersion += 1;
    if (piece.problems.length > 0) this.#problems = undefined;
    return isLookedAt;
  }

  /** Whether facts can take the place of others without a difference to what was asked. */
  #isAlike(facts: EntryFacts, others: EntryFacts): boolean {
    const hasSameAnswer = (question: FactsQuestion): boolean => question(facts) === question(others);
    return facts.isMapping === others.isMapping && Array.from(this.#questions ?? []).every(hasSameAnswer);
  }

  #canAbsorb(piece: Piece, other: Piece): boolean {
    return piece.canAbsorb(other, (facts, others) => this.#isAlike(facts, others));
  }

  #noteDoubleMarks(around: string): void {
    const mayBeThere = this.#hasDoubleMarks !== false || doubleMarks.some((marks) => around.includes(marks));
    if (mayBeThere) this.#hasDoubleMarks = undefined;
  }

  #forget(): void {
    this.#document = undefined;
    this.#problems = undefined;
    this.#lookedFor.clear();
    this.#questions = undefined;
    for (const piece of this.#pieces) piece.forgetFactsLook();
  }

  #updateAll(text: string, window: Window): Effect {
    const moves: { readonly piece: Piece; readonly offset: number }[] = [];
    const reuse = this.#reuse([window]);
    const before = this.#pieces;
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
    this.#mentioning.clear();
    if (this.#isSame(before, found)) {
      let isTouched = false;
      for (const [index, piece] of before.entries()) {
        if (piece !== found[index] && this.#absorb(piece, found[index]!)) isTouched = true;
      }
      this.#pieces = before;
      return isTouched ? 'touched' : 'moved';
    }
    this.#forget();
    return 'changed';
  }

  /** Takes the text and its pieces; leaves all as it is where there are none. */
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
    this.#pieces = found;
    return found;
  }

  #reuse(windows: readonly Window[]): Reuse {
    return reuseOf(this.#pieces, this.#text, windows, this.#format);
  }

  #isSame(before: readonly Piece[], found: readonly Piece[]): boolean {
    return (
      before.length === found.length &&
      before.every((piece, index) => piece === found[index] || this.#canAbsorb(piece, found[index]!)) &&
      // A comment may have come, or gone, or be about another piece.
      !Array.from(this.#lookedFor).some(
        ([pattern, wasThere]) => wasThere || this.#partsWith(pattern).length > 0,
      )
    );
  }

  #read(): ReadDocument {
    const problemsNow = (): readonly ParseProblem[] => this.problems;
    return {
      format: this.#format,
      root: rootOf(this.#pieces, this.#format),
      get problems() {
        return problemsNow();
      },
      ...(this.#format === 'yaml' && { comments: this.#comments() }),
      pieces: this,
    };
  }

  #comments(): Comments {
    return {
      mayMention: (pattern) => this.#parts(pattern).length > 0,
      mentioning: (pattern): readonly Comment[] =>
        this.#parts(pattern).flatMap(({ piece, ...part }) =>
          commentsIn(this.#text, [part]).map((comment) =>
            piece === undefined ? comment : { ...comment, span: piece.moving(comment.span) },
          ),
        ),
      lineStart: (offset) => lineStartIn(this.#text, offset),
    };
  }

  /** The parts of the text in which a comment may match. */
  #parts(pattern: RegExp): readonly CommentedPart[] {
    // An edit that brings it makes another document.
    if (this.#lookedFor.get(pattern) === false) return [];
    const parts = this.#partsWith(pattern);
    this.#lookedFor.set(pattern, parts.length > 0);
    return parts;
  }

  #partsWith(pattern: RegExp): readonly CommentedPart[] {
    const parts: CommentedPart[] = [];
    // Of most texts the whole tells it, and none of its pieces need be asked.
    if (!mayComment(this.#text, pattern)) return parts;
    let start = 0;
    /** The first of the headers before the next entry: with them, all moves that stands around them. */
    let header: Piece | undefined;
    for (const piece of this.#pieces) {
      if (piece.kind === 'header') {
        header ??= piece;
        continue;
      }
      if (start < piece.start && mayComment(this.#text.slice(start, piece.start), pattern)) {
        parts.push({ start, end: piece.start, piece: header });
      }
      if (piece.mayComment(pattern)) parts.push({ start: piece.start, end: piece.end, piece });
      start = piece.end;
      header = undefined;
    }
    if (mayComment(this.#text.slice(start), pattern)) {
      parts.push({ start, end: this.#text.length, piece: header });
    }
    return parts;
  }
}

const doubleMarks = ['{{', '{%', '<%'] as const;
