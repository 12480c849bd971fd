import Mocha from 'mocha';
import { resultsVariable, writeResults } from '../../scripts/results.mjs';

/** The suite's entry point, called by VS Code in the extension host. Rejects when a test fails. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, forbidOnly: 'CI' in process.env });
  // Gives describe() and it() their meaning; mocha does it itself only for files that it loads.
  mocha.suite.emit('pre-require', globalThis, 'run.ts', mocha);
  // In this order: the first test needs an extension that has not been activated yet.
  await import('./activation.ts');
  await import('./diagnostics.ts');
  await import('./several-files.ts');
  await import('./fixes.ts');
  await import('./account.ts');
  await import('./cdk-application.ts');

  const failures = await new Promise<number>((resolve) => {
    const skipped: string[] = [];
    const runner = mocha.run((failed) => {
      const results = process.env[resultsVariable];
      const passed = runner.stats?.passes ?? 0;
      if (results !== undefined)
        writeResults(results, {
          passed,
          failed,
          skipped: skipped.map((name) => ({ name, reason: 'switched off in its file' })),
        });
      resolve(failed);
    });
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
  });
  if (failures > 0) throw new Error(`${failures} of the tests in VS Code failed`);
}
