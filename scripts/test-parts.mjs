/** The parts of `npm test`, in the order of running: first what tells most in the shortest time. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { hostUnsupported } from '../test/host/install.mjs';
import { ended, spawnGroup, stopGroup } from '../test/host/process-group.mjs';
import { chosenVSCode } from './desktop.mjs';
import { cacheDir, root } from './locations.mjs';
import { judge, readResults, resultsVariable } from './results.mjs';
import { setUpChromium, setUpCodeServer, setUpMoto } from './setup.mjs';
import { messageOf, newLog, printFailure, runLogged, step, StepError } from './steps.mjs';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} group what the part is chosen by on the command line
 * @property {boolean} needsBuild
 * @property {() => Promise<import('./results.mjs').Results & { problem?: string }>} run rejects when it cannot run at all
 */

/** Several times what the longest part takes; a runner that hangs must not take the others' verdicts with it. */
const TIME_LIMIT_MS = 40 * 60_000;

/** @type {readonly Part[]} */
export const parts = [
  check('types', 'check:types'),
  check('lint', 'check:lint'),
  check('format', 'check:format'),
  check('dead code', 'check:dead'),
  {
    name: 'unit',
    group: 'unit',
    needsBuild: true,
    run: () => runVitest('unit', ['--exclude', 'test/grammar/**']),
  },
  { name: 'moto', group: 'moto', needsBuild: false, run: runAgainstMoto },
  { name: 'VS Code', group: 'vscode', needsBuild: true, run: runInVSCode },
  { name: 'browser', group: 'e2e', needsBuild: true, run: runInBrowser },
  { name: 'grammars', group: 'grammar', needsBuild: false, run: runGrammars },
];

export const groups = [...new Set(parts.map(({ group }) => group))];

/**
 * @param {string} name
 * @param {string} script of package.json
 * @returns {Part}
 */
function check(name, script) {
  const run = async () => {
    const logFile = newLog(script.replace(':', '-'));
    try {
      await step(`check: ${name}`, () => runLogged('npm', ['run', '--silent', script], { logFile }));
    } catch (error) {
      printFailure(error);
      return { passed: 0, failed: 1, skipped: [] };
    }
    return { passed: 1, failed: 0, skipped: [] };
  };
  return { name, group: 'check', needsBuild: false, run };
}

/** In desktop VS Code where there is one or one can be had, else in code-server. */
async function runInVSCode() {
  if (chosenVSCode() === undefined && hostUnsupported === undefined) {
    await setUpChromium();
    await setUpCodeServer();
  }
  return runRunner('vscode', [path.join('scripts', 'vscode-suite.mjs')]);
}

/** Where moto cannot be had the part is left out, but not in CI, which has to show it. */
async function runAgainstMoto() {
  const missing = await whyNoMoto();
  if (missing === undefined)
    return runVitest('moto', ['--config', path.join('test', 'moto', 'vitest.config.mjs')]);
  if (process.env['CI'] === 'true') throw new StepError(`CI must have moto: ${missing}`);
  return { passed: 0, failed: 0, skipped: [{ name: 'all', reason: missing }] };
}

/** @returns {Promise<string | undefined>} undefined when moto is there */
async function whyNoMoto() {
  try {
    await setUpMoto();
    return undefined;
  } catch (error) {
    printFailure(error);
    return `moto cannot be had: ${messageOf(error)}`;
  }
}

async function runInBrowser() {
  if (hostUnsupported !== undefined)
    return { passed: 0, failed: 0, skipped: [{ name: 'all', reason: hostUnsupported }] };
  await setUpChromium();
  await setUpCodeServer();
  return runVitest('e2e', ['--config', path.join('test', 'e2e', 'vitest.config.mjs')]);
}

/** Ours are injected into VS Code's own, which come with it. */
async function runGrammars() {
  if (hostUnsupported === undefined) await setUpCodeServer();
  return runVitest('grammar', ['test/grammar']);
}

/**
 * @param {string} name
 * @param {readonly string[]} options
 */
function runVitest(name, options) {
  const reporters = ['--reporter=default', '--reporter=./scripts/vitest-results.mjs'];
  return runRunner(name, [
    path.join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...options,
    ...reporters,
  ]);
}

/**
 * Runs a test runner that leaves its results in a file, and shows what it prints.
 *
 * @param {string} name
 * @param {readonly string[]} args for Node
 */
async function runRunner(name, args) {
  console.log(`\n${name}`);
  const resultsFile = path.join(cacheDir, 'results', `${name}.json`);
  mkdirSync(path.dirname(resultsFile), { recursive: true });
  rmSync(resultsFile, { force: true });
  const child = spawnGroup(process.execPath, args, {
    cwd: root,
    env: { ...process.env, [resultsVariable]: resultsFile },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const limit = setTimeout(() => void stopGroup(child), TIME_LIMIT_MS);
  const end = await ended(child);
  clearTimeout(limit);
  return judge(readResults(resultsFile), end);
}
