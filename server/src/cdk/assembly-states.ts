import path from 'node:path';
import { isAtOrBelow } from '../workspace/containment.ts';
import type { CloudAssembly } from './cloud-assembly.ts';
import { ConfinedFiles } from './confined-files.ts';
import { readAssembly } from './read-assembly.ts';

/** What the assemblies need of the rest of the server. */
export interface AssemblySurroundings {
  /** The text of a template as the workspace has it; undefined where it has none. */
  readonly textOf: (file: string) => string | undefined;
  /** Has the workspace read files anew. Never rejects. */
  readonly reread: (files: readonly string[]) => Promise<void>;
  readonly log: (message: string) => void;
}

/** How long to wait, in milliseconds. */
export interface Patience {
  /** For more changes after a change: synthesis writes many files. */
  readonly quiet: number;
  /** Before looking again at an assembly that is not whole. */
  readonly again: number;
  /** Until an assembly that does not become whole, or does not come back, is given up. */
  readonly most: number;
}

const usualPatience: Patience = { quiet: 150, again: 400, most: 120_000 };
/** For a folder that is deleted and, mostly, written anew right afterwards. */
const patienceWithDeleted = 3000;

const longestPause = 5000;

interface State {
  readonly folder: string;
  /** As it was when it was last whole. */
  assembly: CloudAssembly | undefined;
  /** Since when it has been waited for, undefined where it is whole or given up. */
  waitingSince: number | undefined;
  timer: NodeJS.Timeout | undefined;
  /** Looks since the last change that found it incomplete. */
  looks: number;
  /** Counts the changes, so that what was read before one is not taken for what is there after it. */
  changes: number;
}

/**
 * The cloud assemblies of a workspace, each as it was when it was last whole: one that is being written, or that
 * broke, goes on being what it was before. So nobody sees half of a synthesis.
 */
export class AssemblyStates {
  readonly #surroundings: AssemblySurroundings;
  readonly #patience: Patience;
  readonly #states = new Map<string, State>();
  readonly #settlers = new Set<() => void>();
  #changed: () => void = () => undefined;
  #files: ConfinedFiles | undefined;

  constructor(surroundings: AssemblySurroundings, patience: Patience = usualPatience) {
    this.#surroundings = surroundings;
    this.#patience = patience;
  }

  /** The files that assemblies may lead to. */
  get files(): ConfinedFiles | undefined {
    return this.#files;
  }

  get assemblies(): readonly CloudAssembly[] {
    return [...this.#states.values()].flatMap(({ assembly }) => (assembly === undefined ? [] : [assembly]));
  }

  /** @param changed Called whenever an assembly has come, gone or become another one. */
  onChange(changed: () => void): void {
    this.#changed = changed;
  }

  /**
   * Takes other folders than before, and reads the assemblies in them.
   *
   * @param folders Absolute.
   * @param manifests Every `manifest.json` below them, of assemblies or not.
   */
  async setFolders(folders: readonly string[], manifests: readonly string[]): Promise<void> {
    this.#files = await ConfinedFiles.below(folders);
    const had = this.#states.size > 0;
    for (const [folder, state] of this.#states) {
      if (this.#files.folderOf(folder) === undefined) this.#drop(state);
    }
    for (const folder of this.#outermost(manifests.map((manifest) => path.dirname(manifest)))) {
      await this.#look(this.#stateOf(folder));
    }
    if (had) this.#changed();
  }

  /** Takes what a watcher saw: files or folders that were created, changed or deleted. */
  filesChanged(files: readonly string[]): void {
    const concerned = new Set<State>();
    const manifests: string[] = [];
    for (const file of files) {
      const state = [...this.#states.values()].find(
        ({ folder }) => isAtOrBelow(file, folder) || isAtOrBelow(folder, file),
      );
      if (state !== undefined) concerned.add(state);
      else if (path.basename(file) === 'manifest.json') manifests.push(path.dirname(file));
    }
    for (const folder of this.#outermost(manifests)) concerned.add(this.#stateOf(folder));
    for (const state of concerned) this.#lookAfter(this.#patience.quiet, state, { isChange: true });
  }

  /** Whether any assembly is being waited for. */
  get isWaiting(): boolean {
    return [...this.#states.values()].some(({ waitingSince }) => waitingSince !== undefined);
  }

  /** Whether that file is of an assembly that is being waited for. */
  isWaitedFor(file: string): boolean {
    return [...this.#states.values()].some(
      ({ folder, waitingSince }) => waitingSince !== undefined && isAtOrBelow(file, folder),
    );
  }

  /**
   * Resolves when the assembly that a file is of is whole or given up; at once for files of none.
   *
   * @param limit In milliseconds; it resolves then in any case.
   */
  async settled(file: string, limit = Infinity): Promise<void> {
    const end = Date.now() + limit;
    while (this.isWaitedFor(file) && Date.now() < end) {
      await new Promise<void>((resolve) => {
        const timer = limit === Infinity ? undefined : setTimeout(resolve, end - Date.now());
        this.#settlers.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  #stateOf(folder: string): State {
    const known = this.#states.get(folder);
    if (known !== undefined) return known;
    const state: State = {
      folder,
      assembly: undefined,
      waitingSince: undefined,
      timer: undefined,
      looks: 0,
      changes: 0,
    };
    this.#states.set(folder, state);
    return state;
  }

  /** Without those that are nested in others: they are read with the one around them. */
  #outermost(folders: readonly string[]): readonly string[] {
    const found: string[] = [];
    for (const folder of folders.toSorted((a, b) => a.length - b.length)) {
      const isNested = [...this.#states.keys(), ...found].some(
        (outer) => outer !== folder && isAtOrBelow(folder, outer),
      );
      if (!isNested) found.push(folder);
    }
    return found;
  }

  #lookAfter(delay: number, state: State, { isChange }: { readonly isChange: boolean }): void {
    if (isChange) {
      state.changes += 1;
      state.looks = 0;
      // A new change is a new reason to wait.
      state.waitingSince = Date.now();
    }
    clearTimeout(state.timer);
    state.timer = setTimeout(() => void this.#look(state), delay);
    // What only waits keeps no process from ending.
    state.timer.unref();
  }

  /** Never rejects. */
  async #look(state: State): Promise<void> {
    const { changes, folder } = state;
    const files = this.#files;
    if (files === undefined) return;
    try {
      const reading = await readAssembly(folder, files);
      // More has changed meanwhile, and another look is on its way.
      if (state.changes !== changes || this.#states.get(folder) !== state) return;
      switch (reading.kind) {
        case 'complete': {
          const cutOff = await this.#cutOffTemplate(reading.assembly, state.waitingSince !== undefined);
          if (state.changes !== changes || this.#states.get(folder) !== state) return;
          if (cutOff === undefined) this.#take(state, reading.assembly);
          else this.#wait(state, `${cutOff} ends too early`);
          break;
        }
        case 'incomplete':
          this.#wait(state, reading.why);
          break;
        case 'locked':
          // Looking at a lock costs little, and no watcher of ours tells when it is gone.
          state.looks = 0;
          this.#wait(state, 'it is being synthesised');
          break;
        case 'absent':
          state.waitingSince ??= Date.now();
          if (state.assembly !== undefined && this.#hasWaitedLess(state, patienceWithDeleted)) {
            this.#lookAfter(this.#patience.again, state, { isChange: false });
            break;
          }
          this.#drop(state);
          this.#changed();
          break;
        case 'foreign':
          this.#drop(state);
          if (state.assembly !== undefined) this.#changed();
          break;
      }
    } catch (error) {
      this.#surroundings.log(`${folder} cannot be read: ${String(error)}`);
      this.#settle(state);
    }
  }

  /**
   * The first template whose text is not whole. Those are read anew before: what the workspace has may be older
   * than the manifest.
   */
  async #cutOffTemplate({ stacks }: CloudAssembly, isOld: boolean): Promise<string | undefined> {
    const { textOf, reread } = this.#surroundings;
    const templates = [...new Set(stacks.flatMap((stack) => stack.templates.map(({ file }) => file)))];
    const toRead = isOld ? templates : templates.filter((file) => textOf(file) === undefined);
    if (toRead.length > 0) await reread(toRead);
    return templates.find((file) => {
      const text = textOf(file);
      // One that the workspace passed over, for its size or its ignored name, is nothing to wait for.
      return text !== undefined && text !== '' && !isJson(text);
    });
  }

  #take(state: State, assembly: CloudAssembly): void {
    for (const problem of assembly.problems) this.#surroundings.log(`${state.folder}: ${problem}`);
    state.assembly = assembly;
    this.#settle(state);
    this.#changed();
  }

  #wait(state: State, why: string): void {
    state.waitingSince ??= Date.now();
    if (this.#hasWaitedLess(state, this.#patience.most)) {
      // What is written is whole in a moment, or for long not.
      const delay = Math.min(this.#patience.again * 2 ** state.looks, longestPause);
      state.looks += 1;
      this.#lookAfter(delay, state, { isChange: false });
      return;
    }
    this.#surroundings.log(`${state.folder} is not whole, so what it was before is shown: ${why}`);
    this.#settle(state);
  }

  #hasWaitedLess({ waitingSince }: State, limit: number): boolean {
    return waitingSince === undefined || Date.now() - waitingSince < limit;
  }

  #settle(state: State): void {
    state.waitingSince = undefined;
    for (const resolve of this.#settlers) resolve();
    this.#settlers.clear();
  }

  #drop(state: State): void {
    clearTimeout(state.timer);
    this.#states.delete(state.folder);
    this.#settle(state);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
