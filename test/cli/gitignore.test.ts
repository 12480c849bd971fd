import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { findFiles } from '../../server/src/workspace/files.ts';

const names = ['a', 'b', 'x[1]'];
const folders = ['', ...names, ...names.flatMap((outer) => names.map((inner) => `${outer}/${inner}`))];
const files = folders.flatMap((folder) => ['c.yaml', 'd.yaml'].map((name) => path.posix.join(folder, name)));

const segment = fc.constantFrom(
  'a',
  'b',
  '*',
  '**',
  '?',
  '[ab]',
  String.raw`x\[1]`,
  'c.yaml',
  '*.yaml',
  'd*',
);
const pattern = fc
  .tuple(
    fc.constantFrom('', '', '!'),
    fc.constantFrom('', '', '/'),
    fc.array(segment, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '/', ' ', '\r'),
  )
  .map(([negation, start, segments, end]) => negation + start + segments.join('/') + end);
const line = fc.oneof(
  { weight: 8, arbitrary: pattern },
  fc.constantFrom('', '# comment', '#', '!', '/', '   '),
);
const gitignores = fc.dictionary(
  fc.constantFrom(...folders),
  fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => `${lines.join('\n')}\n`),
  { minKeys: 1, maxKeys: 4, noNullPrototype: true },
);

it('leaves out what git leaves out', { timeout: 60_000 }, async ({ skip }) => {
  if (spawnSync('git', ['--version']).status !== 0) skip('there is no git to compare with');
  await fc.assert(
    fc.asyncProperty(gitignores, async (texts) => {
      const repository = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-'));
      try {
        const git = (...args: string[]) =>
          spawnSync('git', ['-c', 'core.excludesFile=', ...args], { cwd: repository, encoding: 'utf8' });
        expect(git('init', '--quiet').status).toBe(0);
        for (const folder of folders) mkdirSync(path.join(repository, folder), { recursive: true });
        for (const file of files) writeFileSync(path.join(repository, file), '');
        for (const [folder, text] of Object.entries(texts)) {
          writeFileSync(path.join(repository, folder, '.gitignore'), text);
        }
        const listed = git('ls-files', '--others', '--exclude-standard', '-z');
        const kept = listed.stdout.split('\0').filter((file) => file.endsWith('.yaml'));
        const { files: found, problems } = await findFiles([repository]);
        expect(problems).toEqual([]);
        expect(found.map((file) => path.posix.relative(repository, file.path))).toEqual(kept.toSorted());
      } finally {
        rmSync(repository, { recursive: true, force: true });
      }
    }),
    { numRuns: 60 },
  );
});
