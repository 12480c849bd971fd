import { parseArn } from './arns.ts';
import type { FlowLog } from './model.ts';

/** A region of the AWS console. */
export interface ConsolePlace {
  readonly partition: string;
  readonly region: string;
}

/**
 * The pages of the AWS console. All are undefined in a partition whose console is not known. The user's browser has to
 * be signed in to the same account; the addresses cannot say which.
 */

export function vpcUrl(place: ConsolePlace, vpcId: string): string | undefined {
  return page(place, 'vpcconsole/home', `VpcDetails:VpcId=${encodeURIComponent(vpcId)}`);
}

/** What a flow log is on: its page has a tab with its flow logs. A flow log has no page of its own. */
export function flowLogUrl(
  place: ConsolePlace,
  { resourceId }: Pick<FlowLog, 'resourceId'>,
): string | undefined {
  const id = encodeURIComponent(resourceId);
  if (resourceId.startsWith('subnet-')) return page(place, 'vpcconsole/home', `SubnetDetails:subnetId=${id}`);
  if (resourceId.startsWith('eni-'))
    return page(place, 'ec2/home', `NetworkInterface:networkInterfaceId=${id}`);
  return vpcUrl(place, resourceId);
}

/** In the default format. */
const rejectedTraffic = `fields @timestamp, srcAddr, dstAddr, dstPort, action
| filter action = "REJECT"
| sort @timestamp desc
| limit 200`;

/** Logs Insights with a query for the rejected traffic of the last hour. */
function logsInsightsUrl(place: ConsolePlace, logGroupName: string): string | undefined {
  const query = `~(end~0~start~-3600~timeType~'RELATIVE~unit~'seconds~editorString~'${starred(rejectedTraffic)}~source~(~'${starred(logGroupName)}))`;
  return page(place, 'cloudwatch/home', `logsV2:logs-insights$3FqueryDetail$3D${query}`);
}

/** The bucket at the folder into which AWS writes the records. */
export function bucketUrl(place: ConsolePlace, bucketArn: string): string | undefined {
  const host = hostOf(place);
  const [bucket, ...folders] = parseArn(bucketArn)?.resource.split('/') ?? [];
  if (host === undefined || bucket === undefined) return undefined;
  const prefix = [...folders.filter((folder) => folder !== ''), 'AWSLogs', ''].join('/');
  return `https://${host}/s3/buckets/${encodeURIComponent(bucket)}?prefix=${encodeURIComponent(prefix)}`;
}

function deliveryStreamUrl(place: ConsolePlace, deliveryStreamArn: string): string | undefined {
  const arn = parseArn(deliveryStreamArn);
  if (arn === undefined) return undefined;
  const name = arn.resource.slice(arn.resource.indexOf('/') + 1);
  return page(
    { ...place, region: arn.region },
    'firehose/home',
    `/details/${encodeURIComponent(name)}/monitoring`,
  );
}

/** Where the records of a flow log are: Logs Insights, the bucket or the stream. */
export function recordsUrl(
  place: ConsolePlace,
  { destination, destinationName }: Pick<FlowLog, 'destination' | 'destinationName'>,
): string | undefined {
  if (destinationName === undefined) return undefined;
  switch (destination) {
    case 'cloud-watch-logs':
      return logsInsightsUrl(place, destinationName);
    case 's3':
      return bucketUrl(place, destinationName);
    case 'kinesis-data-firehose':
      return deliveryStreamUrl(place, destinationName);
  }
}

function page(place: ConsolePlace, path: string, fragment: string): string | undefined {
  const host = hostOf(place);
  return host && `https://${host}/${path}?region=${encodeURIComponent(place.region)}#${fragment}`;
}

function hostOf({ partition, region }: ConsolePlace): string | undefined {
  switch (partition) {
    case 'aws':
      return `${encodeURIComponent(region)}.console.aws.amazon.com`;
    case 'aws-cn':
      return 'console.amazonaws.cn';
    case 'aws-us-gov':
      return 'console.amazonaws-us-gov.com';
    default:
      return undefined;
  }
}

/** How the CloudWatch console escapes text in its fragments: `*2f` for a slash. */
function starred(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9_.-]/.test(character) ? character : `*${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
}
