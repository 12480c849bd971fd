import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { launchBrowser } from '../host/browser.mjs';
import { hoverOver, openFile, pressUntil, runCommand } from '../host/workbench-page.mjs';

const screenshots = path.resolve(import.meta.dirname, '../../.cache/screenshots');

let browser: Browser;
let page: Page;

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  browser = await launchBrowser();
});

afterAll(() => browser.close());

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(30_000);
  await page.goto(inject('workbenchUrl'));
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await shoot(`failed-${task.id}`);
  await page.close();
});

async function shoot(name: string): Promise<void> {
  await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

const lens = (title: string): Locator => page.locator('.codelens-decoration', { hasText: title });

/** A word in the editor; the first one of it that is shown. */
const word = (text: string): Locator =>
  page.locator('.monaco-editor .view-line span', { hasText: new RegExp(`^${text}$`) }).first();

/** Unfolds the view, and folds the files away, which leave too little room for it. */
async function showTemplates(): Promise<Locator> {
  await page.locator('.monaco-workbench').waitFor();
  await page.locator('.pane-header', { hasText: 'VPCs in Templates' }).click();
  await page.locator('.pane-header', { hasText: 'examples' }).first().click();
  return page
    .locator('.pane', { has: page.locator('.pane-header', { hasText: 'VPCs in Templates' }) })
    .locator('.monaco-list-row');
}

test('lenses tell of each VPC, and a click writes the flow log', async () => {
  await openFile(page, 'covered.yaml');
  await lens('Flow log: ').waitFor();
  await shoot('lens-covered');
  await lens('Flow log: ').locator('a').click();
  await page.locator('.statusbar-item', { hasText: 'Ln 13,' }).waitFor();

  await openFile(page, 'network.yaml');
  await lens('No flow log: add one').waitFor();
  await shoot('lens-missing');
  await lens('No flow log: add one').locator('a').click();
  await lens('Flow log: CloudWatch Logs, ALL, 600 s').waitFor();
  await expect.poll(() => lens('No flow log').count()).toBe(0);
  await shoot('lens-fixed');
  // In a browser, VS Code saves by itself: the next test is to find the file as it was.
  await pressUntil(page, 'Control+Z', lens('No flow log: add one'));
  await page.keyboard.press('Control+S');
});

test('a hover explains the VPC, a property and a field of the log format', async () => {
  await openFile(page, 'conditional.yaml');
  const vpc = await hoverOver(page, word('Vpc'), 'Asked for by');
  expect(await vpc.textContent()).toContain('EC2.6');
  await shoot('hover-vpc');
  await hoverOver(page, word('TrafficType'), 'Allowed values');
  await shoot('hover-property');
});

test('completion offers the values of a property', async () => {
  await openFile(page, 'accept-only.yaml');
  await word('ACCEPT').dblclick();
  await page.locator('.monaco-editor.focused').first().waitFor();
  // In front of the word, where all values match.
  await page.keyboard.press('ArrowLeft');
  const widget = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'REJECT' });
  await pressUntil(page, 'Control+Space', widget.first());
  const offered = page.locator('.suggest-widget.visible .monaco-list-row');
  expect((await offered.allTextContents()).join()).toMatch(/ALL.*REJECT.*ACCEPT/s);
  await shoot('completion');
});

test('the Explorer lists templates and their VPCs, and a click leads to one', async () => {
  const rows = await showTemplates();
  await rows.filter({ hasText: 'accept-only.yaml' }).waitFor();
  const bare = rows.filter({ hasText: 'accept only' }).first();
  expect(await bare.getAttribute('aria-label')).toMatch(/^VPC \w+, accept only/);
  await shoot('templates-view');
  await bare.click();
  await page.locator('.tabs-container .tab', { hasText: 'accept-only.yaml' }).waitFor();
});

test('checking the workspace fills Problems with files that were never opened', async () => {
  await page.locator('.monaco-workbench').waitFor();
  await runCommand(page, 'Flow Log Guard: Check Workspace');
  const toast = page.locator('.notification-toast', { hasText: 'VPCs in templates' });
  await toast.waitFor();
  await toast.getByText('Show Problems').click();
  const files = page.locator('.markers-panel .monaco-list-row');
  await files.filter({ hasText: 'accept-only.yaml' }).first().waitFor();
  await files.filter({ hasText: 'network.json' }).first().waitFor();
  await shoot('check-workspace');
  // Open, it has its findings once, from the editor.
  await openFile(page, 'accept-only.yaml');
  await page.locator('.monaco-editor .squiggly-warning').first().waitFor();
  const found = files.filter({ hasText: 'vpc-flow-log-accept-only' });
  await expect.poll(() => found.count(), { timeout: 20_000 }).toBe(1);
});
