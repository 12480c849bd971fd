#!/usr/bin/env node
/**
 * Stands in for desktop VS Code's `code` executable where @vscode/test-electron starts one: the same flags, the same exit code,
 * but code-server and a headless browser. Exit codes: the suite's own, 2 for wrong usage, 70 when the extension host died,
 * 124 when the suite took too long.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format, parseArgs } from 'node:util';

import { launchBrowser } from './browser.mjs';
import { startCodeServer } from './code-server.mjs';
import { onInterrupt } from './process-group.mjs';
import { readVerdict, suiteOutputMark, suiteVariable, verdictVariable } from './verdict.mjs';
import { remoteUri, workbenchUrl } from './workbench.mjs';

/** @typedef {{ code: number, reason?: string }} Outcome */

const TIME_LIMIT_MS = Number(process.env['FLOW_LOG_GUARD_HOST_TIME_LIMIT_MS'] ?? 5 * 60_000);

// Not strict: VS Code has many more flags, such as --no-sandbox, that mean nothing here.
const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
  },
});

const { extensionTestsPath: suite, extensionDevelopmentPath: developed = [] } = values;
// The workbench in a browser takes the last extension of several and says nothing.
if (typeof suite !== 'string' || developed.length > 1) {
  console.error(
    'This stand-in for "code" runs tests: it needs --extensionTestsPath and one extension at most.',
  );
  process.exit(2);
}

const scratch = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-host-'));
/** @type {(() => Promise<unknown>)[]} in the order of starting */
const started = [];

async function shutDown() {
  for (const stop of started.splice(0).toReversed()) await stop();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
}
onInterrupt(shutDown);

const { code, reason } = await runInWorkbench(path.resolve(suite)).catch(
  /** @returns {Outcome} */
  (error) => ({ code: 1, reason: error instanceof Error ? error.message : String(error) }),
);
if (reason !== undefined) console.error(reason);
await shutDown();
process.exit(code);

/**
 * @param {string} suiteFile
 * @returns {Promise<Outcome>}
 */
async function runInWorkbench(suiteFile) {
  const verdictFile = path.join(scratch, 'verdict.json');
  const server = await startCodeServer({
    userDataDir: pathOption('user-data-dir') ?? path.join(scratch, 'user-data'),
    extensionsDir: pathOption('extensions-dir') ?? path.join(scratch, 'extensions'),
    logFile: process.env['FLOW_LOG_GUARD_HOST_LOG'] ?? path.join(scratch, 'code-server.log'),
    automation: true,
    env: { [suiteVariable]: suiteFile, [verdictVariable]: verdictFile },
  });
  started.push(server.stop);
  const browser = await launchBrowser();
  started.push(() => browser.close());
  const page = await browser.newPage();

  /** @type {Promise<Outcome>} */
  const outcome = new Promise((resolve) => {
    void server.exited.then((end) => resolve({ code: 1, reason: `code-server ended: ${end.reason}` }));
    browser.once('disconnected', () => resolve({ code: 1, reason: 'the browser ended' }));
    page.once('crash', () => resolve({ code: 1, reason: 'the page crashed' }));
    setTimeout(
      () => resolve({ code: 124, reason: `no verdict within ${TIME_LIMIT_MS / 1000} s` }),
      TIME_LIMIT_MS,
    );
    // The two functions that the workbench calls in a window under automation.
    void page.exposeFunction('codeAutomationLog', printSuiteOutput);
    void page.exposeFunction('codeAutomationExit', (/** @type {number} */ exitCode) =>
      resolve(judge(exitCode, readVerdict(verdictFile))),
    );
  });
  await page.goto(workbenchUrl(server, positionals[0], testPayload(server)), { waitUntil: 'commit' });
  return outcome;
}

/**
 * @param {import('./code-server.mjs').CodeServer} server
 * @returns {[string, string][]}
 */
function testPayload(server) {
  const wrapper = path.join(import.meta.dirname, 'suite-wrapper.mjs');
  return [
    ...developed.map((folder) => pair('extensionDevelopmentPath', remoteUri(server, String(folder)))),
    pair('extensionTestsPath', remoteUri(server, wrapper)),
  ];
}

/**
 * @param {string} name
 * @param {string} value
 * @returns {[string, string]}
 */
function pair(name, value) {
  return [name, value];
}

/**
 * @param {number} exitCode what the workbench reports: 0 even when the extension host has died
 * @param {import('./verdict.mjs').Verdict} verdict what the suite itself left
 * @returns {Outcome}
 */
function judge(exitCode, verdict) {
  switch (verdict.kind) {
    case 'passed':
      return { code: exitCode };
    case 'failed':
      // VS Code has printed why.
      return { code: exitCode || 1 };
    case 'none':
      return { code: exitCode || 70, reason: 'the extension host ended before the suite did' };
  }
}

/**
 * @param {string} level
 * @param {unknown[]} args
 */
function printSuiteOutput(level, args) {
  const text = format(...args);
  if (!text.startsWith(suiteOutputMark)) return;
  const stream = level === 'error' || level === 'warn' ? process.stderr : process.stdout;
  stream.write(`${text.slice(suiteOutputMark.length)}\n`);
}

/** @param {'user-data-dir' | 'extensions-dir'} name */
function pathOption(name) {
  const value = values[name];
  return typeof value === 'string' ? path.resolve(value) : undefined;
}
