import { commands, type Disposable } from 'vscode';
import type { AccountParts } from '../account-parts.ts';
import { signInWithSso } from '../explorer/sso-terminal.ts';

const signInCommand = 'flowLogGuard.signIn';

/** `aws sso login` for the profile at hand, in a terminal; then the account is read. */
export function registerSignIn({ session }: AccountParts): Disposable {
  return commands.registerCommand(signInCommand, () => {
    const { profile } = session;
    signInWithSso({ kind: 'profile', name: profile }, () => void session.open(profile));
  });
}
