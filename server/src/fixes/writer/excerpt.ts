import type { Piece } from '../../template/pieces/piece.ts';
import type { PiecedText } from '../../template/pieces/pieced-text.ts';
import type { ReadDocument } from '../../template/document.ts';
import { entriesOf, withValue, type Entry, type Mapping, type Span } from '../../template/syntax.ts';
import { tokenize, type Token, type Tokens } from './tokens.ts';
import type { Path, WrittenTemplate } from './written-template.ts';

/** A part of a template that stands at the left margin, or directly below its root. */
export interface Section {
  /** Its key, or all of it where it is one piece. */
  readonly head: Piece;
  /** In the order of the text. */
  readonly entries: readonly Piece[];
}

/** The sections of a template, in the order of the text. */
export function sectionsOf(pieces: readonly Piece[]): readonly Section[] {
  const sections: { readonly head: Piece; readonly entries: Piece[] }[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'entry') sections.at(-1)?.entries.push(piece);
    else sections.push({ head: piece, entries: [] });
  }
  return sections;
}

/**
 * The template without most of its entries, which are neither read nor looked at. What is touched is there with the
 * entries beside it, of which the blank lines between them are learnt, and with enough around it to see how the
 * author writes.
 *
 * @param touched What is changed, or has something put beside it or into it.
 * @param fewest Characters of each section that is touched, and of the resources, besides what is touched itself; a
 *   tenth of the others.
 */
export function excerptOf(pieced: PiecedText, touched: readonly Path[], fewest: number): WrittenTemplate {
  const { document, pieces, text } = pieced;
  const { format } = document;
  const shown = new Set<Entry>();
  for (const { head, entries } of sectionsOf(pieces)) {
    const within = touched.filter(([section]) => section === head.name);
    const names = new Set(within.map(([, name]) => name));
    const indices = entries.flatMap(({ name }, index) => (names.has(name) ? [index] : []));
    const isWanted = head.name === 'Resources' || within.length > 0;
    shown.add(head);
    for (const index of shownIndices(entries, indices, isWanted ? fewest : fewest / 10)) {
      shown.add(entries[index]!);
    }
  }
  const tokens: Token[] = [];
  const comments: Span[] = [];
  const add = (found: Tokens, offset: number): void => {
    const moved = ({ start, end }: Span): Span => ({ start: start + offset, end: end + offset });
    for (const token of found.tokens) tokens.push({ kind: token.kind, ...moved(token) });
    for (const comment of found.comments) comments.push(moved(comment));
  };
  const addBetween = (start: number, end: number): void => {
    if (start < end) add(tokenize(text.slice(start, end), format, []), start);
  };
  addBetween(0, pieces[0]?.start ?? text.length);
  for (const [index, piece] of pieces.entries()) {
    if (!shown.has(piece)) continue;
    add(piece.once(format === 'json' ? jsonTokens : yamlTokens), piece.start);
    addBetween(piece.end, pieces[index + 1]?.start ?? text.length);
  }
  return { kind: 'template', text, format, root: rootWith(shown, document), tokens, comments };
}

/** The root with all sections, but of their entries only some. */
function rootWith(shown: ReadonlySet<Entry>, { root }: ReadDocument): Mapping {
  const sections = entriesOf(root).map((section) => {
    if (shown.has(section) || section.value.kind !== 'mapping') return section;
    const { value } = section;
    const entries = value.entries.filter((one) => shown.has(one));
    return withValue(section, { kind: 'mapping', span: value.span, entries });
  });
  return { kind: 'mapping', span: root?.span ?? { start: 0, end: 0 }, entries: sections };
}

function yamlTokens(piece: Piece): Tokens {
  return tokenize(piece.text, 'yaml', piece.kind === 'header' ? [] : [piece.value], piece.start);
}

function jsonTokens({ text }: Piece): Tokens {
  return tokenize(text, 'json', []);
}

function shownIndices(
  entries: readonly Piece[],
  touched: readonly number[],
  fewest: number,
): ReadonlySet<number> {
  const last = entries.length - 1;
  const shown = new Set(last < 0 ? [] : [0, last, ...touched]);
  let size = 0;
  const show = (index: number): void => {
    const piece = entries[index];
    if (piece === undefined || shown.has(index)) return;
    shown.add(index);
    size += piece.end - piece.start;
  };
  // Those beside what is touched always, then further ones until there are enough.
  for (let distance = 1; distance <= last; distance += 1) {
    for (const index of touched.length === 0 ? [last] : touched) {
      show(index - distance);
      show(index + distance);
    }
    if (size >= fewest) break;
  }
  return shown;
}
