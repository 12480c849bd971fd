import path from 'node:path';
import { findFiles, type FoundFile } from '../workspace/files.ts';
import { findProjectFiles } from '../workspace/project-file-search.ts';
import { isProjectFile } from '../workspace/project-file.ts';
import { readNow, readTextAgain } from '../workspace/read-file.ts';
import type { FileCheck } from '../workspace/file-check.ts';
import { Workspace } from '../workspace/workspace.ts';
import { positionsOf, type Position } from './positions.ts';

/** Something that should have been looked at and was not, or not in full, or is wrong in a project file. */
export interface CheckError {
  readonly file: string;
  readonly message: string;
}

/** A file that was read. Its text is the workspace's to keep or to drop. */
export interface ReadableFile {
  /** As the user gave it, or below what the user gave. */
  readonly shown: string;
  readonly absolute: string;
}

export interface Loaded {
  readonly workspace: Workspace;
  /** The project files, then the others in the order of their paths. */
  readonly readable: readonly ReadableFile[];
  readonly errors: readonly CheckError[];
  /** How many files were looked at, templates or not. */
  readonly fileCount: number;
}

/** Finds and reads everything below the given paths (relative to the working folder). */
export async function load(paths: readonly string[]): Promise<Loaded> {
  const { files, problems } = await findFiles(paths);
  const errors: CheckError[] = problems.map(({ path: file, message }) => ({ file, message }));
  const workspace = new Workspace();
  const project = await findProjectFiles(paths);
  workspace.setFolders(project.folders);
  const readable: ReadableFile[] = [];
  for (const file of withProjectFiles(files, project.files)) {
    const content = await readNow(file);
    if (content.kind === 'unreadable') errors.push({ file: file.path, message: content.message });
    if (content.kind !== 'text') continue;
    const absolute = path.resolve(file.path);
    workspace.setDiskText(absolute, content.text);
    dropIdleText(workspace, absolute);
    readable.push({ shown: file.path, absolute });
  }
  const fileCount = files.filter(({ path: file }) => !isProjectFile(file)).length;
  return { workspace, readable, errors, fileCount };
}

/**
 * All files, each once, those first that say how the others are checked. One that cannot be read as a project file
 * must not be passed over.
 */
function withProjectFiles(found: readonly FoundFile[], above: readonly FoundFile[]): readonly FoundFile[] {
  const ofProjects = [...found.filter((file) => isProjectFile(file.path)), ...above];
  const byPath = new Map(ofProjects.map((file) => [path.resolve(file.path), { ...file, named: true }]));
  return [...byPath.values(), ...found.filter((file) => !isProjectFile(file.path))];
}

/** What is wrong with a file, or with us, its check will say. */
function dropIdleText(workspace: Workspace, file: string): void {
  try {
    workspace.dropIdleText(file, () => readTextAgain(file));
  } catch {
    // Then its text stays.
  }
}

/** A fault of ours in one template must not cost the report on all others; it shows as that file's error. */
export function checkSafely(workspace: Workspace, file: string): FileCheck {
  try {
    return workspace.check(file);
  } catch (error) {
    return { kind: 'unreadable', message: `Internal error of Flow Log Guard: ${String(error)}` };
  }
}

/** Where an offset of a span in that file is; its text is looked at when the first one is asked for. */
export function positionsIn(workspace: Workspace, { absolute }: ReadableFile): (offset: number) => Position {
  return positionsOf(() => workspace.textOf(absolute) ?? '');
}

/** What the workspace finds in a file that is an error of the file itself, not a finding. */
export function errorsIn(check: FileCheck, file: ReadableFile, workspace: Workspace): CheckError[] {
  const { shown } = file;
  const positionAt = positionsIn(workspace, file);
  if (check.kind === 'unreadable') return [{ file: shown, message: check.message }];
  if (check.kind === 'project-file') {
    return check.problems.map(({ message, span }) => {
      const { line, column } = positionAt(span.start);
      return { file: shown, message: `Line ${line}, column ${column}: ${message}` };
    });
  }
  if (check.kind !== 'template' || check.problems.length === 0) return [];
  // One problem stands for all of a file: after the first, most are only its consequences.
  const first = check.problems.reduce((a, b) => (b.span.start < a.span.start ? b : a));
  const { line, column } = positionAt(first.span.start);
  return [{ file: shown, message: `It is broken at line ${line}, column ${column}: ${first.message}` }];
}

/** By code units, so that the order is the same everywhere. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
