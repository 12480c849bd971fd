import type { Destination, Failure } from './model.ts';

/** What a user can do about a failure, as one or two sentences; undefined where nothing is known that helps. */
export function adviceOn(failure: Failure, destination?: Destination): string | undefined {
  return adviceOnCode(failure) ?? adviceOnKind(failure, destination);
}

/** What creating flow logs takes beside ec2:CreateFlowLogs. */
const permissionsFor: Readonly<Record<Destination, string>> = {
  'cloud-watch-logs': 'iam:PassRole for the delivery role',
  s3: 'logs:CreateLogDelivery and logs:DeleteLogDelivery (the first time also s3:GetBucketPolicy and s3:PutBucketPolicy)',
  'kinesis-data-firehose':
    'logs:CreateLogDelivery, logs:DeleteLogDelivery, iam:CreateServiceLinkedRole and firehose:TagDeliveryStream',
};

function adviceOnCode({ code, message }: Failure): string | undefined {
  if (code === 'FlowLogsLimitExceeded') return 'A resource can have 250 flow logs. Delete some first.';
  if (code === 'FlowLogAlreadyExists') return 'It has a flow log like this one. Refresh to see it.';
  if (/Unable to assume/i.test(message))
    return 'The role must trust vpc-flow-logs.amazonaws.com. If it is new, try again in a minute.';
  if (code === 'LogDestinationNotFound' || /does ?n[o']t exist/i.test(message))
    return 'Check that the destination exists, and in which region and account.';
  if (code === 'LogDestinationPermissionIssue' || /access denied for logdestination/i.test(message))
    return 'The bucket or stream must let delivery.logs.amazonaws.com write. Check its policy.';
  return undefined;
}

function adviceOnKind(failure: Failure, destination: Destination | undefined): string | undefined {
  const { kind, operation, permission } = failure;
  switch (kind) {
    case 'denied':
      if (permission !== undefined) return `Ask for the permission ${permission}.`;
      if (operation === 'CreateFlowLogs' && destination !== undefined)
        return `Ask for ec2:CreateFlowLogs, ${permissionsFor[destination]}. AWS does not say which of them is missing.`;
      return 'Ask for the permission, or choose another profile.';
    case 'not-opted-in':
      return 'The account has not enabled this region. Enable it, or leave it out by a setting.';
    case 'throttled':
      return 'AWS has been asked too often. Try again in a minute.';
    case 'timeout':
    case 'network':
      return 'Check the connection and the proxy, then try again.';
    case 'credentials-missing':
      return 'Choose a profile that has credentials.';
    case 'credentials-expired':
      return 'Sign in again, then refresh.';
    case 'credentials-invalid':
      return 'AWS does not accept the credentials of this profile. Choose another one, or renew them.';
    case 'mfa-needed':
    case 'mfa-refused':
      return 'Refresh to type a new MFA code.';
    case 'unexpected-answer':
      return 'A proxy or the sign-in page of a network may stand between. Check the connection.';
    case 'other':
      return undefined;
  }
}
