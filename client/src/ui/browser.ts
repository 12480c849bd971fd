import { env, l10n, Uri, window } from 'vscode';

/**
 * Opens a page of the AWS console.
 *
 * @param url undefined in a partition of which no console is known
 */
export async function openInBrowser(url: string | undefined): Promise<void> {
  if (url === undefined)
    void window.showInformationMessage(l10n.t('No console is known for this partition of AWS.'));
  else await env.openExternal(Uri.parse(url, true));
}
