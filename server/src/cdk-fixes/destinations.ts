import { t } from '@vscode/l10n';
import {
  defaultDestination,
  defaultRetentionInDays,
  type Destination,
  type FlowLogOptions,
} from '../fixes/options.ts';
import { call, construct, named, string, type Expression, type Fields } from './expression.ts';

/** A way for a new flow log to deliver. */
export interface Delivery {
  /** Stable, and the same as that of the fix of a template. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'log-group' | 'bucket' | 'bucket-arn' | 'stream-arn';
}

/** The scope and ids of constructs that a destination needs. */
export interface Site {
  readonly scope: Expression;
  /** An id for something that belongs to the VPC, which nothing else in the file has. */
  readonly idOf: (role: string) => Expression;
  /** The same for the name of a variable. */
  readonly variableOf: (role: string) => string;
}

/** The ways that there are, those to the destination of the options first. */
export function deliveries(options: FlowLogOptions): readonly Delivery[] {
  const preferred = options.destination ?? defaultDestination;
  const { bucketArn } = options.s3 ?? {};
  const streamArn = options.firehose?.deliveryStreamArn;
  const toBucket: Delivery = {
    id: 'add-flow-log-s3:arn',
    title: t('Add flow log to S3: bucket {0}', nameIn(bucketArn ?? '', ':')),
    kind: 'bucket-arn',
  };
  const toStream: Delivery = {
    id: 'add-flow-log-firehose:arn',
    title: t('Add flow log to Firehose: stream {0}', nameIn(streamArn ?? '', '/')),
    kind: 'stream-arn',
  };
  const byDestination: Record<Destination, readonly Delivery[]> = {
    'cloud-watch-logs': [
      {
        id: 'add-flow-log-cloud-watch-logs:new-log-group',
        title: t('Add flow log to CloudWatch Logs'),
        kind: 'log-group',
      },
    ],
    s3: [
      ...(bucketArn === undefined ? [] : [toBucket]),
      { id: 'add-flow-log-s3:new-bucket', title: t('Add flow log to S3: new bucket'), kind: 'bucket' },
    ],
    // A CDK app has no parameter that could stand for a stream that nobody named.
    'kinesis-data-firehose': streamArn === undefined ? [] : [toStream],
  };
  const { [preferred]: first, ...rest }: Record<string, readonly Delivery[]> = byDestination;
  return [...(first ?? []), ...Object.values(rest).flat()];
}

function nameIn(arn: string, separator: string): string {
  return arn.slice(arn.lastIndexOf(separator) + 1);
}

/** The `destination` of a flow log of `ec2.Vpc`. */
export function destination({ kind }: Delivery, options: FlowLogOptions, site: Site): Expression {
  const { s3 = {}, firehose = {}, cloudWatchLogs = {} } = options;
  switch (kind) {
    case 'log-group': {
      const role = cloudWatchLogs.deliverLogsPermissionArn;
      const group = logGroup(options, site);
      return role === undefined
        ? to('toCloudWatchLogs', group)
        : to(
            'toCloudWatchLogs',
            group,
            imported('aws_iam', 'Role', 'fromRoleArn', role, site, 'FlowLogRole'),
          );
    }
    case 'bucket':
      return toS3(bucket(site), options);
    case 'bucket-arn':
      return toS3(
        imported('aws_s3', 'Bucket', 'fromBucketArn', s3.bucketArn ?? '', site, 'FlowLogBucket'),
        options,
      );
    case 'stream-arn': {
      const arn = firehose.deliveryStreamArn ?? '';
      const stream = imported(
        'aws_kinesisfirehose',
        'DeliveryStream',
        'fromDeliveryStreamArn',
        arn,
        site,
        'FlowLogStream',
      );
      return to('toFirehose', stream);
    }
  }
}

function to(method: string, ...args: readonly Expression[]): Expression {
  return call(named('aws_ec2', 'FlowLogDestination', method), args);
}

function imported(
  module: 'aws_iam' | 'aws_kinesisfirehose' | 'aws_s3',
  type: string,
  method: string,
  arn: string,
  { scope, idOf }: Site,
  role: string,
): Expression {
  return call(named(module, type, method), [scope, idOf(role), string(arn)]);
}

function toS3(of: Expression, { s3 = {} }: FlowLogOptions): Expression {
  const prefix = folderOf(s3.prefix);
  const { fileFormat, hiveCompatiblePartitions, perHourPartition } = s3;
  const format = fileFormat === 'parquet' ? 'PARQUET' : 'PLAIN_TEXT';
  const fields: Fields = {
    fileFormat: fileFormat === undefined ? undefined : named('aws_ec2', 'FlowLogFileFormat', format),
    hiveCompatiblePartitions: boolean(hiveCompatiblePartitions),
    perHourPartition: boolean(perHourPartition),
  };
  const hasFields = Object.values(fields).some((field) => field !== undefined);
  const place: Expression[] = prefix === '' ? [] : [string(prefix)];
  if (place.length === 0 && hasFields) place.push({ kind: 'none' });
  return call(named('aws_ec2', 'FlowLogDestination', 'toS3'), [of, ...place], hasFields ? fields : undefined);
}

function boolean(value: boolean | undefined): Expression | undefined {
  return value === undefined ? undefined : { kind: 'boolean', value };
}

/** Nothing, or `prefix/`. */
export function folderOf(prefix: string | undefined): string {
  const plain = prefix?.replaceAll(/^\/|\/$/g, '') ?? '';
  return plain === '' ? '' : `${plain}/`;
}

export function logGroup({ cloudWatchLogs = {} }: FlowLogOptions, { scope, idOf }: Site): Expression {
  const { retentionInDays = defaultRetentionInDays, logGroupNamePrefix } = cloudWatchLogs;
  const id = idOf('FlowLogGroup');
  const stackName = named('core', 'Aws', 'STACK_NAME');
  const idPart: readonly (string | Expression)[] =
    id.kind === 'format' ? id.parts : [id.kind === 'string' ? id.value : id];
  return construct(named('aws_logs', 'LogGroup'), [scope, id], {
    logGroupName:
      logGroupNamePrefix === undefined
        ? undefined
        : { kind: 'format', parts: [logGroupNamePrefix, stackName, '-', ...idPart] },
    retention: retention(retentionInDays),
  });
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_logs.RetentionDays.html */
const retentions: ReadonlyMap<number, string> = new Map([
  [1, 'ONE_DAY'],
  [3, 'THREE_DAYS'],
  [5, 'FIVE_DAYS'],
  [7, 'ONE_WEEK'],
  [14, 'TWO_WEEKS'],
  [30, 'ONE_MONTH'],
  [60, 'TWO_MONTHS'],
  [90, 'THREE_MONTHS'],
  [120, 'FOUR_MONTHS'],
  [150, 'FIVE_MONTHS'],
  [180, 'SIX_MONTHS'],
  [365, 'ONE_YEAR'],
  [400, 'THIRTEEN_MONTHS'],
  [545, 'EIGHTEEN_MONTHS'],
  [731, 'TWO_YEARS'],
  [1096, 'THREE_YEARS'],
  [1827, 'FIVE_YEARS'],
  [2192, 'SIX_YEARS'],
  [2557, 'SEVEN_YEARS'],
  [2922, 'EIGHT_YEARS'],
  [3288, 'NINE_YEARS'],
  [3653, 'TEN_YEARS'],
]);

function retention(days: number): Expression {
  const name = retentions.get(days);
  return name === undefined ? { kind: 'number', value: days } : named('aws_logs', 'RetentionDays', name);
}

/**
 * A private bucket. It has no policy of its own: for a `FlowLog` EC2 attaches the one for delivery, or the CDK does
 * under its feature flag `@aws-cdk/aws-s3:createDefaultLoggingPolicy`. It is kept when the stack is deleted.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 */
export function bucket({ scope, idOf }: Site): Expression {
  const days: Expression = { kind: 'number', value: defaultRetentionInDays };
  return construct(named('aws_s3', 'Bucket'), [scope, idOf('FlowLogBucket')], {
    blockPublicAccess: named('aws_s3', 'BlockPublicAccess', 'BLOCK_ALL'),
    encryption: named('aws_s3', 'BucketEncryption', 'S3_MANAGED'),
    lifecycleRules: {
      kind: 'list',
      items: [
        {
          kind: 'struct',
          type: named('aws_s3', 'LifecycleRule'),
          fields: { expiration: call(named('core', 'Duration', 'days'), [days]) },
        },
      ],
    },
  });
}
