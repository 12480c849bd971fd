import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../host/browser.mjs';
import { startCodeServer, type CodeServer, type CodeServerOptions } from '../host/code-server.mjs';
import { installExtension } from '../host/packaged-extension.mjs';
import { workbenchUrl } from '../host/workbench.mjs';
import { openFile, squiggle } from '../host/workbench-page.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const screenshots = path.join(root, '.cache/screenshots');

let browser: Browser;
let home: string;
const servers: CodeServer[] = [];

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  home = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-hosts-'));
  cpSync(path.join(root, 'examples', 'cloudformation'), path.join(home, 'examples'), { recursive: true });
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

test('in a folder that is not trusted, it checks as everywhere', async () => {
  const page = await openWorkbench('restricted', { workspaceTrust: true });
  try {
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await openFile(page, 'network.yaml');
    await page.locator(squiggle).first().waitFor();
    const lens = page.locator('.codelens-decoration', { hasText: 'No flow log' });
    await expect.poll(() => lens.count(), { timeout: 30_000 }).toBe(1);
  } finally {
    await page.screenshot({ path: path.join(screenshots, 'restricted-mode.png') });
    await page.close();
  }
});
