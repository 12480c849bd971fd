import { commands, env, l10n, type Disposable } from 'vscode';
import type { AccountParts } from '../account-parts.ts';
import type { TreeNode } from '../explorer/model/nodes.ts';
import { nodesMeant, oneVpc, type CommandTarget } from '../explorer/targets.ts';

const copyArnCommand = 'flowLogGuard.copyArn';

/** Copies the ARNs of VPCs or flow logs, one a line. */
export function registerCopyArn(parts: AccountParts): Disposable {
  return commands.registerCommand(copyArnCommand, async (...target: CommandTarget) => {
    const arns = nodesMeant(target).flatMap((node) => arnOf(node) ?? []);
    const picked = arns.length > 0 ? undefined : await oneVpc(parts, target, l10n.t('Copy ARN'));
    const text = [...arns, ...(picked === undefined ? [] : [picked.arn])].join('\n');
    if (text !== '') await env.clipboard.writeText(text);
  });
}

/** A flow log's is made like its VPC's: `arn:PARTITION:ec2:REGION:ACCOUNT:vpc-flow-log/ID`. */
function arnOf(node: TreeNode): string | undefined {
  if (node.kind === 'vpc') return node.vpc.arn;
  if (node.kind !== 'flow-log') return undefined;
  return node.vpc.arn.replace(/:vpc\/[^:/]+$/, `:vpc-flow-log/${node.flowLog.id}`);
}
