import { l10n } from 'vscode';
import type { FlowLogSettings } from '../aws/flow-log-settings.ts';
import type { AccountIdentity } from '../aws/model.ts';
import type { EnablingPlan, SkipReason } from '../aws/plan-enabling.ts';
import { accountTitle, destinationKind, formatTitle, interval } from '../explorer/words.ts';

/** How many flow logs a plan makes. */
export function planSize({ batches }: EnablingPlan): number {
  return batches.reduce((sum, { vpcs }) => sum + vpcs.length, 0);
}

/** What the user says yes or no to, line by line. */
export function confirmationLines(
  identity: AccountIdentity,
  plan: EnablingPlan,
  newRole: string | undefined,
): string[] {
  const { settings } = plan;
  return [
    l10n.t('Account: {0}', accountTitle(identity)),
    l10n.t('Regions: {0}', regionsInWords(plan)),
    l10n.t('Destination: {0}', destinationInWords(settings)),
    l10n.t(
      'Records: {0} traffic, {1}, {2}',
      settings.trafficType,
      interval(settings.maxAggregationInterval),
      formatTitle(settings.logFormat),
    ),
    ...(newRole === undefined ? [] : [l10n.t('An IAM role is made first: {0}', newRole)]),
    ...skippedInWords(plan),
    '',
    ...warnings(settings),
  ];
}

/** `eu-central-1 (2), us-east-1 (1)` */
function regionsInWords({ batches }: EnablingPlan): string {
  const counts = new Map<string, number>();
  for (const { region, vpcs } of batches) counts.set(region, (counts.get(region) ?? 0) + vpcs.length);
  return Array.from(counts, ([region, count]) => `${region} (${count})`).join(', ');
}

function destinationInWords({ destination }: FlowLogSettings): string {
  const kind = destinationKind(destination.kind);
  switch (destination.kind) {
    case 'cloud-watch-logs':
      return l10n.t('{0}, log group {1}, role {2}', kind, destination.logGroupName, destination.roleArn);
    case 's3':
      return `${kind}, ${destination.bucketArn}`;
    case 'kinesis-data-firehose':
      return `${kind}, ${destination.deliveryStreamArn}`;
  }
}

function warnings({ destination, trafficType }: FlowLogSettings): string[] {
  return [
    l10n.t('AWS bills the delivery and the storage of the records.'),
    l10n.t('A flow log cannot be edited afterwards, only deleted and made anew; its tags can.'),
    ...(destination.kind === 's3'
      ? [l10n.t("AWS may change this bucket's policy, so that the records can be delivered.")]
      : []),
    ...(trafficType === 'ACCEPT'
      ? [l10n.t('Accepted traffic alone does not pass Security Hub control EC2.6.')]
      : []),
  ];
}

/** One line for each reason for which VPCs are left alone. */
export function skippedInWords({ skipped }: EnablingPlan): string[] {
  const counts = new Map<SkipReason, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Array.from(counts, ([reason, count]) => l10n.t('Left alone: {0} ({1})', count, skipReason(reason)));
}

export function skipReason(reason: SkipReason): string {
  switch (reason) {
    case 'already-logged':
      return l10n.t('has a flow log that counts');
    case 'delivery-failed':
      return l10n.t('has a flow log whose delivery has to be mended');
    case 'shared':
      return l10n.t('belongs to another account');
    case 'unreadable':
      return l10n.t('what it has could not be read');
    case 'destination-elsewhere':
      return l10n.t('is not in the region of the delivery stream');
  }
}
