/** Set-up work, shown as one line a step with its time; what the tools print goes into a log that is shown on failure. */
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { ended, spawnGroup } from '../test/host/process-group.mjs';
import { logsDir, root } from './locations.mjs';

/** The cause may stand at either end: npm explains itself first, a compiler counts its errors last. */
const SHOWN_FIRST_LINES = 15;
const SHOWN_LAST_LINES = 40;

/** A failure that the user can read; no stack is needed. */
export class StepError extends Error {
  /**
   * @param {string} message
   * @param {string} [logFile] what it says is shown to the user
   */
  constructor(message, logFile) {
    super(message);
    this.logFile = logFile;
  }
}

/**
 * Runs one step and prints its line: `  packages: npm ci … 12.3 s`.
 *
 * @template T
 * @param {string} label
 * @param {() => T | Promise<T>} action
 * @returns {Promise<T>}
 */
export async function step(label, action) {
  const start = performance.now();
  process.stdout.write(`  ${label} … `);
  try {
    const result = await action();
    console.log(seconds(performance.now() - start));
    return result;
  } catch (error) {
    console.log(`failed after ${seconds(performance.now() - start)}`);
    throw error;
  }
}

/** @param {number} milliseconds */
function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/**
 * Makes an empty log file.
 *
 * @param {string} name without folder and extension
 * @returns {string} its path
 */
export function newLog(name) {
  mkdirSync(logsDir, { recursive: true });
  const file = path.join(logsDir, `${name}.log`);
  writeFileSync(file, '');
  return file;
}

/**
 * Runs a command whose output matters only if it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ logFile: string, cwd?: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<void>} rejects with a {@link StepError}
 */
export async function runLogged(command, args, { logFile, cwd = root, env = process.env }) {
  const log = openSync(logFile, 'a');
  const child = spawnGroup(command, args, {
    cwd,
    // A log is read in editors, too.
    env: { ...env, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', log, log],
    // npm is a batch file there, which Windows starts through its shell alone.
    shell: process.platform === 'win32' && command === 'npm',
  });
  closeSync(log);
  const { code, reason } = await ended(child);
  if (code !== 0) throw new StepError(`${path.basename(command)} ${args.join(' ')}: ${reason}`, logFile);
}

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Tells the user why a step failed, with the end of its log.
 *
 * @param {unknown} error
 */
export function printFailure(error) {
  if (!(error instanceof StepError)) {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    return;
  }
  console.error(`\n${error.message}`);
  if (error.logFile === undefined) return;
  const lines = readFileSync(error.logFile, 'utf8').trimEnd().split('\n');
  const left = lines.length - SHOWN_FIRST_LINES - SHOWN_LAST_LINES;
  const shown =
    left <= 0
      ? lines
      : [...lines.slice(0, SHOWN_FIRST_LINES), `[${left} lines left out]`, ...lines.slice(-SHOWN_LAST_LINES)];
  console.error(`${error.logFile}:\n`);
  for (const line of shown) console.error(`    ${line}`);
}
