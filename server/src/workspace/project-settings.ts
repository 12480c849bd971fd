import * as v from 'valibot';
import { findingCodes, severitySettings, standards, type SeveritySetting } from '../coverage/policy.ts';
import type { FindingCode } from '../coverage/model.ts';
import {
  bucketArn,
  bucketPrefix,
  logFormat,
  logGroupNamePrefix,
  retentionDays,
  roleArn,
  streamArn,
  tagKey,
  tagValue,
} from './flow-log-values.ts';
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

/** With more, one pattern could keep the check of one path busy for seconds. */
const mostGlobstars = 3;

const ignorePattern = v.pipe(
  text,
  v.regex(/\S/, 'must not be empty'),
  v.check(
    (pattern) => !/^!?\.{1,2}\//.test(pattern),
    'must not begin with ./ or ../: patterns are relative to the folder of this file already',
  ),
  v.check(
    (pattern) => pattern.split(/\*{2,}/).length - 1 <= mostGlobstars,
    `must have ** in at most ${mostGlobstars} places`,
  ),
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
