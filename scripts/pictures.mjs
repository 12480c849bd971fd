/**
 * `npm run pictures`: takes the README's pictures in a light, a dark and a high-contrast theme, of the extension as it
 * is built now, in a real VS Code. Needs what `npm run test:e2e` needs.
 *
 * `--out DIR` writes elsewhere than to media/, `--locale TAG` shows the extension in another language, `--scene NAME`
 * and `--theme NAME`, each any number of times, take some of the pictures alone.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { launchBrowser } from '../test/host/browser.mjs';
import { startCodeServer } from '../test/host/code-server.mjs';
import { installExtension } from '../test/host/packaged-extension.mjs';
import { openFile, pressUntil, squiggle } from '../test/host/workbench-page.mjs';
import { workbenchUrl } from '../test/host/workbench.mjs';
import { cacheDir, root } from './locations.mjs';

/** @typedef {import('playwright-core').Page} Page */

const themes = { light: 'Light Modern', dark: 'Dark Modern', 'high-contrast': 'Default High Contrast' };

const recordsFile = '111122223333_vpcflowlogs_us-east-1_fl-1234abcd_20260105T1010Z_fe123456.log';

/** @type {Record<string, (page: Page) => Promise<void>>} */
const scenes = {
  async findings(page) {
    await openFile(page, 'cloudformation/network.yaml');
    await page.locator(squiggle).first().waitFor();
    await runCommand(page, 'Problems: Focus on Problems View');
    await page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'vpc-no-flow-log' }).waitFor();
  },
  async records(page) {
    await openFile(page, `flow-logs/${recordsFile}`);
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    await page.setViewportSize({ width: 1100, height: 380 });
    await hoverOver(page, '1767607980', 'UTC');
  },
  async walkthrough(page) {
    await page.setViewportSize({ width: 1280, height: 640 });
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    await runCommand(page, 'Welcome: Open Walkthrough...');
    await page.keyboard.type('Flow Log Guard');
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.getting-started-media').first().waitFor();
    // The steps fold open by themselves.
    await page.waitForTimeout(1500);
    // The third of them.
    await page.locator('.getting-started-step').nth(2).click();
    await page.waitForTimeout(1500);
  },
  async settings(page) {
    await runCommand(page, 'Preferences: Open Settings (UI)');
    await page.locator('.settings-editor').waitFor();
    await page.keyboard.type('flowLogGuard');
    await page.locator('.settings-editor .setting-item-contents').first().waitFor();
    await page.waitForTimeout(1500);
  },
};

/** @param {Page} page @param {string} title */
async function runCommand(page, title) {
  await pressUntil(page, 'F1', page.locator('.quick-input-widget input.input'));
  await page.keyboard.type(title);
  await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await page.keyboard.press('Enter');
}

/** @param {Page} page @param {string} text @param {string} said */
async function hoverOver(page, text, said) {
  const word = page.locator('.view-lines').getByText(text).first();
  const hover = page.locator('.monaco-hover:not(.hidden)').filter({ hasText: said });
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await page.mouse.move(5, 5);
    await word.hover();
    try {
      await hover.first().waitFor({ timeout: 2500 });
      // It fades in.
      await page.waitForTimeout(800);
      return;
    } catch {
      // The server may still be starting.
    }
  }
  throw new Error(`No hover on ${text}.`);
}

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: path.join(root, 'media') },
    locale: { type: 'string' },
    scene: { type: 'string', multiple: true, default: ['findings', 'records'] },
    theme: { type: 'string', multiple: true, default: Object.keys(themes) },
  },
});
const home = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-pictures-'));
const extensionsDir = path.join(home, 'extensions');
const folder = path.join(home, 'examples');
const logFile = path.join(cacheDir, 'logs', 'code-server-pictures.log');
mkdirSync(path.dirname(logFile), { recursive: true });
mkdirSync(values.out, { recursive: true });
cpSync(path.join(root, 'examples'), folder, { recursive: true });
installExtension(root, extensionsDir);

const browser = await launchBrowser();
try {
  for (const [name, theme] of Object.entries(themes)) {
    if (!values.theme.includes(name)) continue;
    const userDataDir = path.join(home, name);
    const server = await startCodeServer({
      userDataDir,
      extensionsDir,
      logFile,
      ...(values.locale !== undefined && { locale: values.locale }),
    });
    try {
      const settingsFile = path.join(userDataDir, 'User', 'settings.json');
      const settings = JSON.parse(readFileSync(settingsFile, 'utf8'));
      Object.assign(settings, {
        'workbench.colorTheme': theme,
        'window.autoDetectHighContrast': false,
        'editor.minimap.enabled': false,
        'editor.fontSize': 13,
        // Below the line that it is about, where these pictures have room.
        'editor.hover.above': false,
      });
      writeFileSync(settingsFile, JSON.stringify(settings));
      for (const [scene, show] of Object.entries(scenes)) {
        if (!values.scene.includes(scene)) continue;
        const page = await browser.newPage({ viewport: { width: 960, height: 540 } });
        page.setDefaultTimeout(60_000);
        await page.goto(workbenchUrl(server, folder));
        await page.locator('.monaco-workbench').waitFor();
        const file = path.join(values.out, `${scene}-${name}.png`);
        try {
          await show(page);
        } finally {
          await page.screenshot({ path: file });
          console.log(file);
          await page.close();
        }
      }
    } finally {
      await server.stop();
    }
  }
} finally {
  await browser.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
}
