import { expect, test } from 'vitest';
import type { Finding } from '../../server/src/coverage/model.ts';
import { editFor, fixesFor } from '../../server/src/fixes/catalogue.ts';
import { isSameData, dataOfNode, type Data } from '../../server/src/fixes/writer/data.ts';
import { applyEdits } from '../../server/src/fixes/writer/edits.ts';
import { fixAll } from '../../server/src/fixes/fix-all.ts';
import { readDocuments } from '../../server/src/template/read.ts';
import { checkText, type FileCheck } from '../../server/src/workspace/check.ts';
import { bareVpcs, destinations } from './bare-vpcs.ts';
import { isCorpusThere, labelledFiles, skipNote, textOfFile } from './labels.ts';

/** For a slow machine: every fix is written and read again for some 600 findings. */
const timeout = 600_000;

test.skipIf(!isCorpusThere)(
  `every fix for a bare VPC of the real templates does just that${skipNote}`,
  { timeout },
  () => {
    const counts = new Map<string, { tried: number; right: number; refused: number }>();
    const wrong: string[] = [];
    const refusals = new Map<string, number>();
    for (const file of filesOnce()) {
      const text = textOfFile('real', file);
      for (const [finding, context] of bareVpcs(text)) {
        for (const { id } of fixesFor(finding, context).filter((fix) => fix.id.startsWith('add-flow-log-'))) {
          const count = counts.get(id) ?? { tried: 0, right: 0, refused: 0 };
          counts.set(id, count);
          count.tried += 1;
          const edit = editFor(id, finding, context);
          if (edit.kind === 'refused') {
            count.refused += 1;
            refusals.set(edit.why, (refusals.get(edit.why) ?? 0) + 1);
            continue;
          }
          const problem = problemAfter(text, applyEdits(text, edit.edits), [finding]);
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
        const { edits, left } = fixAll(findings, first[1], destination);
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

/** What is wrong with a fixed text; undefined where nothing is. */
function problemAfter(before: string, after: string, fixed: readonly Finding[]): string | undefined {
  const known = knownCheck(before);
  const check = checkText(after);
  if (check.kind !== 'template' || known.kind !== 'template') return 'is no template any more';
  const names = new Set(fixed.map(({ logicalId }) => logicalId));
  const keys = new Set(known.findings.map(keyOf));
  const unmended = check.findings.filter(
    ({ code, logicalId }) => code.startsWith('vpc-') && names.has(logicalId),
  );
  if (unmended.length > 0) return `is still ${unmended[0]?.message}`;
  const added = check.findings.filter((finding) => !keys.has(keyOf(finding)));
  if (added.length > 0) return `has a new finding: ${added[0]?.message}`;
  if (!keepsLines(before, after)) return 'changes other lines';
  return keepsData(before, after) ? undefined : 'changes other data';
}

/** Of the text that was checked last: many fixes are tried on one. */
function knownCheck(text: string): FileCheck {
  if (lastKnown?.text !== text) lastKnown = { text, check: checkText(text) };
  return lastKnown.check;
}

let lastKnown: { readonly text: string; readonly check: FileCheck } | undefined;

function keyOf({ code, logicalId }: Finding): string {
  return `${code} ${logicalId}`;
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
  return line.replace(/,(\s*)$/, '$1').trimEnd();
}

/** Whether all that the text said before is said after, with something added. */
function keepsData(before: string, after: string): boolean {
  const [old, now] = [before, after].map((text) => {
    const root = readDocuments(text)[0]?.root;
    return root === undefined ? null : dataOfNode(root);
  });
  return old !== undefined && now !== undefined && isPartOf(old, now, 0);
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
