/** VS Code's server with its real extension host, on loopback. */
import { closeSync, existsSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { builtInExtensions, codeServerEntry, hostNode } from './install.mjs';
import { ended, spawnGroup, stopGroup } from './process-group.mjs';

const lifeline = path.join(import.meta.dirname, 'lifeline.mjs');

const START_LIMIT_MS = 60_000;

/** Copilot, GitHub, Git, TypeScript and their like cost six seconds on two cores before the first test starts. */
const builtInsForTests = [
  'configuration-editing',
  'json',
  'shellscript',
  'theme-defaults',
  'theme-seti',
  // Names and colours of the language alone.
  'typescript-basics',
  'yaml',
];

/**
 * What would stand in the picture or in the way of a test, and what would ask the internet.
 * A value that VS Code has renamed since makes it rewrite the file, which activates extensions for JSON with comments.
 */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  // VS Code itself opens this file unseen at each start, which would activate extensions for JSON before a test looks.
  'files.associations': { 'chatLanguageModels.json': 'plaintext' },
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.colorTheme': 'Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** Inherited by tests and set by other tools, these would change what code-server does. */
const strayVariables = [
  'ELECTRON_RUN_AS_NODE',
  'HASHED_PASSWORD',
  'NODE_ENV',
  'NODE_OPTIONS',
  'PASSWORD',
  'PORT',
  'VSCODE_IPC_HOOK_CLI',
];

/**
 * @typedef {object} CodeServerOptions
 * @property {string} userDataDir settings are written there unless it has some
 * @property {string} extensionsDir
 * @property {string} logFile what the server prints is appended to it
 * @property {string} [password] asked for at the first page; without one everybody on this machine gets in
 * @property {boolean} [allBuiltIns] every built-in extension rather than the few that tests need
 * @property {boolean} [automation] lets the page's address name an extension under development and its tests
 * @property {Record<string, unknown>} [settings] beside the quiet ones, where there are none yet
 * @property {boolean} [workspaceTrust] folders are not trusted before somebody says so
 * @property {string} [locale] the language that extensions are told, such as `de`; VS Code itself stays English
 * @property {Record<string, string>} [env] added to the environment; the extension host inherits it
 */

/**
 * @typedef {object} CodeServer
 * @property {string} origin `http://127.0.0.1:PORT`
 * @property {string} authority `127.0.0.1:PORT`
 * @property {Promise<{ code: number, reason: string }>} exited
 * @property {() => Promise<void>} stop ends the server and everything it started
 */

/**
 * Starts the server and waits until it serves pages.
 *
 * @param {CodeServerOptions} options
 * @returns {Promise<CodeServer>} rejects, with the log file's name, when it does not come up
 */
export async function startCodeServer(options) {
  const { userDataDir, extensionsDir, logFile, password } = options;
  mkdirSync(extensionsDir, { recursive: true });
  writeSettings(userDataDir, options);

  const authority = `127.0.0.1:${await freePort()}`;
  const origin = `http://${authority}`;
  const args = [codeServerEntry, '--config', '/dev/null', '--bind-addr', authority];
  args.push('--auth', password === undefined ? 'none' : 'password');
  args.push('--user-data-dir', userDataDir, '--extensions-dir', extensionsDir);
  args.push('--disable-telemetry', '--disable-update-check', '--disable-getting-started-override');
  args.push('--ignore-last-opened');
  if (!options.workspaceTrust) args.push('--disable-workspace-trust');
  if (options.locale !== undefined) {
    writeLanguagePack(userDataDir, options.locale);
    args.push('--locale', options.locale);
  }
  if (options.automation) args.push('--vscode-option', 'enable-smoke-test-driver');
  if (!options.allBuiltIns)
    args.push(
      '--vscode-option',
      `builtin-extensions-dir=${linkBuiltIns(path.join(userDataDir, 'built-in'))}`,
    );

  const log = openSync(logFile, 'a');
  const child = spawnGroup(hostNode, [lifeline, hostNode, ...args], {
    env: serverEnvironment(options.env, password),
    stdio: ['pipe', log, log],
  });
  closeSync(log);

  const exited = ended(child);
  const server = { origin, authority, exited, stop: () => stopGroup(child) };
  const problem = await Promise.race([
    exited.then(({ reason }) => `code-server ended (${reason})`),
    untilServing(origin, password !== undefined),
  ]);
  if (problem === undefined) return server;
  await server.stop();
  throw new Error(`${problem}; its log is ${logFile}`);
}

/** In restricted mode at once, without a question. */
const settingsForTrust = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

/**
 * @param {string} userDataDir
 * @param {Pick<CodeServerOptions, 'settings' | 'workspaceTrust'>} options
 */
function writeSettings(userDataDir, { settings, workspaceTrust }) {
  const file = path.join(userDataDir, 'User', 'settings.json');
  if (existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  const all = { ...quietSettings, ...(workspaceTrust && settingsForTrust), ...settings };
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
}

/**
 * VS Code speaks a language only where a language pack is installed; an empty one is enough for extensions to be asked
 * for theirs.
 *
 * @param {string} userDataDir
 * @param {string} locale
 */
function writeLanguagePack(userDataDir, locale) {
  const translations = path.join(userDataDir, 'language-pack.json');
  writeFileSync(translations, JSON.stringify({ contents: {} }));
  const packs = {
    [locale]: {
      hash: locale,
      extensions: [{ extensionIdentifier: { id: 'flow-log-guard.language-pack' }, version: '1.0.0' }],
      translations: { vscode: translations },
    },
  };
  writeFileSync(path.join(userDataDir, 'languagepacks.json'), JSON.stringify(packs));
}

/** @param {string} folder */
function linkBuiltIns(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of builtInsForTests) {
    const link = path.join(folder, name);
    if (!existsSync(link)) symlinkSync(path.join(builtInExtensions, name), link);
  }
  return folder;
}

/**
 * @param {Record<string, string> | undefined} added
 * @param {string | undefined} password
 */
function serverEnvironment(added, password) {
  /** @type {NodeJS.ProcessEnv} */
  const environment = { ...process.env };
  for (const name of strayVariables) delete environment[name];
  // An empty address keeps the workbench from asking a marketplace.
  Object.assign(environment, { EXTENSIONS_GALLERY: '{"serviceUrl":""}' }, added);
  // Not on the command line, where every user of the machine could read it.
  if (password !== undefined) environment['PASSWORD'] = password;
  return environment;
}

/**
 * @param {string} origin
 * @param {boolean} asksPassword
 * @returns {Promise<string | undefined>} the problem, if there is one
 */
async function untilServing(origin, asksPassword) {
  const deadline = Date.now() + START_LIMIT_MS;
  while ((await statusOf(`${origin}/healthz`)) !== 200) {
    if (Date.now() > deadline) return `code-server did not answer within ${START_LIMIT_MS / 1000} s`;
    await delay(50);
  }
  // The health check answers before VS Code itself is loaded, and even when loading it fails.
  const status = await statusOf(`${origin}/?ew=true`);
  return status === (asksPassword ? 302 : 200) ? undefined : `code-server answers with HTTP ${status}`;
}

/**
 * @param {string} url
 * @returns {Promise<number>} 0 when nobody answers
 */
async function statusOf(url) {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(30_000) });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no free port on 127.0.0.1'));
      });
    });
  });
}
