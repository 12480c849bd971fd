/** From a fresh clone to something that can be built, started and tested. Each function does nothing when there is nothing to do. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { findOnPath } from '../test/host/executables.mjs';
import { hostIsInstalled, hostUnsupported, installHost } from '../test/host/install.mjs';
import { findMoto, unpackMoto } from '../test/moto/packages.mjs';
import { motoDir, root } from './locations.mjs';
import { messageOf, newLog, runLogged, step, StepError } from './steps.mjs';

/** @typedef {{ version?: string, optional?: boolean }} LockedPackage */

export async function setUpPackages() {
  if (packagesAreInstalled()) return;
  const logFile = newLog('packages');
  await step('packages: npm ci', () =>
    runLogged('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { logFile }),
  );
}

export async function build() {
  const logFile = newLog('build');
  await step('build', () => runLogged(process.execPath, ['esbuild.mjs'], { logFile }));
}

/** VS Code for machines without a desktop. */
export async function setUpCodeServer() {
  if (hostUnsupported !== undefined) throw new StepError(hostUnsupported);
  if (hostIsInstalled()) return;
  const logFile = newLog('code-server-install');
  await step('code-server: npm ci (800 MB)', async () => {
    try {
      await installHost({ logFile });
    } catch (error) {
      throw new StepError(messageOf(error), logFile);
    }
  });
}

/** A browser for what runs without a person: the smoke test and the tests in code-server. Needs the packages. */
export async function setUpChromium() {
  const { findChromium } = await import('../test/host/browser.mjs');
  if (findChromium() !== undefined) return;
  const install = ['install', '-y', '--no-install-recommends', 'chromium'];
  if (findOnPath(['apt-get']) === undefined)
    throw new StepError('A Chromium or Chrome is needed: install one, or say in CHROME_PATH where it is.');
  if (process.getuid?.() !== 0)
    throw new StepError(`Chromium is needed. This installs it:\n\n    sudo apt-get ${install.join(' ')}\n`);
  const logFile = newLog('apt');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('chromium: apt-get install', async () => {
    await runLogged('apt-get', ['update'], { logFile, env });
    await runLogged('apt-get', install, { logFile, env });
  });
}

/** moto, an EC2 server that is not ours. Nothing is installed: it is unpacked into the project's cache. */
export async function setUpMoto() {
  if (findMoto(motoDir) !== undefined) return;
  const logFile = newLog('moto');
  await step('moto: apt-get download', () => unpackMoto(motoDir, logFile));
}

/**
 * Compares with the lockfile that npm keeps inside node_modules and writes last:
 * that also sees an installation made by hand, and one that was interrupted.
 */
function packagesAreInstalled() {
  const installed = lockedPackages(path.join(root, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return false;
  const wanted = lockedPackages(path.join(root, 'package-lock.json')) ?? {};
  // Optional ones may belong to another platform. The entry '' is the project itself.
  return Object.entries(wanted).every(
    ([folder, { version, optional }]) => folder === '' || optional || installed[folder]?.version === version,
  );
}

/**
 * @param {string} lockfile
 * @returns {Record<string, LockedPackage> | undefined} by folder
 */
function lockedPackages(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
