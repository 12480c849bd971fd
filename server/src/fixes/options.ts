/** Where a flow log delivers: the values of `LogDestinationType`. */
export type Destination = 'cloud-watch-logs' | 's3' | 'kinesis-data-firehose';

/** What settings and the project file say of new flow logs; what they leave out has the defaults below. */
export interface FlowLogOptions {
  readonly destination?: Destination;
  readonly trafficType?: 'ALL' | 'REJECT';
  /** Seconds. */
  readonly maxAggregationInterval?: 60 | 600;
  /** Fields such as `${vpc-id}`, separated by spaces. */
  readonly logFormat?: string;
  readonly cloudWatchLogs?: {
    readonly retentionInDays?: number;
    readonly logGroupNamePrefix?: string;
    /** Of a role that is there already; none is made then. */
    readonly deliverLogsPermissionArn?: string;
  };
  readonly s3?: {
    /** Of a bucket that is there already. */
    readonly bucketArn?: string;
    readonly prefix?: string;
    readonly fileFormat?: 'plain-text' | 'parquet';
    readonly hiveCompatiblePartitions?: boolean;
    readonly perHourPartition?: boolean;
  };
  readonly firehose?: {
    /** Of a stream that is there already. */
    readonly deliveryStreamArn?: string;
  };
  readonly tags?: Readonly<Record<string, string>>;
}

/** What one source says, and what another says where the first says nothing, key by key. */
export function preferring(first: FlowLogOptions, second: FlowLogOptions): FlowLogOptions {
  return {
    ...second,
    ...first,
    cloudWatchLogs: { ...second.cloudWatchLogs, ...first.cloudWatchLogs },
    s3: { ...second.s3, ...first.s3 },
    firehose: { ...second.firehose, ...first.firehose },
    tags: { ...second.tags, ...first.tags },
  };
}

/** The destination where nothing says which: that of EC2, too. */
export const defaultDestination: Destination = 'cloud-watch-logs';

export const defaultTrafficType = 'ALL';

/** Seconds; EC2's own default, and the cheaper of the two. */
export const defaultInterval = 600;

/** How long a new log group, or a new bucket, keeps records. */
export const defaultRetentionInDays = 365;
