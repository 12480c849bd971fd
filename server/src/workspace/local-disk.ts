import { realpath } from 'node:fs/promises';
import type { Disk } from './disk.ts';
import { findFiles, isFoundBelow } from './files.ts';
import { readFiles, readTextAgain } from './read-file.ts';

/** The disk of this machine. */
export const localDisk: Disk = {
  findFiles,
  readFiles,
  realPath: (file) => realpath(file),
  isFoundBelow,
  rereader: (file) => () => readTextAgain(file),
};
