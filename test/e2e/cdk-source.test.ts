import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { launchBrowser } from '../host/browser.mjs';
import { openFile, placeOf, squiggle } from '../host/workbench-page.mjs';

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
  await page.goto(inject('cdkWorkbenchUrl'));
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await page.screenshot({ path: path.join(screenshots, `failed-${task.id}.png`) });
  await page.close();
});

const line = (text: string) => page.locator('.monaco-editor .view-line', { hasText: text });
const lens = () => page.locator('.monaco-editor .codelens-decoration', { hasText: 'Run cdk synth' });

test('the source alone is opened, and the VPC in it has its finding, with a lens after an edit', async () => {
  await openFile(page, 'app.ts');
  const finding = page.locator(squiggle);
  await expect.poll(() => finding.count(), { timeout: 30_000 }).toBe(1);

  const expression = await placeOf(line('Sandbox').filter({ hasText: 'ec2.Vpc' }));
  const marked = await placeOf(finding);
  expect(Math.abs(expression.y - marked.y)).toBeLessThan(expression.height);
  expect(await lens().count()).toBe(0);

  await page.mouse.move(marked.x + marked.width / 2, marked.y + marked.height / 2);
  const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: 'vpc-no-flow-log' });
  await hover.waitFor();
  await page.screenshot({ path: path.join(screenshots, 'cdk-source.png') });

  await line("from 'constructs'").click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('// edited');
  await page.keyboard.press('Enter');
  await lens().first().waitFor();
  await page.locator(squiggle).first().waitFor();
  await page.screenshot({ path: path.join(screenshots, 'cdk-source-edited.png') });
});
