import type { Piece } from '../../template/pieces/piece.ts';

/** A template without most of its resources, in which what is left stands where it stood. */
export interface Excerpt {
  /** As long as the whole. */
  readonly text: string;
  /** The names of the resources that are left out, in the order of the text, and the text of each. */
  readonly hidden: ReadonlyMap<string, string>;
}

/**
 * What is touched is shown with the resources beside it, of which the blank lines between them are learnt.
 *
 * @param fewest Characters of resources that are shown besides those that are touched.
 */
export function excerptOf(
  whole: { readonly text: string; readonly resources: readonly Piece[] },
  touched: ReadonlySet<string>,
  fewest: number,
): Excerpt {
  const { text, resources } = whole;
  const shown = shownIndices(resources, touched, fewest);
  const hidden = new Map<string, string>();
  const parts: string[] = [];
  let end = 0;
  for (let index = 0; index < resources.length; index += 1) {
    if (shown.has(index)) continue;
    const { start } = resources[index]!;
    for (; index < resources.length && !shown.has(index); index += 1) {
      hidden.set(resources[index]!.name, resources[index]!.text);
    }
    // The last one is always shown.
    const next = resources[index]!.start;
    const blank = blanked(text.slice(start, next), resources[index]!.indentation);
    parts.push(text.slice(end, start), blank);
    end = next;
  }
  return { text: [...parts, text.slice(end)].join(''), hidden };
}

function shownIndices(
  resources: readonly Piece[],
  touched: ReadonlySet<string>,
  fewest: number,
): ReadonlySet<number> {
  const last = resources.length - 1;
  const found = resources.flatMap(({ name }, index) => (touched.has(name) ? [index] : []));
  const shown = new Set([0, last, ...found]);
  let size = 0;
  const show = (index: number): void => {
    const piece = resources[index];
    if (piece === undefined || shown.has(index)) return;
    shown.add(index);
    size += piece.end - piece.start;
  };
  // Those beside what is touched always, then further ones until there are enough.
  for (let distance = 1; distance <= last; distance += 1) {
    for (const index of found.length === 0 ? [last] : found) {
      show(index - distance);
      show(index + distance);
    }
    if (size >= fewest) break;
  }
  return shown;
}

/**
 * Spaces in place of resources, up to the line that the next one begins on. In YAML a comment, for lines of
 * spaces alone may belong to a text that stands above.
 *
 * @param indentation Of the resources; none in JSON.
 */
function blanked(text: string, indentation: number): string {
  const lastLine = text.lastIndexOf('\n');
  const isLineOwn = lastLine >= 0 && text.slice(lastLine).trim() === '';
  const length = isLineOwn ? lastLine : text.length;
  const mark = indentation > 0 ? `${' '.repeat(indentation)}#` : '';
  return mark + ' '.repeat(length - mark.length) + text.slice(length);
}
