import path from 'node:path';

/** Whether a file or folder is somewhere below a folder. Both absolute; links are not followed. */
export function isBelow(file: string, folder: string): boolean {
  return file !== folder && isAtOrBelow(file, folder);
}

/** Whether a file or folder is that folder or somewhere below it. */
export function isAtOrBelow(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
}
