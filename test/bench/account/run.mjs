/**
 * `npm run bench:account`: how fast an account is shown, as multiples of one round trip, so that it means the same on every
 * machine; how long the event loop stood still, and the memory. Needs the build. Exits with 1 when a bar is missed.
 *
 * Cold is what a user meets who opens the view: a new process. Warm is reading again in the same process.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** @typedef {import('./client-process.mjs').Reading} Reading */

const REGIONS = 34;
const LATENCY = 100;
const COLD_RUNS = 7;
const WARM_RUNS = 9;

/** The latency of the server alone is the unit, in milliseconds. */
const ROUND_TRIP = LATENCY;

/**
 * @param {string} url of the server
 * @param {number} count of readings in one new process
 * @returns {Promise<Reading[]>}
 */
async function readings(url, count) {
  const noFile = path.join(import.meta.dirname, 'no-such-file');
  const { AWS_PROFILE: _, ...env } = process.env;
  const child = fork(path.join(import.meta.dirname, 'client-process.mjs'), [String(count)], {
    execArgv: ['--expose-gc', '--no-warnings'],
    env: {
      ...env,
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'eu-bench-1',
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_CONFIG_FILE: noFile,
      AWS_SHARED_CREDENTIALS_FILE: noFile,
    },
  });
  /** @type {Reading[]} */
  let measured = [];
  child.once('message', (message) => (measured = /** @type {Reading[]} */ (message)));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The reading process ended with ${code}.`);
  return measured;
}

/** @param {number} vpcs */
async function scenario(vpcs) {
  const server = fork(path.join(import.meta.dirname, 'server-process.mjs'), [
    String(REGIONS),
    String(vpcs),
    String(LATENCY),
  ]);
  const [url] = await once(server, 'message');
  try {
    // The server makes its answers when they are first asked for.
    await readings(url, 1);
    const cold = [];
    for (let run = 0; run < COLD_RUNS; run += 1) cold.push(...(await readings(url, 1)));
    const [, ...warm] = await readings(url, WARM_RUNS + 1);
    if ([...cold, ...warm].some((reading) => reading.vpcs !== vpcs))
      throw new Error('Not all VPCs were shown.');
    return { cold, warm };
  } finally {
    server.kill();
  }
}

let missed = 0;

/**
 * @param {string} what
 * @param {readonly number[]} values
 * @param {string} unit
 * @param {number} [bar]
 */
function report(what, values, unit, bar) {
  const best = Math.min(...values);
  const middle = values.toSorted((one, other) => one - other)[values.length >> 1] ?? best;
  const isMet = bar === undefined || best <= bar;
  if (!isMet) missed += 1;
  console.log(
    `  ${what.padEnd(40)} ${best.toFixed(2).padStart(7)} ${unit}, median ${middle.toFixed(2)}${bar === undefined ? '' : ` (bar ${bar})`}${isMet ? '' : ' MISSED'}`,
  );
}

console.log(
  `${REGIONS} regions, answers after ${LATENCY} ms; the best of ${COLD_RUNS} cold and of ${WARM_RUNS} warm runs counts, as what others do on the machine only adds`,
);
for (const vpcs of [REGIONS * 3, 10_000]) {
  const runs = await scenario(vpcs);
  console.log(`\n${vpcs} VPCs`);
  for (const [name, ofKind] of Object.entries(runs)) {
    const isCold = name === 'cold';
    const inRoundTrips = (/** @type {'firstRegion' | 'all'} */ what) =>
      ofKind.map((reading) => reading[what] / ROUND_TRIP);
    report(
      `${name}: first region shown`,
      inRoundTrips('firstRegion'),
      'round trips',
      isCold ? undefined : 1.5,
    );
    const hasBar = !isCold && vpcs < 1_000;
    report(`${name}: all regions shown`, inRoundTrips('all'), 'round trips', hasBar ? 3.6 : undefined);
    report(
      `${name}: longest block of the event loop`,
      ofKind.map(({ longestBlock }) => longestBlock),
      'ms',
      50,
    );
  }
  const of = (/** @type {(reading: Reading) => number} */ pick) => Math.min(...runs.warm.map(pick)) / 2 ** 20;
  console.log(
    `  held: ${of(({ heap }) => heap).toFixed(1)} MB of heap; resident: ${of(({ resident }) => resident).toFixed(0)} MB`,
  );
}
process.exitCode = missed === 0 ? 0 : 1;
