/**
 * Child processes that go when we go, with all that they started.
 * VS Code's server starts an extension host, a file watcher and a terminal host; ending only its first process leaves those behind.
 */
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const isWindows = process.platform === 'win32';

/** How long a process may take over a polite request to end. */
const GRACE_MS = 3000;

/** Longer, because those processes may have to end some of their own. */
const FINAL_GRACE_MS = 10_000;

/** @type {Set<ChildProcess>} */
const running = new Set();

// The last resort when this process ends without having cleaned up; no waiting is possible any more.
process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL');
});

/**
 * Starts a process as the leader of its own process group. What the leader leaves behind is ended when it exits.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {ChildProcess}
 */
export function spawnGroup(command, args, options) {
  // Windows has no process groups: there `detached` would only open a console window.
  const child = spawn(command, args, { ...options, detached: !isWindows });
  running.add(child);
  child.once('error', () => running.delete(child));
  child.once('exit', () => {
    running.delete(child);
    signalGroup(child, 'SIGKILL');
  });
  return child;
}

/**
 * Resolves when the process has ended: its exit code, the signal that ended it, or why it could not be started.
 *
 * @param {ChildProcess} child
 * @returns {Promise<{ code: number, reason: string }>} `code` is 0 only for success
 */
export function ended(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 127, reason: error.message }));
    child.once('exit', (code, signal) =>
      resolve(
        code === null
          ? { code: 128 + (signal ? constants.signals[signal] : 0), reason: `ended by ${signal}` }
          : { code, reason: `exit code ${code}` },
      ),
    );
  });
}

/**
 * Asks the whole group to end, waits a little, then insists.
 *
 * @param {ChildProcess} child
 * @param {number} [graceMs]
 * @returns {Promise<void>}
 */
export async function stopGroup(child, graceMs = GRACE_MS) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = ended(child);
  signalGroup(child, 'SIGTERM');
  const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  await gone;
  clearTimeout(insist);
}

/** @returns {Promise<void>} */
export async function stopAllGroups() {
  await Promise.all([...running].map((child) => stopGroup(child, FINAL_GRACE_MS)));
}

/**
 * Cleans up once and ends this process when it is told to end (Ctrl-C, a closed terminal, a CI that cancels).
 *
 * @param {() => Promise<void>} cleanUp
 * @param {() => number | undefined} [exitCode] instead of the customary 128 + signal
 * @returns {AbortSignal} aborted from then on
 */
export function onInterrupt(cleanUp, exitCode = () => undefined) {
  const interruption = new AbortController();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (interruption.signal.aborted) return;
      interruption.abort();
      const code = exitCode() ?? 128 + constants.signals[signal];
      void cleanUp().finally(() => process.exit(code));
    });
  }
  return interruption.signal;
}

/**
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  if (isWindows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
