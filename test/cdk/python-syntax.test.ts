import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { applyEdits } from '../../server/src/fixes/writer/edits.ts';
import { fixCases, fixesOf } from './fix-cases.ts';

const python = ['python3', 'python'].find((command) => spawnSync(command, ['--version']).status === 0);
if (python === undefined) console.log('Skipped: Python reads its fixes only where there is a Python.');

// Whether the CDK takes them is not tried: its package for Python brings a Node of its own.
test.skipIf(python === undefined)('Python can read what the fixes make', async () => {
  const parent = path.resolve(import.meta.dirname, '../../.cache/cdk');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(path.join(parent, 'python-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const texts = fixCases()
    .filter(({ file }) => file.endsWith('.py'))
    .flatMap((one) => {
      const edits = fixesOf(one).map((fix) => fix.edits());
      return [
        one.text,
        ...edits.flatMap((edit) => (edit.kind === 'edit' ? [applyEdits(one.text, edit.edits)] : [])),
      ];
    });
  const files = texts.map((_, index) => path.join(folder, `app${index}.py`));
  await Promise.all(files.map((file, index) => writeFile(file, texts[index] ?? '')));
  expect(files.length).toBeGreaterThan(40);
  const { stderr, status } = spawnSync(python ?? '', ['-m', 'py_compile', ...files], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});
