import { commands, Disposable, l10n } from 'vscode';
import { isBare } from '../aws/model.ts';
import type { AccountParts } from '../account-parts.ts';
import { vpcsOfAccount } from '../explorer/model/counts.ts';
import { nodesMeant, pickBareVpcs, vpcsToEnable, type CommandTarget } from '../explorer/targets.ts';

const enableFlowLogsCommand = 'flowLogGuard.enableFlowLogs';
const enableAllFlowLogsCommand = 'flowLogGuard.enableAllFlowLogs';

/** On the VPCs of a menu's nodes, or on those that the user picks; and on all bare VPCs of the account. */
export function registerEnableFlowLogs(parts: AccountParts): Disposable {
  const { session, store, enabling } = parts;
  return Disposable.from(
    commands.registerCommand(enableFlowLogsCommand, async (...target: CommandTarget) => {
      const nodes = nodesMeant(target);
      if (nodes.length > 0) return enabling.enable(vpcsToEnable(nodes, store));
      const picked = await pickBareVpcs(parts, l10n.t('Enable Flow Logs'));
      if (picked.length > 0) await enabling.enable(picked);
    }),
    commands.registerCommand(enableAllFlowLogsCommand, async () => {
      const account = await session.wholeAccount();
      if (account !== undefined) await enabling.enable(vpcsOfAccount(account).filter(isBare));
    }),
  );
}
