import path from 'node:path';
import { isAtOrBelow } from '../workspace/containment.ts';
import type { ConfinedFiles } from './confined-files.ts';
import { sourceLanguageOf } from './creating-expression.ts';
import { SourceMaps, type FilePlace } from './source-map.ts';
import { parseStackFrame } from './stack-frame.ts';

/** Where a construct was made. */
export interface CreationPlace extends FilePlace {
  /**
   * Whether the trace names that very file, or one of another machine whose path ends alike. Then the place is
   * a guess until its text is looked at.
   */
  readonly isGuess: boolean;
}

/** Paths that are looked for in other folders, each in many: what no real application comes near. */
const mostSearches = 200;
const deepestTail = 24;

/** Finds where the stack traces of one assembly lead. Each trace and each file is looked for once. */
export class CreationPlaces {
  readonly #files: ConfinedFiles;
  readonly #assembly: string;
  readonly #maps: SourceMaps;
  readonly #located = new Map<
    string,
    Promise<{ readonly file: string; readonly isGuess: boolean } | undefined>
  >();
  readonly #places = new Map<string, Promise<CreationPlace | undefined>>();
  #searches = 0;

  /** @param assembly The assembly's folder, absolute. */
  constructor(assembly: string, files: ConfinedFiles) {
    this.#assembly = assembly;
    this.#files = files;
    this.#maps = new SourceMaps(files);
  }

  /**
   * The first frame that is of the workspace, followed to its source; undefined where no frame is.
   *
   * @param creationStack Lines of a stack trace, innermost first.
   */
  async of(creationStack: readonly string[]): Promise<CreationPlace | undefined> {
    for (const line of creationStack) {
      const known = this.#places.get(line) ?? this.#placeOf(line);
      this.#places.set(line, known);
      const place = await known;
      if (place !== undefined) return place;
    }
    return undefined;
  }

  async #placeOf(line: string): Promise<CreationPlace | undefined> {
    const frame = parseStackFrame(line);
    // What is installed is not the user's to mend; whoever called it is.
    if (frame === undefined || /[\\/]node_modules[\\/]/.test(frame.file)) return undefined;
    const known = this.#located.get(frame.file) ?? this.#locate(frame.file);
    this.#located.set(frame.file, known);
    const located = await known;
    if (located === undefined) return undefined;
    const place = { ...located, line: frame.line, column: frame.column };
    const original = await this.#maps.original(place);
    if (original !== undefined) return { ...original, isGuess: located.isGuess };
    return sourceLanguageOf(place.file) === undefined ? undefined : place;
  }

  async #locate(file: string): Promise<{ readonly file: string; readonly isGuess: boolean } | undefined> {
    const itself = await this.#files.locate(file);
    if (itself !== undefined) return { file: itself, isGuess: false };
    if (this.#searches >= mostSearches) return undefined;
    this.#searches += 1;
    const steps = file.split(/[\\/]/).filter((step) => step !== '' && step !== '.' && step !== '..');
    const longest = Math.min(steps.length, deepestTail);
    for (let length = longest; length > 0; length -= 1) {
      for (const folder of this.#foldersAbove()) {
        const candidate = path.join(folder, ...steps.slice(-length));
        const found = await this.#files.locate(candidate);
        if (found !== undefined) return { file: found, isGuess: true };
      }
    }
    return undefined;
  }

  /** From the one that the assembly is in up to the workspace folder. */
  #foldersAbove(): readonly string[] {
    const root = this.#files.folderOf(this.#assembly);
    if (root === undefined) return [];
    const folders: string[] = [];
    for (
      let folder = path.dirname(this.#assembly);
      isAtOrBelow(folder, root);
      folder = path.dirname(folder)
    ) {
      folders.push(folder);
      if (path.dirname(folder) === folder) break;
    }
    return folders;
  }
}
