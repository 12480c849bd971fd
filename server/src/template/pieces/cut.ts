import type { ReadDocument } from '../document.ts';
import { beginsAsJson } from '../read-json.ts';
import { sectionsOfEntries } from '../sections.ts';
import type { Steps } from '../steps.ts';
import type { Piece } from './piece.ts';
import { jsonScan } from './scan-json.ts';
import { yamlScan } from './scan-yaml.ts';
import type { Reuse, Scan } from './scan.ts';
import type { Window } from './window.ts';

type Format = ReadDocument['format'];

export const nothing: Reuse = () => undefined;

/** Cuts a text into pieces; undefined where it cannot be cut. */
export function* cut(text: () => string, reuse: Reuse): Steps<readonly Piece[] | undefined> {
  const format = formatOf(text());
  const found = yield* scanOf(format).all(text, reuse);
  return found === undefined || (format === 'yaml' && isTooBroken(found)) ? undefined : found;
}

export function isBroken(piece: Piece | undefined): boolean {
  return piece !== undefined && piece.problems.length > 0;
}

export function formatOf(text: string): Format {
  return beginsAsJson(text) ? 'json' : 'yaml';
}

export function scanOf(format: Format): Scan {
  return format === 'json' ? jsonScan : yamlScan;
}

/**
 * A template in YAML without resources that has mistakes is not read entry by entry. Where one of several pieces with
 * mistakes has an open quote, the reader of the whole tries what they are if it closes elsewhere; and what stands behind
 * the key of a section of entries it passes over.
 */
function isTooBroken(pieces: readonly Piece[]): boolean {
  const broken = pieces.filter(isBroken);
  if (broken.length === 0) return false;
  if (broken.length > 1 && broken.some(({ isOpen }) => isOpen)) return true;
  if (pieces.some(({ kind, name }) => kind === 'section' && sectionsOfEntries.has(name))) return true;
  return !pieces.some(
    ({ kind, name }, index) =>
      kind === 'header' &&
      name === 'Resources' &&
      pieces.slice(index + 1).find((piece) => piece.kind !== 'stray')?.kind === 'entry',
  );
}

/**
 * Finds pieces of before that stand outside all windows. In YAML the line behind a piece tells where it ends, so
 * that must be outside, too.
 */
export function reuseOf(
  pieces: readonly Piece[],
  before: string,
  windows: readonly Window[],
  format: Format,
): Reuse {
  let next = 0;
  let ahead = 0;
  let last = 0;
  const endsBefore = ({ end }: Piece, start: number): boolean => {
    if (format === 'json') return end < start;
    const lineEnd = before.indexOf('\n', end);
    return lineEnd >= 0 && lineEnd < start;
  };
  // A scan asks from the beginning to the end of the text, and perhaps once more.
  return (offset, kind, indentation) => {
    if (offset < last) next = ahead = 0;
    last = offset;
    while ((windows[ahead]?.newEnd ?? Infinity) <= offset) ahead += 1;
    const behind = windows[ahead - 1];
    const old = behind === undefined ? offset : offset - behind.newEnd + behind.oldEnd;
    const start = windows[ahead]?.start ?? Infinity;
    if (old >= start) return undefined;
    while ((pieces[next]?.start ?? Infinity) < old) next += 1;
    const piece = pieces[next];
    if (piece?.start !== old || piece.kind !== kind || (format === 'yaml' && piece.isOpen)) return undefined;
    if (indentation !== undefined && piece.indentation !== indentation) return undefined;
    return start === Infinity || endsBefore(piece, start) ? piece : undefined;
  };
}
