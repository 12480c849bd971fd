import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest';
import { launchBrowser } from '../host/browser.mjs';
import { openFile, runCommand, squiggle } from '../host/workbench-page.mjs';

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
  if (task.result?.state === 'fail')
    await page.screenshot({ path: path.join(screenshots, `failed-${task.id}.png`) });
  await page.close();
});

const problems = () => page.locator('.markers-panel .monaco-list-row');

async function showProblems(): Promise<void> {
  await runCommand(page, 'Problems: Focus on Problems View');
  await page.locator('.markers-panel').waitFor();
}

/** The language status shows only while the mouse is over it, and shows what it was when the mouse came. */
async function untilLanguageStatus(text: string): Promise<void> {
  const item = page.locator('.statusbar-item[id="status.languageStatus"]');
  const shown = page.locator('.hover-language-status', { hasText: text });
  const look = async (): Promise<void> => {
    await page.mouse.move(640, 300);
    await item.hover();
    await shown.waitFor({ timeout: 2000 });
  };
  await vi.waitFor(look, { timeout: 30_000 });
}

test('a bare VPC gets a squiggle, a row in Problems and a word in the language status', async () => {
  await openFile(page, 'network.yaml');
  await page.locator(squiggle).first().waitFor();

  await showProblems();
  await problems().filter({ hasText: 'vpc-no-flow-log' }).waitFor();
  await expect.poll(() => problems().filter({ hasText: 'flow-log-guard' }).count()).toBe(1);
  await page.screenshot({ path: path.join(screenshots, 'findings.png') });

  await untilLanguageStatus('The VPC lacks a flow log');
  await page.screenshot({ path: path.join(screenshots, 'language-status.png') });
});

test('a covered VPC gets a word in the language status and nothing else', async () => {
  await openFile(page, 'covered.yaml');
  await untilLanguageStatus('The VPC has a flow log');
  expect(await page.locator(squiggle).count()).toBe(0);
});
