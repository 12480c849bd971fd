import { t } from '@vscode/l10n';
import * as v from 'valibot';
import { findingCodes, severitySettings, standards, type SeveritySetting } from '../coverage/policy.ts';
import type { FindingCode } from '../coverage/model.ts';
import {
  dictionary,
  list,
  mapping,
  oneOf,
  text,
  trueOrFalse,
  value,
  type Reader,
} from './settings-reader.ts';

/**
 * The days for which CloudWatch Logs can be told to keep records.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** With more, one pattern could keep the check of one path busy for seconds. */
const mostGlobstars = 3;

const ignorePattern = v.pipe(
  text,
  v.regex(/\S/, () => t('must not be empty')),
  v.check(
    (pattern) => !/^!?\.{1,2}\//.test(pattern),
    () => t('must not begin with ./ or ../: patterns are relative to the folder of this file already'),
  ),
  v.check(
    (pattern) => pattern.split(/\*{2,}/).length - 1 <= mostGlobstars,
    () => t('must have ** in at most {0} places', mostGlobstars),
  ),
);

const logFormat = v.pipe(
  text,
  v.regex(/^\$\{[a-z][a-z0-9-]*\}(?: +\$\{[a-z][a-z0-9-]*\})*$/, () =>
    t("must be fields separated by spaces, such as '${version} ${vpc-id}'"),
  ),
);

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
const logGroupNamePrefix = v.pipe(
  text,
  v.regex(/^[A-Za-z0-9._\-/#]+$/, () => t('must be made of letters, digits and . _ - / #')),
  v.maxLength(450, () => t('must be at most 450 characters long, as a name of at most 512 begins with it')),
  v.regex(/^(?!aws\/)/, () => t('must not begin with aws/, which AWS keeps for itself')),
);

const roleArn = v.pipe(
  text,
  v.regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, () =>
    t("must be the ARN of an IAM role, such as 'arn:aws:iam::111122223333:role/flow-logs'"),
  ),
);

const bucketArn = v.pipe(
  text,
  v.regex(/^arn:aws[a-z-]*:s3:::[A-Za-z0-9._-]{3,255}$/, () =>
    t(
      "must be the ARN of an S3 bucket, such as 'arn:aws:s3:::amzn-s3-demo-bucket'; a prefix has a key of its own",
    ),
  ),
);

const bucketPrefix = v.pipe(
  text,
  v.regex(/^[A-Za-z0-9!_.*'()=-]+(?:\/[A-Za-z0-9!_.*'()=-]+)*\/?$/, () =>
    t("must be names separated by slashes, such as 'network/flow-logs'"),
  ),
  v.regex(/^(?!(?:.*\/)?AWSLogs(?:\/|$))/, () => t('must not contain AWSLogs, which AWS keeps for itself')),
);

const streamArn = v.pipe(
  text,
  v.regex(/^arn:aws[a-z-]*:firehose:[a-z0-9-]+:\d{12}:deliverystream\/[A-Za-z0-9_.-]{1,64}$/, () =>
    t(
      "must be the ARN of a Firehose stream, such as 'arn:aws:firehose:us-east-1:111122223333:deliverystream/flow-logs'",
    ),
  ),
);

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
const tagKey = v.pipe(
  v.string(),
  v.nonEmpty(() => t('must not be empty')),
  v.maxCodePoints(128, () => t('must be at most 128 characters long')),
  v.regex(/^(?!aws:)/i, () => t('must not begin with aws:, which AWS keeps for itself')),
);
const tagValue = v.pipe(
  text,
  v.maxCodePoints(256, () => t('must be at most 256 characters long')),
);

const severities = mapping(
  Object.fromEntries(findingCodes.map((code) => [code, value(oneOf(severitySettings))])) as Record<
    FindingCode,
    Reader<SeveritySetting>
  >,
);

const flowLog = mapping({
  destination: value(oneOf(['cloud-watch-logs', 's3', 'kinesis-data-firehose'])),
  trafficType: value(oneOf(['ALL', 'REJECT'])),
  maxAggregationInterval: value(oneOf([60, 600])),
  logFormat: value(logFormat),
  cloudWatchLogs: mapping({
    retentionInDays: value(oneOf(retentionDays)),
    logGroupNamePrefix: value(logGroupNamePrefix),
    deliverLogsPermissionArn: value(roleArn),
  }),
  s3: mapping({
    bucketArn: value(bucketArn),
    prefix: value(bucketPrefix),
    fileFormat: value(oneOf(['plain-text', 'parquet'])),
    hiveCompatiblePartitions: value(trueOrFalse),
    perHourPartition: value(trueOrFalse),
  }),
  firehose: mapping({ deliveryStreamArn: value(streamArn) }),
  tags: dictionary(tagKey, value(tagValue)),
});

/** Reads all that a project file may say. `schemas/project-file.schema.json` says the same to editors. */
export const projectSettings = mapping({
  standard: value(oneOf(standards)),
  severities,
  ignore: list(value(ignorePattern)),
  flowLog,
});

/** What a project file says, as far as it is sound. */
export type ProjectSettings = NonNullable<ReturnType<typeof projectSettings>>;

/** What flow logs that a fix writes shall be like. */
export type FlowLogDefaults = NonNullable<ProjectSettings['flowLog']>;
