/** What the stand-in for `code` and the suite wrapper, in two processes, have to agree on. */
import { readFileSync, writeFileSync } from 'node:fs';

/** Environment variables through which the wrapper learns its task. */
export const suiteVariable = 'FLOW_LOG_GUARD_SUITE';
export const verdictVariable = 'FLOW_LOG_GUARD_VERDICT';

/** Stands before each line that the suite prints, to tell it from what the workbench logs. */
export const suiteOutputMark = '\u0001';

/**
 * @typedef {{ kind: 'passed' | 'failed' | 'none' }} Verdict
 * `none`: the suite did not come to its end.
 */

/**
 * @param {string} file
 * @param {Verdict} verdict
 */
export function leaveVerdict(file, verdict) {
  writeFileSync(file, JSON.stringify(verdict));
}

/**
 * @param {string} file
 * @returns {Verdict}
 */
export function readVerdict(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { kind: 'none' };
  }
}
