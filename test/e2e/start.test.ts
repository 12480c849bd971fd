import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-start-'));
});

afterEach(async () => {
  // A test that failed has left VS Code open.
  if (child?.exitCode === null && child.kill('SIGINT')) await once(child, 'close');
  rmSync(folder, { recursive: true, force: true });
});

interface Start {
  /** What it has printed up to now. */
  readonly output: () => string;
  readonly exitCode: Promise<number | null>;
}

/** Runs the script behind `npm start`. */
function start(args: readonly string[], env: Readonly<Record<string, string>>): Start {
  const inherited = Object.entries(process.env).filter(([name]) => name !== 'VSCODE_EXECUTABLE');
  const started = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    cwd: root,
    env: { ...Object.fromEntries(inherited), ...env },
  });
  let output = '';
  child = started;
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk) => (output += String(chunk)));
  const exitCode = new Promise<number | null>((resolve) => started.once('close', resolve));
  return { output: () => output, exitCode };
}

/** A `code` that writes down what it was asked, and with which AWS profile. */
function fakeCode(): { executable: string; arguments: () => string[]; profile: () => string } {
  const executable = path.join(folder, 'code');
  const log = path.join(folder, 'arguments');
  const script = `#!/bin/sh\nprintf '%s\\n' "$@" > '${log}'\nprintf '%s' "$AWS_PROFILE" > '${log}.profile'\n`;
  writeFileSync(executable, script, { mode: 0o755 });
  return {
    executable,
    arguments: () => readFileSync(log, 'utf8').trimEnd().split('\n'),
    profile: () => readFileSync(`${log}.profile`, 'utf8'),
  };
}

/** `npm start` takes no `code` from the PATH then, which on a developer's machine would open a window. */
const withoutDesktop = { VSCODE_IPC_HOOK_CLI: '/nowhere' };

test('opens the VS Code in VSCODE_EXECUTABLE on the examples', async () => {
  const code = fakeCode();
  const { exitCode, output } = start([], { VSCODE_EXECUTABLE: code.executable });
  expect(await exitCode, output()).toBe(0);
  const args = code.arguments();
  expect(args).toContain(`--extensionDevelopmentPath=${root}`);
  expect(args.at(-1)).toBe(path.join(root, 'examples'));
  expect(args).toContain('--wait');
  expect(code.profile()).toBe('demo');
  expect(output()).toContain('demo account: http://127.0.0.1:');
});

test('leaves the AWS profile as it is when told so', async () => {
  const code = fakeCode();
  const own = { VSCODE_EXECUTABLE: code.executable, AWS_PROFILE: 'own' };
  const { exitCode, output } = start(['--own-account'], own);
  expect(await exitCode, output()).toBe(0);
  expect(code.profile()).toBe('own');
  expect(output()).not.toContain('demo account');
});

test('opens the code on the PATH', async () => {
  const code = fakeCode();
  const searched = [folder, process.env['PATH']].join(path.delimiter);
  const { exitCode, output } = start([], { PATH: searched, VSCODE_IPC_HOOK_CLI: '' });
  expect(await exitCode, output()).toBe(0);
  expect(code.arguments()).toContain('--new-window');
});

test('says so when there is nothing at VSCODE_EXECUTABLE', async () => {
  const { exitCode, output } = start([], { VSCODE_EXECUTABLE: path.join(folder, 'none') });
  expect(await exitCode).toBe(1);
  expect(output()).toContain('VSCODE_EXECUTABLE');
});

test('serves VS Code behind a password, and Ctrl-C ends it with all that it started', async () => {
  const { exitCode, output } = start([], withoutDesktop);
  await expect.poll(output, { timeout: 60_000 }).toContain('Ctrl-C');
  // The demo account has an address, too, on a line with more.
  const url = /^ *(http:\S+)$/m.exec(output())?.[1] ?? '';
  const password = /password: (\S+)/.exec(output())?.[1] ?? '';
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);

  expect((await fetch(url)).url).toContain('/login');
  const login = { method: 'POST', body: new URLSearchParams({ password }), redirect: 'manual' } as const;
  const session = (await fetch(new URL('/login', url), login)).headers.get('set-cookie');
  expect(session).toBeTruthy();

  child?.kill('SIGINT');
  expect(await exitCode, output()).toBe(0);
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test('--smoke sees the first finding and takes a picture', async () => {
  const picture = path.join(folder, 'smoke.png');
  const { exitCode, output } = start(['--smoke', '--screenshot', picture], withoutDesktop);
  expect(await exitCode, output()).toBe(0);
  expect(output()).toContain(picture);
  expect(statSync(picture).size).toBeGreaterThan(10_000);
});
