/** A look at the product without a person: does the first finding show in an example? */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { launchBrowser } from '../test/host/browser.mjs';
import { openFile, squiggle } from '../test/host/workbench-page.mjs';
import { startSession } from './session.mjs';
import { messageOf, step, StepError } from './steps.mjs';

const EXAMPLE = 'cloudformation/network.yaml';
const FINDING_LIMIT_MS = 90_000;

/**
 * Logs in to a session as a person would, opens an example and waits for its first finding.
 *
 * @param {string} screenshot where the picture goes, of success and of failure
 * @returns {Promise<void>} rejects, with the reason, when no finding shows
 */
export async function smoke(screenshot) {
  const home = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-smoke-'));
  mkdirSync(path.dirname(screenshot), { recursive: true });
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  try {
    const session = await startSession(home);
    stops.push(session.stop);
    const browser = await step('browser: start', launchBrowser);
    stops.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(FINDING_LIMIT_MS);
    await step(`first finding in examples/${EXAMPLE}`, async () => {
      try {
        await waitForFinding(page, session);
      } finally {
        await page.screenshot({ path: screenshot });
      }
    });
  } finally {
    for (const stop of stops.toReversed()) await stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
  console.log(`  screenshot: ${screenshot}`);
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('./session.mjs').Session} session
 */
async function waitForFinding(page, { url, password }) {
  let aim = 'the login page';
  try {
    await page.goto(url);
    await page.locator('input[name=password]').fill(password);
    await page.keyboard.press('Enter');
    aim = `${EXAMPLE} in the Explorer`;
    await openFile(page, EXAMPLE);
    aim = `a finding in ${EXAMPLE}`;
    await page.locator(squiggle).first().waitFor();
  } catch (error) {
    throw new StepError(`Not seen: ${aim}. ${messageOf(error).split('\n')[0]}`);
  }
}
