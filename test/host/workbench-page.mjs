/** What a person does in the workbench, for scripts that drive it. */

import { setTimeout } from 'node:timers/promises';

/** @typedef {import('playwright-core').Page} Page */

export const squiggle = '.monaco-editor .squiggly-warning';

/**
 * Opens a file from the Explorer, as an editor that stays.
 *
 * @param {Page} page
 * @param {string} file relative to the opened folder, with forward slashes
 */
export async function openFile(page, file) {
  await page.locator('.monaco-workbench').waitFor();
  const steps = file.split('/');
  for (const [depth, name] of steps.entries()) {
    // aria-level counts from one; it tells files of the same name in different folders apart while only one is unfolded.
    const row = page
      .locator(`.explorer-folders-view .monaco-list-row[aria-level="${depth + 1}"]`)
      .filter({ has: page.getByText(name, { exact: true }) });
    if (depth === steps.length - 1) await row.dblclick();
    else if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click();
  }
  await page.locator('.tabs-container .tab', { hasText: steps.at(-1) ?? '' }).waitFor();
}

/**
 * Runs a command from the palette. That shows the commands that there were when it was opened, which are those of no
 * extension yet where the workbench has only just come up.
 *
 * @param {Page} page
 * @param {string} title as the palette shows it
 */
export async function runCommand(page, title) {
  const command = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  for (let attempt = 1; ; attempt += 1) {
    await pressUntil(page, 'F1', page.locator('.quick-input-widget input.input'));
    await page.keyboard.type(title);
    try {
      await command.waitFor({ timeout: 5000 });
      break;
    } catch (error) {
      if (attempt === 6) throw error;
      await page.keyboard.press('Escape');
    }
  }
  await page.keyboard.press('Enter');
}

/**
 * Presses a key until something shows. A key that is pressed while the focus is moving is lost.
 * Not for keys that toggle: a second press would undo the first.
 *
 * @param {Page} page
 * @param {string} key
 * @param {import('playwright-core').Locator} shown
 */
export async function pressUntil(page, key, shown) {
  for (let attempt = 1; ; attempt += 1) {
    await page.keyboard.press(key);
    try {
      await shown.waitFor({ timeout: 2500 });
      return;
    } catch (error) {
      if (attempt === 10) throw error;
    }
  }
}

/**
 * Where something is on the screen. The editor draws its lines and marks anew now and then, and what is asked in
 * between has no place.
 *
 * @param {import('playwright-core').Locator} shown
 * @returns {Promise<NonNullable<Awaited<ReturnType<import('playwright-core').Locator['boundingBox']>>>>} in pixels
 */
export async function placeOf(shown) {
  for (let attempt = 1; ; attempt += 1) {
    const place = await shown.boundingBox();
    if (place !== null) return place;
    if (attempt === 100) throw new Error(`It is not on the screen: ${shown.toString()}`);
    await setTimeout(100);
  }
}

/**
 * Points at something until a hover with that text is there; one that is asked for too early comes without it.
 *
 * @param {Page} page
 * @param {import('playwright-core').Locator} target
 * @param {string} text
 * @returns {Promise<import('playwright-core').Locator>} the hover
 */
export async function hoverOver(page, target, text) {
  const shown = page.locator('.monaco-hover:not(.hidden)', { hasText: text }).first();
  for (let attempt = 1; ; attempt += 1) {
    await page.mouse.move(900, 700);
    await target.hover();
    try {
      await shown.waitFor({ timeout: 3000 });
      return shown;
    } catch (error) {
      if (attempt === 10) throw error;
    }
  }
}
