import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const standIn = path.resolve(import.meta.dirname, '../host/code.mjs');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-verdict-'));
  const manifest = { name: 'empty', publisher: 'test', version: '0.0.1', engines: { vscode: '*' } };
  mkdirSync(path.join(folder, 'extension'));
  writeFileSync(path.join(folder, 'extension', 'package.json'), JSON.stringify(manifest));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a suite in the extension host, as @vscode/test-electron would. */
async function runSuite(body: string): Promise<{ code: number | null; output: string }> {
  const suite = path.join(folder, 'suite.cjs');
  writeFileSync(suite, `exports.run = async () => {\n  console.log('suite runs');\n  ${body}\n};\n`);
  const child = spawn(process.execPath, [
    standIn,
    folder,
    '--no-sandbox',
    `--extensionDevelopmentPath=${path.join(folder, 'extension')}`,
    `--extensionTestsPath=${suite}`,
  ]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

test('a suite that passes is green', async () => {
  const { code, output } = await runSuite(`require('node:assert').ok(require('vscode').version);`);
  expect(output).toContain('suite runs');
  expect(code).toBe(0);
});

test('a suite that fails is red and says why', async () => {
  const { code, output } = await runSuite(`throw new Error('one and one is three');`);
  expect(output).toContain('one and one is three');
  expect(code).toBe(1);
});

test('a suite that ends the extension host is red, even with exit code 0', async () => {
  const { code, output } = await runSuite(`process.exit(0);`);
  expect(output).toContain('the extension host ended before the suite did');
  expect(code).toBe(70);
});

test('an extension host that is killed in mid-suite is red', async () => {
  const { code, output } = await runSuite(`process.kill(process.pid, 'SIGKILL');`);
  expect(output).toContain('the extension host ended before the suite did');
  expect(code).toBe(70);
});

test('a suite that cannot be loaded is red', async () => {
  const { code, output } = await runSuite(`}; throw new Error('no such luck'); {`);
  expect(output).toContain('no such luck');
  expect(code).toBe(1);
});
