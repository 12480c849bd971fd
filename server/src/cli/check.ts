import path from 'node:path';
import type { Finding, VpcReport } from '../coverage/model.ts';
import { findFiles, type FoundFile } from '../workspace/files.ts';
import { findProjectFiles } from '../workspace/project-file-search.ts';
import { isProjectFile } from '../workspace/project-file.ts';
import { readFiles } from '../workspace/read-file.ts';
import { Workspace, type FileCheck } from '../workspace/workspace.ts';
import { positionsOf, type Position } from './positions.ts';

type ParseProblem = Extract<FileCheck, { kind: 'template' }>['problems'][number];

export interface CheckedTemplate {
  readonly file: string;
  /** In the order of the text, as are the findings. */
  readonly vpcs: readonly VpcReport[];
  readonly findings: readonly Finding[];
  /** Where an offset of a span is. Holds the line starts only, so that the text need not stay. */
  readonly positionAt: (offset: number) => Position;
}

/** Something that should have been checked and was not, or not in full, or is wrong in a project file. */
export interface CheckError {
  readonly file: string;
  readonly message: string;
}

export interface CheckOutcome {
  /** How many files were looked at, templates or not. */
  readonly fileCount: number;
  /** How many of them were not checked because a project file says so. */
  readonly ignoredCount: number;
  /** In the order of their paths, as are the errors. */
  readonly templates: readonly CheckedTemplate[];
  readonly errors: readonly CheckError[];
}

/** Finds, reads and checks everything below the given paths (relative to the working folder). */
export async function check(paths: readonly string[]): Promise<CheckOutcome> {
  const { files, problems } = await findFiles(paths);
  const errors: CheckError[] = problems.map(({ path: file, message }) => ({ file, message }));
  const workspace = new Workspace();
  const project = await findProjectFiles(paths);
  workspace.setFolders(project.folders);
  const readable: ReadableFile[] = [];
  for await (const { file, content } of readFiles(withProjectFiles(files, project.files))) {
    if (content.kind === 'unreadable') errors.push({ file: file.path, message: content.message });
    if (content.kind !== 'text') continue;
    const absolute = path.resolve(file.path);
    workspace.setDiskText(absolute, content.text);
    readable.push({ shown: file.path, absolute, positionAt: positionsOf(content.text) });
  }
  const shownPaths = new Map(readable.map(({ absolute, shown }) => [absolute, shown]));
  const templates: CheckedTemplate[] = [];
  let ignoredCount = 0;
  for (const { shown, absolute, positionAt } of readable) {
    const result = checkSafely(workspace, absolute);
    if (result.kind === 'unreadable') errors.push({ file: shown, message: result.message });
    if (result.kind === 'ignored') ignoredCount += 1;
    if (result.kind === 'project-file') {
      for (const { message, span } of result.problems) {
        const { line, column } = positionAt(span.start);
        errors.push({ file: shown, message: `Line ${line}, column ${column}: ${message}` });
      }
    }
    if (result.kind !== 'template') continue;
    templates.push({
      file: shown,
      vpcs: result.vpcs.toSorted((a, b) => a.span.start - b.span.start),
      findings: result.findings
        .toSorted((a, b) => a.span.start - b.span.start || compare(a.code, b.code))
        .map((finding) => withShownPaths(finding, shownPaths)),
      positionAt,
    });
    if (result.problems.length > 0) {
      errors.push({ file: shown, message: firstProblem(result.problems, positionAt) });
    }
  }
  // The sort is stable: what concerns the same file stays in the order in which it was met.
  return {
    fileCount: files.filter(({ path: file }) => !isProjectFile(file)).length,
    ignoredCount,
    templates,
    errors: errors.toSorted((a, b) => compare(a.file, b.file)),
  };
}

/** All files, each once. One that cannot be read as a project file must not be passed over. */
function withProjectFiles(found: readonly FoundFile[], above: readonly FoundFile[]): readonly FoundFile[] {
  const files = new Map([...found, ...above].map((file) => [path.resolve(file.path), file]));
  return Array.from(files.values(), (file) => (isProjectFile(file.path) ? { ...file, named: true } : file));
}

/** A file that was read. Its text is the workspace's to keep or to drop. */
interface ReadableFile {
  /** As the user gave it, or below what the user gave. */
  readonly shown: string;
  readonly absolute: string;
  readonly positionAt: (offset: number) => Position;
}

/** A fault of ours in one template must not cost the report on all others; it shows as that file's error. */
function checkSafely(workspace: Workspace, file: string): FileCheck {
  try {
    return workspace.check(file);
  } catch (error) {
    return { kind: 'unreadable', message: `Internal error of Flow Log Guard: ${String(error)}` };
  }
}

function withShownPaths(finding: Finding, shownPaths: ReadonlyMap<string, string>): Finding {
  if (finding.related.every(({ file }) => file === undefined)) return finding;
  return {
    ...finding,
    related: finding.related.map((place) =>
      place.file === undefined ? place : { ...place, file: shownPaths.get(place.file) ?? place.file },
    ),
  };
}

/** One problem stands for all of a file: after the first, most are only its consequences. */
function firstProblem(problems: readonly ParseProblem[], positionAt: (offset: number) => Position): string {
  const first = problems.reduce((a, b) => (b.span.start < a.span.start ? b : a));
  const { line, column } = positionAt(first.span.start);
  return `It is broken at line ${line}, column ${column}: ${first.message}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
