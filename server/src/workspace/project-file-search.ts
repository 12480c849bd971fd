import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isAtOrBelow } from './containment.ts';
import { repositoryRoot, type FoundFile } from './files.ts';
import { slashed } from './gitignore.ts';
import { projectFileNames } from './project-file.ts';

/** Where project files apply, and those that a walk of the given paths does not meet. */
export interface ProjectFileSearch {
  /** Absolute. */
  readonly folders: readonly string[];
  readonly files: readonly FoundFile[];
}

/**
 * Finds the project files that apply to the given paths from above: for each path the nearest one, up to the
 * root of the git repository or to the working folder, whichever is further up. Outside both, only in the
 * given folder itself.
 *
 * @param paths absolute, or relative to the working folder; those that do not exist are passed over
 */
export async function findProjectFiles(paths: readonly string[]): Promise<ProjectFileSearch> {
  const folders = new Set<string>();
  const files = new Map<string, FoundFile>();
  const visited = new Set<string>();
  for (const given of paths) {
    const start = await folderOf(given);
    if (start === undefined || visited.has(start)) continue;
    visited.add(start);
    const top = await topFolder(start);
    folders.add(top);
    const file = await nearestProjectFile(start, top);
    if (file === undefined || files.has(file)) continue;
    const shown = path.isAbsolute(given) ? file : path.relative('', file);
    files.set(file, { path: slashed(shown), realPath: await realpath(file), named: true });
  }
  return { folders: [...folders], files: [...files.values()] };
}

async function folderOf(given: string): Promise<string | undefined> {
  if (given === '') return undefined;
  const absolute = path.resolve(given);
  const info = await stat(absolute).catch(() => undefined);
  if (info === undefined) return undefined;
  return info.isDirectory() ? absolute : path.dirname(absolute);
}

async function topFolder(start: string): Promise<string> {
  const workingFolder = path.resolve('');
  const tops = [await repositoryRoot(start), isAtOrBelow(start, workingFolder) ? workingFolder : undefined];
  // Both are at or above the start, so the shorter one is further up.
  return tops.filter((top) => top !== undefined).toSorted((a, b) => a.length - b.length)[0] ?? start;
}

async function nearestProjectFile(start: string, top: string): Promise<string | undefined> {
  for (let folder = start; isAtOrBelow(folder, top); folder = path.dirname(folder)) {
    for (const name of projectFileNames) {
      const candidate = path.join(folder, name);
      const info = await stat(candidate).catch(() => undefined);
      if (info?.isFile() === true) return candidate;
    }
    if (folder === top) return undefined;
  }
  return undefined;
}
