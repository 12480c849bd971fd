import { firstFrom } from '../first-from.ts';
import { sectionsOfEntries } from '../sections.ts';

/** Where a section or an entry begins, whatever stands before it. */
export interface Landmark {
  /** Of its key's opening quote. */
  readonly start: number;
  readonly kind: 'section' | 'entry';
}

/**
 * Where the members of broken JSON begin, as far as that shows without its brackets: in lines with a key that stand
 * furthest to the left, or, as in a template without lines, where a key is followed by what only resources begin with.
 */
export class Landmarks {
  readonly #text: string;
  #all: readonly Landmark[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The first from that offset on. */
  from(offset: number): Landmark | undefined {
    this.#all ??= landmarksInLines(this.#text) ?? landmarksOfResources(this.#text);
    return this.#all[firstFrom(this.#all, offset)];
  }
}

const keyAndRest = /"((?:[^"\\\r\n]|\\[^\r\n])*)"[ \t]*:[^"\r\n]*("?)/y;

/** Undefined where lines do not show the resources. */
function landmarksInLines(text: string): Landmark[] | undefined {
  const landmarks: Landmark[] = [];
  let firstEntry = 0;
  let sectionColumn = Infinity;
  let entryColumn = -1;
  for (let start = 0, next = 1; next > 0; start = next) {
    next = text.indexOf('\n', start) + 1;
    let offset = start;
    while (text.charCodeAt(offset) === 0x20 || text.charCodeAt(offset) === 0x09) offset += 1;
    const column = offset - start;
    if (text.charCodeAt(offset) !== 0x22 || column > Math.max(sectionColumn, entryColumn)) continue;
    keyAndRest.lastIndex = offset;
    const match = keyAndRest.exec(text);
    if (match === null) continue;
    if (column <= sectionColumn) {
      if (column < sectionColumn) landmarks.length = 0;
      sectionColumn = column;
      const [, name = '', quote] = match;
      landmarks.push({ start: offset, kind: 'section' });
      // Entries that begin in the line of their section have no column.
      entryColumn = sectionsOfEntries.has(name) && quote === '' ? Infinity : -1;
      firstEntry = landmarks.length;
    } else {
      if (column < entryColumn) landmarks.length = firstEntry;
      entryColumn = column;
      landmarks.push({ start: offset, kind: 'entry' });
    }
  }
  const isOfResources = (landmark: Landmark, index: number): boolean =>
    text.startsWith('"Resources"', landmark.start) && landmarks[index + 1]?.kind === 'entry';
  return landmarks.some(isOfResources) ? landmarks : undefined;
}

const resource =
  /("Resources"\s*:\s*\{\s*)?"[A-Za-z0-9]{1,255}"\s*:\s*\{\s*"(?:Type"\s*:\s*"[A-Za-z0-9]{1,255}::|Properties"\s*:\s*\{)/g;

function landmarksOfResources(text: string): Landmark[] {
  return Array.from(text.matchAll(resource)).flatMap(({ index, 1: header }): Landmark[] =>
    header === undefined
      ? [{ start: index, kind: 'entry' }]
      : [
          { start: index, kind: 'section' },
          { start: index + header.length, kind: 'entry' },
        ],
  );
}
