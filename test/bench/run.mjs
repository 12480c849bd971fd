/** Builds what is measured and what it is measured against, then measures. See `main.ts`. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;
const root = path.resolve(here, '../..');

/** @param {string} command @param {readonly string[]} args @param {string} cwd */
function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(path.join(here, 'node_modules'))) run('npm', ['ci', '--no-audit', '--no-fund'], here);
run(process.execPath, [path.join(root, 'esbuild.mjs')], root);
await build({
  absWorkingDir: here,
  entryPoints: [
    'main.ts',
    'floor-server.ts',
    'parse-all.ts',
    'activation/floor-extension.ts',
    'activation/suite.ts',
  ],
  external: ['vscode'],
  outdir: path.join(root, '.cache/bench'),
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
});
run(
  process.execPath,
  [path.join(root, '.cache/bench/main.cjs'), '--root', root, ...process.argv.slice(2)],
  root,
);
