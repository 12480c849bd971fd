import { t } from '@vscode/l10n';
import path from 'node:path';
import { defaultPolicy, type Policy } from '../coverage/policy.ts';
import { isAtOrBelow } from './containment.ts';
import { ignoreRules, isIgnored } from './gitignore.ts';
import { projectFileNames, readProjectFile, type ProjectFile } from './project-file.ts';
import type { FlowLogDefaults } from './project-settings.ts';
import type { SettingsProblem } from './settings-reader.ts';

/** What is set for a file. The same object as long as it is the same. */
export interface FileSettings {
  /** The project file that applies, absolute; undefined where none does. */
  readonly projectFile: string | undefined;
  readonly policy: Policy;
  readonly flowLog: FlowLogDefaults;
  /** Whether the project file says that this file, of those it applies to, is none of ours. */
  readonly isIgnored: (file: string) => boolean;
}

/** One project file: its texts, and what they say once that was asked for. */
interface ProjectFileEntry {
  diskText: string | undefined;
  editorText: string | undefined;
  read: ProjectFile | undefined;
  /** For the files that it applies to. */
  settings: FileSettings | undefined;
}

/** The project files of a workspace, and what they set for its other files. */
export class ProjectFiles {
  readonly #entries = new Map<string, ProjectFileEntry>();
  #folders: readonly string[] = [];
  #base: FileSettings = withoutProjectFile(defaultPolicy);
  #state: unknown = {};

  /** The policy where no project file says otherwise. */
  setBasePolicy(policy: Policy): void {
    this.#base = withoutProjectFile(policy);
    for (const entry of this.#entries.values()) entry.settings = undefined;
    this.#state = {};
  }

  /** The folders, absolute, in which project files apply. */
  setFolders(folders: readonly string[]): void {
    this.#folders = folders;
    this.#state = {};
  }

  setDiskText(file: string, text: string | undefined): void {
    this.#change(file, (entry) => (entry.diskText = text));
  }

  setEditorText(file: string, text: string | undefined): void {
    this.#change(file, (entry) => (entry.editorText = text));
  }

  /** The text of a project file as it counts now; undefined for one that was not given. */
  textOf(file: string): string | undefined {
    const entry = this.#entries.get(file);
    return entry && textOf(entry);
  }

  /** Another object after every change that may have changed the settings of a file. */
  get state(): unknown {
    return this.#state;
  }

  /** What is set for a file, by the nearest project file at or above its folder and by no other. */
  settingsFor(file: string): FileSettings {
    const applying = this.#applyingTo(file);
    const entry = applying === undefined ? undefined : this.#entries.get(applying);
    if (applying === undefined || entry === undefined) return this.#base;
    entry.settings ??= settingsOf(applying, readEntry(entry), this.#base.policy);
    return entry.settings;
  }

  /** What does not hold in a project file, in the order of the text. */
  problemsIn(file: string): readonly SettingsProblem[] {
    const entry = this.#entries.get(file);
    if (entry === undefined) return [];
    const { problems } = readEntry(entry);
    const other = this.#inFolder(path.dirname(file));
    if (other === undefined || other === file) return problems;
    const shadowed = t('Nothing of this file counts, because {0} is beside it', path.basename(other));
    return [{ message: shadowed, span: { start: 0, end: 0 } }, ...problems];
  }

  #change(file: string, set: (entry: ProjectFileEntry) => void): void {
    const entry = this.#entries.get(file) ?? {
      diskText: undefined,
      editorText: undefined,
      read: undefined,
      settings: undefined,
    };
    const before = textOf(entry);
    set(entry);
    const now = textOf(entry);
    if (now === undefined) this.#entries.delete(file);
    else this.#entries.set(file, entry);
    if (now === before) return;
    entry.read = undefined;
    entry.settings = undefined;
    this.#state = {};
  }

  #applyingTo(file: string): string | undefined {
    // Not a URI of what is not on a disk.
    if (this.#entries.size === 0 || !path.isAbsolute(file)) return undefined;
    for (let folder = path.dirname(file); this.#isInside(folder); folder = path.dirname(folder)) {
      const found = this.#inFolder(folder);
      if (found !== undefined) return found;
      if (path.dirname(folder) === folder) return undefined;
    }
    return undefined;
  }

  #inFolder(folder: string): string | undefined {
    return projectFileNames
      .map((name) => path.join(folder, name))
      .find((candidate) => this.#entries.has(candidate));
  }

  #isInside(folder: string): boolean {
    return this.#folders.some((root) => isAtOrBelow(folder, root));
  }
}

function textOf({ editorText, diskText }: ProjectFileEntry): string | undefined {
  return editorText ?? diskText;
}

function readEntry(entry: ProjectFileEntry): ProjectFile {
  entry.read ??= readProjectFile(textOf(entry) ?? '');
  return entry.read;
}

function withoutProjectFile(policy: Policy): FileSettings {
  return { projectFile: undefined, policy, flowLog: {}, isIgnored: () => false };
}

function settingsOf(projectFile: string, { settings }: ProjectFile, base: Policy): FileSettings {
  const { standard = base.standard, severities, ignore = [], flowLog = {} } = settings;
  const rules = ignoreRules(path.dirname(projectFile), ignore);
  return {
    projectFile,
    policy: { standard, severities: { ...base.severities, ...severities } },
    flowLog,
    isIgnored: (file) => isIgnored(rules, file, 'file'),
  };
}
