import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../server/src/coverage/model.ts';
import { editFor, fixesFor } from '../../server/src/fixes/catalogue.ts';
import { applyEdits } from '../../server/src/fixes/writer/edits.ts';
import { checkText } from '../../server/src/workspace/check.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { contextOf, findingsIn } from './fixed.ts';

const folder = path.resolve(import.meta.dirname, '../fixtures/fixes');

const cases = readdirSync(folder)
  .filter((file) => /\.(?:yaml|json)$/.test(file))
  .flatMap((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    return findingsIn(text).flatMap((finding) =>
      fixesFor(finding, contextOf(text)).map(({ id, title }) => ({ file, text, finding, id, title })),
    );
  });

test.each(cases)('$file, $finding.logicalId: $title', async ({ file, text, finding, id }) => {
  const edit = toEnd(editFor(id, finding, contextOf(text)));
  if (edit.kind === 'refused') throw new Error(edit.why);
  const after = applyEdits(text, edit.edits);
  const golden = goldenOf({ file, finding, id });
  if (golden !== undefined) await expect(after).toMatchFileSnapshot(path.join(folder, 'golden', golden));
  const known = new Set(findingsIn(text).map(keyOf));
  const check = checkText(after);
  if (check.kind !== 'template') throw new Error('The text is no template any more');
  const now = check.findings.map(keyOf);
  expect(now).not.toContain(keyOf(finding));
  // What a second mistake hid behind the first may come to light, but at the same flow log alone.
  expect(now.filter((key) => !known.has(key) && !key.includes(` ${finding.logicalId} `))).toEqual([]);
});

test('no golden file is left of a fix that is no more', () => {
  expect(readdirSync(path.join(folder, 'golden')).toSorted()).toEqual(
    cases.flatMap((one) => goldenOf(one) ?? []).toSorted(),
  );
});

/** How a finding is suppressed does not vary with what is wrong with a flow log, so one golden file will do. */
function goldenOf({ file, finding, id }: Pick<(typeof cases)[number], 'file' | 'finding' | 'id'>) {
  return id.startsWith('suppress:') && /^flow-log-(?:property|delivery)/.test(finding.code)
    ? undefined
    : `${file}.${finding.logicalId}.${id.replaceAll(':', '.')}.golden`;
}

function keyOf({ code, logicalId, message }: Finding): string {
  return `${code} ${logicalId} ${message}`;
}
