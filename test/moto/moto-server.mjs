/** Runs moto's server on a free port of the loopback. */
import { openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { newLog } from '../../scripts/steps.mjs';
import { ended, spawnGroup, stopGroup } from '../host/process-group.mjs';
import { python } from './packages.mjs';

/** In milliseconds; it takes one or two seconds. */
const START_LIMIT = 60_000;

/**
 * @param {string} packages the folder of its Python packages
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startMoto(packages) {
  const logFile = newLog('moto-server');
  const log = openSync(logFile, 'a');
  const child = spawnGroup(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    env: { ...process.env, PYTHONPATH: packages, PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', log, log],
  });
  let end = '';
  void ended(child).then(({ reason }) => (end = reason));
  const limit = performance.now() + START_LIMIT;
  for (;;) {
    const url = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(readFileSync(logFile, 'utf8'))?.[1];
    if (url !== undefined) return { url, stop: () => stopGroup(child) };
    if (end !== '' || performance.now() > limit) {
      await stopGroup(child);
      throw new Error(`moto did not start (${end || 'time limit'}); its log is ${logFile}`);
    }
    await sleep(50);
  }
}
