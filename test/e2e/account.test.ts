import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { createDemoAccount, demoFault } from '../aws-server/demo-account.mjs';
import { startAwsServer, type AwsServer } from '../aws-server/server.mjs';
import { launchBrowser } from '../host/browser.mjs';
import { AccountPage, writeProfiles } from './account-page.ts';

const screenshots = path.resolve(import.meta.dirname, '../../.cache/screenshots');
const demoProfile = { name: 'demo', lines: ['flow_log_guard_demo = true'] };

let browser: Browser;
let account: ReturnType<typeof createDemoAccount>;
let aws: AwsServer;
let view: AccountPage;

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  browser = await launchBrowser();
});

afterAll(() => browser.close());

beforeEach(async () => {
  account = createDemoAccount();
  aws = await startAwsServer(account, { fault: demoFault });
  writeProfiles(inject('awsFolder'), [{ ...demoProfile, url: aws.url }]);
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(30_000);
  await page.goto(inject('workbenchUrl'));
  view = new AccountPage(page);
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await picture(`failed-${task.id}`);
  await view.page.close();
  await aws.close();
});

async function picture(name: string): Promise<void> {
  await view.page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

/** What AWS was asked to change. */
function changes(): string[] {
  return aws.calls
    .map(({ operation }) => operation)
    .filter((operation) => !/^(?:Describe|List|Get|Head)/.test(operation));
}

function flowLogs(region: string): string[] {
  return Array.from(account.regions.get(region)?.flowLogs.values() ?? [], ({ resourceId }) => resourceId);
}

test('nothing is called before the user asks; then the tree shows every state', async () => {
  await view.open();
  await view.button('Show VPCs of the Account').waitFor();
  await picture('account-first-use');
  expect(aws.calls).toEqual([]);

  await view.button('Show VPCs of the Account').click();
  await view.row(/demo.*000000000000/).waitFor();
  await view.row(/us-east-1.*6 of 6 without flow log/).waitFor();
  await view.row(/sa-east-1.*access denied: ec2:DescribeVpcs/).waitFor();
  await view.expand('eu-central-1');
  await view.row(/shop-staging.*no flow log/).waitFor();
  await view.row(/analytics.*accept only/).waitFor();
  await view.row(/partner-link.*delivery failed/).waitFor();
  await view.row(/vpc-0demo000000000006.*shared, unknown/).waitFor();
  await view.row(/shop-production.*logged/).waitFor();
  await view.row(/vpc-0demo000000000001.*no flow log.*172\.31\.0\.0\/16.*default/).waitFor();
  await view.expand('shop-production');
  await view.row(/S3: demo-flow-logs\/rejected\/.*REJECT.*1 min/).waitFor();
  await view.row(/CloudWatch Logs: \/demo\/vpc-flow-logs.*ALL.*10 min/).waitFor();
  await view.expand('partner-link');
  await view.row(/delivery failed: Access error/).waitFor();
  await view.expand('vpc-0demo000000000001');
  await view.row(/Flow logs on 1 subnet.*do not count/).waitFor();
  await picture('account-tree');
  // The number of bare VPCs, on the Explorer's icon.
  await view.page.locator('.activitybar .badge-content', { hasText: '9' }).waitFor();
  expect(await view.view.locator('.pane-header').textContent()).toContain('demo · 000000000000');
  expect(changes()).toEqual([]);
});

test('a flow log for one VPC, from its row to the undo', async () => {
  await view.showAccount();
  await view.expand('us-east-1');
  await view.act(view.row('sandbox-2'), 'Enable Flow Logs');
  await view.answerForBucket('demo-archive');
  await view.dialog.waitFor();
  const told = (await view.dialog.textContent()) ?? '';
  for (const part of [
    'us-east-1 (1)',
    'arn:aws:s3:::demo-archive',
    '000000000000',
    'bills',
    'cannot be edited',
  ])
    expect(told).toContain(part);
  expect(told).toContain("may change this bucket's policy");
  await picture('enable-confirmation');
  expect(changes()).toEqual([]);

  await view.answerDialog('Create Flow Log');
  await view.notification(/1 created/).waitFor();
  await view.row(/sandbox-2.*logged/).waitFor();
  await picture('enable-summary');
  expect(changes()).toEqual(['CreateFlowLogs']);
  expect(flowLogs('us-east-1')).toEqual(['vpc-0demo000000000010']);

  await view.answerNotification(/1 created/, 'Undo');
  await view.notification(/1 deleted/).waitFor();
  await view.row(/sandbox-2.*no flow log/).waitFor();
  expect(flowLogs('us-east-1')).toEqual([]);
});
