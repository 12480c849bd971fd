import { beforeAll, expect, test } from 'vitest';
import { budgets, sizes } from '../../scripts/startup-cost.mjs';
import { buildIfOutdated } from '../cli/command.ts';

beforeAll(buildIfOutdated, 120_000);

test.each(Object.keys(budgets))('%s keeps within its budget', (file) => {
  const found = sizes().find((one) => one.file === file);
  expect(found?.size).toBeLessThanOrEqual(found?.budget ?? 0);
});
