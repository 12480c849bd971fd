import { commentsIn, lineStartIn, mayComment, type Comment, type Comments } from '../yaml/comments.ts';
import type { Span } from '../syntax.ts';
import type { Piece } from './piece.ts';

/** A part of the text, with the piece that it moves with. */
interface CommentedPart extends Span {
  readonly piece: Piece | undefined;
}

/** The comments of a text in pieces, of which only those parts are read in which one may be that is asked for. */
export class CommentsInPieces implements Comments {
  readonly #text: () => string;
  readonly #pieces: () => readonly Piece[];
  /** What was looked for, and whether it may be there. */
  readonly #lookedFor = new Map<RegExp, boolean>();

  /** Both tell what there is now. */
  constructor(text: () => string, pieces: () => readonly Piece[]) {
    this.#text = text;
    this.#pieces = pieces;
  }

  mayMention(pattern: RegExp): boolean {
    return this.#parts(pattern).length > 0;
  }

  mentioning(pattern: RegExp): readonly Comment[] {
    return this.#parts(pattern).flatMap(({ piece, ...part }) =>
      commentsIn(this.#text(), [part]).map((comment) =>
        piece === undefined ? comment : { ...comment, span: piece.moving(comment.span) },
      ),
    );
  }

  lineStart(offset: number): number {
    return lineStartIn(this.#text(), offset);
  }

  /** Whether something that was looked for, and perhaps was there, is there. */
  wasLookedFor(isThere: (pattern: RegExp, wasThere: boolean) => boolean): boolean {
    return Array.from(this.#lookedFor).some(([pattern, wasThere]) => isThere(pattern, wasThere));
  }

  forget(): void {
    this.#lookedFor.clear();
  }

  /** Whether one may match in the text if it had these pieces. */
  mayBeIn(pieces: readonly Piece[], pattern: RegExp): boolean {
    return this.#partsOf(pieces, pattern).length > 0;
  }

  /** The parts of the text in which one may match. */
  #parts(pattern: RegExp): readonly CommentedPart[] {
    // An edit that brings it makes another document.
    if (this.#lookedFor.get(pattern) === false) return [];
    const parts = this.#partsOf(this.#pieces(), pattern);
    this.#lookedFor.set(pattern, parts.length > 0);
    return parts;
  }

  #partsOf(pieces: readonly Piece[], pattern: RegExp): readonly CommentedPart[] {
    const text = this.#text();
    const parts: CommentedPart[] = [];
    // Of most texts the whole tells it, and none of its pieces need be asked.
    if (!mayComment(text, pattern)) return parts;
    let start = 0;
    /** The first of the headers before the next entry: with them, all moves that stands around them. */
    let header: Piece | undefined;
    for (const piece of pieces) {
      if (piece.kind === 'header') {
        header ??= piece;
        continue;
      }
      if (start < piece.start && mayComment(text.slice(start, piece.start), pattern)) {
        parts.push({ start, end: piece.start, piece: header });
      }
      if (piece.mayComment(pattern)) parts.push({ start: piece.start, end: piece.end, piece });
      start = piece.end;
      header = undefined;
    }
    if (mayComment(text.slice(start), pattern)) parts.push({ start, end: text.length, piece: header });
    return parts;
  }
}
