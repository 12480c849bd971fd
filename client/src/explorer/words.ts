import { l10n } from 'vscode';
import { defaultLogFormat } from '../aws/log-format.ts';
import type { AccountIdentity, Destination, Failure, FlowLog, Vpc } from '../aws/model.ts';
import type { AccountCounts, Counts } from './model/counts.ts';
import { countsInWords } from './counts-in-words.ts';

/** The words for what the account is made of, wherever it is shown. */

/** `shop-production (vpc-…)`, or the id alone. */
export function vpcTitle({ id, name }: Pick<Vpc, 'id' | 'name'>): string {
  return name === undefined ? id : `${name} (${id})`;
}

/** `production`, or what stands for the credentials that come from no profile. */
export function profileTitle(profile: string | undefined): string {
  return profile ?? l10n.t('default credentials');
}

/** Profile and account, such as `production · 123456789012`. */
export function accountTitle({ profile, accountId, isDemo }: AccountIdentity): string {
  const parts = [profileTitle(profile), ...(accountId === undefined ? [] : [accountId])];
  // A profile that is called so needs no second word.
  return (isDemo && profile !== 'demo' ? [l10n.t('demo'), ...parts] : parts).join(' · ');
}

export function countVpcsInWords({ failing, unknown, ...counts }: Counts): string {
  return countsInWords(counts, [
    ...(failing > 0 ? [l10n.t('{0} not delivering', failing)] : []),
    ...(unknown > 0 ? [l10n.t('{0} unknown', unknown)] : []),
  ]);
}

/** As those of a region; and how many regions are missing in the counts. */
export function countAccountInWords({ failedRegions, ...counts }: AccountCounts): string {
  if (failedRegions === 0) return countVpcsInWords(counts);
  const failed =
    failedRegions === 1
      ? l10n.t('1 region could not be read')
      : l10n.t('{0} regions could not be read', failedRegions);
  // The others may have none, or there may be no others.
  return counts.vpcs === 0 ? failed : `${countVpcsInWords(counts)}, ${failed}`;
}

export function destinationKind(destination: Destination): string {
  switch (destination) {
    case 'cloud-watch-logs':
      return l10n.t('CloudWatch Logs');
    case 's3':
      return l10n.t('S3');
    case 'kinesis-data-firehose':
      return l10n.t('Firehose');
  }
}

/** `S3: bucket/prefix/`: the part of the ARN that tells one from another. */
export function destinationTitle({ destination, destinationName }: FlowLog): string {
  const kind = destinationKind(destination);
  return destinationName === undefined ? kind : `${kind}: ${shortName(destinationName)}`;
}

function shortName(name: string): string {
  if (!name.startsWith('arn:')) return name;
  const resource = name.split(':').slice(5).join(':');
  return resource.replace(/^(?:deliverystream\/|log-group:)/, '').replace(/:\*$/, '');
}

/** @param seconds 60 or 600 */
export function interval(seconds: number): string {
  return seconds % 60 === 0 ? l10n.t('{0} min', seconds / 60) : l10n.t('{0} s', seconds);
}

export function formatTitle(logFormat: string | undefined): string {
  if (logFormat === undefined || logFormat === defaultLogFormat) return l10n.t('default format');
  return l10n.t('custom format, {0} fields', logFormat.trim().split(/\s+/).length);
}

/** A few words for a failure, for the description of a node; what AWS said goes into the tooltip. */
export function failureInWords({ kind, permission }: Failure): string {
  switch (kind) {
    case 'denied':
      return permission === undefined ? l10n.t('access denied') : l10n.t('access denied: {0}', permission);
    case 'not-opted-in':
      return l10n.t('region not enabled');
    case 'throttled':
      return l10n.t('throttled by AWS');
    case 'timeout':
      return l10n.t('no answer in time');
    case 'network':
      return l10n.t('not reachable');
    case 'credentials-missing':
      return l10n.t('no credentials');
    case 'credentials-expired':
      return l10n.t('session expired');
    case 'credentials-invalid':
      return l10n.t('credentials not valid');
    case 'mfa-needed':
      return l10n.t('MFA code needed');
    case 'mfa-refused':
      return l10n.t('MFA code not accepted');
    case 'unexpected-answer':
      return l10n.t('not an answer of AWS');
    case 'other':
      return l10n.t('failed');
  }
}

/** AWS's own words with the call they answer: `DescribeVpcs: UnauthorizedOperation: You are not …`. */
export function failureInFull({ operation, code, message }: Failure): string {
  return [operation, code, message].filter((part) => part !== undefined && part !== '').join(': ');
}
