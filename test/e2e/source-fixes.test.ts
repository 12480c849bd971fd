import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { copyApplication, synthesise } from '../cdk/synthesis.ts';
import { launchBrowser } from '../host/browser.mjs';
import { openFile, pressUntil, squiggle } from '../host/workbench-page.mjs';
import { workbenchUrl } from '../host/workbench.mjs';

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
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await page.screenshot({ path: path.join(screenshots, `failed-${task.id}.png`) });
  await page.close();
});

const menu = () => page.locator('.action-widget');

test('the lightbulb at `new ec2.Vpc(` lists the fixes, and the chosen one is written into the source', async () => {
  const folder = await copyApplication('single');
  await synthesise(folder, 'app.ts');
  const file = path.join(folder, 'app.ts');
  const before = await readFile(file, 'utf8');
  const { origin } = new URL(inject('workbenchUrl'));
  await page.goto(workbenchUrl({ origin }, folder));
  await openFile(page, 'app.ts');
  await page.locator(squiggle).first().waitFor();
  await page
    .locator('.monaco-editor .view-line', { hasText: 'const main' })
    .click({ position: { x: 110, y: 8 } });
  await page.locator('[class*="codicon-gutter-lightbulb"], .lightBulbWidget').first().waitFor();
  await pressUntil(page, 'Control+.', menu().getByText('Add flow log to CloudWatch Logs'));
  await menu().getByText('Add flow log to S3: new bucket').waitFor();
  await page.screenshot({ path: path.join(screenshots, 'source-fixes.png') });

  await menu().getByText('Add flow log to CloudWatch Logs', { exact: true }).click();
  await page.locator('.monaco-editor .view-line', { hasText: 'flowLogs: {' }).first().waitFor();
  await page.keyboard.press('Control+s');
  await expect
    .poll(() => readFile(file, 'utf8'), { timeout: 30_000 })
    .toBe(
      before
        .replace(
          "import * as ec2 from 'aws-cdk-lib/aws-ec2';\n",
          "$&import * as logs from 'aws-cdk-lib/aws-logs';\n",
        )
        .replace(
          '{ natGateways: 0 }',
          `{
  natGateways: 0,
  flowLogs: {
    FlowLog: {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(
        new logs.LogGroup(stack, 'MainFlowLogGroup', {
          retention: logs.RetentionDays.ONE_YEAR,
        }),
      ),
      trafficType: ec2.FlowLogTrafficType.ALL,
      maxAggregationInterval: ec2.FlowLogMaxAggregationInterval.TEN_MINUTES,
    },
  },
}`,
        ),
    );
  await page.screenshot({ path: path.join(screenshots, 'source-fix-applied.png') });
});
