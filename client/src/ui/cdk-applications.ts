import { l10n, Uri, window, workspace } from 'vscode';

/**
 * Lets the user pick one of the CDK applications of the workspace, if there are several.
 *
 * @returns its folder, or undefined where there is none or none was picked
 */
export async function showCdkApplications(): Promise<Uri | undefined> {
  const files = await workspace.findFiles('**/cdk.json', '**/{node_modules,cdk.out}/**');
  const folders = files.map((file) => Uri.joinPath(file, '..'));
  if (folders.length === 0) {
    void window.showInformationMessage(l10n.t('No cdk.json is in this workspace.'));
    return undefined;
  }
  if (folders.length === 1) return folders[0];
  const items = folders
    .map((folder) => ({ label: workspace.asRelativePath(folder), folder }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  const picked = await window.showQuickPick(items, {
    placeHolder: l10n.t('Which CDK application should be synthesised?'),
  });
  return picked?.folder;
}
