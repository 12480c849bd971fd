import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../host/browser.mjs';
import { startCodeServer, type CodeServerOptions } from '../host/code-server.mjs';
import { installExtension } from '../host/packaged-extension.mjs';
import { workbenchUrl } from '../host/workbench.mjs';

const root = path.resolve(import.meta.dirname, '../..');

export interface OwnWorkbench {
  readonly page: Page;
  /** The opened folder, a copy of the examples with a nested stack. */
  readonly folder: string;
  /** Keeps what the page shows now in `.cache/screenshots/`. */
  shoot(name: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * A workbench with a server of its own, for what has to be set before VS Code starts.
 *
 * @param name of its log file
 */
export async function openOwnWorkbench(
  name: string,
  options: Partial<CodeServerOptions>,
): Promise<OwnWorkbench> {
  const home = mkdtempSync(path.join(tmpdir(), `flow-log-guard-${name}-`));
  const folder = path.join(home, 'examples');
  cpSync(path.join(root, 'examples/cloudformation'), folder, { recursive: true });
  cpSync(path.join(root, 'test/integration/workspace/nested'), path.join(folder, 'nested'), {
    recursive: true,
  });
  const extensionsDir = path.join(home, 'extensions');
  installExtension(root, extensionsDir);
  const logs = path.join(root, '.cache/logs');
  const screenshots = path.join(root, '.cache/screenshots');
  for (const made of [logs, screenshots]) mkdirSync(made, { recursive: true });
  const server = await startCodeServer({
    userDataDir: path.join(home, 'user-data'),
    extensionsDir,
    logFile: path.join(logs, `code-server-${name}.log`),
    ...options,
  });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(40_000);
  await page.goto(workbenchUrl(server, folder));
  return {
    page,
    folder,
    shoot: async (shot) => {
      await page.screenshot({ path: path.join(screenshots, `${shot}.png`) });
    },
    close: async () => {
      await browser.close();
      await server.stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
