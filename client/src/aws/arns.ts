import { t } from '@vscode/l10n';
/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for what belongs to no region, as buckets and roles. */
  readonly region: string;
  /** Empty for buckets. */
  readonly accountId: string;
  readonly resource: string;
}

/** Undefined where the text is no ARN. */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|):(.+)$/s.exec(text);
  if (match === null) return undefined;
  const [, partition = '', service = '', region = '', accountId = '', resource = ''] = match;
  return { partition, service, region, accountId, resource };
}

/**
 * Why the text cannot be the bucket of a flow log, as a sentence for the user; undefined: it can.
 *
 * @param text `arn:aws:s3:::bucket` or `arn:aws:s3:::bucket/prefix/`
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html
 */
export function problemOfBucketArn(text: string, partition: string): string | undefined {
  const example = t('{0} or {1}', `arn:${partition}:s3:::bucket`, `arn:${partition}:s3:::bucket/prefix/`);
  const arn = parseArn(text);
  if (arn === undefined || arn.service !== 's3') return t('The ARN of a bucket looks like {0}.', example);
  const mismatch = problemOfPartition(arn, partition);
  if (mismatch !== undefined) return mismatch;
  if (arn.region !== '' || arn.accountId !== '')
    return t('The ARN of a bucket names neither a region nor an account: {0}.', example);
  const [bucket = '', ...folders] = arn.resource.split('/');
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) || bucket.includes('..'))
    return t('"{0}" is no name of a bucket: 3 to 63 lowercase letters, digits, dots and hyphens.', bucket);
  if (folders.includes('AWSLogs')) return t('AWS reserves the prefix AWSLogs, and adds it by itself.');
  return undefined;
}

/** Why the text cannot be the role that delivers to CloudWatch Logs, as a sentence for the user; undefined: it can. */
export function problemOfRoleArn(text: string, partition: string): string | undefined {
  const arn = parseArn(text);
  if (
    arn === undefined ||
    arn.service !== 'iam' ||
    arn.accountId === '' ||
    !/^role\/[\w+=,.@/-]+$/.test(arn.resource)
  )
    return t('The ARN of a role looks like {0}.', `arn:${partition}:iam::123456789012:role/name`);
  return problemOfPartition(arn, partition);
}

/** Why the text cannot be a Firehose stream, as a sentence for the user; undefined: it can. */
export function problemOfDeliveryStreamArn(text: string, partition: string): string | undefined {
  const arn = parseArn(text);
  const isStream =
    arn?.service === 'firehose' &&
    arn.region !== '' &&
    arn.accountId !== '' &&
    /^deliverystream\/[\w.-]{1,64}$/.test(arn.resource);
  if (arn === undefined || !isStream)
    return t(
      'The ARN of a stream looks like {0}.',
      `arn:${partition}:firehose:region:123456789012:deliverystream/name`,
    );
  return problemOfPartition(arn, partition);
}

/**
 * Why the text cannot be the name of a log group, as a sentence for the user; undefined: it can.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 */
export function problemOfLogGroupName(text: string): string | undefined {
  if (text.startsWith('arn:')) return t('The name of the log group is needed, not its ARN.');
  if (/^[\w./#-]{1,512}$/.test(text))
    return text.startsWith('aws/') ? t('Names may not begin with "aws/".') : undefined;
  return t('The name of a log group has 1 to 512 letters, digits and _ - / . #');
}

function problemOfPartition(arn: Arn, partition: string): string | undefined {
  if (arn.partition === partition) return undefined;
  return t('The account is in the partition {0}, the ARN in {1}.', partition, arn.partition);
}
