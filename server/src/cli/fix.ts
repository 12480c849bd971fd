import type { Finding } from '../coverage/model.ts';
import { applyEdits } from '../fixes/writer/edits.ts';
import { fixFile } from '../fixes/fix-file.ts';
import { defaultDestination, type Destination } from '../fixes/options.ts';
import { toEnd } from '../template/steps.ts';
import { describeFailure } from '../workspace/failure.ts';
import { prepareRewrite, replaceFile } from '../workspace/rewrite-file.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { checkSafely, compare, errorsIn, load, type CheckError, type ReadableFile } from './load.ts';
import { unifiedDiff } from './unified-diff.ts';

export interface FixRequest {
  readonly paths: readonly string[];
  /** Nothing is written then. */
  readonly dryRun: boolean;
  /** Instead of what project files say. */
  readonly destination: Destination | undefined;
}

/** A file that was changed, or would be. */
interface FixedFile {
  readonly file: string;
  readonly fixedCount: number;
  /** The change as a unified diff. */
  readonly diff: string;
}

/** A finding that is left, and why. */
export interface LeftFinding {
  readonly file: string;
  readonly logicalId: string;
  readonly why: string;
}

export interface FixOutcome {
  /** In the order of their paths, as are the others. */
  readonly fixed: readonly FixedFile[];
  /** Of severity warning or above, as with `check`. */
  readonly left: readonly LeftFinding[];
  readonly errors: readonly CheckError[];
}

/** Fixes the templates below the given paths (relative to the working folder). */
export async function fix({ paths, dryRun, destination }: FixRequest): Promise<FixOutcome> {
  const { workspace, readable, errors: loadErrors } = await load(paths);
  const errors = [...loadErrors];
  const fixed: FixedFile[] = [];
  const reasons: Reason[] = [];
  for (const file of readable) {
    errors.push(...errorsIn(checkSafely(workspace, file.absolute), file, workspace));
    const change = changeOf(workspace, file, destination);
    reasons.push(...change.reasons);
    if (change.after === undefined) continue;
    const { before, after, fixedCount } = change;
    const written = await write(file, before, after, dryRun);
    if (written.kind === 'refused') {
      reasons.push({ file, finding: undefined, why: written.why });
      continue;
    }
    // What other files see of this one from now on.
    workspace.setDiskText(file.absolute, after);
    fixed.push({ file: file.shown, fixedCount, diff: written.diff });
  }
  return {
    fixed,
    left: readable.flatMap((file) => leftIn(workspace, file, reasons)),
    errors: errors.toSorted((a, b) => compare(a.file, b.file)),
  };
}

/** Why a finding of a file, or the whole file, is left as it is. */
interface Reason {
  readonly file: ReadableFile;
  readonly finding: Finding | undefined;
  readonly why: string;
}

interface PlannedChange {
  readonly before: string;
  /** Undefined where nothing is to be written. */
  readonly after: string | undefined;
  readonly fixedCount: number;
  readonly reasons: readonly Reason[];
}

function changeOf(
  workspace: Workspace,
  file: ReadableFile,
  destination: Destination | undefined,
): PlannedChange {
  const { absolute } = file;
  const findings = findingsOf(workspace, file);
  if (findings.length === 0) return { before: '', after: undefined, fixedCount: 0, reasons: [] };
  const before = workspace.textOf(absolute) ?? '';
  const options = workspace.settingsFor(absolute).flowLog;
  const { edits, left } = toEnd(
    fixFile(
      findings,
      { text: before, templates: workspace.templatesIn(absolute), options },
      destination ?? options.destination ?? defaultDestination,
    ),
  );
  const after = applyEdits(before, edits);
  return {
    before,
    after: after === before ? undefined : after,
    fixedCount: findings.length - left.length,
    reasons: left.map(({ finding, why }) => ({ file, finding, why })),
  };
}

function findingsOf(workspace: Workspace, { absolute }: ReadableFile): readonly Finding[] {
  const check = checkSafely(workspace, absolute);
  return check.kind === 'template' ? check.findings : [];
}

async function write(
  { shown, absolute }: ReadableFile,
  before: string,
  after: string,
  dryRun: boolean,
): Promise<
  { readonly kind: 'written'; readonly diff: string } | { readonly kind: 'refused'; readonly why: string }
> {
  const rewrite = await prepareRewrite(absolute, before, after);
  if (rewrite.kind === 'refused') return rewrite;
  if (!dryRun) {
    try {
      await replaceFile(absolute, rewrite.bytes);
    } catch (error) {
      return { kind: 'refused', why: `It cannot be written: ${describeFailure(error)}` };
    }
  }
  const mark = rewrite.byteOrderMark;
  return { kind: 'written', diff: dryRun ? unifiedDiff(shown, mark + before, mark + after) : '' };
}

/** What is found in the file as it is now, each with the reason why it was not fixed. */
function leftIn(workspace: Workspace, file: ReadableFile, reasons: readonly Reason[]): LeftFinding[] {
  const ofFile = reasons.filter((reason) => reason.file === file);
  return findingsOf(workspace, file)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ code, logicalId, message }) => {
      // Where it stands has changed by what was written before it.
      const reason =
        ofFile.find(({ finding }) => finding?.code === code && finding.logicalId === logicalId) ??
        ofFile.find(({ finding }) => finding === undefined);
      return { file: file.shown, logicalId, why: reason?.why ?? message };
    });
}
