import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../host/browser.mjs';
import { startCodeServer, type CodeServer, type CodeServerOptions } from '../host/code-server.mjs';
import { installExtension } from '../host/packaged-extension.mjs';
import { workbenchUrl } from '../host/workbench.mjs';
import { openFile, pressUntil, squiggle } from '../host/workbench-page.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const screenshots = path.join(root, '.cache/screenshots');
const extensionId = 'flow-log-guard.flow-log-guard';

let browser: Browser;
let home: string;
const servers: CodeServer[] = [];

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  home = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-hosts-'));
  cpSync(path.join(root, 'examples', 'cloudformation'), path.join(home, 'examples'), { recursive: true });
  cpSync(
    path.join(root, 'test', 'integration', 'workspace', 'nested'),
    path.join(home, 'examples', 'nested'),
    { recursive: true },
  );
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
});

/** A workbench of its own, on the examples. */
async function openWorkbench(name: string, options: Partial<CodeServerOptions>): Promise<Page> {
  const extensionsDir = path.join(home, name, 'extensions');
  installExtension(root, extensionsDir);
  const server = await startCodeServer({
    userDataDir: path.join(home, name, 'user-data'),
    extensionsDir,
    logFile: path.join(root, '.cache', 'logs', `code-server-${name}.log`),
    ...options,
  });
  servers.push(server);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(40_000);
  await page.goto(workbenchUrl(server, path.join(home, 'examples')));
  return page;
}

test('in a worker of the browser, without Node, files are checked and nested stacks followed', async () => {
  const page = await openWorkbench('web-worker', {
    settings: { 'remote.extensionKind': { [extensionId]: ['web'] } },
  });
  try {
    const workers: string[] = [];
    page.on('worker', (worker) => workers.push(worker.url()));
    await openFile(page, 'network.yaml');
    await page.locator(squiggle).first().waitFor();
    await page.locator('.codelens-decoration', { hasText: 'No flow log: add one' }).waitFor();
    await openFile(page, 'nested/main.yaml');
    await page.locator('.codelens-decoration', { hasText: 'Flow log: ' }).waitFor();
    expect(workers.length).toBeGreaterThan(0);

    await pressUntil(page, 'F1', page.locator('.quick-input-widget input.input'));
    await page.keyboard.type('Developer: Show Running Extensions');
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Show Running Extensions' })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    const running = page.locator('.runtime-extensions-editor .monaco-list-row', {
      hasText: 'Flow Log Guard',
    });
    await running.first().waitFor();
    expect(await running.first().textContent()).toMatch(/Worker|web/i);
  } finally {
    await page.screenshot({ path: path.join(screenshots, 'browser-host.png') });
    await page.close();
  }
});

test('in a folder that is not trusted, it checks as everywhere', async () => {
  const page = await openWorkbench('restricted', { workspaceTrust: true });
  try {
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await openFile(page, 'network.yaml');
    await page.locator(squiggle).first().waitFor();
    expect(await page.locator('.codelens-decoration', { hasText: 'No flow log' }).count()).toBe(1);
  } finally {
    await page.screenshot({ path: path.join(screenshots, 'restricted-mode.png') });
    await page.close();
  }
});
