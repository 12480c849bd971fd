import type { Finding, VpcReport } from '../coverage/model.ts';
import { checkText, type FileCheck } from '../workspace/check.ts';
import { findFiles } from '../workspace/files.ts';
import { readFiles } from '../workspace/read-file.ts';
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

/** Something that should have been checked and was not, or not in full. */
export interface CheckError {
  readonly file: string;
  readonly message: string;
}

export interface CheckOutcome {
  /** How many files were looked at, templates or not. */
  readonly fileCount: number;
  /** In the order of their paths, as are the errors. */
  readonly templates: readonly CheckedTemplate[];
  readonly errors: readonly CheckError[];
}

/** Finds, reads and checks everything below the given paths (relative to the working folder). */
export async function check(paths: readonly string[]): Promise<CheckOutcome> {
  const { files, problems } = await findFiles(paths);
  const templates: CheckedTemplate[] = [];
  const errors: CheckError[] = problems.map(({ path, message }) => ({ file: path, message }));
  for await (const { file, content } of readFiles(files)) {
    if (content.kind === 'unreadable') errors.push({ file: file.path, message: content.message });
    if (content.kind !== 'text') continue;
    const result = checkSafely(content.text);
    switch (result.kind) {
      case 'not-a-template':
        break;
      case 'unreadable':
        errors.push({ file: file.path, message: result.message });
        break;
      case 'template': {
        const positionAt = positionsOf(content.text);
        templates.push({
          file: file.path,
          vpcs: result.vpcs.toSorted((a, b) => a.span.start - b.span.start),
          findings: result.findings.toSorted(
            (a, b) => a.span.start - b.span.start || compare(a.code, b.code),
          ),
          positionAt,
        });
        if (result.problems.length > 0) {
          errors.push({ file: file.path, message: firstProblem(result.problems, positionAt) });
        }
        break;
      }
    }
  }
  // The sort is stable: what concerns the same file stays in the order in which it was met.
  return { fileCount: files.length, templates, errors: errors.toSorted((a, b) => compare(a.file, b.file)) };
}

/** A fault of ours in one template must not cost the report on all others; it shows as that file's error. */
function checkSafely(text: string): FileCheck {
  try {
    return checkText(text);
  } catch (error) {
    return { kind: 'unreadable', message: `Internal error of Flow Log Guard: ${String(error)}` };
  }
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
