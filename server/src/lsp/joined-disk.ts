import type { Disk } from '../workspace/disk.ts';
import { isElsewhere } from './files.ts';

/** One disk of two: that of this machine, and what the client reads for us. Either may be missing. */
export function joinDisks(local: Disk | undefined, remote: Disk | undefined): Disk {
  const diskOf = (file: string): Disk | undefined => (isElsewhere(file) ? remote : local);
  return {
    findFiles: async (folders) => {
      const found = await Promise.all(
        folders.map(async (folder) => (await diskOf(folder)?.findFiles([folder]))?.files ?? []),
      );
      // One file may be below two folders.
      return { files: [...new Map(found.flat().map((file) => [file.path, file])).values()] };
    },
    readFiles: async function* (files) {
      if (local !== undefined) yield* local.readFiles(files.filter(({ path }) => !isElsewhere(path)));
      if (remote !== undefined) yield* remote.readFiles(files.filter(({ path }) => isElsewhere(path)));
    },
    realPath: async (file) => {
      const disk = diskOf(file);
      if (disk === undefined) throw new Error(`${file} cannot be reached`);
      return disk.realPath(file);
    },
    isFoundBelow: async (file, folder) => (await diskOf(folder)?.isFoundBelow(file, folder)) === true,
    rereader: (file) => diskOf(file)?.rereader(file),
  };
}
