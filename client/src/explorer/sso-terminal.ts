import { l10n, window, type Disposable } from 'vscode';

/** What `aws sso login` is to sign in to. */
export type SsoTarget =
  | { readonly kind: 'profile'; readonly name: string | undefined }
  | { readonly kind: 'sso-session'; readonly name: string };

/**
 * Runs `aws sso login` in a terminal, where the user sees what it asks and opens.
 *
 * @param signedIn called when it has ended well
 */
export function signInWithSso(target: SsoTarget, signedIn: () => void): Disposable {
  const option = target.kind === 'profile' ? '--profile' : '--sso-session';
  const terminal = window.createTerminal({
    name: l10n.t('AWS sign-in'),
    // Without a shell between, no name has to be quoted.
    shellPath: 'aws',
    shellArgs: ['sso', 'login', ...(target.name === undefined ? [] : [option, target.name])],
    isTransient: true,
  });
  const closing = window.onDidCloseTerminal((closed) => {
    if (closed !== terminal) return;
    closing.dispose();
    if (closed.exitStatus?.code === 0) signedIn();
  });
  terminal.show();
  return closing;
}
