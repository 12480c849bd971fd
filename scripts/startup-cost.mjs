/**
 * `npm run startup-cost`: what the extension costs a window when it starts, beside its budget. The sizes decide; the
 * times are of this machine, for a person to compare.
 *
 * - client: loading `dist/client.cjs` in a fresh Node, as the extension host does before it can call `activate`
 * - server: from the start of `dist/server.cjs` to its answer to `initialize`
 */
import { fork } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');

/** In bytes: what is read and compiled before the user sees anything. */
export const budgets = {
  'dist/client.cjs': 600_000,
  'dist/server.cjs': 20_000,
  'dist/language-server-library.cjs': 250_000,
  'dist/serving.cjs': 600_000,
};

const RUNS = 7;

/** @returns {{ file: string, size: number, budget: number }[]} */
export function sizes() {
  return Object.entries(budgets).map(([file, budget]) => ({
    file,
    size: statSync(path.join(root, file)).size,
    budget,
  }));
}

/** Loads a bundle with nothing behind `vscode`, and says how long that took. */
const loader = `
const Module = require('node:module');
const load = Module._load;
const known = { [Symbol.toPrimitive]: () => '', [Symbol.iterator]: () => [].values() };
const anything = new Proxy(function () {}, { get: (_, key) => known[key] ?? anything, apply: () => anything, construct: () => ({}) });
Module._load = function (name, ...rest) { return name === 'vscode' ? anything : load.call(this, name, ...rest); };
const start = process.hrtime.bigint();
require(process.argv.at(-1));
process.send(Number(process.hrtime.bigint() - start) / 1e6);
`;

/** @returns {Promise<number>} in milliseconds */
function loadClient() {
  return new Promise((resolve, reject) => {
    const child = fork('-', [path.join(root, 'dist/client.cjs')], {
      execArgv: ['-e', loader],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error('the client could not be loaded')));
    child.once('message', (time) => {
      resolve(Number(time));
      child.kill();
    });
  });
}

/** @returns {Promise<number>} in milliseconds */
function startServer() {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = fork(path.join(root, 'dist/server.cjs'), ['--node-ipc'], { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', () => reject(new Error('the server ended')));
    child.on('message', (message) => {
      if (/** @type {{ id?: number }} */ (message).id !== 1) return;
      resolve(performance.now() - start);
      child.kill();
    });
    const params = { processId: null, rootUri: null, capabilities: {} };
    child.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
  });
}

/** @param {() => Promise<number>} measure */
async function median(measure) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await measure());
  return times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
}

async function main() {
  let isOver = false;
  for (const { file, size, budget } of sizes()) {
    isOver ||= size > budget;
    const share = `${(size / 1000).toFixed(0)} of ${(budget / 1000).toFixed(0)} kB`;
    console.log(`${file.padEnd(34)} ${share}${size > budget ? '  OVER ITS BUDGET' : ''}`);
  }
  console.log(
    `${'client loaded'.padEnd(34)} ${(await median(loadClient)).toFixed(0)} ms (median of ${RUNS})`,
  );
  console.log(
    `${'server answers'.padEnd(34)} ${(await median(startServer)).toFixed(0)} ms (median of ${RUNS})`,
  );
  if (isOver) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
