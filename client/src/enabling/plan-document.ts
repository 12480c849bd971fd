import { l10n } from 'vscode';
import { createFlowLogsCommands } from '../aws/create-command.ts';
import type { Shell } from '../aws/shell-quoting.ts';
import type { DeliveryRolePlan } from '../aws/delivery-role.ts';
import type { AccountIdentity } from '../aws/model.ts';
import type { EnablingPlan } from '../aws/plan-enabling.ts';
import { vpcTitle } from '../explorer/words.ts';
import { confirmationLines, planSize, skipReason } from './confirmation.ts';

export interface PlanToShow {
  readonly identity: AccountIdentity;
  readonly plan: EnablingPlan;
  /** Made before the flow logs. */
  readonly newRole: DeliveryRolePlan | undefined;
  readonly shell: Shell;
}

/** What would be done, as Markdown, before anything is. */
export function planDocument({ identity, plan, newRole, shell }: PlanToShow): string {
  const size = planSize(plan);
  const lines = confirmationLines(identity, plan, newRole?.roleName).map((line) =>
    line === '' ? '' : `- ${line}`,
  );
  const vpcs = plan.batches.flatMap(({ region, vpcs: inBatch }) =>
    inBatch.map((vpc) => `- ${region}: ${vpcTitle(vpc)}`),
  );
  const skipped = plan.skipped.map(
    ({ vpc, reason }) => `- ${vpc.region}: ${vpcTitle(vpc)}: ${skipReason(reason)}`,
  );
  return [
    `# ${size === 1 ? l10n.t('Plan: 1 flow log') : l10n.t('Plan: {0} flow logs', size)}`,
    l10n.t('Nothing has been changed.'),
    lines.join('\n'),
    `## ${l10n.t('VPCs')}`,
    vpcs.join('\n'),
    ...(skipped.length === 0 ? [] : [`## ${l10n.t('Left alone')}`, skipped.join('\n')]),
    ...(newRole === undefined ? [] : [roleSection(newRole)]),
    `## ${l10n.t('The same on the command line')}`,
    fenced(
      shell === 'powershell' ? 'powershell' : 'sh',
      createFlowLogsCommands(plan, { shell, profile: identity.profile }),
    ),
  ].join('\n\n');
}

/** What a new role may do and who may assume it, as Markdown. */
export function roleSection({
  roleName,
  policyName,
  trustPolicy,
  permissionsPolicy,
}: DeliveryRolePlan): string {
  return [
    `## ${l10n.t('Role {0}', roleName)}`,
    l10n.t('Who may assume it:'),
    fenced('json', JSON.stringify(trustPolicy, undefined, 2)),
    l10n.t('What it may do (policy {0}):', policyName),
    fenced('json', JSON.stringify(permissionsPolicy, undefined, 2)),
  ].join('\n\n');
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
