import { expect, test } from 'vitest';
import { openFile, squiggle } from '../host/workbench-page.mjs';
import { openOwnWorkbench } from './own-workbench.ts';

test('in a folder that is not trusted, it checks as everywhere', async () => {
  const workbench = await openOwnWorkbench('restricted', { workspaceTrust: true });
  const { page } = workbench;
  try {
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await openFile(page, 'network.yaml');
    await page.locator(squiggle).first().waitFor();
    const lens = page.locator('.codelens-decoration', { hasText: 'No flow log' });
    await expect.poll(() => lens.count(), { timeout: 30_000 }).toBe(1);
  } finally {
    await workbench.shoot('restricted-mode');
    await workbench.close();
  }
});
