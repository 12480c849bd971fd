import type { ReadDocument } from '../document.ts';
import type { Entry, Mapping, Span, SyntaxNode } from '../syntax.ts';
import type { Piece } from './piece.ts';

/** The document that pieces are, of which none is read for it. */
export function rootOf(pieces: readonly Piece[], format: ReadDocument['format']): Mapping {
  const entries: Entry[] = [];
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index]!;
    if (piece.kind === 'stray') continue;
    if (piece.kind !== 'header') {
      entries.push(piece);
      continue;
    }
    const members: Piece[] = [];
    for (let next = pieces[index + 1]; isInside(next); next = pieces[index + 1]) {
      index += 1;
      if (next.kind === 'entry') members.push(next);
    }
    entries.push({ name: piece.name, keySpan: piece.keySpan, value: sectionOf(piece, members, format) });
  }
  return { kind: 'mapping', span: new FromTo(pieces.at(0), pieces.at(-1)), entries };
}

function sectionOf(header: Piece, members: readonly Piece[], format: ReadDocument['format']): SyntaxNode {
  if (members.length > 0 || format === 'json') {
    return {
      kind: 'mapping',
      span: new FromTo(members.at(0) ?? header, members.at(-1) ?? header),
      entries: members,
    };
  }
  return { kind: 'scalar', span: new FromTo(header, header), text: '', isNull: true };
}

/** Whether a piece stands among the entries of the section above it; of a stray name that makes no difference. */
function isInside(piece: Piece | undefined): piece is Piece {
  return piece?.kind === 'entry' || piece?.kind === 'stray';
}

/** From the beginning of one piece to the end of another, wherever they stand. */
class FromTo implements Span {
  readonly #first: Piece | undefined;
  readonly #last: Piece | undefined;

  constructor(first: Piece | undefined, last: Piece | undefined) {
    this.#first = first;
    this.#last = last;
  }

  get start(): number {
    return this.#first?.keySpan.start ?? 0;
  }

  get end(): number {
    return this.#last?.end ?? 0;
  }
}
