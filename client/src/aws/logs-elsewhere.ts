import {
  paginateDescribeNetworkInterfaces,
  paginateDescribeSubnets,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { chunks } from './chunks.ts';
import type { FlowLog } from './model.ts';

export interface LogsElsewhere {
  readonly subnets: number;
  readonly interfaces: number;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html */
const MAX_FILTER_VALUES = 200;

/**
 * How many subnets and interfaces of each VPC have flow logs of their own. Asks only when there are such flow logs, and
 * does without an answer where the caller may not know: it is a note, no verdict hangs on it.
 */
export async function countLogsElsewhere(
  client: EC2Client,
  flowLogs: readonly FlowLog[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, LogsElsewhere>> {
  const resources = [...new Set(flowLogs.map(({ resourceId }) => resourceId))];
  const [subnets, interfaces] = await Promise.all([
    vpcsOfSubnets(
      client,
      resources.filter((id) => id.startsWith('subnet-')),
      signal,
    ).catch(none),
    vpcsOfInterfaces(
      client,
      resources.filter((id) => id.startsWith('eni-')),
      signal,
    ).catch(none),
  ]);
  const counts = new Map<string, LogsElsewhere>();
  const add = (vpcId: string, more: Partial<LogsElsewhere>) => {
    const { subnets: s, interfaces: i } = counts.get(vpcId) ?? { subnets: 0, interfaces: 0 };
    counts.set(vpcId, { subnets: s + (more.subnets ?? 0), interfaces: i + (more.interfaces ?? 0) });
  };
  for (const vpcId of subnets) add(vpcId, { subnets: 1 });
  for (const vpcId of interfaces) add(vpcId, { interfaces: 1 });
  return counts;
}

async function vpcsOfSubnets(
  client: EC2Client,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<string[]> {
  const vpcIds: string[] = [];
  for (const Values of chunks(ids, MAX_FILTER_VALUES)) {
    const pages = paginateDescribeSubnets(
      { client },
      { Filters: [{ Name: 'subnet-id', Values }] },
      { abortSignal: signal },
    );
    for await (const { Subnets = [] } of pages) vpcIds.push(...Subnets.flatMap(({ VpcId }) => VpcId ?? []));
  }
  return vpcIds;
}

async function vpcsOfInterfaces(
  client: EC2Client,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<string[]> {
  const vpcIds: string[] = [];
  for (const Values of chunks(ids, MAX_FILTER_VALUES)) {
    const pages = paginateDescribeNetworkInterfaces(
      { client },
      { Filters: [{ Name: 'network-interface-id', Values }] },
      { abortSignal: signal },
    );
    for await (const { NetworkInterfaces = [] } of pages)
      vpcIds.push(...NetworkInterfaces.flatMap(({ VpcId }) => VpcId ?? []));
  }
  return vpcIds;
}

const none = (): string[] => [];
