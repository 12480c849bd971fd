import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startCodeServer } from '../host/code-server.mjs';
import { installExtension } from '../host/packaged-extension.mjs';
import { onInterrupt, stopAllGroups } from '../host/process-group.mjs';
import { workbenchUrl } from '../host/workbench.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The workbench on a copy of the examples. */
    workbenchUrl: string;
    /** The workbench on a copy of the example that is a CDK application, whose `cdk.out` git ignores. */
    cdkWorkbenchUrl: string;
  }
}

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Starts VS Code with the extension installed, once for all tests.
 * Here and not in a test: this process is the one that gets Ctrl-C, and it must not leave the server behind.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-e2e-'));
  const folder = path.join(home, 'examples');
  const extensionsDir = path.join(home, 'extensions');
  const logFile = path.join(root, '.cache', 'logs', 'code-server-e2e.log');
  mkdirSync(path.dirname(logFile), { recursive: true });
  onInterrupt(async () => {
    await stopAllGroups();
    rmSync(home, { recursive: true, force: true });
  });

  cpSync(path.join(root, 'examples', 'cloudformation'), folder, { recursive: true });
  const application = path.join(home, 'cdk');
  cpSync(path.join(root, 'examples', 'cdk'), application, { recursive: true });
  writeFileSync(path.join(application, '.gitignore'), 'node_modules\ncdk.out\n');
  installExtension(root, extensionsDir);
  const server = await startCodeServer({ userDataDir: path.join(home, 'user-data'), extensionsDir, logFile });
  project.provide('workbenchUrl', workbenchUrl(server, folder));
  project.provide('cdkWorkbenchUrl', workbenchUrl(server, application));

  return async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  };
}
