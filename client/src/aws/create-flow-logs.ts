import { randomUUID } from 'node:crypto';
import { CreateFlowLogsCommand, type CreateFlowLogsCommandInput } from '@aws-sdk/client-ec2';
import type { Account } from './account.ts';
import { failureOf } from './failure.ts';
import type { FlowLogSettings } from './flow-log-settings.ts';
import type { Failure } from './model.ts';

/** How one CreateFlowLogs call ended. */
export type CreateAnswer =
  | {
      readonly kind: 'answered';
      /** `fl-…`; of which VPC each is, only reading tells. */
      readonly flowLogIds: readonly string[];
      /** By VPC id. */
      readonly refused: ReadonlyMap<string, Failure>;
    }
  /** Some may have been created all the same. */
  | { readonly kind: 'thrown'; readonly failure: Failure };

/**
 * One call. The SDK repeats it with the same client token when no answer comes, so that it takes effect once.
 * The permission that is missing cannot be told: AWS words iam:PassRole and logs:CreateLogDelivery like ec2:CreateFlowLogs.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html
 */
export async function createFlowLogs(
  account: Account,
  region: string,
  vpcIds: readonly string[],
  settings: FlowLogSettings,
  signal: AbortSignal,
): Promise<CreateAnswer> {
  const operation = 'CreateFlowLogs';
  try {
    const client = await account.clients.ec2Changes(region);
    const input = { ...inputOf(settings), ResourceIds: [...vpcIds], ClientToken: randomUUID() };
    const { FlowLogIds = [], Unsuccessful = [] } = await client.send(new CreateFlowLogsCommand(input), {
      abortSignal: signal,
    });
    const refused = Unsuccessful.map(({ ResourceId = '', Error: error }) => {
      // The code is that of HTTP; what it means stands in the message.
      const named = Object.assign(new Error(error?.Message ?? 'Unknown error'), {
        name: error?.Code ?? 'Unknown',
      });
      return [ResourceId, failureOf(named, { operation })] as const;
    });
    return { kind: 'answered', flowLogIds: FlowLogIds, refused: new Map(refused) };
  } catch (error) {
    return { kind: 'thrown', failure: failureOf(error, { operation }) };
  }
}

function inputOf(settings: FlowLogSettings): Omit<CreateFlowLogsCommandInput, 'ResourceIds'> {
  const tags = Object.entries(settings.tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    ResourceType: 'VPC',
    TrafficType: settings.trafficType,
    MaxAggregationInterval: settings.maxAggregationInterval,
    LogFormat: settings.logFormat,
    TagSpecifications: tags.length === 0 ? undefined : [{ ResourceType: 'vpc-flow-log', Tags: tags }],
    ...destinationOf(settings),
  };
}

function destinationOf({ destination }: FlowLogSettings): Partial<CreateFlowLogsCommandInput> {
  const LogDestinationType = destination.kind;
  switch (destination.kind) {
    case 'cloud-watch-logs':
      return {
        LogDestinationType,
        LogGroupName: destination.logGroupName,
        DeliverLogsPermissionArn: destination.roleArn,
      };
    case 's3': {
      const { bucketArn: LogDestination, options } = destination;
      const DestinationOptions = options && {
        FileFormat: options.fileFormat,
        HiveCompatiblePartitions: options.hiveCompatiblePartitions,
        PerHourPartition: options.perHourPartition,
      };
      return { LogDestinationType, LogDestination, DestinationOptions };
    }
    case 'kinesis-data-firehose':
      return { LogDestinationType, LogDestination: destination.deliveryStreamArn };
  }
}
