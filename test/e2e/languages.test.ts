import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { launchBrowser } from '../host/browser.mjs';
import { startCodeServer } from '../host/code-server.mjs';
import { installExtension } from '../host/packaged-extension.mjs';
import { pressUntil, squiggle } from '../host/workbench-page.mjs';
import { workbenchUrl } from '../host/workbench.mjs';

const root = path.resolve(import.meta.dirname, '../..');

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

test.each([
  ['de', 'Beispielvorlage öffnen', 'Vpc hat kein Flow-Protokoll', 'A template to try'],
  ['ja', 'サンプルテンプレートを開く', 'Vpc にフローログがありません', 'A template to try'],
])(
  'commands, the sample template and findings are in the language of VS Code: %s',
  async (locale, command, finding, english) => {
    const home = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-language-'));
    const extensionsDir = path.join(home, 'extensions');
    const logFile = path.join(root, '.cache', 'logs', `code-server-${locale}.log`);
    const screenshots = path.join(root, '.cache', 'screenshots');
    mkdirSync(path.dirname(logFile), { recursive: true });
    mkdirSync(screenshots, { recursive: true });
    installExtension(root, extensionsDir);
    const server = await startCodeServer({
      userDataDir: path.join(home, 'user-data'),
      extensionsDir,
      logFile,
      locale,
    });
    onTestFinished(async () => {
      await server.stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    onTestFinished(() => page.close());
    page.setDefaultTimeout(60_000);
    await page.goto(workbenchUrl(server, undefined));
    await page.locator('.monaco-workbench').waitFor();
    try {
      // The list is made when it opens; extensions' commands come to it as they are loaded.
      const row = page.locator('.quick-input-list .monaco-list-row', { hasText: command }).first();
      const findCommand = async (): Promise<void> => {
        await page.keyboard.press('Escape');
        await pressUntil(page, 'F1', page.locator('.quick-input-widget input.input'));
        await page.keyboard.type(command);
        await row.waitFor({ timeout: 3000 });
      };
      await vi.waitFor(findCommand, { timeout: 60_000 });
      await page.keyboard.press('Enter');
      await page.locator(squiggle).first().waitFor();
      expect(await page.locator('.view-lines').first().innerText()).not.toContain(english);
      await pressUntil(page, 'F1', page.locator('.quick-input-widget input.input'));
      await page.keyboard.type('Problems: Focus on Problems View');
      await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.markers-panel .monaco-list-row', { hasText: finding }).first().waitFor();
    } finally {
      await page.screenshot({ path: path.join(screenshots, `language-${locale}.png`) });
    }
  },
);
