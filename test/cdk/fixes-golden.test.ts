import path from 'node:path';
import { expect, test } from 'vitest';
import { applyEdits } from '../../server/src/fixes/writer/edits.ts';
import { fixCases, fixesOf, fixturesFolder } from './fix-cases.ts';

const cases = fixCases().flatMap((one) => fixesOf(one).map((fix) => ({ ...one, fix, title: fix.title })));

test('every case has a fix', () => {
  const fixed = new Set(cases.map(({ name }) => name));
  expect(fixCases().filter(({ name }) => !fixed.has(name))).toEqual([]);
});

test.each(cases.filter(({ isRefused }) => !isRefused))('$name: $title', async ({ name, text, fix }) => {
  const edit = fix.edits();
  if (edit.kind === 'refused') throw new Error(edit.why);
  const golden = `${name}.${fix.id.replaceAll(':', '.')}.golden`;
  await expect(applyEdits(text, edit.edits)).toMatchFileSnapshot(path.join(fixturesFolder, 'golden', golden));
});

test.each(cases.filter(({ isRefused }) => isRefused))('$name: $title is refused', async ({ name, fix }) => {
  const edit = fix.edits();
  if (edit.kind !== 'refused') throw new Error('The fix was made');
  await expect(`${edit.why}\n`).toMatchFileSnapshot(path.join(fixturesFolder, 'golden', `${name}.refused`));
});
