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

import { awsBundleApart, inlineSchemaKeys } from './scripts/bundle-aws.mjs';

const root = import.meta.dirname;
const executable = { js: '#!/usr/bin/env node' };

/** @type {{ version: string }} */
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** For web workers: the extension's host on the web, and the server in it. */
const inBrowser = /** @satisfies {import('esbuild').BuildOptions} */ ({
  platform: 'browser',
  target: 'es2022',
  conditions: ['browser'],
});

/**
 * Has the bundles of one process share the texts of the user's language: each would bring its own otherwise, which
 * nobody fills.
 *
 * @satisfies {import('esbuild').Plugin}
 */
const sharedTexts = {
  name: 'shared-texts',
  setup(/** @type {import('esbuild').PluginBuild} */ bundling) {
    bundling.onResolve({ filter: /^@vscode\/l10n$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './l10n.cjs', external: true },
    );
  },
};

/**
 * Has the bundles of the server share the protocol's library.
 *
 * @satisfies {import('esbuild').Plugin}
 */
const sharedLibrary = {
  name: 'shared-library',
  setup(/** @type {import('esbuild').PluginBuild} */ bundling) {
    bundling.onResolve({ filter: /^vscode-languageserver(?:\/node)?$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './language-server-library.cjs', external: true },
    );
  },
};

/**
 * Leaves what is imported when it is needed out of the bundle, to be loaded from its own.
 *
 * @satisfies {import('esbuild').Plugin}
 */
const loadedWhenNeeded = {
  name: 'loaded-when-needed',
  setup(/** @type {import('esbuild').PluginBuild} */ bundling) {
    bundling.onResolve({ filter: /\/cdk-fixes\/source-fixes\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './cdk-fixes.cjs', external: true } : undefined,
    );
  },
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  { entryPoints: ['@vscode/l10n'], outfile: 'dist/l10n.cjs' },
  {
    entryPoints: ['client/src/extension.ts'],
    outfile: 'dist/client.cjs',
    external: ['vscode'],
    plugins: [awsBundleApart, sharedTexts],
    // Node's own import() of a CommonJS file would wrap its exports; require gives them as they are.
    supported: { 'dynamic-import': false },
  },
  {
    entryPoints: ['client/src/aws/sdk-entry.ts'],
    outfile: 'dist/aws.cjs',
    plugins: [inlineSchemaKeys, sharedTexts],
  },
  {
    entryPoints: ['server/src/lsp/main.ts'],
    outfile: 'dist/server.cjs',
    banner: executable,
    plugins: [sharedLibrary, sharedTexts],
  },
  { entryPoints: ['vscode-languageserver/node'], outfile: 'dist/language-server-library.cjs' },
  {
    entryPoints: ['server/src/lsp/serving-here.ts'],
    outfile: 'dist/serving.cjs',
    plugins: [loadedWhenNeeded, sharedLibrary, sharedTexts],
  },
  {
    ...inBrowser,
    entryPoints: ['client/src/browser/extension.ts'],
    outfile: 'dist/client-browser.cjs',
    external: ['vscode'],
  },
  {
    ...inBrowser,
    entryPoints: ['server/src/lsp/browser/main.ts'],
    outfile: 'dist/server-browser.js',
    format: 'iife',
    // Paths of URIs; a Node built-in beside them fails the build.
    alias: { 'node:path': 'path-browserify' },
    define: {
      serverVersion: JSON.stringify(manifest.version),
      'process.cwd': 'rootFolder',
      'process.platform': '"browser"',
    },
    banner: { js: 'const rootFolder = () => "/";' },
  },
  { entryPoints: ['server/src/cli/main.ts'], outfile: 'dist/cli.cjs', banner: executable },
  {
    entryPoints: ['server/src/cdk-fixes/source-fixes.ts'],
    outfile: 'dist/cdk-fixes.cjs',
    plugins: [sharedTexts],
  },
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
  // The same code as modules, which load three times as fast as the one that Node is meant to load.
  alias: { yaml: './node_modules/yaml/browser/dist/index.js' },
  minify: true,
  sourcemap: 'linked',
  sourcesContent: false,
  plugins: [loadedWhenNeeded],
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
  // Some packages of the AWS SDK name this licence and leave its text out; ours is the same.
  const source =
    file === undefined && license === 'Apache-2.0' ? join(root, 'LICENSE') : file && join(root, holder, file);
  if (source === undefined) throw new Error(`${name} has no licence text; its code cannot be shipped.`);
  const text = readFileSync(source, 'utf8').trim();
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
