import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { editFor, fixesFor } from '../../server/src/fixes/catalogue.ts';
import { fixAll } from '../../server/src/fixes/fix-all.ts';
import { applyEdits } from '../../server/src/fixes/writer/edits.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { isCorpusThere, labelledFiles, skipNote, textOfFile } from '../corpus/labels.ts';
import { bareVpcs, destinations } from '../corpus/bare-vpcs.ts';
import { createJudge } from './judge.ts';

/** For a slow machine: each fixed template is validated, some in tens of milliseconds, some in a second. */
const timeout = 600_000;

const judge = createJudge();

/** The rule that a text is no YAML to the judge; its reader takes less than AWS's. */
const unreadable = 'F1101 ';

/** What the judge holds against a text that it did not hold against it before. */
function newErrors(before: string, after: string, known = judge.errorsIn(before)): readonly string[] {
  return [...judge.errorsIn(after)].filter((error) => !known.has(error));
}

test('the judge knows a wrong flow log when it sees one', () => {
  const text =
    'Resources:\n  Log:\n    Type: AWS::EC2::FlowLog\n    Properties:\n      ResourceType: Galaxy\n';
  expect(judge.errorsIn(text).size).toBeGreaterThan(0);
});

test('no golden file of a fix has an error that its template did not have', { timeout }, () => {
  const fixtures = path.resolve(import.meta.dirname, '../fixtures/fixes');
  const goldens = readdirSync(path.join(fixtures, 'golden'));
  const wrong: string[] = [];
  let right = 0;
  for (const file of readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isFile())) {
    const before = readFileSync(path.join(fixtures, file.name), 'utf8');
    const known = judge.errorsIn(before);
    for (const golden of goldens.filter((name) => name.startsWith(`${file.name}.`))) {
      const errors = newErrors(before, readFileSync(path.join(fixtures, 'golden', golden), 'utf8'), known);
      if (errors.length === 0) right += 1;
      else wrong.push(`${golden}: ${errors.join(' | ')}`);
    }
  }
  console.log(`Golden files before an independent judge: ${goldens.length} tried, ${right} right`);
  expect(wrong).toEqual([]);
  expect(right).toBe(goldens.length);
});

test.skipIf(!isCorpusThere)(
  `no fixed real template has an error that it did not have${skipNote}`,
  { timeout },
  () => {
    const wrong: string[] = [];
    let tried = 0;
    let unread = 0;
    const judgeFix = (what: string, before: string, after: string, known: ReadonlySet<string>): void => {
      tried += 1;
      const errors = newErrors(before, after, known);
      if (errors.length > 0) wrong.push(`${what}: ${errors.join(' | ')}`);
    };
    const single = new Map<string, number>();
    for (const file of new Set(labelledFiles().map((labelled) => labelled.file))) {
      const before = textOfFile('real', file);
      const bare = bareVpcs(before, {}).filter(([finding, context]) => fixesFor(finding, context).length > 0);
      const [first] = bare;
      if (first === undefined) continue;
      const known = judge.errorsIn(before);
      if ([...known].some((error) => error.startsWith(unreadable))) {
        unread += 1;
        continue;
      }
      const [finding, context] = first;
      const findings = bare.map(([one]) => one);
      for (const destination of destinations) {
        const { edits } = toEnd(fixAll(findings, context, destination));
        judgeFix(`${file}, all to ${destination}`, before, applyEdits(before, edits), known);
      }
      // What is not the best way to any destination is judged in some of the templates.
      for (const { id } of fixesFor(finding, context)) {
        const count = single.get(id) ?? 0;
        single.set(id, count + 1);
        if (count >= 20) continue;
        const edit = toEnd(editFor(id, finding, context));
        if (edit.kind === 'refused') continue;
        judgeFix(`${file}, ${finding.logicalId}: ${id}`, before, applyEdits(before, edit.edits), known);
      }
    }
    console.log(
      `Fixed real templates before an independent judge: ${tried} tried, ${tried - wrong.length} right; ` +
        `${unread} templates that it cannot read were left out`,
    );
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(0);
  },
);
