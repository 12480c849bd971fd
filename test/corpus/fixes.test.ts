import { expect, test } from 'vitest';
import type { Finding } from '../../server/src/coverage/model.ts';
import { editFor, fixesFor } from '../../server/src/fixes/catalogue.ts';
import { isSameData, dataOfNode, type Data } from '../../server/src/fixes/writer/data.ts';
import { applyEdits } from '../../server/src/fixes/writer/edits.ts';
import { fixAll } from '../../server/src/fixes/fix-all.ts';
import type { Template } from '../../server/src/template/model.ts';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { bareVpcs, destinations, findingsOfTemplate } from './bare-vpcs.ts';
import { isCorpusThere, labelledFiles, skipNote, textOfFile } from './labels.ts';

/** For a slow machine: every fix is written and read again for some 600 findings. */
const timeout = 600_000;

test.skipIf(!isCorpusThere)(
  `every fix for every finding in the real templates does just that${skipNote}`,
  { timeout },
  () => {
    const counts = new Map<string, { tried: number; right: number; refused: number }>();
    const wrong: string[] = [];
    const refusals = new Map<string, number>();
    for (const file of filesOnce()) {
      const text = textOfFile('real', file);
      for (const [finding, context] of findingsOfTemplate(text)) {
        for (const { id } of fixesFor(finding, context)) {
          const kind = `${finding.code}, ${id.replace(/^(set-traffic-type-all|take-condition):.*/, '$1')}`;
          const count = counts.get(kind) ?? { tried: 0, right: 0, refused: 0 };
          counts.set(kind, count);
          count.tried += 1;
          const edit = toEnd(editFor(id, finding, context));
          if (edit.kind === 'refused') {
            count.refused += 1;
            refusals.set(edit.why, (refusals.get(edit.why) ?? 0) + 1);
            continue;
          }
          const problem = problemAfter(text, applyEdits(text, edit.edits), [finding], isAddition(id));
          if (problem === undefined) count.right += 1;
          else wrong.push(`${file} ${finding.logicalId} ${id}: ${problem}`);
        }
      }
    }
    print('Fixes over the real templates', counts, refusals);
    expect(wrong).toEqual([]);
    expect(counts.size).toBeGreaterThan(0);
  },
);

test.skipIf(!isCorpusThere)(
  `all VPCs of a real template at once get flow logs that share a destination${skipNote}`,
  { timeout },
  () => {
    const counts = new Map<string, { tried: number; right: number; refused: number }>();
    const wrong: string[] = [];
    const refusals = new Map<string, number>();
    for (const file of filesOnce()) {
      const text = textOfFile('real', file);
      const bare = bareVpcs(text).filter(([finding, context]) => fixesFor(finding, context).length > 0);
      const [first] = bare;
      if (first === undefined) continue;
      const findings = bare.map(([finding]) => finding);
      for (const destination of destinations) {
        const count = counts.get(destination) ?? { tried: 0, right: 0, refused: 0 };
        counts.set(destination, count);
        count.tried += 1;
        const { edits, left } = toEnd(fixAll(findings, first[1], destination));
        for (const { why } of left) refusals.set(why, (refusals.get(why) ?? 0) + 1);
        if (left.length > 0) {
          count.refused += 1;
          continue;
        }
        const problem = problemAfter(text, applyEdits(text, edits), findings);
        if (problem === undefined) count.right += 1;
        else wrong.push(`${file} ${destination}: ${problem}`);
      }
    }
    print('Fixing all over the real templates', counts, refusals);
    expect(wrong).toEqual([]);
    expect(counts.size).toBe(destinations.length);
  },
);

function filesOnce(): readonly string[] {
  return [...new Set(labelledFiles().map(({ file }) => file))];
}

/** Whether a fix adds lines and leaves all others as they are; the rest replace or remove a value. */
function isAddition(id: string): boolean {
  return id.startsWith('add-flow-log-') || id.startsWith('suppress:');
}

/** What is wrong with a fixed text; undefined where nothing is. */
function problemAfter(
  before: string,
  after: string,
  fixed: readonly Finding[],
  isAdded = true,
): string | undefined {
  const known = knownOf(before);
  const { check, template } = read(after);
  if (check.kind !== 'template' || known.check.kind !== 'template') return 'is no template any more';
  const gone = new Set(fixed.map(keyOf));
  const ofFlowLog = new Set(
    fixed.filter(({ code }) => !code.startsWith('vpc-')).map(({ logicalId }) => logicalId),
  );
  const keys = new Set(known.check.findings.map(keyOf));
  const unmended = check.findings.find((finding) => gone.has(keyOf(finding)));
  if (unmended !== undefined) return `is still ${unmended.message}`;
  const added = check.findings.find(
    // What a second mistake hid behind the first may come to light, but at the same flow log alone.
    (finding) => !keys.has(keyOf(finding)) && !ofFlowLog.has(finding.logicalId),
  );
  if (added !== undefined) return `has a new finding: ${added.message}`;
  // What is no finding any more is offered no fix again.
  if (!isAdded) return undefined;
  if (!keepsLines(before, after)) return 'changes other lines';
  if (known.template === undefined || template === undefined) return 'has no template';
  return isPartOf(known.data, dataOfNode(template.root), 0)
    ? addedTypesProblem(known.template, template)
    : 'changes other data';
}

const addedTypes: ReadonlySet<string> = new Set([
  'AWS::EC2::FlowLog',
  'AWS::IAM::Role',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
]);

/** Whether the resources that are new are those that a flow log needs. */
function addedTypesProblem(before: Template, after: Template): string | undefined {
  for (const [name, { type }] of after.resources) {
    if (!before.resources.has(name) && !addedTypes.has(type)) return `has a new ${type}`;
  }
  return undefined;
}

/** A text that is one template: its check and its analysis, of one reading. */
function read(text: string): { readonly check: FileCheck; readonly template: Template | undefined } {
  const workspace = new Workspace();
  workspace.openDocument('', text);
  return { check: workspace.check(''), template: workspace.templatesIn('')[0] };
}

/** Of the text that was checked last: many fixes are tried on one. */
function knownOf(text: string): Known {
  if (lastKnown?.text !== text) {
    const { check, template } = read(text);
    lastKnown = { text, check, template, data: template === undefined ? null : dataOfNode(template.root) };
  }
  return lastKnown;
}

interface Known {
  readonly text: string;
  readonly check: FileCheck;
  readonly template: Template | undefined;
  readonly data: Data;
}

let lastKnown: Known | undefined;

function keyOf({ code, logicalId, message }: Finding): string {
  return code.startsWith('vpc-') ? `vpc ${logicalId}` : `${code} ${logicalId} ${message}`;
}

/** Whether every line is there still, in its order; a comma may be put behind one. */
function keepsLines(before: string, after: string): boolean {
  const lines = after.split('\n');
  let at = 0;
  for (const line of before.split('\n')) {
    const found = lines.findIndex(
      (candidate, index) => index >= at && withoutComma(candidate) === withoutComma(line),
    );
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}

function withoutComma(line: string): string {
  return line.replace(/,(?=\r?$)/, '');
}

/** Sections and their entries may be added; what a loop holds is on its way; nothing deeper may differ. */
function isPartOf(old: Data, now: Data, depth: number): boolean {
  if (old instanceof Map && now instanceof Map) {
    return [...old].every(([name, value]) => now.has(name) && isPartOf(value, now.get(name)!, depth + 1));
  }
  if (Array.isArray(old) && Array.isArray(now)) {
    return old.every((item, index) => now[index] !== undefined && isPartOf(item, now[index], depth + 1));
  }
  return isSameData(old, now);
}

function print(
  title: string,
  counts: ReadonlyMap<string, { tried: number; right: number; refused: number }>,
  refusals: ReadonlyMap<string, number>,
): void {
  const rows = Array.from(
    counts,
    ([id, { tried, right, refused }]) => `  ${id}: ${tried} tried, ${right} right, ${refused} refused`,
  );
  const reasons = Array.from(refusals, ([why, count]) => `  ${count} refused: ${why}`);
  console.log([`${title}:`, ...rows, ...reasons].join('\n'));
}
