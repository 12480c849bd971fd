import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { judge, readResults, resultsVariable } from '../../scripts/results.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** What `npm test` makes of a vitest run over these files. */
function outcome(files: Readonly<Record<string, string>>): ReturnType<typeof judge> {
  const folder = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-vitest-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const results = path.join(folder, 'results.json');
  const { status } = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--globals',
      `--root=${folder}`,
      `--reporter=${path.join(root, 'scripts', 'vitest-results.mjs')}`,
    ],
    { env: { ...process.env, [resultsVariable]: results } },
  );
  return judge(readResults(results), { code: status ?? 1, reason: `exit code ${status}` });
}

test('counts what passed and failed, and keeps the reasons for what was skipped', () => {
  const some = `
    test('good', () => {});
    test('bad', () => { throw new Error('bad') });
    test('later', ({ skip }) => skip('the corpus is not here'));
  `;
  expect(outcome({ 'some.test.js': some })).toEqual({
    passed: 1,
    failed: 1,
    skipped: [{ name: 'later', reason: 'the corpus is not here' }],
  });
});

test('counts a file that cannot be loaded as a failure', () => {
  const files = { 'good.test.js': `test('good', () => {})`, 'broken.test.js': `throw new Error('broken')` };
  expect(outcome(files)).toMatchObject({ passed: 1, failed: 1 });
});

test('counts an error outside of any test as a failure', () => {
  const stray = `test('good', () => { void Promise.reject(new Error('stray')) })`;
  expect(outcome({ 'stray.test.js': stray })).toMatchObject({ passed: 1, failed: 1 });
});
