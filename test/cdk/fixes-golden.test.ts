import path from 'node:path';
import { expect, test } from 'vitest';
import { dialectOf } from '../../server/src/cdk-fixes/dialects.ts';
import type { SourceLanguage } from '../../server/src/cdk-fixes/languages.ts';
import { applyEdits } from '../../server/src/fixes/writer/edits.ts';
import { fixCases, fixesOf, fixturesFolder } from './fix-cases.ts';

const cases = fixCases().flatMap((one) => fixesOf(one).map((fix) => ({ ...one, fix, title: fix.title })));

test('every case has a fix', () => {
  const fixed = new Set(cases.map(({ name }) => name));
  expect(fixCases().filter(({ name }) => !fixed.has(name))).toEqual([]);
});

/** The names that a file imports of the CDK. */
function importedIn(text: string, language: SourceLanguage): string[] {
  const dialect = dialectOf(language);
  return dialect.readBindings({ text, tree: dialect.parser.parse(text) }).map(({ local }) => local);
}

test.each(cases.filter(({ isRefused }) => !isRefused))(
  '$name: $title',
  async ({ name, text, fix, request }) => {
    const edit = fix.edits();
    if (edit.kind === 'refused') throw new Error(edit.why);
    const golden = `${name}.${fix.id.replaceAll(':', '.')}.golden`;
    const after = applyEdits(text, edit.edits);
    await expect(after).toMatchFileSnapshot(path.join(fixturesFolder, 'golden', golden));
    const known = importedIn(text, request.language);
    const added = importedIn(after, request.language).filter((local) => !known.includes(local));
    // Nothing is imported in vain.
    expect(added.filter((local) => after.split(new RegExp(`\\b${local}\\b`)).length < 3)).toEqual([]);
  },
);

test.each(cases.filter(({ isRefused }) => isRefused))('$name: $title is refused', async ({ name, fix }) => {
  const edit = fix.edits();
  if (edit.kind !== 'refused') throw new Error('The fix was made');
  await expect(`${edit.why}\n`).toMatchFileSnapshot(path.join(fixturesFolder, 'golden', `${name}.refused`));
});
