/** VS Code in a browser, with the extension installed, on the examples. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';

import { startCodeServer } from '../test/host/code-server.mjs';
import { installExtension } from '../test/host/packaged-extension.mjs';
import { workbenchUrl } from '../test/host/workbench.mjs';
import { root } from './locations.mjs';
import { messageOf, newLog, step, StepError } from './steps.mjs';

/**
 * @typedef {object} Session
 * @property {string} url
 * @property {string} password
 * @property {string} folder the folder that it shows
 * @property {string} logFile
 * @property {Promise<{ code: number, reason: string }>} exited
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} home keeps the user's settings and the extension
 * @param {Record<string, string>} [env] added to the environment
 * @returns {Promise<Session>}
 */
export async function startSession(home, env = {}) {
  const extensionsDir = path.join(home, 'extensions');
  const folder = path.join(root, 'examples');
  const logFile = newLog('code-server');
  // code-server listens on loopback, which all users of a machine share.
  const password = randomBytes(15).toString('base64url');

  await step('extension: install', () => installExtension(root, extensionsDir));
  const server = await step('code-server: start', async () => {
    try {
      return await startCodeServer({
        userDataDir: path.join(home, 'user-data'),
        extensionsDir,
        logFile,
        password,
        allBuiltIns: true,
        env,
      });
    } catch (error) {
      throw new StepError(messageOf(error), logFile);
    }
  });
  return { ...server, url: workbenchUrl(server, folder), password, folder, logFile };
}
