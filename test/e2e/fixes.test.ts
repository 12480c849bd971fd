import { cpSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { launchBrowser } from '../host/browser.mjs';
import { openFile, pressUntil, runCommand, squiggle } from '../host/workbench-page.mjs';
import { workbenchUrl } from '../host/workbench.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const screenshots = path.join(root, '.cache/screenshots');
const examples = path.join(root, 'examples/cloudformation');

let browser: Browser;
let page: Page;
let folder: string;

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  browser = await launchBrowser();
});

afterAll(() => browser.close());

beforeEach(async () => {
  folder = mkdtempSync(path.join(inject('scratchFolder'), 'fixes-'));
  for (const name of ['network.yaml', 'network.json', 'accept-only.yaml'])
    cpSync(path.join(examples, name), path.join(folder, name));
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(30_000);
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await page.screenshot({ path: path.join(screenshots, `failed-${task.id}.png`) });
  await page.close();
});

async function openWorkbench(): Promise<void> {
  await page.goto(workbenchUrl({ origin: inject('workbenchOrigin') }, folder));
}

function onDisk(name: string): string {
  return readFileSync(path.join(folder, name), 'utf8');
}

function shot(name: string): Promise<unknown> {
  return page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

/** Puts the cursor on what is underlined. */
async function goToFinding(): Promise<void> {
  await page.locator(squiggle).first().waitFor();
  await page
    .locator('.monaco-editor .view-line', { hasText: /^\s*"?Vpc"?:/ })
    .first()
    .click({ position: { x: 30, y: 8 } });
}

const menu = () => page.locator('.action-widget');

test('Ctrl+. on the squiggle lists the fixes, the chosen one does away with it, undo brings it back', async () => {
  const before = onDisk('network.yaml');
  await openWorkbench();
  await openFile(page, 'network.yaml');
  await goToFinding();
  await pressUntil(page, 'Control+.', menu().getByText('Add flow log to CloudWatch Logs'));
  for (const title of ['S3: new bucket', 'Firehose: stream given', 'Suppress with a reason'])
    await menu().getByText(title).first().waitFor();
  await shot('quick-fixes');

  await menu().getByText('Add flow log to CloudWatch Logs', { exact: true }).click();
  await expect.poll(() => page.locator(squiggle).count(), { timeout: 30_000 }).toBe(0);
  await page.keyboard.press('Control+s');
  await expect.poll(() => onDisk('network.yaml'), { timeout: 30_000 }).toContain('AWS::EC2::FlowLog');
  await shot('quick-fix-applied');

  await page.keyboard.press('Control+z');
  await page.locator(squiggle).first().waitFor();
  await page.keyboard.press('Control+s');
  await expect.poll(() => onDisk('network.yaml'), { timeout: 30_000 }).toBe(before);
});

test('the reason of a suppression is typed where the cursor stops', async () => {
  await openWorkbench();
  await openFile(page, 'network.yaml');
  await goToFinding();
  await pressUntil(page, 'Control+.', menu().getByText('in a comment'));
  await menu().getByText('in a comment').click();
  await page.locator('.monaco-editor .view-line', { hasText: 'disable-next-line' }).waitFor();
  await page.keyboard.type('isolated test network');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator(squiggle).count(), { timeout: 30_000 }).toBe(0);
  await page.keyboard.press('Control+s');
  await expect
    .poll(() => onDisk('network.yaml'), { timeout: 30_000 })
    .toContain('# flow-log-guard-disable-next-line vpc-no-flow-log -- isolated test network\n');
  await shot('suppressed');
});

test('the workspace is fixed once its changes have been looked at', async () => {
  const names = ['network.yaml', 'network.json', 'accept-only.yaml'];
  const before = names.map(onDisk);
  await openWorkbench();
  await page.locator('.explorer-folders-view').waitFor();
  await runCommand(page, 'Flow Log Guard: Add Flow Logs in Workspace');
  const apply = page.getByRole('button', { name: 'Apply', exact: true });
  await apply.waitFor();
  const rows = page.locator('.bulk-edit-panel .monaco-list-row');
  for (const name of names) await rows.filter({ hasText: name }).waitFor();
  await shot('workspace-preview');
  expect(names.map(onDisk)).toEqual(before);

  await apply.click();
  await page.locator('.notifications-toasts').getByText('fixes for 3 findings in 3 files').waitFor();
  await runCommand(page, 'File: Save All Files');
  for (const name of ['network.yaml', 'network.json'])
    await expect.poll(() => onDisk(name), { timeout: 30_000 }).toContain('AWS::EC2::FlowLog');
  await expect.poll(() => onDisk('accept-only.yaml'), { timeout: 30_000 }).toContain('TrafficType: ALL');
  await openFile(page, 'network.json');
  await shot('workspace-fixed');
});
