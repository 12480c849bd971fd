/** The outcome of a part of the tests, as each test runner leaves it for `npm test`. */
import { readFileSync, writeFileSync } from 'node:fs';

/** Environment variable: the file into which a test runner writes its {@link Results}. */
export const resultsVariable = 'FLOW_LOG_GUARD_RESULTS';

/**
 * @typedef {object} Results
 * @property {number} passed
 * @property {number} failed
 * @property {readonly SkippedTest[]} skipped
 */

/** @typedef {{ name: string, reason: string }} SkippedTest */

/**
 * @param {string} file
 * @returns {Results | undefined} `undefined` when the runner did not get to its end
 */
export function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} file
 * @param {Results} results
 */
export function writeResults(file, results) {
  writeFileSync(file, JSON.stringify(results));
}

/**
 * What counts is what the runner says *and* how it ended: a runner that fails without a failed test has failed all the same,
 * and one that ran nothing has shown nothing.
 *
 * @param {Results | undefined} results
 * @param {{ code: number, reason: string }} end
 * @returns {Results & { problem?: string }}
 */
export function judge(results, end) {
  if (results === undefined) return { ...noVerdict, problem: `it delivered no verdict (${end.reason})` };
  if (end.code !== 0 && results.failed === 0)
    return { ...results, failed: 1, problem: `no test failed, but it ended with ${end.reason}` };
  if (results.passed + results.failed + results.skipped.length === 0)
    return { ...results, failed: 1, problem: 'it ran no test' };
  return results;
}

/** @type {Results} */
export const noVerdict = { passed: 0, failed: 1, skipped: [] };

/**
 * @typedef {object} PartReport
 * @property {string} name
 * @property {Results} results
 * @property {number} seconds
 * @property {string} [problem] why there is no verdict, or why it is not the tests' own
 */

/**
 * The summary; its last line is alone on its line, for people and for machines.
 *
 * @param {readonly PartReport[]} parts
 * @returns {string}
 */
export function summary(parts) {
  const width = Math.max(...parts.map(({ name }) => name.length), 4);
  const row = (/** @type {string} */ name, /** @type {readonly string[]} */ cells) =>
    [name.padEnd(width), ...cells.map((cell) => cell.padStart(8))].join('  ');
  const lines = [row('part', ['passed', 'failed', 'skipped', 'seconds'])];
  for (const { name, results, seconds } of parts)
    lines.push(row(name, [...counts(results).map(String), seconds.toFixed(1)]));
  for (const { name, problem } of parts) if (problem !== undefined) lines.push('', `${name}: ${problem}`);
  for (const { name, results } of parts) {
    if (results.skipped.length > 0) lines.push('', `skipped in ${name}:`);
    for (const test of results.skipped) lines.push(`  ${test.name}: ${test.reason}`);
  }
  const totals = [0, 1, 2].map((column) =>
    parts.reduce((sum, { results }) => sum + (counts(results)[column] ?? 0), 0),
  );
  return [...lines, '', `${totals[0]} passed, ${totals[1]} failed, ${totals[2]} skipped`].join('\n');
}

/** @param {Results} results */
function counts({ passed, failed, skipped }) {
  return [passed, failed, skipped.length];
}
