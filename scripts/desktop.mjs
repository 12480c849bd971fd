/** Desktop VS Code: which one, and how to open it on the examples. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { findOnPath } from '../test/host/executables.mjs';
import { ended } from '../test/host/process-group.mjs';
import { hostUnsupported } from '../test/host/install.mjs';
import { cacheDir, root } from './locations.mjs';
import { step, StepError } from './steps.mjs';

/**
 * The desktop VS Code that the user asked for in `VSCODE_EXECUTABLE`.
 *
 * @returns {string | undefined} rejects a path at which there is nothing
 */
export function chosenVSCode() {
  const chosen = process.env['VSCODE_EXECUTABLE'];
  if (!chosen) return undefined;
  if (!existsSync(chosen)) throw new StepError(`VSCODE_EXECUTABLE: there is no ${chosen}`);
  return chosen;
}

/**
 * @returns {Promise<string | undefined>} the executable; `undefined` where VS Code is to be shown in a browser
 */
export async function findDesktop() {
  const installed = chosenVSCode() ?? codeOnPath();
  if (installed !== undefined || hostUnsupported === undefined) return installed;
  return step('VS Code: download', downloadVSCode);
}

/**
 * Opens a window with the extension under development.
 *
 * @param {string} executable
 * @param {Record<string, string>} [env] added to the environment, which the window inherits
 * @returns {Promise<number>} the exit code, when the window is closed
 */
export async function openDesktop(executable, env) {
  const args = [`--extensionDevelopmentPath=${root}`, '--new-window', '--wait'];
  // VS Code refuses to run as root without these two.
  if (process.getuid?.() === 0)
    args.push('--no-sandbox', `--user-data-dir=${path.join(cacheDir, 'desktop')}`);
  args.push(path.join(root, 'examples'));
  // On Windows `code` is a batch file, which needs the shell, and the shell needs quotes.
  const shell = process.platform === 'win32';
  const quoted = (/** @type {string} */ text) => (shell ? `"${text}"` : text);
  const child = spawn(quoted(executable), args.map(quoted), {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
    shell,
  });
  const { code, reason } = await ended(child);
  if (code !== 0) console.error(`${executable}: ${reason}`);
  return code;
}

function codeOnPath() {
  // In a terminal of a remote window or of code-server, `code` opens files in that window and starts nothing.
  return process.env['VSCODE_IPC_HOOK_CLI'] ? undefined : findOnPath(['code']);
}

/** @returns {Promise<string>} */
async function downloadVSCode() {
  const { downloadAndUnzipVSCode, SilentReporter } = await import('@vscode/test-electron');
  return downloadAndUnzipVSCode({ cachePath: path.join(cacheDir, 'vscode'), reporter: new SilentReporter() });
}
