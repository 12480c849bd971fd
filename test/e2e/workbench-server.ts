import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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
    /** Where VS Code is served. */
    workbenchOrigin: string;
    /** A folder for what a test wants to open; it is removed in the end. */
    scratchFolder: string;
    /** Where the AWS SDK in VS Code finds its config files; a test writes them before it opens the workbench. */
    awsFolder: string;
  }
}

const root = path.resolve(import.meta.dirname, '../..');

/** No credentials but those that a test writes; no other service is asked for some. */
function awsEnvironment(folder: string): Record<string, string> {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  return {
    AWS_CONFIG_FILE: path.join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

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
  installExtension(root, extensionsDir);
  const awsFolder = path.join(home, 'aws');
  mkdirSync(awsFolder);
  const server = await startCodeServer({
    userDataDir: path.join(home, 'user-data'),
    extensionsDir,
    logFile,
    env: awsEnvironment(awsFolder),
  });
  project.provide('workbenchUrl', workbenchUrl(server, folder));
  project.provide('workbenchOrigin', server.origin);
  project.provide('scratchFolder', home);
  project.provide('awsFolder', awsFolder);

  return async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  };
}
