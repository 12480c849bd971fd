/** `npm start`: sets up, builds, and opens VS Code with the extension on the examples. Needs nothing but Node. */
import './node-version.mjs';

import path from 'node:path';
import { parseArgs } from 'node:util';

import { onInterrupt, stopAllGroups } from '../test/host/process-group.mjs';
import { findDesktop, openDesktop } from './desktop.mjs';
import { cacheDir } from './locations.mjs';
import { build, setUpChromium, setUpCodeServer, setUpPackages } from './setup.mjs';
import { messageOf, printFailure, step } from './steps.mjs';

const help = `npm start [-- OPTIONS]

Sets up and builds Flow Log Guard and opens VS Code with it on examples/: the VS Code in VSCODE_EXECUTABLE,
else "code" on the PATH, else VS Code in the browser (code-server on 127.0.0.1, with a password).
The view "VPC Flow Logs" has a demo account, which a server on 127.0.0.1 plays; AWS is not asked.

  --own-account        your own AWS profiles instead of the demo account
  --smoke              show the examples to a headless browser, wait for the first finding, take a picture; exit 0 or 1
  --screenshot FILE    where the picture of --smoke goes (default: .cache/smoke.png)
  --help               this text`;

const options = readOptions();
if (options.help) {
  console.log(help);
  process.exit(0);
}

// A session in the browser lasts until it is interrupted: that is its regular end.
let serving = false;
const interruption = onInterrupt(
  async () => {
    await stopAllGroups();
    if (serving) console.log('\nVS Code has been stopped.');
  },
  () => (serving ? 0 : undefined),
);

try {
  process.exitCode = await (options.smoke ? runSmoke(path.resolve(options.screenshot)) : open());
} catch (error) {
  printFailure(error);
  process.exitCode = 1;
}

/** @returns {Promise<number>} the exit code */
async function open() {
  console.log('Flow Log Guard: opening VS Code on examples/');
  await setUpPackages();
  await build();
  const desktop = await findDesktop();
  if (desktop === undefined) await setUpCodeServer();
  const demo = options['own-account'] ? undefined : await startDemoAccount();
  if (desktop !== undefined) {
    console.log(`  opening ${desktop}`);
    try {
      return await openDesktop(desktop, demo?.env);
    } finally {
      await demo?.close();
    }
  }
  const { startSession } = await import('./session.mjs');
  const session = await startSession(path.join(cacheDir, 'start'), demo?.env);
  console.log(
    `\n  ${session.url}\n  password: ${session.password}\n\nOpen the address in a browser. Ctrl-C ends VS Code.`,
  );
  serving = true;
  const { reason } = await session.exited;
  if (interruption.aborted) return 0;
  console.error(`code-server ended by itself (${reason}); its log is ${session.logFile}`);
  return 1;
}

async function startDemoAccount() {
  const { startDemo } = await import('../test/aws-server/demo.mjs');
  const demo = await step('demo account: start', () => startDemo(path.join(cacheDir, 'demo')));
  console.log(`  demo account: ${demo.url}, in the view "VPC Flow Logs" of the Explorer`);
  return demo;
}

/**
 * @param {string} screenshot
 * @returns {Promise<number>} the exit code
 */
async function runSmoke(screenshot) {
  console.log('Flow Log Guard: a finding in a real VS Code');
  await setUpPackages();
  await setUpChromium();
  await setUpCodeServer();
  await build();
  const { smoke } = await import('./smoke.mjs');
  await smoke(screenshot);
  return 0;
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        'own-account': { type: 'boolean', default: false },
        smoke: { type: 'boolean', default: false },
        screenshot: { type: 'string', default: path.join(cacheDir, 'smoke.png') },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${help}`);
    process.exit(2);
  }
}
