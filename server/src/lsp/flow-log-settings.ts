import * as v from 'valibot';
import type { FlowLogOptions } from '../fixes/options.ts';
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
} from '../workspace/flow-log-values.ts';
import { oneOf, trueOrFalse } from '../workspace/settings-reader.ts';

/** The settings below `flowLogGuard.flowLog`: what flow logs that a fix adds are like. As in a project file. */
export const flowLogSettings: v.GenericSchema<unknown, FlowLogOptions> = v.pipe(
  v.object({
    destination: unsetOr(oneOf(['cloud-watch-logs', 's3', 'kinesis-data-firehose'])),
    trafficType: unsetOr(oneOf(['ALL', 'REJECT'])),
    maxAggregationInterval: unsetOr(oneOf([60, 600])),
    logFormat: unsetOr(logFormat),
    cloudWatchLogs: unsetOr(
      v.object({
        retentionInDays: unsetOr(oneOf(retentionDays)),
        logGroupNamePrefix: unsetOr(logGroupNamePrefix),
        deliverLogsPermissionArn: unsetOr(roleArn),
      }),
    ),
    s3: unsetOr(
      v.object({
        bucketArn: unsetOr(bucketArn),
        prefix: unsetOr(bucketPrefix),
        fileFormat: unsetOr(oneOf(['plain-text', 'parquet'])),
        hiveCompatiblePartitions: unsetOr(trueOrFalse),
        perHourPartition: unsetOr(trueOrFalse),
      }),
    ),
    firehose: unsetOr(v.object({ deliveryStreamArn: unsetOr(streamArn) })),
    tags: unsetOr(v.record(tagKey, tagValue)),
  }),
  v.transform((given) => withoutUnset(given) as FlowLogOptions),
);

/** Editors send `null` for what is not set, and an empty text where its default is one. */
function unsetOr<T>(schema: v.GenericSchema<T>): v.GenericSchema<unknown, T | undefined> {
  const set = v.pipe(
    v.unknown(),
    v.transform((given) => (given === null || given === '' ? undefined : given)),
    v.optional(schema),
  );
  return v.optional(set);
}

function withoutUnset(given: object): object {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]: [string, unknown]) => {
      if (value === undefined) return [];
      return [[name, typeof value === 'object' && value !== null ? withoutUnset(value) : value]];
    }),
  );
}
