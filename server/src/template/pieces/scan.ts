import type { Steps } from '../steps.ts';
import type { Piece, PieceKind } from './piece.ts';

/**
 * A piece of an earlier scan that begins at that offset of the text as it is now, and whose text, with the
 * beginning of what follows it, is the same as it was then.
 */
export type Reuse = (offset: number, kind: PieceKind, indentation?: number) => Piece | undefined;

/** What an edit did to a text: `[start, end)` of what it is now stands where `removed` stood. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly removed: string;
}

/** How texts of one format are cut into pieces. The functions that they are given tell the text as it is now, also later. */
export interface Scan {
  /** All pieces; undefined where the text is written in a way that only the whole can be read. */
  readonly all: (text: () => string, reuse: Reuse) => Steps<Piece[] | undefined>;
  /**
   * The piece that stands where an edited one stood, with its kind and, unless it is an entry, its name; undefined where
   * none does, `long` where it takes long to tell.
   */
  readonly again: (text: () => string, edited: Piece, edit: Edit) => Piece | 'long' | undefined;
  /** Where the first piece begins; undefined where only {@link all} can tell. */
  readonly start: (text: string) => number | undefined;
}
