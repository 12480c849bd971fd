import { commands, l10n, type Disposable } from 'vscode';
import type { AccountParts } from '../account-parts.ts';
import { oneVpc, type CommandTarget } from '../explorer/targets.ts';

const showInTemplateCommand = 'flowLogGuard.showInTemplate';

/** Opens the workspace's template at the resource that made a VPC. */
export function registerShowInTemplate(parts: AccountParts): Disposable {
  return commands.registerCommand(showInTemplateCommand, async (...target: CommandTarget) => {
    const vpc = await oneVpc(parts, target, l10n.t('Show in Template'));
    if (vpc !== undefined) await parts.showInTemplate(vpc);
  });
}
