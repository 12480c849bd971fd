import type { ReadAgain } from './file-entry.ts';
import type { FoundFile } from './files.ts';
import type { FileContent } from './read-file.ts';

/** How the index reaches the files of folders: on this machine's disk, or wherever else they are. */
export interface Disk {
  /** The files below some folders that may hold templates. */
  readonly findFiles: (folders: readonly string[]) => Promise<{ readonly files: readonly FoundFile[] }>;
  readonly readFiles: (
    files: readonly FoundFile[],
  ) => AsyncIterable<{ readonly file: FoundFile; readonly content: FileContent }>;
  /** With every link resolved; rejects for what is not there. */
  readonly realPath: (file: string) => Promise<string>;
  /** Whether `findFiles` would find that file below the folder now. */
  readonly isFoundBelow: (file: string, folder: string) => Promise<boolean>;
  /** Reads a file that was read before, at once; undefined for a file that only a promise can read. */
  readonly rereader: (file: string) => ReadAgain | undefined;
}
