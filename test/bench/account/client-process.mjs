/**
 * A process that reads the account as the tree does, so often as its argument says, and sends what it measured. The first
 * reading is cold: nothing is compiled yet.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * @typedef {object} Reading
 * @property {number} firstRegion in milliseconds since the account began to be opened
 * @property {number} all
 * @property {number} vpcs
 * @property {number} longestBlock of the event loop, in milliseconds
 * @property {number} heap in bytes, what is held afterwards
 * @property {number} resident in bytes
 */

const root = path.resolve(import.meta.dirname, '../../..');

/** @type {import('../../../client/src/aws/load.ts').Aws} */
const aws = createRequire(import.meta.url)(path.join(root, 'dist/aws.cjs'));

/** @returns {Promise<Reading>} */
async function read() {
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  const opened = await aws.openAccount({});
  if (opened.kind === 'failed') throw new Error(opened.failure.message);
  let firstRegion = 0;
  const shown = [];
  for await (const event of aws.sweep(opened.account)) {
    if (event.kind === 'failed') throw new Error(event.failure.message);
    if (event.kind !== 'region') continue;
    if (event.state.kind === 'failed') throw new Error(`${event.region}: ${event.state.failure.message}`);
    firstRegion ||= performance.now() - start;
    shown.push(event.state);
  }
  const all = performance.now() - start;
  // The monitor sees a block when the next timer fires.
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  delay.disable();
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed - heapBefore;
  aws.closeAccount(opened.account);
  const vpcs = shown.reduce((sum, { vpcs: ofRegion }) => sum + ofRegion.length, 0);
  return { firstRegion, all, vpcs, longestBlock: delay.max / 1e6, heap, resident: process.memoryUsage().rss };
}

const readings = [];
for (let count = Number(process.argv[2]); count > 0; count -= 1) readings.push(await read());
process.send?.(readings);
process.disconnect();
