import { computeUnchanging } from '../template/kept.ts';
import type { Finding, VpcReport } from '../coverage/model.ts';
import { checkSafely, compare, errorsIn, load, positionsIn, type CheckError } from './load.ts';
import type { Position } from './positions.ts';

export interface CheckedTemplate {
  readonly file: string;
  /** In the order of the text, as are the findings. */
  readonly vpcs: readonly VpcReport[];
  readonly findings: readonly Finding[];
  /** Where an offset of a span is. */
  readonly positionAt: (offset: number) => Position;
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
  const { workspace, readable, errors: loadErrors, fileCount } = await load(paths);
  const errors = [...loadErrors];
  const shownPaths = new Map(readable.map(({ absolute, shown }) => [absolute, shown]));
  const templates: CheckedTemplate[] = [];
  let ignoredCount = 0;
  for (const file of readable) {
    const result = computeUnchanging(() => checkSafely(workspace, file.absolute));
    workspace.forgetReading(file.absolute);
    errors.push(...errorsIn(result, file, workspace));
    if (result.kind === 'ignored') ignoredCount += 1;
    if (result.kind !== 'template') continue;
    templates.push({
      file: file.shown,
      vpcs: result.vpcs.toSorted((a, b) => a.span.start - b.span.start),
      findings: result.findings
        .toSorted((a, b) => a.span.start - b.span.start || compare(a.code, b.code))
        .map((finding) => withShownPaths(finding, shownPaths)),
      positionAt: positionsIn(workspace, file),
    });
  }
  // The sort is stable: what concerns the same file stays in the order in which it was met.
  return { fileCount, ignoredCount, templates, errors: errors.toSorted((a, b) => compare(a.file, b.file)) };
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
