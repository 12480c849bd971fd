import { describe, expect, test } from 'vitest';
import { judge, summary } from '../../scripts/results.mjs';

const success = { code: 0, reason: 'exit code 0' };
const crash = { code: 139, reason: 'ended by SIGSEGV' };

describe('judge', () => {
  test('takes the word of a runner that ended well', () => {
    const results = { passed: 2, failed: 0, skipped: [] };
    expect(judge(results, success)).toEqual(results);
  });

  test('keeps the count of failed tests', () => {
    const results = { passed: 2, failed: 3, skipped: [] };
    expect(judge(results, { code: 1, reason: 'exit code 1' })).toEqual(results);
  });

  test('makes a failure of a runner that left nothing', () => {
    expect(judge(undefined, success)).toMatchObject({ passed: 0, failed: 1 });
    expect(judge(undefined, crash)).toMatchObject({ failed: 1, problem: expect.stringContaining('SIGSEGV') });
  });

  test('makes a failure of a runner that crashed after its last test', () => {
    expect(judge({ passed: 2, failed: 0, skipped: [] }, crash)).toMatchObject({ passed: 2, failed: 1 });
  });

  test('makes a failure of a runner that found no test', () => {
    expect(judge({ passed: 0, failed: 0, skipped: [] }, success)).toMatchObject({ failed: 1 });
  });
});

describe('summary', () => {
  const text = summary([
    {
      name: 'unit',
      seconds: 1.23,
      results: { passed: 10, failed: 0, skipped: [{ name: 'corpus', reason: 'no corpus here' }] },
    },
    {
      name: 'browser',
      seconds: 0,
      results: { passed: 0, failed: 1, skipped: [] },
      problem: 'the build failed',
    },
  ]);

  test('ends with the totals, alone on their line', () => {
    expect(text.split('\n').at(-1)).toBe('10 passed, 1 failed, 1 skipped');
  });

  test('has a line for each part', () => {
    expect(text).toMatch(/^unit +10 +0 +1 +1\.2$/m);
    expect(text).toMatch(/^browser +0 +1 +0 +0\.0$/m);
  });

  test('says why something was skipped or could not run', () => {
    expect(text).toContain('corpus: no corpus here');
    expect(text).toContain('browser: the build failed');
  });
});
