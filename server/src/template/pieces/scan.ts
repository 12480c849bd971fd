import type { Piece, PieceKind } from './piece.ts';

/**
 * A piece of an earlier scan that begins at that offset of the text as it is now, and whose text, with the
 * beginning of what follows it, is the same as it was then.
 */
export type Reuse = (offset: number, kind: PieceKind, indentation?: number) => Piece | undefined;

/** The sections whose entries are pieces of their own. */
export const sectionsOfEntries: ReadonlySet<string> = new Set([
  'Conditions',
  'Mappings',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
]);
