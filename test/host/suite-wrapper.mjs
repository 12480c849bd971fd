/**
 * Loaded by the extension host in place of the suite, which it then runs.
 * VS Code's web workbench reports success when the extension host dies in mid-suite, so the exit code alone means nothing:
 * only the verdict that is left here, after the suite has ended, counts.
 */
import { createRequire } from 'node:module';
import { format } from 'node:util';

import { leaveVerdict, suiteOutputMark, suiteVariable, verdictVariable } from './verdict.mjs';

/** @returns {Promise<void>} rejects when the suite fails */
export async function run() {
  const verdictFile = required(verdictVariable);
  markOutput();
  try {
    await runSuite(required(suiteVariable));
  } catch (error) {
    leaveVerdict(verdictFile, { kind: 'failed' });
    throw error;
  }
  leaveVerdict(verdictFile, { kind: 'passed' });
}

/** @param {string} file */
async function runSuite(file) {
  // Not `import`: VS Code answers require('vscode') only in modules that were themselves required.
  const { run: runExported } = createRequire(import.meta.url)(file);
  if (typeof runExported !== 'function') throw new Error(`${file} exports no function "run"`);
  await runExported();
}

/** Lets the stand-in tell what the suite prints from the workbench's own messages. */
function markOutput() {
  for (const level of /** @type {const} */ (['log', 'info', 'warn', 'error'])) {
    const print = console[level];
    const value = (/** @type {unknown[]} */ ...args) => {
      if (!args.some(isMissingLogModule)) print.call(console, suiteOutputMark + format(...args));
    };
    // The extension host has accessors here whose setters do nothing, so an assignment would be lost.
    Object.defineProperty(console, level, { configurable: true, writable: true, value });
  }
}

/**
 * VS Code prints a page for each log file that it cannot write, because its native log module is not compiled here.
 *
 * @param {unknown} argument
 */
function isMissingLogModule(argument) {
  return argument instanceof Error && argument.message.includes('spdlog');
}

/** @param {string} name */
function required(name) {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: only the stand-in for "code" starts this file`);
  return value;
}
