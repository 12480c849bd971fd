import * as v from 'valibot';
import { text } from './settings-reader.ts';

/** What the values may be that settings give for flow logs, in a project file and in an editor alike. */

/**
 * The days for which CloudWatch Logs can be told to keep records.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export const logFormat = v.pipe(
  text,
  v.regex(
    /^\$\{[a-z][a-z0-9-]*\}(?: +\$\{[a-z][a-z0-9-]*\})*$/,
    "must be fields separated by spaces, such as '${version} ${vpc-id}'",
  ),
);

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
export const logGroupNamePrefix = v.pipe(
  text,
  v.regex(/^[A-Za-z0-9._\-/#]+$/, 'must be made of letters, digits and . _ - / #'),
  v.maxLength(450, 'must be at most 450 characters long, as a name of at most 512 begins with it'),
  v.regex(/^(?!aws\/)/, 'must not begin with aws/, which AWS keeps for itself'),
);

export const roleArn = v.pipe(
  text,
  v.regex(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    "must be the ARN of an IAM role, such as 'arn:aws:iam::111122223333:role/flow-logs'",
  ),
);

export const bucketArn = v.pipe(
  text,
  v.regex(
    /^arn:aws[a-z-]*:s3:::[A-Za-z0-9._-]{3,255}$/,
    "must be the ARN of an S3 bucket, such as 'arn:aws:s3:::amzn-s3-demo-bucket'; a prefix has a key of its own",
  ),
);

export const bucketPrefix = v.pipe(
  text,
  v.regex(
    /^[A-Za-z0-9!_.*'()=-]+(?:\/[A-Za-z0-9!_.*'()=-]+)*\/?$/,
    "must be names separated by slashes, such as 'network/flow-logs'",
  ),
  v.regex(/^(?!(?:.*\/)?AWSLogs(?:\/|$))/, 'must not contain AWSLogs, which AWS keeps for itself'),
);

export const streamArn = v.pipe(
  text,
  v.regex(
    /^arn:aws[a-z-]*:firehose:[a-z0-9-]+:\d{12}:deliverystream\/[A-Za-z0-9_.-]{1,64}$/,
    "must be the ARN of a Firehose stream, such as 'arn:aws:firehose:us-east-1:111122223333:deliverystream/flow-logs'",
  ),
);

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
export const tagKey = v.pipe(
  v.string(),
  v.nonEmpty('must not be empty'),
  v.maxCodePoints(128, 'must be at most 128 characters long'),
  v.regex(/^(?!aws:)/i, 'must not begin with aws:, which AWS keeps for itself'),
);
export const tagValue = v.pipe(text, v.maxCodePoints(256, 'must be at most 256 characters long'));
