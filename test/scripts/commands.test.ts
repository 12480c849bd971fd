import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const scripts = path.resolve(import.meta.dirname, '../../scripts');

function run(script: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [path.join(scripts, script), ...args], { encoding: 'utf8' });
}

describe.each(['start.mjs', 'test.mjs'])('%s', (script) => {
  test('explains itself', () => {
    const { status, stdout } = run(script, '--help');
    expect(status).toBe(0);
    expect(stdout).toContain('npm ');
  });

  test('refuses a flag that it does not know', () => {
    const { status, stdout, stderr } = run(script, '--smok');
    expect(status).toBe(2);
    expect(stderr).toContain('--smok');
    expect(stdout).toBe('');
  });
});

test('test.mjs refuses a part that it does not know', () => {
  const { status, stderr } = run('test.mjs', 'unti');
  expect(status).toBe(2);
  expect(stderr).toContain('unti');
});
