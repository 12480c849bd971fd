export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/** Undefined where the text is no ARN. */
export declare function parseArn(text: string): Arn | undefined;

/** Why the text cannot be a destination in this partition, as a sentence for the user; undefined: it can. */
export declare function problemOfBucketArn(text: string, partition: string): string | undefined;
export declare function problemOfRoleArn(text: string, partition: string): string | undefined;
export declare function problemOfDeliveryStreamArn(text: string, partition: string): string | undefined;
/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export declare function problemOfLogGroupName(text: string): string | undefined;
