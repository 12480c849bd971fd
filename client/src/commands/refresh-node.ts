import { commands, type Disposable } from 'vscode';
import type { AccountParts } from '../account-parts.ts';
import type { TreeNode } from '../explorer/model/nodes.ts';
import { nodesMeant, type CommandTarget } from '../explorer/targets.ts';

const refreshNodeCommand = 'flowLogGuard.refreshNode';

/** Reads the regions of the nodes again, or all where one of them stands above the regions. */
export function registerRefreshNode({ session, store }: AccountParts): Disposable {
  return commands.registerCommand(refreshNodeCommand, async (...target: CommandTarget) => {
    const regions = nodesMeant(target).map(regionOf);
    if (regions.includes(undefined)) return session.refresh();
    const each = new Set(regions.flatMap((region) => region ?? []));
    await Promise.all(Array.from(each, (region) => store.refreshRegion(region)));
  });
}

/** Undefined for what stands above the regions. */
function regionOf(node: TreeNode): string | undefined {
  if (node.kind === 'account' || node.kind === 'failure') return undefined;
  return node.kind === 'region' ? node.region : node.vpc.region;
}
