import type { FlowLog } from './model.ts';

/** Where things are in the AWS console. Pure; every name is encoded. */
interface Place {
  readonly partition: string;
  readonly region: string;
}

export declare function vpcUrl(place: Place, vpcId: string): string | undefined;

/** The tab of the VPC's flow logs in the console. Undefined in a partition without a console that is known. */
export declare function flowLogUrl(
  place: Place,
  flowLog: Pick<FlowLog, 'id' | 'resourceId'>,
): string | undefined;

/** CloudWatch Logs Insights with a query for what was rejected. */
export declare function logsInsightsUrl(place: Place, logGroupName: string): string | undefined;

export declare function bucketUrl(place: Place, bucketArn: string): string | undefined;

export declare function deliveryStreamUrl(place: Place, deliveryStreamArn: string): string | undefined;

/** Where the records of a flow log are: Logs Insights, the bucket or the delivery stream. */
export declare function recordsUrl(place: Place, flowLog: FlowLog): string | undefined;
