import { beforeEach, expect, test, vi } from 'vitest';
import { signInWithSso } from '../../../client/src/explorer/sso-terminal.ts';
import { user, window } from '../fake-vscode.ts';

vi.mock('vscode', () => import('../fake-vscode.ts'));

const signedIn = vi.fn<() => void>();

beforeEach(() => {
  vi.clearAllMocks();
});

/** The terminal as it is when its process has ended. */
function ended(code: number): object {
  const terminal = window.createTerminal.mock.results[0]?.value as object;
  return Object.assign(terminal, { exitStatus: { code } });
}

test('runs aws sso login without a shell, so that no name of a profile is a command', () => {
  signInWithSso({ kind: 'profile', name: 'a; rm -rf "$HOME"' }, signedIn);
  expect(window.createTerminal.mock.calls[0]?.[0]).toMatchObject({
    shellPath: 'aws',
    shellArgs: ['sso', 'login', '--profile', 'a; rm -rf "$HOME"'],
  });
});

test('for a session, or for the default profile', () => {
  signInWithSso({ kind: 'sso-session', name: 'work' }, signedIn);
  signInWithSso({ kind: 'profile', name: undefined }, signedIn);
  const calls = window.createTerminal.mock.calls.map(
    ([options]) => (options as { shellArgs: string[] }).shellArgs,
  );
  expect(calls).toEqual([
    ['sso', 'login', '--sso-session', 'work'],
    ['sso', 'login'],
  ]);
});

test('goes on once the sign-in has ended well, and only then', () => {
  signInWithSso({ kind: 'profile', name: 'one' }, signedIn);
  user.closesTerminal({ exitStatus: { code: 0 } });
  expect(signedIn).not.toHaveBeenCalled();
  user.closesTerminal(ended(0));
  expect(signedIn).toHaveBeenCalledTimes(1);
});

test('does not go on after a sign-in that failed', () => {
  signInWithSso({ kind: 'profile', name: 'one' }, signedIn);
  user.closesTerminal(ended(1));
  expect(signedIn).not.toHaveBeenCalled();
});
