import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hoverOver, openFile, pressUntil, squiggle } from '../host/workbench-page.mjs';
import { openOwnWorkbench, type OwnWorkbench } from './own-workbench.ts';

// The extension as it runs on vscode.dev: in a worker of the browser, without Node.
let workbench: OwnWorkbench;

beforeAll(async () => {
  workbench = await openOwnWorkbench('web-worker', {
    settings: { 'remote.extensionKind': { 'flow-log-guard.flow-log-guard': ['web'] } },
  });
});

afterAll(() => workbench.close());

test('a finding, its hover and its quick fix, in a worker of the browser', async () => {
  const { page, folder } = workbench;
  try {
    await openFile(page, 'network.yaml');
    await page.locator(squiggle).first().waitFor();
    await page.locator('.codelens-decoration', { hasText: 'No flow log: add one' }).waitFor();
    await workbench.shoot('browser-host-finding');

    const vpc = page.locator('.monaco-editor .view-line span', { hasText: /^Vpc$/ }).first();
    const hover = await hoverOver(page, vpc, 'Asked for by');
    expect(await hover.textContent()).toContain('EC2.6');
    await workbench.shoot('browser-host-hover');

    await vpc.click();
    const fix = page.locator('.action-widget').getByText('Add flow log to CloudWatch Logs', { exact: true });
    await pressUntil(page, 'Control+.', fix);
    await workbench.shoot('browser-host-fixes');
    await fix.click();
    await page.locator('.codelens-decoration', { hasText: /^Flow log: CloudWatch Logs/ }).waitFor();
    await expect.poll(() => page.locator(squiggle).count(), { timeout: 30_000 }).toBe(0);
    await page.keyboard.press('Control+s');
    await expect
      .poll(() => readFileSync(path.join(folder, 'network.yaml'), 'utf8'), { timeout: 30_000 })
      .toContain('AWS::EC2::FlowLog');
  } finally {
    await workbench.shoot('browser-host');
  }
});

test('nested stacks are followed there', async () => {
  const { page } = workbench;
  await openFile(page, 'nested/main.yaml');
  const lens = page.locator('.codelens-decoration', { hasText: /^Flow log: S3/ });
  expect(await lens.textContent()).toContain('S3, ALL, 600 s');
});

test('neither the account nor cdk synth is offered where there is no Node', async () => {
  const { page } = workbench;
  await pressUntil(page, 'F1', page.locator('.quick-input-widget input.input'));
  await page.keyboard.type('Flow Log Guard: ');
  const offered = page.locator('.quick-input-list .monaco-list-row .label-name', {
    hasText: 'Flow Log Guard: ',
  });
  await offered.filter({ hasText: 'Check Workspace' }).waitFor();
  await workbench.shoot('browser-host-palette');
  expect((await offered.allTextContents()).map((text) => text.replaceAll('\u00A0', ' ')).toSorted()).toEqual([
    'Flow Log Guard: Add Flow Logs in Workspace...',
    'Flow Log Guard: Check Workspace',
    'Flow Log Guard: Open Sample Template',
    'Flow Log Guard: Restart Language Server',
    'Flow Log Guard: Show Log',
  ]);
  await page.keyboard.press('Escape');
  expect(await page.locator('.pane-header', { hasText: 'VPCs in Templates' }).count()).toBe(1);
  expect(await page.locator('.pane-header', { hasText: 'VPC Flow Logs' }).count()).toBe(0);
});
