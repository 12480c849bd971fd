/**
 * Bundles what ships into dist/. One build for all uses, so that what is tested is what is packed:
 * minified, with source maps beside the bundles (they are not packed).
 *
 * `--watch` builds again on every change, until stopped.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, context } from 'esbuild';

const root = import.meta.dirname;
const executable = { js: '#!/usr/bin/env node' };

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  { entryPoints: ['client/src/extension.ts'], outfile: 'dist/client.cjs', external: ['vscode'] },
  { entryPoints: ['server/src/lsp/main.ts'], outfile: 'dist/server.cjs', banner: executable },
  { entryPoints: ['server/src/cli/main.ts'], outfile: 'dist/cli.cjs', banner: executable },
];

/** @satisfies {import('esbuild').BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The "main" of jsonc-parser is UMD, whose inner requires no bundler follows: it breaks at run time.
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: 'linked',
  sourcesContent: false,
};

/** The folders of the packages whose code went into the bundles, relative to the root, sorted.
 * @param {import('esbuild').Metafile[]} metafiles
 */
function bundledPackages(metafiles) {
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
  const inputs = metafiles.flatMap(({ inputs: ofBundle }) => Object.keys(ofBundle));
  return [...new Set(inputs.flatMap((input) => folder.exec(input)?.[0] ?? []))].toSorted();
}

/** Packages without their licence text, and another by the same holder under the same licence that has it. */
const licenceOf = new Map([['@vscode/l10n', 'node_modules/vscode-languageserver']]);

/** The licence texts that have to go where the packages' code goes.
 * @param {string} folder
 */
function notice(folder) {
  /** @type {{ name: string, version: string, license?: string }} */
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const holder = licenceOf.get(name) ?? folder;
  const file = readdirSync(join(root, holder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence text; its code cannot be shipped.`);
  const text = readFileSync(join(root, holder, file), 'utf8').trim();
  return `${name} ${version} (${license ?? 'see below'})\n\n${text}\n`;
}

/** @param {import('esbuild').Metafile} metafile */
function printSize({ outputs }) {
  for (const [file, { bytes }] of Object.entries(outputs)) {
    if (!file.endsWith('.map')) console.log(`${file.padEnd(16)} ${(bytes / 1024).toFixed(0).padStart(5)} KB`);
  }
}

async function buildOnce() {
  const results = await Promise.all(
    bundles.map((bundle) => build({ ...shared, ...bundle, metafile: /** @type {const} */ (true) })),
  );
  const metafiles = results.map(({ metafile }) => metafile);
  const notices = bundledPackages(metafiles)
    .map(notice)
    .join(`\n${'-'.repeat(80)}\n\n`);
  writeFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), notices);
  metafiles.forEach(printSize);
}

async function watch() {
  for (const bundle of bundles) {
    const watched = await context({ ...shared, ...bundle, logLevel: 'info' });
    await watched.watch();
  }
}

const { values } = parseArgs({ options: { watch: { type: 'boolean', default: false } } });
try {
  await (values.watch ? watch() : buildOnce());
} catch (error) {
  // esbuild has printed its own errors, each with its place.
  if (!(error instanceof Error && 'errors' in error)) throw error;
  process.exitCode = 1;
}
