import { t } from '@vscode/l10n';
import type { Destination, Failure } from './model.ts';

/** What a user can do about a failure, as one or two sentences; undefined where nothing is known that helps. */
export function adviceOn(failure: Failure, destination?: Destination): string | undefined {
  return adviceOnCode(failure) ?? adviceOnKind(failure, destination);
}

/** What creating flow logs takes beside ec2:CreateFlowLogs. */
function permissionsFor(destination: Destination): string {
  switch (destination) {
    case 'cloud-watch-logs':
      return t('iam:PassRole for the delivery role');
    case 's3':
      return t(
        'logs:CreateLogDelivery and logs:DeleteLogDelivery (the first time also s3:GetBucketPolicy and s3:PutBucketPolicy)',
      );
    case 'kinesis-data-firehose':
      return t(
        'logs:CreateLogDelivery, logs:DeleteLogDelivery, iam:CreateServiceLinkedRole and firehose:TagDeliveryStream',
      );
  }
}

function adviceOnCode({ code, message }: Failure): string | undefined {
  if (code === 'FlowLogsLimitExceeded') return t('A resource can have 250 flow logs. Delete some first.');
  if (code === 'FlowLogAlreadyExists') return t('It has a flow log like this one. Refresh to see it.');
  if (/Unable to assume/i.test(message))
    return t('The role must trust vpc-flow-logs.amazonaws.com. If it is new, try again in a minute.');
  if (code === 'LogDestinationNotFound' || /does ?n[o']t exist/i.test(message))
    return t('Check that the destination exists, and in which region and account.');
  if (code === 'LogDestinationPermissionIssue' || /access denied for logdestination/i.test(message))
    return t('The bucket or stream must let delivery.logs.amazonaws.com write. Check its policy.');
  return undefined;
}

function adviceOnKind(failure: Failure, destination: Destination | undefined): string | undefined {
  const { kind, operation, permission } = failure;
  switch (kind) {
    case 'denied':
      if (permission !== undefined) return t('Ask for the permission {0}.', permission);
      if (operation === 'CreateFlowLogs' && destination !== undefined)
        return t(
          'Ask for ec2:CreateFlowLogs, {0}. AWS does not say which of them is missing.',
          permissionsFor(destination),
        );
      return t('Ask for the permission, or choose another profile.');
    case 'not-opted-in':
      return t('The account has not enabled this region. Enable it, or leave it out by a setting.');
    case 'throttled':
      return t('AWS has been asked too often. Try again in a minute.');
    case 'timeout':
    case 'network':
      return t('Check the connection and the proxy, then try again.');
    case 'credentials-missing':
      return t('Choose a profile that has credentials.');
    case 'credentials-expired':
      return t('Sign in again, then refresh.');
    case 'credentials-invalid':
      return t('AWS does not accept the credentials of this profile. Choose another one, or renew them.');
    case 'mfa-needed':
    case 'mfa-refused':
      return t('Refresh to type a new MFA code.');
    case 'unexpected-answer':
      return t('A proxy or the sign-in page of a network may stand between. Check the connection.');
    case 'other':
      return undefined;
  }
}
