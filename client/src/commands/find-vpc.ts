import { commands, l10n, type Disposable } from 'vscode';
import type { AccountParts } from '../account-parts.ts';
import { pickVpc } from '../explorer/targets.ts';

const findVpcCommand = 'flowLogGuard.findVpc';

/** Finds a VPC by name, id, address range or region, in all that has been read, and shows it in the tree. */
export function registerFindVpc(parts: AccountParts): Disposable {
  return commands.registerCommand(findVpcCommand, async () => {
    const node = await pickVpc(parts, l10n.t('Find VPC'));
    if (node === undefined) return;
    const { view } = parts;
    // A filter would keep it out of sight.
    if (view.filters.onlyBare) await view.filter({ ...view.filters, onlyBare: false });
    await view.reveal(node);
  });
}
