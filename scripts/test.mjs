/** `npm test`: sets up, builds, runs every part of the tests and sums up. Needs nothing but Node. */
import './node-version.mjs';

import { parseArgs } from 'node:util';

import { onInterrupt, stopAllGroups } from '../test/host/process-group.mjs';
import { noVerdict, summary } from './results.mjs';
import { build, setUpPackages } from './setup.mjs';
import { messageOf, printFailure } from './steps.mjs';
import { groups, parts } from './test-parts.mjs';

/** @typedef {import('./results.mjs').PartReport} PartReport */

const help = `npm test [-- PART…]

Sets up, builds and runs the tests, or some parts of them: ${groups.join(', ')}.
The last line is "N passed, N failed, N skipped"; exit 0 when nothing failed, 1 when something did.`;

const wanted = readArguments();
onInterrupt(stopAllGroups);

/** @type {PartReport[]} */
const reports = [];
console.log('Flow Log Guard: tests');
const broken = await problemOf(setUpPackages);
if (broken === undefined) {
  const unbuilt = await problemOf(build);
  for (const part of parts) {
    if (!wanted.includes(part.group)) continue;
    const obstacle = part.needsBuild ? unbuilt : undefined;
    reports.push(await report(part.name, obstacle ?? part.run));
  }
} else {
  reports.push(await report('set-up', broken));
}

console.log(`\n${summary(reports)}`);
process.exitCode = reports.some(({ results }) => results.failed > 0) ? 1 : 0;

/**
 * @param {string} name
 * @param {import('./test-parts.mjs').Part['run'] | string} run a text says why the part cannot run
 * @returns {Promise<PartReport>}
 */
async function report(name, run) {
  if (typeof run === 'string') return { name, results: noVerdict, problem: run, seconds: 0 };
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  try {
    const { problem, ...results } = await run();
    return { name, results, seconds: seconds(), ...(problem === undefined ? {} : { problem }) };
  } catch (error) {
    printFailure(error);
    return { name, results: noVerdict, problem: `it could not run: ${messageOf(error)}`, seconds: seconds() };
  }
}

/**
 * @param {() => Promise<void>} action
 * @returns {Promise<string | undefined>}
 */
async function problemOf(action) {
  try {
    await action();
    return undefined;
  } catch (error) {
    printFailure(error);
    return messageOf(error);
  }
}

/** @returns {readonly string[]} the groups to run */
function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean', default: false } },
    });
    if (values.help) {
      console.log(help);
      process.exit(0);
    }
    const unknown = positionals.find((name) => !groups.includes(name));
    if (unknown !== undefined) throw new Error(`There is no part "${unknown}".`);
    return positionals.length > 0 ? positionals : groups;
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${help}`);
    process.exit(2);
  }
}
