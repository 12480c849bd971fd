import { commands, env, l10n, type Disposable } from 'vscode';
import type { AccountParts } from '../account-parts.ts';
import type { TreeNode } from '../explorer/model/nodes.ts';
import { nodesMeant, oneVpc, type CommandTarget } from '../explorer/targets.ts';

const copyIdCommand = 'flowLogGuard.copyId';

/** Copies the ids of VPCs, flow logs, regions or the account, one a line. */
export function registerCopyId(parts: AccountParts): Disposable {
  return commands.registerCommand(copyIdCommand, async (...target: CommandTarget) => {
    const ids = nodesMeant(target).flatMap((node) => idOf(node) ?? []);
    const picked = ids.length > 0 ? undefined : await oneVpc(parts, target, l10n.t('Copy Id'));
    const text = [...ids, ...(picked === undefined ? [] : [picked.id])].join('\n');
    if (text !== '') await env.clipboard.writeText(text);
  });
}

function idOf(node: TreeNode): string | undefined {
  switch (node.kind) {
    case 'account':
      return node.identity.accountId;
    case 'region':
      return node.region;
    case 'vpc':
    case 'note':
      return node.vpc.id;
    case 'flow-log':
      return node.flowLog.id;
    case 'failure':
      return undefined;
  }
}
