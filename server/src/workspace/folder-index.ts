import path from 'node:path';
import { isBelow } from './containment.ts';
import type { Disk } from './disk.ts';
import type { FoundFile } from './files.ts';
import type { Workspace } from './workspace.ts';

/**
 * Keeps a workspace's disk texts true to some folders: reads each file below them once, then again only when
 * it is told that it changed. Never reads outside the folders, whatever links lead there.
 */
export class FolderIndex {
  readonly #workspace: Workspace;
  readonly #disk: Disk;
  readonly #known = new Set<string>();
  #folders: readonly string[] = [];

  constructor(workspace: Workspace, disk: Disk) {
    this.#workspace = workspace;
    this.#disk = disk;
  }

  /** Those of its files that have that name, wherever they are. */
  filesNamed(name: string): readonly string[] {
    return [...this.#known].filter((file) => path.basename(file) === name);
  }

  /**
   * Takes other folders than before. Files of folders that are no longer there are forgotten.
   *
   * @param folders Absolute paths. One that cannot be read counts as empty.
   */
  async setFolders(folders: readonly string[]): Promise<void> {
    this.#folders = folders;
    this.#workspace.setFolders(folders);
    for (const file of this.#known) if (!this.#isInside(file)) this.#forget(file);
    const roots = await Promise.all(folders.map((folder) => this.#disk.realPath(folder).catch(() => folder)));
    const { files } = await this.#disk.findFiles(folders);
    await this.#read(files.filter(({ realPath }) => roots.some((root) => isBelow(realPath, root))));
  }

  /**
   * Takes what a watcher saw: files that were created, changed or deleted.
   *
   * @returns Whether one of them is of the index, so that checks may have changed.
   */
  async filesChanged(files: readonly string[]): Promise<boolean> {
    const concerned: FoundFile[] = [];
    let forgotten = false;
    for (const file of files) {
      const folder = this.#folders.find((candidate) => isBelow(file, candidate));
      const realPath =
        folder === undefined ? undefined : await this.#disk.realPath(file).catch(() => undefined);
      const isThere =
        folder !== undefined &&
        realPath !== undefined &&
        isBelow(realPath, await this.#disk.realPath(folder)) &&
        (await this.#disk.isFoundBelow(file, folder));
      if (isThere) concerned.push({ path: file, realPath, named: false });
      else if (this.#forgetAt(file)) forgotten = true;
    }
    await this.#read(concerned);
    return forgotten || concerned.length > 0;
  }

  async #read(files: readonly FoundFile[]): Promise<void> {
    for await (const { file, content } of this.#disk.readFiles(files)) {
      const absolute = path.resolve(file.path);
      if (content.kind === 'text') {
        this.#known.add(absolute);
        this.#workspace.setDiskText(absolute, content.text, this.#disk.rereader(absolute));
      } else if (this.#known.has(absolute)) this.#forget(absolute);
    }
  }

  /** Of a deleted folder, some watchers tell the folder only. */
  #forgetAt(fileOrFolder: string): boolean {
    const gone = [...this.#known].filter((file) => file === fileOrFolder || isBelow(file, fileOrFolder));
    for (const file of gone) this.#forget(file);
    return gone.length > 0;
  }

  #forget(file: string): void {
    this.#known.delete(file);
    this.#workspace.removeDiskText(file);
  }

  #isInside(file: string): boolean {
    return this.#folders.some((folder) => isBelow(file, folder));
  }
}
