import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const fixtures = path.join(root, 'test/fixtures/cdk');
const modules = path.join(root, 'node_modules');

/** As the CDK's own command line sets it; without it templates have no paths. */
const context = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };

/** Copies an application of the fixtures to where it finds the CDK, until the end of the test. */
export async function copyApplication(name: string): Promise<string> {
  const parent = path.join(root, '.cache/cdk');
  await mkdir(parent, { recursive: true });
  const folder = await realpath(await mkdtemp(path.join(parent, `${name}-`)));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(path.join(fixtures, name), folder, { recursive: true });
  return folder;
}

/** Runs a TypeScript application as `tsx` does, a script as Node does, and waits for its `cdk.out`. */
export async function synthesise(folder: string, script: string, ...options: string[]): Promise<void> {
  const runner = script.endsWith('.ts') ? [path.join(modules, 'tsx/dist/cli.mjs')] : [];
  await run(process.execPath, [...runner, ...options, script], {
    cwd: folder,
    env: {
      ...process.env,
      CDK_OUTDIR: path.join(folder, 'cdk.out'),
      CDK_CONTEXT_JSON: JSON.stringify(context),
    },
  });
}

/** Compiles one file to CommonJS with a source map beside it. */
export async function compile(folder: string, file: string, outDir: string): Promise<void> {
  const options = [
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--sourceMap',
    '--declaration',
    '--skipLibCheck',
  ];
  // A tsconfig of the project around it is none of the application's.
  const args = ['--ignoreConfig', ...options, '--types', 'node', '--outDir', outDir, file];
  await run(process.execPath, [path.join(modules, 'typescript/bin/tsc'), ...args], { cwd: folder });
}

/**
 * Synthesises many applications in one process, since loading the CDK takes longer than any of them.
 *
 * @param folders Each has an `app.ts` or the like, and gets a `cdk.out`, or an `error.txt` that says why not.
 */
export async function synthesiseAll(folders: readonly string[]): Promise<void> {
  const script = path.join(import.meta.dirname, 'run-apps.ts');
  await run(process.execPath, [path.join(modules, 'tsx/dist/cli.mjs'), script, ...folders], {
    env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(context) },
    maxBuffer: 100_000_000,
  });
}

/** What the compiler says of some files, each complaint on a line of its own that begins with the file. */
export async function typeErrorsIn(folder: string, files: readonly string[]): Promise<string[]> {
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--allowJs', '--checkJs'];
  const modern = ['--target', 'es2022', '--module', 'nodenext', '--types', 'node'];
  const args = ['--ignoreConfig', ...options, ...modern, ...files];
  const compiled = run(process.execPath, [path.join(modules, 'typescript/bin/tsc'), ...args], {
    cwd: folder,
  });
  const said = await compiled.then(
    ({ stdout }) => stdout,
    (error: unknown) => String((error as { stdout?: string }).stdout),
  );
  return said.split('\n').filter((line) => line.trim() !== '');
}
