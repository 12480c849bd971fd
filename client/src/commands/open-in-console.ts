import { commands, l10n, type Disposable } from 'vscode';
import { flowLogUrl, vpcUrl } from '../aws/console-urls.ts';
import type { AccountParts } from '../account-parts.ts';
import { oneVpc, type CommandTarget } from '../explorer/targets.ts';
import { openInBrowser } from '../ui/browser.ts';

const openInConsoleCommand = 'flowLogGuard.openInConsole';

/** Opens a VPC or a flow log in the AWS console, in the browser. */
export function registerOpenInConsole(parts: AccountParts): Disposable {
  return commands.registerCommand(openInConsoleCommand, async (...target: CommandTarget) => {
    const vpc = await oneVpc(parts, target, l10n.t('Open in AWS Console'));
    const partition = parts.store.account?.partition;
    if (vpc === undefined || partition === undefined) return;
    const place = { partition, region: vpc.region };
    const [node] = target;
    await openInBrowser(node?.kind === 'flow-log' ? flowLogUrl(place, node.flowLog) : vpcUrl(place, vpc.id));
  });
}
