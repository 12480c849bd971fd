/** A vitest reporter that leaves the run's results for `npm test`, with the reasons for which tests were skipped. */
import { resultsVariable, writeResults } from './results.mjs';

/** @typedef {import('vitest/node').Reporter} Reporter */
/** @typedef {import('vitest/node').TestModule} TestModule */

/** @implements {Reporter} */
export default class ResultsReporter {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const file = process.env[resultsVariable];
    if (file === undefined) throw new Error(`${resultsVariable} is not set`);
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    // A file that cannot be loaded and a hook that throws have no test to fail.
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const brokenSuites = suites.filter((suite) => suite.errors().length > 0).length;
    const failedTests = tests.filter((test) => !['passed', 'skipped'].includes(test.result().state)).length;
    writeResults(file, {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed: failedTests + brokenSuites + unhandledErrors.length,
      skipped: tests.flatMap((test) => {
        const result = test.result();
        if (result.state !== 'skipped') return [];
        return [{ name: test.fullName, reason: result.note ?? 'switched off in its file' }];
      }),
    });
  }
}
