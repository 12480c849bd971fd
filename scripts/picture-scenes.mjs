/** What each picture of `npm run pictures` shows: how the workbench gets there, and which part of it is cut out. */
import {
  hoverOver,
  openFile,
  placeOf,
  pressUntil,
  runCommand,
  squiggle,
} from '../test/host/workbench-page.mjs';

/** @typedef {import('playwright-core').Locator} Locator */
/** @typedef {import('playwright-core').Page} Page */

/**
 * @typedef {object} Scene
 * @property {boolean} [isInReadme] its pictures are kept in media/; others are looked at only
 * @property {string} [folder] what is opened, relative to examples/; all of it without one
 * @property {{ width: number, height: number }} [size] of the window, in pixels
 * @property {(page: Page) => Promise<Locator[] | undefined>} show returns what the picture is cut down to; the whole
 *   window without
 */

const recordsFile = '111122223333_vpcflowlogs_us-east-1_fl-1234abcd_20260105T1010Z_fe123456.log';

/** @type {Record<string, Scene>} */
export const scenes = {
  findings: {
    isInReadme: true,
    async show(page) {
      await openFile(page, 'cloudformation/network.yaml');
      await page.locator(squiggle).first().waitFor();
      await runCommand(page, 'Problems: Focus on Problems View');
      await page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'vpc-no-flow-log' }).waitFor();
      return undefined;
    },
  },
  records: {
    isInReadme: true,
    size: { width: 1200, height: 380 },
    async show(page) {
      await openFile(page, `flow-logs/${recordsFile}`);
      await hideSideBar(page);
      const hover = await hoverOver(page, page.locator('.view-lines').getByText('1767607980').first(), 'UTC');
      return [line(page, 'version'), line(page, 'ACCEPT'), line(page, 'SKIPDATA'), hover];
    },
  },
  hover: {
    isInReadme: true,
    folder: 'cloudformation',
    size: { width: 900, height: 700 },
    async show(page) {
      await openFile(page, 'conditional.yaml');
      await hideSideBar(page);
      const hover = await hoverOver(page, word(page, 'Vpc'), 'Asked for by');
      return [lens(page, 'Flow log'), line(page, 'Vpc:'), hover];
    },
  },
  lens: {
    folder: 'cloudformation',
    async show(page) {
      await openFile(page, 'network.yaml');
      await hideSideBar(page);
      await lens(page, 'No flow log: add one').waitFor();
      await page.locator(squiggle).first().waitFor();
      return [line(page, 'Resources:'), line(page, '# The network'), line(page, 'EnableDnsHostnames')];
    },
  },
  completion: {
    folder: 'cloudformation',
    async show(page) {
      await openFile(page, 'accept-only.yaml');
      await hideSideBar(page);
      await word(page, 'ACCEPT').dblclick();
      await page.locator('.monaco-editor.focused').first().waitFor();
      // In front of the word, where all values match.
      await page.keyboard.press('ArrowLeft');
      const widget = page.locator('.suggest-widget.visible');
      await pressUntil(
        page,
        'Control+Space',
        widget.locator('.monaco-list-row', { hasText: 'REJECT' }).first(),
      );
      return [line(page, 'VpcFlowLog:'), widget, page.locator('.suggest-details-container:visible')];
    },
  },
  'quick-fixes': {
    isInReadme: true,
    folder: 'cloudformation',
    async show(page) {
      await openFile(page, 'network.yaml');
      await hideSideBar(page);
      await page.locator(squiggle).first().waitFor();
      await word(page, 'Vpc').click();
      const menu = page.locator('.action-widget', { hasText: 'Quick Fix' });
      await pressUntil(page, 'Control+.', menu.getByText('Add flow log to CloudWatch Logs'));
      return [lens(page, 'No flow log'), word(page, 'Vpc'), menu];
    },
  },
  templates: {
    size: { width: 960, height: 760 },
    async show(page) {
      const view = pane(page, 'VPCs in Templates');
      await openPane(page, view);
      await view.locator('.monaco-list-row', { hasText: 'accept only' }).first().waitFor();
      return rowsOf(view);
    },
  },
  account: {
    isInReadme: true,
    size: { width: 960, height: 760 },
    async show(page) {
      const view = pane(page, 'VPC Flow Logs');
      const row = (/** @type {string} */ text) => view.locator('.monaco-list-row', { hasText: text }).first();
      await openPane(page, view);
      await view.locator('.monaco-button', { hasText: 'Show VPCs of the Account' }).click();
      for (const parent of ['eu-central-1', 'shop-production', 'partner-link'])
        await row(parent).locator('.monaco-tl-twistie').click();
      await row('delivery failed: ').waitFor();
      await row('us-west-2').waitFor();
      return rowsOf(view);
    },
  },
  'cdk-source': {
    folder: 'cdk',
    size: { width: 960, height: 760 },
    async show(page) {
      await openFile(page, 'app.ts');
      await hideSideBar(page);
      await page.locator(squiggle).first().waitFor();
      const expression = page.locator('.view-line', { hasText: "'Sandbox'" }).filter({ hasText: 'ec2.Vpc' });
      const hover = await hoverOver(page, expression.getByText('new', { exact: true }), 'vpc-no-flow-log');
      return [line(page, 'class SandboxStack'), line(page, "'isolated'"), hover];
    },
  },
  walkthrough: {
    size: { width: 1280, height: 640 },
    async show(page) {
      await hideSideBar(page);
      await runCommand(page, 'Welcome: Open Walkthrough...');
      await page.keyboard.type('Flow Log Guard');
      await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.getting-started-media').first().waitFor();
      // The steps fold open by themselves.
      await page.waitForTimeout(1500);
      // The third of them.
      await page.locator('.getting-started-step').nth(2).click();
      await page.waitForTimeout(1500);
      return undefined;
    },
  },
  settings: {
    async show(page) {
      await runCommand(page, 'Preferences: Open Settings (UI)');
      await page.locator('.settings-editor').waitFor();
      await page.keyboard.type('flowLogGuard');
      await page.locator('.settings-editor .setting-item-contents').first().waitFor();
      await page.waitForTimeout(1500);
      return undefined;
    },
  },
};

/** @param {Page} page */
function hideSideBar(page) {
  return runCommand(page, 'View: Toggle Primary Side Bar Visibility');
}

/**
 * The text of the first line that has this in it.
 *
 * @param {Page} page @param {string} text
 */
function line(page, text) {
  return page.locator('.monaco-editor .view-line > span', { hasText: text }).first();
}

/** @param {Page} page @param {string} text */
function word(page, text) {
  return page.locator('.monaco-editor .view-line span', { hasText: new RegExp(`^${text}$`) }).first();
}

/** @param {Page} page @param {string} title */
function lens(page, title) {
  return page.locator('.codelens-decoration', { hasText: title }).first();
}

/** @param {Page} page @param {string} title */
function pane(page, title) {
  return page.locator('.pane', { has: page.locator('.pane-header', { hasText: title }) });
}

/**
 * Unfolds a view of the Explorer, folds the files away and makes the side bar wide enough to be read.
 *
 * @param {Page} page @param {Locator} view
 */
async function openPane(page, view) {
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  await view.locator('.pane-header').click();
  await page.locator('.pane-header', { hasText: 'examples' }).first().click();
  const box = await placeOf(view);
  const edge = box.x + box.width + 4;
  await page.mouse.move(edge, 400);
  await page.mouse.down();
  await page.mouse.move(edge + 300, 400, { steps: 5 });
  await page.mouse.up();
  // Off the edge, which is coloured while the mouse is over it.
  await page.mouse.move(900, 700);
  await page.locator('.monaco-sash.hover').waitFor({ state: 'detached' });
}

/**
 * A view's title and its rows, without the room below them.
 *
 * @param {Locator} view
 */
function rowsOf(view) {
  return [view.locator('.pane-header'), view.locator('.monaco-list-row').last()];
}
