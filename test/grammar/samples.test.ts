import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { builtInGrammars, isVsCodeThere, root, skipNote } from './grammars.ts';

const samples = path.join(import.meta.dirname, 'samples');

if (!isVsCodeThere) console.log(skipNote);

// Each sample says under its lines which scopes must be there, and which must not.
test.skipIf(!isVsCodeThere).each(readdirSync(samples))('%s', (sample) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      'node_modules/vscode-tmgrammar-test/dist/unit.js',
      '--config',
      'package.json',
      ...builtInGrammars.flatMap((file) => ['-g', file]),
      path.join(samples, sample),
    ],
    { cwd: root, encoding: 'utf8' },
  );
  expect(status, stdout + stderr).toBe(0);
});
