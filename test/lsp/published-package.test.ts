import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildIfOutdated } from '../cli/command.ts';
import { startOverStdio } from './built-server.ts';
import { oldest } from './capabilities.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The package as npm would publish it: both programs must find in it all that they load. */
describe('the published package', { timeout: 60_000 }, () => {
  let folder = '';

  beforeAll(() => {
    buildIfOutdated();
    folder = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-package-'));
    for (const file of publishedFiles()) {
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      copyFileSync(path.join(root, file), path.join(folder, file));
    }
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('has a language server that checks what it is given', async () => {
    const { client, exitCode } = startOverStdio(path.join(folder, 'dist/server.cjs'));
    await client.initialize(oldest);
    await client.open('file:///network.yaml', 'Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n');
    expect(await client.published.next()).toMatchObject({ diagnostics: [{ code: 'vpc-no-flow-log' }] });
    await client.shutdown();
    await client.exit();
    expect(await exitCode).toBe(0);
  });

  test('has a command line', () => {
    const help = execFileSync(process.execPath, [path.join(folder, 'dist/cli.cjs'), '--help'], {
      encoding: 'utf8',
    });
    expect(help).toContain('flow-log-guard check');
  });

  test('has all that the server loads when it is first needed, and its texts in other languages', () => {
    expect(publishedFiles()).toEqual(
      expect.arrayContaining([
        'dist/cdk-fixes.cjs',
        'l10n/bundle.l10n.de.json',
        'schemas/report.schema.json',
      ]),
    );
  });

  test('has nothing of the extension', () => {
    expect(publishedFiles().filter((file) => /client|aws\.cjs|browser|media/.test(file))).toEqual([]);
  });
});

function publishedFiles(): readonly string[] {
  const shell = process.platform === 'win32';
  const json = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    shell,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = JSON.parse(json) as [{ readonly files: readonly { readonly path: string }[] }];
  return files.map((file) => file.path);
}
