import type { TrafficType } from './model.ts';

/** How the flow logs to create shall be; all VPCs of one enabling get the same. */
export interface FlowLogSettings {
  readonly destination: FlowLogDestination;
  readonly trafficType: TrafficType;
  /** In seconds; AWS's default is 600. */
  readonly maxAggregationInterval: 60 | 600;
  /** `${version} ${vpc-id} …`; undefined: AWS's default format. */
  readonly logFormat: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export type FlowLogDestination =
  /** The log group is one of each VPC's own region; AWS creates it there where the role may. */
  | { readonly kind: 'cloud-watch-logs'; readonly logGroupName: string; readonly roleArn: string }
  | {
      readonly kind: 's3';
      /** `arn:aws:s3:::bucket` or `arn:aws:s3:::bucket/prefix/`; the bucket may be in any region. */
      readonly bucketArn: string;
      readonly options?: S3Options | undefined;
    }
  /** The stream serves the VPCs of its own region. */
  | { readonly kind: 'kinesis-data-firehose'; readonly deliveryStreamArn: string };

interface S3Options {
  readonly fileFormat: 'plain-text' | 'parquet';
  readonly hiveCompatiblePartitions: boolean;
  readonly perHourPartition: boolean;
}
