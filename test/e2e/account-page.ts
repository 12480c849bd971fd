import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { placeOf, pressUntil } from '../host/workbench-page.mjs';

/** What a person sees of the view *VPC Flow Logs* and does there. */
export class AccountPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get view(): Locator {
    return this.page.locator('.pane', {
      has: this.page.locator('.pane-header', { hasText: 'VPC Flow Logs' }),
    });
  }

  /** A row by a part of its text, such as the name of a VPC. */
  row(text: string | RegExp): Locator {
    return this.view.locator('.monaco-list-row', { hasText: text }).first();
  }

  /** It comes up collapsed at the bottom of the Explorer; the others make room for it. */
  async open(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor();
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    for (const name of ['Outline', 'Timeline']) {
      const other = this.page.locator('.pane-header', { hasText: name });
      if ((await other.getAttribute('aria-expanded').catch(() => null)) === 'true') await other.click();
    }
    const header = this.view.locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    const folders = this.page.locator('.pane-header', { hasText: /^(examples|workspace|cdk)/i }).first();
    if ((await folders.getAttribute('aria-expanded')) === 'true') await folders.click();
  }

  /** Makes the side bar wide enough for a picture that can be read. */
  async widen(): Promise<void> {
    const box = await placeOf(this.view);
    const edge = box.x + box.width + 4;
    await this.page.mouse.move(edge, 500);
    await this.page.mouse.down();
    await this.page.mouse.move(edge + 200, 500, { steps: 5 });
    await this.page.mouse.up();
  }

  /** A picture of the view, as far down as there are rows. */
  async screenshot(file: string): Promise<void> {
    // Off the edge that was dragged, which is coloured while the mouse is over it.
    await this.page.mouse.move(1000, 850);
    await this.page.locator('.monaco-sash.hover').waitFor({ state: 'detached' });
    const view = await placeOf(this.view);
    const last = await placeOf(this.view.locator('.monaco-list-row').last());
    const clip = { x: view.x, y: view.y, width: view.width, height: last.y + last.height - view.y + 4 };
    await this.page.screenshot({ path: file, clip });
  }

  /** Opens the view, and asks for the account as a first user does. */
  async showAccount(): Promise<void> {
    await this.open();
    await this.button('Show VPCs of the Account').click();
  }

  /** Of a welcome text. */
  button(name: string): Locator {
    return this.view.locator('.monaco-button', { hasText: name });
  }

  async expand(text: string | RegExp): Promise<void> {
    const row = this.row(text);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click();
  }

  /** An action in a row or in the view's title, by its name. */
  async act(on: Locator, name: string | RegExp): Promise<void> {
    await on.hover();
    await on.getByRole('button', { name }).first().click();
  }

  async titleAction(name: string): Promise<void> {
    await this.act(this.view.locator('.pane-header'), name);
  }

  async contextMenu(text: string | RegExp, item: string): Promise<void> {
    await this.row(text).click({ button: 'right' });
    const menu = this.page.locator('.monaco-menu');
    // A click right after the menu has opened is taken for the end of the one that opened it.
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await menu.locator('.action-item', { hasText: item }).first().click();
      const isGone = await menu.waitFor({ state: 'detached', timeout: 2000 }).then(
        () => true,
        () => false,
      );
      if (isGone) return;
    }
    throw new Error(`The menu stays open: ${item}`);
  }

  async command(name: string): Promise<void> {
    await pressUntil(this.page, 'F1', this.quickInput);
    await this.page.keyboard.type(name);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget input.input');
  }

  get question(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /** Picks in a list that has this placeholder. */
  async pick(placeholder: string, choice: string): Promise<void> {
    await this.page.locator(`.quick-input-widget input[placeholder^="${placeholder}"]`).waitFor();
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: choice }).first().click();
  }

  /** Takes what is marked in a checklist, or what stands in a text field. */
  async accept(text: string): Promise<void> {
    await this.question.filter({ hasText: text }).or(this.byPlaceholder(text)).first().waitFor();
    await this.quickInput.press('Enter');
  }

  byPlaceholder(text: string): Locator {
    return this.page.locator(`.quick-input-widget input[placeholder^="${text}"]`);
  }

  /** Answers the cheap way to a bucket: all questions but the last. */
  async answerForBucket(bucket: string): Promise<void> {
    await this.pick('Where are the records to go?', 'S3');
    await this.pick('Which bucket?', bucket);
    await this.byPlaceholder('How are the files to be laid out?').waitFor();
    await this.quickInput.press('Enter');
    await this.pick('Which traffic is to be recorded?', 'ALL');
    await this.pick('Over how long', '10 minutes');
    await this.pick('What is to be in a record?', 'Default format');
    await this.question.filter({ hasText: 'Tags for the flow logs' }).waitFor();
    await this.quickInput.press('Enter');
  }

  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  async answerDialog(button: string): Promise<void> {
    await this.dialog.locator('.monaco-button', { hasText: button }).first().click();
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: text }).first();
  }

  /**
   * VS Code shows three notifications in 800 ms and puts further ones behind the bell. Nobody reads one and presses its
   * button so fast, but a test does. A progress stays for that long at least.
   */
  async progressEnds(): Promise<void> {
    await this.page
      .locator('.notification-toast .monaco-progress-container.active')
      .waitFor({ state: 'detached' });
  }

  async answerNotification(text: string | RegExp, button: string): Promise<void> {
    await this.notification(text).locator('.monaco-button', { hasText: button }).first().click();
  }
}

export interface TestProfile {
  readonly name: string;
  /** Where AWS answers for it; without one it has no credentials either. */
  readonly url?: string | undefined;
  readonly lines?: readonly string[];
}

/** Writes the config files that the SDK in VS Code reads. */
export function writeProfiles(folder: string, profiles: readonly TestProfile[]): void {
  const sections = profiles.map(({ name, url, lines = [] }) =>
    [
      name === 'default' ? '[default]' : `[profile ${name}]`,
      'region = eu-central-1',
      ...(url === undefined
        ? []
        : [`endpoint_url = ${url}`, 'aws_access_key_id = TEST', 'aws_secret_access_key = test']),
      ...lines,
    ].join('\n'),
  );
  writeFileSync(path.join(folder, 'config'), `${sections.join('\n\n')}\n`);
  writeFileSync(path.join(folder, 'credentials'), '');
}
