/** Runs test/integration in a real VS Code: the one in VSCODE_EXECUTABLE, else code-server on Linux, else one that is downloaded. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { build } from 'esbuild';

import { hostUnsupported } from '../test/host/install.mjs';
import { onInterrupt } from '../test/host/process-group.mjs';
import { chosenVSCode } from './desktop.mjs';
import { cacheDir, root } from './locations.mjs';
import { messageOf } from './steps.mjs';

const suiteFolder = path.join(root, 'test', 'integration');
const bundle = path.join(cacheDir, 'integration', 'suite.cjs');
const standIn = path.join(root, 'test', 'host', 'code.mjs');

const home = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-vscode-'));
const workspace = path.join(home, 'workspace');

await build({
  absWorkingDir: root,
  entryPoints: [path.join(suiteFolder, 'run.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  // VS Code answers require('vscode'); mocha finds its reporters by its own place.
  external: ['vscode', 'mocha'],
});
// The tests change settings and files.
cpSync(path.join(suiteFolder, 'workspace'), workspace, { recursive: true });

const ended = runSuite().finally(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
// VS Code gets the signal, too; what is left to do is to wait for it.
onInterrupt(() => ended);
await ended;

async function runSuite() {
  const vscodeExecutablePath = chosenVSCode() ?? (hostUnsupported === undefined ? standIn : undefined);
  try {
    await runTests({
      ...(vscodeExecutablePath === undefined ? {} : { vscodeExecutablePath }),
      extensionDevelopmentPath: root,
      extensionTestsPath: bundle,
      launchArgs: [
        workspace,
        `--user-data-dir=${path.join(home, 'user-data')}`,
        `--extensions-dir=${path.join(home, 'extensions')}`,
      ],
    });
  } catch (error) {
    // A suite that fails has already printed why.
    if (!(error instanceof TestRunFailedError)) console.error(messageOf(error));
    process.exitCode = 1;
  }
}
