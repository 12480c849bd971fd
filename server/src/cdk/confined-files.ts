import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { isAtOrBelow, isBelow } from '../workspace/containment.ts';

/**
 * What came of reading a file.
 * - `absent`: there is none, or it lies outside of the folders, which is not told apart on purpose.
 * - `too-large`: larger than the caller wants to hold.
 */
export type ConfinedText =
  | { readonly kind: 'text'; readonly text: string; readonly modified: number }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'absent' };

/** A folder by the name that the editor has for it, and with every link resolved. */
interface Root {
  readonly folder: string;
  readonly real: string;
}

/**
 * The files below some folders, for paths that came out of other files and so may be meant to lead anywhere.
 * A path is looked at by its letters before the disk is asked, so that no network share is ever touched, and
 * by its links afterwards.
 */
export class ConfinedFiles {
  readonly #roots: readonly Root[];

  private constructor(roots: readonly Root[]) {
    this.#roots = roots;
  }

  /** @param folders Absolute. One that cannot be resolved counts by its name. */
  static async below(folders: readonly string[]): Promise<ConfinedFiles> {
    const roots = folders.map(async (folder) => ({
      folder,
      real: await realpath(folder).catch(() => folder),
    }));
    return new ConfinedFiles(await Promise.all(roots));
  }

  /** The folder that a path is in, by its letters alone; the innermost where they are nested. */
  folderOf(file: string): string | undefined {
    return this.#roots
      .map(({ folder }) => folder)
      .filter((folder) => isAtOrBelow(file, folder))
      .toSorted((a, b) => b.length - a.length)[0];
  }

  /**
   * The file as the editor would name it, if it is there and, with every link resolved, below the folders.
   *
   * @param file Absolute; may name a folder of ours by its real path, as the stack frames of Node do.
   */
  async locate(file: string): Promise<string | undefined> {
    return (await this.#find(file))?.named;
  }

  /** The one path of a file or folder below the folders, with every link resolved. */
  async realPath(file: string): Promise<string | undefined> {
    return (await this.#find(file))?.real;
  }

  /**
   * Reads a whole file. Never rejects, and never waits for a pipe.
   *
   * @param most In bytes.
   */
  async readText(file: string, most: number): Promise<ConfinedText> {
    let handle: FileHandle | undefined;
    try {
      const real = await this.realPath(file);
      if (real === undefined) return { kind: 'absent' };
      // By the path that was looked at: a link may lead elsewhere by now.
      handle = await open(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      const info = await handle.stat();
      if (!info.isFile()) return { kind: 'absent' };
      if (info.size > most) return { kind: 'too-large' };
      const text = await handle.readFile('utf8');
      return { kind: 'text', text: text.replace(/^\uFEFF/, ''), modified: info.mtimeMs };
    } catch {
      return { kind: 'absent' };
    } finally {
      await handle?.close().catch(() => undefined);
    }
  }

  async #find(file: string): Promise<{ readonly named: string; readonly real: string } | undefined> {
    if (!path.isAbsolute(file)) return undefined;
    const named = this.#editorsName(path.normalize(file));
    if (named === undefined) return undefined;
    try {
      const real = await realpath(named);
      return this.#roots.some((root) => isBelow(real, root.real)) ? { named, real } : undefined;
    } catch {
      return undefined;
    }
  }

  #editorsName(file: string): string | undefined {
    if (this.#roots.some(({ folder }) => isBelow(file, folder))) return file;
    const root = this.#roots.find(({ real }) => isBelow(file, real));
    return root && path.join(root.folder, path.relative(root.real, file));
  }
}
