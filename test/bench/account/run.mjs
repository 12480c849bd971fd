/**
 * `npm run bench:account`: how fast an account is shown, as multiples of one round trip, so that it means the same on every
 * machine; how long the event loop stood still, and the memory. Needs the build. Exits with 1 when a bar is missed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const root = path.resolve(import.meta.dirname, '../../..');
const REGIONS = 34;
const LATENCY = 100;
const RUNS = 9;

/** The latency of the server alone is the unit, in milliseconds. */
const ROUND_TRIP = LATENCY;

/** @type {import('../../../client/src/aws/load.ts').Aws} */
const aws = createRequire(import.meta.url)(path.join(root, 'dist/aws.cjs'));

/**
 * @typedef {object} Sweep
 * @property {number} firstRegion in milliseconds since the sweep began
 * @property {number} all
 * @property {number} vpcs
 * @property {number} longestBlock of the event loop, in milliseconds
 * @property {number} heap in bytes, what is held afterwards
 */

/**
 * Opens the account and reads it, as the tree does.
 *
 * @returns {Promise<Sweep>}
 */
async function measure() {
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
  return { firstRegion, all, vpcs, longestBlock: delay.max / 1e6, heap };
}

/** @param {number} vpcs */
async function scenario(vpcs) {
  const child = fork(path.join(import.meta.dirname, 'server-process.mjs'), [
    String(REGIONS),
    String(vpcs),
    String(LATENCY),
  ]);
  const [url] = await once(child, 'message');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-bench-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_CONFIG_FILE: path.join(import.meta.dirname, 'no-such-file'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(import.meta.dirname, 'no-such-file'),
  });
  delete process.env['AWS_PROFILE'];
  try {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await measure());
    return runs;
  } finally {
    child.kill();
  }
}

let missed = 0;

/**
 * @param {string} what
 * @param {number} value
 * @param {number} bar
 * @param {string} unit
 */
function report(what, value, bar, unit) {
  const isMet = value <= bar;
  if (!isMet) missed += 1;
  console.log(
    `  ${what.padEnd(52)} ${value.toFixed(2).padStart(7)} ${unit} (bar ${bar}) ${isMet ? '' : 'MISSED'}`,
  );
}

console.log(
  `${REGIONS} regions, answers after ${LATENCY} ms; the best of ${RUNS} runs, as what others do on the machine only adds; and the first run, in which nothing is compiled yet`,
);
for (const vpcs of [REGIONS * 3, 10_000]) {
  const runs = await scenario(vpcs);
  const of = (/** @type {(sweep: Sweep) => number} */ pick) => Math.min(...runs.map(pick));
  console.log(`\n${vpcs} VPCs`);
  if (runs.some((run) => run.vpcs !== vpcs)) throw new Error('Not all VPCs were shown.');
  report(
    'first region shown',
    of(({ firstRegion }) => firstRegion / ROUND_TRIP),
    1.5,
    'round trips',
  );
  if (vpcs < 1_000)
    report(
      'all regions shown',
      of(({ all }) => all / ROUND_TRIP),
      3.6,
      'round trips',
    );
  report(
    'longest block of the event loop',
    of(({ longestBlock }) => longestBlock),
    50,
    'ms',
  );
  const [first] = runs;
  if (first !== undefined)
    console.log(
      `  the first run: first region ${(first.firstRegion / ROUND_TRIP).toFixed(2)}, all ${(first.all / ROUND_TRIP).toFixed(2)} round trips, block ${first.longestBlock.toFixed(0)} ms`,
    );
  console.log(
    `  all regions: ${of(({ all }) => all).toFixed(0)} ms; held: ${(of(({ heap }) => heap) / 2 ** 20).toFixed(1)} MB of heap; resident: ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`,
  );
}
process.exitCode = missed === 0 ? 0 : 1;
