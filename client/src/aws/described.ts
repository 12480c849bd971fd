import { t } from '@vscode/l10n';
import type {
  FlowLog as DescribedFlowLog,
  Tag,
  Vpc as DescribedVpc,
  VpcCidrBlockState,
} from '@aws-sdk/client-ec2';
import type { FlowLog, StackOrigin, Vpc } from './model.ts';

/** From the SDK's shapes, in which everything may be left out, to ours. */

export function flowLogOf(described: DescribedFlowLog): FlowLog | undefined {
  const { FlowLogId: id, ResourceId: resourceId } = described;
  if (id === undefined || resourceId === undefined) return undefined;
  const destination = described.LogDestinationType ?? 'cloud-watch-logs';
  const isFailed = described.DeliverLogsStatus === 'FAILED';
  return {
    id,
    resourceId,
    trafficType: described.TrafficType,
    destination,
    destinationName:
      destination === 'cloud-watch-logs'
        ? (described.LogGroupName ?? logGroupNameOf(described.LogDestination))
        : described.LogDestination,
    maxAggregationInterval: described.MaxAggregationInterval,
    logFormat: described.LogFormat,
    isActive: described.FlowLogStatus === 'ACTIVE',
    deliveryError: isFailed ? (described.DeliverLogsErrorMessage ?? t('Unknown error')) : undefined,
    deliveryRoleArn: described.DeliverLogsPermissionArn,
    createdAt: described.CreationTime,
    tags: tagsOf(described.Tags),
  };
}

export type VpcFacts = Omit<Vpc, 'state' | 'flowLogs' | 'logsElsewhere'>;

export function vpcOf(described: DescribedVpc, region: string, partition: string): VpcFacts | undefined {
  const { VpcId: id, OwnerId: ownerId = '' } = described;
  if (id === undefined) return undefined;
  const tags = tagsOf(described.Tags);
  return {
    id,
    arn: `arn:${partition}:ec2:${region}:${ownerId}:vpc/${id}`,
    region,
    ownerId,
    name: tags['Name'],
    cidrBlocks: cidrBlocksOf(described),
    isDefault: described.IsDefault ?? false,
    origin: originOf(tags),
    tags,
  };
}

function cidrBlocksOf(vpc: DescribedVpc): string[] {
  const ipv4 = vpc.CidrBlockAssociationSet?.flatMap(({ CidrBlock, CidrBlockState }) =>
    isAssociated(CidrBlockState) ? (CidrBlock ?? []) : [],
  );
  const ipv6 = vpc.Ipv6CidrBlockAssociationSet?.flatMap(({ Ipv6CidrBlock, Ipv6CidrBlockState }) =>
    isAssociated(Ipv6CidrBlockState) ? (Ipv6CidrBlock ?? []) : [],
  );
  return [
    ...new Set([...(vpc.CidrBlock === undefined ? [] : [vpc.CidrBlock]), ...(ipv4 ?? []), ...(ipv6 ?? [])]),
  ];
}

function isAssociated(state: VpcCidrBlockState | undefined): boolean {
  return state?.State === undefined || state.State === 'associated';
}

function originOf(tags: Readonly<Record<string, string>>): StackOrigin | undefined {
  const stackName = tags['aws:cloudformation:stack-name'];
  const stackId = tags['aws:cloudformation:stack-id'];
  const logicalId = tags['aws:cloudformation:logical-id'];
  if (stackName === undefined || stackId === undefined || logicalId === undefined) return undefined;
  return { stackName, stackId, logicalId };
}

function tagsOf(tags: readonly Tag[] | undefined): Record<string, string> {
  const pairs = (tags ?? []).flatMap(({ Key, Value }) =>
    Key === undefined ? [] : [[Key, Value ?? ''] as const],
  );
  return Object.fromEntries(pairs);
}

/** `arn:aws:logs:REGION:ACCOUNT:log-group:NAME[:*]` */
function logGroupNameOf(arn: string | undefined): string | undefined {
  return arn === undefined ? undefined : (/:log-group:([^:]+)/.exec(arn)?.[1] ?? arn);
}
