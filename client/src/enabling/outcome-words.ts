import { l10n } from 'vscode';
import { adviceOn } from '../aws/advice.ts';
import type { DeletionOutcome } from '../aws/delete-flow-logs.ts';
import type { EnablingOutcome } from '../aws/enable-flow-logs.ts';
import type { Destination, Failure } from '../aws/model.ts';
import { failureInFull, vpcTitle } from '../explorer/words.ts';

/** `Flow logs: 5 created, 1 already there, 2 failed.` */
export function outcomeInOneLine(outcome: EnablingOutcome): string {
  const { made, alreadyThere, failed, notTried, isCancelled } = outcome;
  const parts = [
    l10n.t('{0} created', made.length),
    ...(alreadyThere.length === 0 ? [] : [l10n.t('{0} had one already', alreadyThere.length)]),
    ...(failed.length === 0 ? [] : [l10n.t('{0} failed', failed.length)]),
    ...(notTried.length === 0 ? [] : [l10n.t('{0} not tried', notTried.length)]),
  ];
  const reason = outcome.failure ?? onlyReason(outcome);
  return [
    `${isCancelled ? l10n.t('Cancelled') : l10n.t('Flow logs')}: ${parts.join(', ')}.`,
    ...(reason === undefined ? [] : [failureInFull(reason)]),
  ].join(' ');
}

/** The reason that all failures share. */
function onlyReason({ failed }: EnablingOutcome): Failure | undefined {
  const [first, ...others] = failed.map(({ failure }) => failure);
  if (first === undefined) return undefined;
  return others.every((other) => failureInFull(other) === failureInFull(first)) ? first : undefined;
}

export function isComplete({ failed, notTried, failure }: EnablingOutcome): boolean {
  return failed.length === 0 && notTried.length === 0 && failure === undefined;
}

/** VPC by VPC what became of an enabling, as Markdown. */
export function outcomeDocument(outcome: EnablingOutcome, destination: Destination): string {
  const { made, unconfirmed, alreadyThere, failed, notTried, failure } = outcome;
  return [
    `# ${outcomeInOneLine({ ...outcome, failed: [], failure: undefined }).replace(/\.$/, '')}`,
    ...(failure === undefined ? [] : [failureWithAdvice(failure, destination)]),
    ...section(
      l10n.t('Failed'),
      failed.map(
        ({ vpc, failure: why }) =>
          `- ${vpc.region}: ${vpcTitle(vpc)}\n  ${failureWithAdvice(why, destination).replaceAll('\n\n', '\n  ')}`,
      ),
    ),
    ...section(
      l10n.t('Not tried'),
      notTried.map((vpc) => `- ${vpc.region}: ${vpcTitle(vpc)}`),
    ),
    ...section(
      l10n.t('Created'),
      made.map(({ vpc, flowLogId }) => `- ${vpc.region}: ${vpcTitle(vpc)}: ${flowLogId}`),
    ),
    ...section(
      l10n.t('Created, but the region could not be read afterwards'),
      unconfirmed.map(({ region, flowLogId }) => `- ${region}: ${flowLogId}`),
    ),
    ...section(
      l10n.t('Had one already'),
      alreadyThere.map((vpc) => `- ${vpc.region}: ${vpcTitle(vpc)}`),
    ),
  ].join('\n\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, lines.join('\n')];
}

/** What AWS said, and what can be done about it. */
export function failureWithAdvice(failure: Failure, destination?: Destination): string {
  const advice = adviceOn(failure, destination);
  return [failureInFull(failure), ...(advice === undefined ? [] : [advice])].join('\n\n');
}

/** `Undone: 5 flow logs deleted, 1 was gone already.` */
export function deletionInOneLine({ deleted, alreadyGone, failed, notTried }: DeletionOutcome): string {
  const parts = [
    l10n.t('{0} deleted', deleted.length),
    ...(alreadyGone.length === 0 ? [] : [l10n.t('{0} gone already', alreadyGone.length)]),
    ...(failed.length === 0 ? [] : [l10n.t('{0} failed', failed.length)]),
    ...(notTried.length === 0 ? [] : [l10n.t('{0} not tried', notTried.length)]),
  ];
  const [first] = failed;
  return [
    l10n.t('Flow logs: {0}.', parts.join(', ')),
    ...(first === undefined ? [] : [failureInFull(first.failure)]),
  ].join(' ');
}
