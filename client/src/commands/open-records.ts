import { commands, l10n, type Disposable } from 'vscode';
import { recordsUrl } from '../aws/console-urls.ts';
import type { AccountParts } from '../account-parts.ts';
import { oneFlowLog, type CommandTarget } from '../explorer/targets.ts';
import { openInBrowser } from '../ui/browser.ts';

const openRecordsCommand = 'flowLogGuard.openRecords';

/** Opens what a flow log has recorded in the AWS console: Logs Insights, the bucket or the delivery stream. */
export function registerOpenRecords(parts: AccountParts): Disposable {
  return commands.registerCommand(openRecordsCommand, async (...target: CommandTarget) => {
    const found = await oneFlowLog(parts, target, l10n.t('Open Records'));
    const partition = parts.store.account?.partition;
    if (found === undefined || partition === undefined) return;
    await openInBrowser(recordsUrl({ partition, region: found.vpc.region }, found.flowLog));
  });
}
