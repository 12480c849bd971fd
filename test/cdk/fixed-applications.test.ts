import { readFile, symlink, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SourceFinding } from '../../server/src/cdk/source-findings.ts';
import { fixableLanguageOf } from '../../server/src/cdk-fixes/languages.ts';
import { fixAllInSource, type SourceFixRequest } from '../../server/src/cdk-fixes/source-fixes.ts';
import { applyEdits } from '../../server/src/fixes/writer/edits.ts';
import { openFolder } from './application.ts';
import { compile, copyApplication, synthesise } from './synthesis.ts';

/** Fixes all findings of a file, and says which there were. */
async function fixAll(folder: string, file: string): Promise<string[]> {
  const full = path.join(folder, file);
  const text = await readFile(full, 'utf8');
  const { findingsIn } = await openFolder(folder);
  const findings = await findingsIn(file);
  const edits = fixAllInSource({ language: languageOf(file), text, options: {} }, findings.map(placeOf));
  await writeFile(full, applyEdits(text, edits));
  return findings.map(({ code }) => code);
}

function languageOf(file: string): SourceFixRequest['language'] {
  return fixableLanguageOf(file) ?? 'typescript';
}

function placeOf({
  code,
  kind,
  expression,
}: SourceFinding): Pick<SourceFixRequest, 'code' | 'construct' | 'offset'> {
  return { code, construct: kind === 'CfnVPC' ? 'CfnVPC' : 'Vpc', offset: expression.span.start };
}

async function leftIn(folder: string, file: string): Promise<string[]> {
  const opened = await openFolder(folder);
  return (await opened.findingsIn(file)).map(({ code, message }) => `${code}: ${message}`);
}

const applications = [
  { name: 'single', file: 'app.ts' },
  { name: 'stages', file: 'app.ts' },
  { name: 'nested', file: 'app.ts' },
  { name: 'cross-stack', file: 'app.ts' },
  { name: 'l1', file: 'app.ts' },
  { name: 'javascript', file: 'app.js' },
];

describe('an application that is fixed and synthesised again', () => {
  test.each(applications)('$name', async ({ name, file }) => {
    const folder = await copyApplication(name);
    await synthesise(folder, file);
    expect(await fixAll(folder, file)).not.toEqual([]);
    // It throws where the compiler complains.
    if (file.endsWith('.ts')) await compile(folder, file, 'types');
    await synthesise(folder, file);
    expect(await leftIn(folder, file)).toEqual([]);
  });

  test('compiled', async () => {
    const folder = await copyApplication('compiled');
    const build = (): Promise<void> => compile(folder, 'src/app.ts', 'dist');
    await build();
    await synthesise(folder, 'dist/app.js');
    expect(await fixAll(folder, 'src/app.ts')).not.toEqual([]);
    await build();
    await synthesise(folder, 'dist/app.js');
    expect(await leftIn(folder, 'src/app.ts')).toEqual([]);
  });

  test('with the VPC in a library of the workspace', async () => {
    const folder = await copyApplication('library');
    const library = path.join(folder, 'packages/network');
    const scope = path.join(folder, 'node_modules/@example');
    await compile(library, 'src/index.ts', 'lib');
    await mkdir(scope, { recursive: true });
    await symlink(library, path.join(scope, 'network'), 'dir');
    await synthesise(folder, 'packages/app/app.ts');
    const source = 'packages/network/src/index.ts';
    expect(await fixAll(folder, source)).not.toEqual([]);
    await compile(library, 'src/index.ts', 'lib');
    await synthesise(folder, 'packages/app/app.ts');
    expect(await leftIn(folder, source)).toEqual([]);
  });
});
