import type { Piece } from '../../template/pieces/piece.ts';
import type { PiecedText } from '../../template/pieces/pieced-text.ts';
import type { Window } from '../../template/pieces/window.ts';
import type { Entry, Mapping } from '../../template/syntax.ts';
import type { Change } from './changes.ts';
import { argumentData, dataOfNode, isSameData, type Data, type DataFields } from './data.ts';
import type { Edited } from './edit-template.ts';
import { applyEdits, plainText, type TextEdit } from './edits.ts';
import { excerptOf, sectionsOf } from './excerpt.ts';
import { applyToData } from './expected-data.ts';
import { tooLarge } from './limits.ts';
import { areEdits, writeChanges } from './write-changes.ts';
import type { Outline, Path, Refused } from './written-template.ts';

/** A template of which only what a change touches, and some of what is around that, is read and written. */
export interface PiecedTemplate extends Outline {
  readonly pieced: PiecedText;
  /** See {@link excerptOf}. */
  readonly fewest: number;
}

/** Enough to see how the author writes. */
const customarilyFewest = 10_000;

/**
 * Undefined where a text is to be opened whole: it is not at hand in pieces, or something in it is said twice or
 * wrong.
 *
 * @param pieced The pieces of the template's analysis.
 */
export function openInPieces(
  text: string,
  pieced: PiecedText | undefined,
  fewest = customarilyFewest,
): PiecedTemplate | undefined {
  if (pieced?.text !== text) return undefined;
  const { root } = pieced.document;
  if (root?.kind !== 'mapping' || !areSound(pieced.pieces)) return undefined;
  return { pieced, fewest, root, around: (offset) => partAround(root, offset) };
}

/**
 * Writes changes into a template as `editTemplate` does: into an excerpt, in whose style new parts are written.
 * Then the text is cut into pieces again: those that are not the very ones of before must say exactly
 * what they said before with the changes made.
 *
 * @returns Undefined where the whole must be read to tell whether it can be done.
 */
export function editInPieces(
  { pieced, fewest }: PiecedTemplate,
  changes: readonly Change[],
): Edited | Refused | undefined {
  const paths = changes.map(pathOf);
  const touched = new Set(paths.map(([section, name]) => `${section} ${name}`));
  const isTouched = (section: string, name: string): boolean => touched.has(`${section} ${name}`);
  const edits = writeChanges(excerptOf(pieced, paths, fewest), changes);
  if (!areEdits(edits)) return edits;
  const text = applyEdits(pieced.text, edits);
  const after = pieced.piecesOf(text, windowsOf(edits));
  if (after === undefined || !areSound(after)) return undefined;

  const kept = new Set(after);
  const before = new Set(pieced.pieces);
  const expected = dataOf(pieced.pieces, (piece, name) => !kept.has(piece) || isTouched(name, piece.name));
  applyToData(expected, changes);
  const found = dataOf(after, (piece, name) => !before.has(piece) || isTouched(name, piece.name));
  if (!isSameData(found, expected)) return undefined;
  return (
    tooLarge(
      { text: pieced.text, resources: resourcesIn(pieced.pieces) },
      { text, resources: resourcesIn(after) },
    ) ?? { kind: 'edited', edits, text }
  );
}

/** Whether nothing is said twice or wrong. */
function areSound(pieces: readonly Piece[]): boolean {
  const sections = sectionsOf(pieces);
  return (
    pieces.every(({ problems }) => problems.length === 0) &&
    areAllDifferent(sections.map(({ head }) => head)) &&
    sections.every(({ entries }) => areAllDifferent(entries))
  );
}

function areAllDifferent(pieces: readonly Piece[]): boolean {
  return new Set(pieces.map(({ name }) => name)).size === pieces.length;
}

/** The way to the entry that an offset is in, without its siblings. */
function partAround(root: Mapping, offset: number): Mapping {
  const section = lastFrom(root.entries, offset);
  if (section === undefined) return { ...root, entries: [] };
  const { name, keySpan, value } = section;
  const member = value.kind === 'mapping' ? lastFrom(value.entries, offset) : undefined;
  const part =
    value.kind === 'mapping' && member !== undefined
      ? { kind: value.kind, span: value.span, entries: [member] }
      : value;
  return { kind: 'mapping', span: root.span, entries: [{ name, keySpan, value: part }] };
}

function lastFrom(entries: readonly Entry[], offset: number): Entry | undefined {
  return entries.findLast(({ keySpan }) => keySpan.start <= offset);
}

function pathOf(change: Change): Path {
  switch (change.kind) {
    case 'add-resources':
      return change.beside;
    case 'add-entries':
    case 'append':
      return change.to;
    case 'comment':
      return change.above;
    case 'set':
    case 'replace-entry':
    case 'remove':
      return change.at;
  }
}

function windowsOf(edits: readonly TextEdit[]): Window[] {
  let shift = 0;
  return edits.map(({ span: { start, end }, newText }) => {
    const newEnd = start + shift + plainText(newText).length;
    shift = newEnd - end;
    return { start, oldEnd: end, newEnd };
  });
}

/** What the pieces that count say, each in its section. */
function dataOf(pieces: readonly Piece[], counts: (piece: Piece, section: string) => boolean): DataFields {
  const said = (some: readonly Piece[], section: string): DataFields =>
    new Map(
      some
        .filter((piece) => counts(piece, section))
        .map((piece) => [piece.name, argumentData(piece.name, dataOfNode(piece.value))]),
    );
  return new Map(
    sectionsOf(pieces).flatMap(({ head, entries }): [string, Data][] =>
      head.kind === 'header' ? [[head.name, said(entries, head.name)]] : [...said([head], head.name)],
    ),
  );
}

function resourcesIn(pieces: readonly Piece[]): number {
  const section = sectionsOf(pieces).find(({ head }) => head.name === 'Resources');
  // As a template has it: what a macro makes of a mapping is none.
  return (
    section?.entries.filter(({ name, facts }) => facts.isMapping && !name.startsWith('Fn::')).length ?? 0
  );
}
