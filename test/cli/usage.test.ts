import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bareVpc, buildIfOutdated, folderWith, run } from './command.ts';

beforeAll(buildIfOutdated);

describe('flow-log-guard', () => {
  it.each([['--help'], ['-h'], ['help'], ['check', '--help']])('prints its help: %s %s', async (...args) => {
    const { code, stdout, stderr } = await run(args);
    expect(stdout).toContain('flow-log-guard check [PATH...] [--format text|json]');
    expect(stdout).toContain('Exit codes');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('prints the version of the package', async () => {
    const manifest = JSON.parse(
      readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'),
    ) as { version: string };
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('takes no command for a mistake, and shows its help', async () => {
    const { code, stdout, stderr } = await run([]);
    expect(stderr).toContain('Usage');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it.each([
    { args: ['chek'], says: "unknown command 'chek'" },
    { args: ['check', '--colour'], says: "unknown option '--colour'" },
    { args: ['check', '--format'], says: "option '--format <value>' argument missing" },
    { args: ['check', '--format', 'xml'], says: "unknown format 'xml': it is text or json" },
    { args: ['check', '--format', '--help'], says: "option '--format' argument is ambiguous" },
    { args: ['check', '--help=yes'], says: "option '-h, --help' does not take an argument" },
  ])('says in one line what is wrong with $args', async ({ args, says }) => {
    expect(await run(args)).toEqual({
      code: 2,
      stdout: '',
      stderr: `flow-log-guard: ${says}\nTry 'flow-log-guard --help' for what it takes.\n`,
    });
  });

  it('takes what stands behind -- for paths', async () => {
    const cwd = folderWith({ '--format.yaml': bareVpc });
    const { code, stdout } = await run(['check', '--', '--format.yaml'], { cwd });
    expect(stdout).toContain('--format.yaml');
    expect(code).toBe(1);
  });
});
