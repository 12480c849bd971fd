import { commands, l10n, type Disposable } from 'vscode';
import type { AccountParts } from '../account-parts.ts';
import { nodesMeant, pickBareVpcs, vpcsToEnable, type CommandTarget } from '../explorer/targets.ts';

const copyCreateCommandCommand = 'flowLogGuard.copyCreateCommand';

/** Copies the `aws ec2 create-flow-logs` command for what enabling would create, instead of creating it. */
export function registerCopyCreateCommand(parts: AccountParts): Disposable {
  return commands.registerCommand(copyCreateCommandCommand, async (...target: CommandTarget) => {
    const { store, enabling } = parts;
    const nodes = nodesMeant(target);
    const vpcs =
      nodes.length > 0
        ? vpcsToEnable(nodes, store)
        : await pickBareVpcs(parts, l10n.t('Copy AWS CLI Command'));
    if (vpcs.length > 0) await enabling.copyCommand(vpcs);
  });
}
