import type { ReadDocument } from '../document.ts';
import type { Entry, Mapping, SyntaxNode } from '../syntax.ts';
import type { Piece } from './piece.ts';
import { FromTo, LiveSection } from './live-section.ts';

/** The sections of entries that pieces are, by their headers. */
export type LiveSections = ReadonlyMap<Piece, LiveSection>;

export function liveSectionsOf(pieces: readonly Piece[]): LiveSections {
  const sections = new Map<Piece, LiveSection>();
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'header') sections.set(piece, new LiveSection(piece, entriesBelow(pieces, index)));
  }
  return sections;
}

/** The entries below the header that stands there. */
export function entriesBelow(pieces: readonly Piece[], header: number): readonly Piece[] {
  const entries: Piece[] = [];
  for (let index = header + 1; isInside(pieces[index]); index += 1) {
    if (pieces[index]!.kind === 'entry') entries.push(pieces[index]!);
  }
  return entries;
}

/** Where the header stands below which a piece would stand there; undefined where it would stand below none. */
export function headerAbove(pieces: readonly Piece[], index: number): number | undefined {
  let above = index - 1;
  while (isInside(pieces[above])) above -= 1;
  return pieces[above]?.kind === 'header' ? above : undefined;
}

/** Whether a piece stands among the entries of the section above it; of a stray name that makes no difference. */
export function isInside(piece: Piece | undefined): piece is Piece {
  return piece?.kind === 'entry' || piece?.kind === 'stray';
}

/** The document that pieces are, of which none is read for it. */
export function rootOf(
  pieces: () => readonly Piece[],
  sections: LiveSections,
  format: ReadDocument['format'],
): Mapping {
  const entries: Entry[] = [];
  let isBelowHeader = false;
  for (const piece of pieces()) {
    const section = sections.get(piece);
    if (section !== undefined) {
      entries.push({ name: piece.name, keySpan: piece.keySpan, value: valueOf(piece, section, format) });
    } else if (piece.kind === 'section' || (piece.kind === 'entry' && !isBelowHeader)) entries.push(piece);
    if (!isInside(piece)) isBelowHeader = section !== undefined;
  }
  return {
    kind: 'mapping',
    span: new FromTo(
      () => pieces().at(0),
      () => pieces().at(-1),
    ),
    entries,
  };
}

/** In YAML, nothing below a key is no mapping. */
function valueOf(header: Piece, section: LiveSection, format: ReadDocument['format']): SyntaxNode {
  if (section.unnoted.length > 0 || format === 'json') return section;
  const itself = (): Piece => header;
  return { kind: 'scalar', span: new FromTo(itself, itself), text: '', isNull: true };
}
