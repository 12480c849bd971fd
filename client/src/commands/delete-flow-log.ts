import { commands, l10n, window, type Disposable } from 'vscode';
import { failureWithAdvice } from '../enabling/outcome-words.ts';
import type { AccountParts } from '../account-parts.ts';
import { oneFlowLog, type CommandTarget } from '../explorer/targets.ts';
import { destinationTitle, vpcTitle } from '../explorer/words.ts';

const deleteFlowLogCommand = 'flowLogGuard.deleteFlowLog';

/** Deletes one flow log, once the user has said yes. */
export function registerDeleteFlowLog(parts: AccountParts): Disposable {
  return commands.registerCommand(deleteFlowLogCommand, async (...target: CommandTarget) => {
    const { store, prompts, loadAws } = parts;
    const found = await oneFlowLog(parts, target, l10n.t('Delete Flow Log'));
    const { account } = store;
    if (found === undefined || account === undefined) return;
    const { vpc, flowLog } = found;
    const yes = await prompts.confirm({
      message: l10n.t('Delete the flow log {0}?', flowLog.id),
      detail: [
        `${vpcTitle(vpc)}, ${vpc.region}`,
        destinationTitle(flowLog),
        '',
        l10n.t('No more records are written then. Those that have been delivered stay.'),
      ].join('\n'),
      isWarning: true,
      answers: [{ label: l10n.t('Delete'), value: true }],
    });
    if (yes !== true) return;
    const { deleteFlowLog } = await loadAws();
    const failure = await deleteFlowLog(account, vpc.region, flowLog.id);
    if (failure !== undefined) void window.showErrorMessage(failureWithAdvice(failure));
    await store.refreshRegion(vpc.region);
  });
}
