/** The browser that shows the workbench: the machine's own Chromium or Chrome. */
import { chromium } from 'playwright-core';

import { findOnPath } from './executables.mjs';

/** @returns {string | undefined} the executable: `CHROME_PATH` if set, else the first one on the PATH */
export function findChromium() {
  return (
    process.env['CHROME_PATH'] ||
    findOnPath(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'])
  );
}

/**
 * Starts it without a window. Close the browser before the server, or the page logs that it cannot reconnect.
 *
 * @returns {Promise<import('playwright-core').Browser>}
 */
export function launchBrowser() {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('there is no Chromium or Chrome on the PATH (or in CHROME_PATH)');
  const args = ['--disable-gpu', '--disable-dev-shm-usage'];
  // Chromium refuses to start its sandbox for root, as whom containers run.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return chromium.launch({
    executablePath,
    args,
    // We close the browser ourselves, in order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
