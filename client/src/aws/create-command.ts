import type { FlowLogSettings } from './flow-log-settings.ts';
import type { EnablingPlan } from './plan-enabling.ts';
import { quoted, type Shell } from './shell-quoting.ts';

export interface CommandOptions {
  readonly shell: Shell;
  /** Undefined: none is named. */
  readonly profile?: string | undefined;
}

/**
 * `aws ec2 create-flow-logs …` for each call of a plan, one a line, quoted for the shell.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/ec2/create-flow-logs.html
 */
export function createFlowLogsCommands(
  { batches, settings }: Pick<EnablingPlan, 'batches' | 'settings'>,
  { shell, profile }: CommandOptions,
): string {
  return batches
    .map(({ region, vpcs }) => {
      const words = [
        'aws',
        'ec2',
        'create-flow-logs',
        ...(profile === undefined ? [] : ['--profile', profile]),
        '--region',
        region,
        '--resource-type',
        'VPC',
        '--resource-ids',
        ...vpcs.map(({ id }) => id),
        ...settingsArguments(settings),
      ];
      return words.map((word) => quoted(word, shell)).join(' ');
    })
    .join('\n');
}

function settingsArguments(settings: FlowLogSettings): string[] {
  const { trafficType, maxAggregationInterval, logFormat, tags } = settings;
  const pairs = Object.entries(tags).map(
    ([key, value]) => `{Key=${shorthand(key)},Value=${shorthand(value)}}`,
  );
  return [
    '--traffic-type',
    trafficType,
    ...destinationArguments(settings),
    '--max-aggregation-interval',
    String(maxAggregationInterval),
    ...(logFormat === undefined ? [] : ['--log-format', logFormat]),
    ...(pairs.length === 0
      ? []
      : ['--tag-specifications', `ResourceType=vpc-flow-log,Tags=[${pairs.join(',')}]`]),
  ];
}

function destinationArguments({ destination }: FlowLogSettings): string[] {
  switch (destination.kind) {
    case 'cloud-watch-logs':
      return [
        '--log-destination-type',
        destination.kind,
        '--log-group-name',
        destination.logGroupName,
        '--deliver-logs-permission-arn',
        destination.roleArn,
      ];
    case 's3': {
      const { bucketArn, options } = destination;
      const partitions =
        options &&
        `FileFormat=${options.fileFormat},HiveCompatiblePartitions=${options.hiveCompatiblePartitions},PerHourPartition=${options.perHourPartition}`;
      return [
        '--log-destination-type',
        destination.kind,
        '--log-destination',
        bucketArn,
        ...(partitions === undefined ? [] : ['--destination-options', partitions]),
      ];
    }
    case 'kinesis-data-firehose':
      return ['--log-destination-type', destination.kind, '--log-destination', destination.deliveryStreamArn];
  }
}

/**
 * A text in the shorthand syntax of the AWS CLI.
 *
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
 */
function shorthand(text: string): string {
  if (/^[\w./:@+-]+$/.test(text)) return text;
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
