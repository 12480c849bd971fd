import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { createDemoAccount, demoFault } from '../aws-server/demo-account.mjs';
import { startAwsServer, type AwsServer, type Fault } from '../aws-server/server.mjs';
import { ServiceError } from '../aws-server/service-error.mjs';
import { launchBrowser } from '../host/browser.mjs';
import { AccountPage, writeProfiles } from './account-page.ts';

const screenshots = path.resolve(import.meta.dirname, '../../.cache/screenshots');
const demoProfile = { name: 'demo', lines: ['flow_log_guard_demo = true'] };

let browser: Browser;
let account: ReturnType<typeof createDemoAccount>;
let aws: AwsServer;
let view: AccountPage;
/** What goes wrong, beside what the demo account refuses; tests change it as they go on. */
let fault: (operation: string, region: string) => Fault | Promise<Fault>;

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  browser = await launchBrowser();
});

afterAll(() => browser.close());

beforeEach(async () => {
  account = createDemoAccount();
  fault = () => undefined;
  aws = await startAwsServer(account, {
    fault: async (call) => (await fault(call.operation, call.region)) ?? demoFault(call),
  });
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
  await view.row(/demo.*1 region could not be read/).waitFor();
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
  await view.widen();
  await picture('account-tree');
  await view.screenshot(path.join(screenshots, 'account-view.png'));
  // The number of bare VPCs, on the Explorer's icon.
  await view.page.locator('.activitybar .badge-content', { hasText: '10' }).waitFor();
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

  await view.progressEnds();
  await view.answerNotification(/1 created/, 'Undo');
  await view.row(/sandbox-2.*no flow log/).waitFor();
  await view.notification(/Flow logs: 1 deleted/).waitFor();
  expect(flowLogs('us-east-1')).toEqual([]);
});

test('all bare VPCs at once; a second time there is nothing to do', async () => {
  await view.showAccount();
  await view.row(/us-east-1.*6 of 6/).waitFor();
  await view.command('Enable Flow Logs on All Bare VPCs');
  // Two of them are of stacks.
  await view.dialog.filter({ hasText: 'CloudFormation stacks made 2 of the VPCs' }).waitFor();
  await view.answerDialog('Enable Here');
  await view.answerForBucket('demo-flow-logs');
  await view.dialog.filter({ hasText: 'eu-central-1 (4), us-east-1 (6)' }).waitFor();
  await view.answerDialog('Create 10 Flow Logs');
  await view.notification(/10 created/).waitFor();
  await view.row(/demo.*15 VPCs/).waitFor();
  await picture('enable-all');
  expect(changes()).toEqual(['CreateFlowLogs', 'CreateFlowLogs']);
  await view.page.locator('.activitybar .badge-content', { hasText: '10' }).waitFor({ state: 'detached' });

  await view.command('Enable Flow Logs on All Bare VPCs');
  await view.notification('There is no VPC without a flow log').waitFor();
  expect(changes()).toHaveLength(2);
});

test('cancelled in the middle, the tree shows what AWS has, and the rest can be tried again', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  fault = async (operation, region) => {
    if (operation === 'CreateFlowLogs' && region === 'us-east-1') await held;
    return undefined;
  };
  await view.showAccount();
  await view.row(/us-east-1.*6 of 6/).waitFor();
  await view.contextMenu('us-east-1', 'Enable Flow Logs');
  await view.answerForBucket('demo-flow-logs');
  await view.answerDialog('Create 6 Flow Logs');
  await expect.poll(() => changes()).toEqual(['CreateFlowLogs']);
  await view.answerNotification(/Creating 6 flow logs/, 'Cancel');
  release();
  await view.notification(/Cancelled: 6 created/).waitFor();
  await view.row(/us-east-1.*6 VPCs/).waitFor();
  expect(flowLogs('us-east-1')).toHaveLength(6);
});

test('several VPCs that are selected, of which one is refused: AWS’s words, and a retry of that one', async () => {
  let refusals = 1;
  fault = (operation, region) =>
    operation === 'CreateFlowLogs' && region === 'us-east-1' && refusals-- > 0
      ? new ServiceError('UnauthorizedOperation', 'You are not authorized to perform this operation.', 403)
      : undefined;
  await view.showAccount();
  await view.expand('eu-central-1');
  await view.expand('us-east-1');
  await view.row('vpc-0demo000000000001').click();
  await view.row('sandbox-3').click({ modifiers: ['Control'] });
  await view.contextMenu('sandbox-3', 'Enable Flow Logs');
  await view.answerForBucket('demo-flow-logs');
  await view.answerDialog('Create 2 Flow Logs');
  await view.notification(/1 created, 1 failed.*not authorized/).waitFor();
  await picture('enable-partly');
  await view.row(/sandbox-3.*no flow log/).waitFor();
  await view.progressEnds();
  await view.answerNotification(/1 failed/, 'Retry Failed');
  await view.row(/sandbox-3.*logged/).waitFor();
  await view.notification(/Flow logs: 1 created\./).waitFor();
  expect(flowLogs('us-east-1')).toEqual(['vpc-0demo000000000011']);
});

test('what is expanded and selected stays so after a refresh; a denied region comes with a retry', async () => {
  await view.showAccount();
  await view.expand('eu-central-1');
  await view.expand('shop-production');
  await view.row('partner-link').click();
  fault = (operation, region) =>
    operation === 'DescribeVpcs' && region === 'eu-west-1'
      ? new ServiceError('UnauthorizedOperation', 'Not you.', 403)
      : undefined;
  await view.titleAction('Refresh VPCs of the Account');
  await view.row(/eu-west-1.*access denied/).waitFor();
  await view.row(/S3: demo-flow-logs\/rejected/).waitFor();
  expect(await view.row('partner-link').getAttribute('aria-selected')).toBe('true');

  fault = () => undefined;
  const calls = aws.calls.length;
  await view.act(view.row('eu-west-1'), 'Refresh');
  await view.row(/eu-west-1.*1 VPC/).waitFor();
  expect(new Set(aws.calls.slice(calls).map(({ region }) => region))).toEqual(new Set(['eu-west-1']));
});

test('regions come one by one; what hangs can be stopped and asked again', async () => {
  fault = (operation, region) =>
    operation === 'DescribeVpcs' && region === 'us-west-2' ? 'hang' : undefined;
  await view.showAccount();
  await view.row(/us-east-1.*6 of 6/).waitFor();
  await view.row(/us-west-2.*loading/).waitFor();
  await picture('account-loading');
  await view.titleAction('Stop Loading');
  await view.row(/us-west-2.*not loaded/).waitFor();
  fault = () => undefined;
  await view.act(view.row('us-west-2'), 'Refresh');
  await view.row(/us-west-2.*1 VPC/).waitFor();
  expect(changes()).toEqual([]);
});

test('without credentials, and with a session that has expired, one text says what to do', async () => {
  writeProfiles(inject('awsFolder'), [{ name: 'empty' }, { name: 'old', url: aws.url }]);
  await view.showAccount();
  await view.pick('Whose VPCs are to be shown?', 'empty');
  await view.view.getByText('There are no AWS credentials that could be used.').waitFor();
  await picture('account-no-credentials');

  fault = () =>
    new ServiceError('ExpiredToken', 'The security token included in the request is expired', 400);
  await view.button('Choose AWS Profile').click();
  await view.pick('Whose VPCs are to be shown?', 'old');
  await view.view.getByText('The AWS session has expired.').waitFor();
  await view.button('Sign In with AWS SSO').waitFor();
  await picture('account-expired');
  expect(await view.page.locator('.notification-toast').count()).toBe(0);

  fault = () => undefined;
  await view.button('Try Again').click();
  await view.row(/us-east-1.*6 of 6/).waitFor();
});

test('a VPC of a stack leads to its template, where the quick fix is', async () => {
  await view.showAccount();
  await view.expand('eu-central-1');
  await view.contextMenu('shop-staging', 'Enable Flow Logs');
  await view.dialog.filter({ hasText: 'The template is the place' }).waitFor();
  await picture('enable-of-stack');
  await view.answerDialog('Show in Template');
  // Two templates are named like it.
  await view.pick('Which template is that of the stack network?', 'network.yaml');
  await view.page.locator('.tabs-container .tab', { hasText: 'network.yaml' }).waitFor();
  await view.page.locator('.monaco-editor .squiggly-warning').first().waitFor();
  await picture('show-in-template');
  expect(changes()).toEqual([]);
});

test('a VPC that the CDK made leads to the line of code that declares it', async () => {
  await view.page.goto(inject('cdkWorkbenchUrl'));
  await view.showAccount();
  await view.expand('eu-central-1');
  await view.contextMenu('Sandbox/Sandbox', 'Show in Template');
  await view.page.locator('.tabs-container .tab.active', { hasText: 'app.ts' }).waitFor();
  await view.page.locator('.monaco-editor .view-line', { hasText: "new ec2.Vpc(this, 'Sandbox'" }).waitFor();
  await view.page.locator('.statusbar', { hasText: /Ln 28, Col \d+/ }).waitFor();
  await view.page.locator('.monaco-editor .squiggly-warning').first().waitFor();
  await picture('show-in-cdk-source');
  expect(changes()).toEqual([]);
});

test('the plan can be read before anything is changed', async () => {
  await view.showAccount();
  await view.expand('us-east-1');
  await view.act(view.row('sandbox-1'), 'Enable Flow Logs');
  await view.answerForBucket('demo-archive');
  await view.answerDialog('Preview');
  await view.page.locator('.monaco-editor', { hasText: 'create-flow-logs' }).waitFor();
  await picture('enable-preview');
  await view.pick('Nothing has been changed yet', 'Change nothing');
  expect(changes()).toEqual([]);
});

test('a flow log is deleted only once that is confirmed', async () => {
  await view.showAccount();
  await view.expand('eu-central-1');
  await view.expand('analytics');
  await view.contextMenu(/CloudWatch Logs.*ACCEPT/, 'Delete Flow Log');
  await view.dialog.filter({ hasText: 'Delete the flow log' }).waitFor();
  await view.page.keyboard.press('Escape');
  expect(changes()).toEqual([]);
  await view.contextMenu(/CloudWatch Logs.*ACCEPT/, 'Delete Flow Log');
  await view.answerDialog('Delete');
  await view.row(/analytics.*no flow log/).waitFor();
  expect(changes()).toEqual(['DeleteFlowLogs']);
});

test('filters hide what needs nothing; a VPC is found by its id all the same', async () => {
  await view.showAccount();
  await view.row(/us-west-2.*1 VPC/).waitFor();
  await view.row('ap-southeast-2').waitFor({ state: 'detached' });
  await view.command('Show Regions without VPCs');
  await view.row(/ap-southeast-2.*no VPCs/).waitFor();
  await view.command('Show Only Bare VPCs');
  await view.row('us-west-2').waitFor({ state: 'detached' });
  await view.row('us-east-1').waitFor();
  await picture('account-only-bare');

  await view.titleAction('Find VPC');
  await view.byPlaceholder('Name, id, address range or region').waitFor();
  await view.page.keyboard.type('vpc-0demo000000000014');
  await view.page.locator('.quick-input-list .monaco-list-row', { hasText: 'us-west-2' }).first().click();
  await view.row(/vpc-0demo000000000014.*logged/).waitFor();
  expect(changes()).toEqual([]);
});

test('the command line for it is copied with its node', async () => {
  await view.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await view.showAccount();
  await view.expand('us-east-1');
  await view.contextMenu('sandbox-1', 'Copy ARN');
  const clipboard = () => view.page.evaluate('navigator.clipboard.readText()');
  await expect.poll(clipboard).toBe('arn:aws:ec2:us-east-1:000000000000:vpc/vpc-0demo000000000009');
});
