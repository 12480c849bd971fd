import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Windows says in PATHEXT which files are programs. */
const extensions = process.platform === 'win32' ? (process.env['PATHEXT'] ?? '.EXE;.CMD').split(';') : [''];

/**
 * @param {readonly string[]} names in the order of preference
 * @returns {string | undefined} the first that the PATH has, as an absolute path
 */
export function findOnPath(names) {
  const folders = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  return names
    .flatMap((name) =>
      folders.flatMap((folder) => extensions.map((extension) => path.join(folder, name + extension))),
    )
    .find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
