/**
 * `npm run pictures`: takes pictures of what users see in a light, a dark and a high-contrast theme, of the extension as
 * it is built now, in a real VS Code. Those that the README shows go to media/, the others to .cache/pictures/.
 * Needs what `npm run test:e2e` needs.
 *
 * `--out DIR` writes all of them elsewhere, `--locale TAG` shows the extension in another language, `--scene NAME`
 * and `--theme NAME`, each any number of times, take some of the pictures alone.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import sharp from 'sharp';

import { startDemo } from '../test/aws-server/demo.mjs';
import { launchBrowser } from '../test/host/browser.mjs';
import { startCodeServer } from '../test/host/code-server.mjs';
import { installExtension } from '../test/host/packaged-extension.mjs';
import { workbenchUrl } from '../test/host/workbench.mjs';
import { cacheDir, root } from './locations.mjs';
import { scenes } from './picture-scenes.mjs';

/** @typedef {import('playwright-core').Locator} Locator */
/** @typedef {import('playwright-core').Page} Page */

const themes = { light: 'Light Modern', dark: 'Dark Modern', 'high-contrast': 'Default High Contrast' };

/** Around what is cut out, in pixels: above and below there are other lines. */
const MARGIN = { x: 10, y: 2 };

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    locale: { type: 'string' },
    scene: { type: 'string', multiple: true, default: Object.keys(scenes) },
    theme: { type: 'string', multiple: true, default: Object.keys(themes) },
  },
});
const home = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-pictures-'));
const extensionsDir = path.join(home, 'extensions');
const examples = path.join(home, 'examples');
const logFile = path.join(cacheDir, 'logs', 'code-server-pictures.log');
mkdirSync(path.dirname(logFile), { recursive: true });
cpSync(path.join(root, 'examples'), examples, { recursive: true });
installExtension(root, extensionsDir);

const demo = await startDemo(path.join(home, 'aws'), { latency: 0 });
const browser = await launchBrowser();
try {
  for (const [name, theme] of Object.entries(themes)) {
    if (!values.theme.includes(name)) continue;
    const server = await startCodeServer({
      userDataDir: path.join(home, name),
      extensionsDir,
      logFile,
      env: demo.env,
      settings: {
        'workbench.colorTheme': theme,
        'window.autoDetectHighContrast': false,
        'editor.minimap.enabled': false,
        'editor.fontSize': 13,
        // Below the line that it is about, where these pictures have room.
        'editor.hover.above': false,
        'editor.stickyScroll.enabled': false,
      },
      ...(values.locale !== undefined && { locale: values.locale }),
    });
    try {
      for (const [title, scene] of Object.entries(scenes)) {
        if (!values.scene.includes(title)) continue;
        const page = await browser.newPage({ viewport: scene.size ?? { width: 960, height: 540 } });
        page.setDefaultTimeout(20_000);
        const folder = scene.isInReadme ? path.join(root, 'media') : path.join(cacheDir, 'pictures');
        const file = path.join(values.out ?? folder, `${title}-${name}.png`);
        try {
          await page.goto(workbenchUrl(server, path.join(examples, scene.folder ?? '')));
          await page.locator('.monaco-workbench').waitFor();
          await takePicture(page, await scene.show(page), file);
          console.log(file);
        } catch (error) {
          process.exitCode = 1;
          const failed = path.join(cacheDir, 'pictures', `failed-${title}-${name}.png`);
          await takePicture(page, undefined, failed);
          console.error(`${failed}:`, error);
        } finally {
          await page.close();
        }
      }
    } finally {
      await server.stop();
    }
  }
} finally {
  await browser.close();
  await demo.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Writes a PNG with a palette: a third of the size, and nothing that an eye would miss.
 *
 * @param {Page} page
 * @param {Locator[] | undefined} shown
 * @param {string} file
 */
async function takePicture(page, shown, file) {
  // What pops up fades in.
  await page.waitForTimeout(800);
  const clip = shown && (await around(page, shown));
  const picture = await page.screenshot({ scale: 'css', ...(clip && { clip }) });
  mkdirSync(path.dirname(file), { recursive: true });
  await sharp(picture).png({ palette: true, colours: 128, dither: 0, effort: 10 }).toFile(file);
}

/**
 * @param {Page} page
 * @param {Locator[]} shown those of them that are not there are left out
 */
async function around(page, shown) {
  const boxes = [];
  for (const locator of shown) if (await locator.isVisible()) boxes.push(await locator.boundingBox());
  const known = boxes.filter((box) => box !== null);
  if (known.length === 0) throw new Error('There is nothing to show.');
  const view = page.viewportSize() ?? { width: Infinity, height: Infinity };
  const x = Math.max(0, Math.min(...known.map((box) => box.x)) - MARGIN.x);
  const y = Math.max(0, Math.min(...known.map((box) => box.y)) - MARGIN.y);
  const right = Math.min(view.width, Math.max(...known.map((box) => box.x + box.width)) + MARGIN.x);
  const bottom = Math.min(view.height, Math.max(...known.map((box) => box.y + box.height)) + MARGIN.y);
  return { x, y, width: right - x, height: bottom - y };
}
