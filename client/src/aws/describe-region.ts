import { paginateDescribeFlowLogs, paginateDescribeVpcs, type EC2Client } from '@aws-sdk/client-ec2';
import { flowLogOf, vpcOf, type VpcFacts } from './described.ts';
import type { FlowLog } from './model.ts';

/**
 * A page is parsed in one go, so it is kept small enough for the event loop. AWS allows 1000.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html
 */
const PAGE_SIZE = 300;

export async function describeVpcs(
  client: EC2Client,
  place: { readonly region: string; readonly partition: string },
  signal: AbortSignal | undefined,
): Promise<VpcFacts[]> {
  const vpcs: VpcFacts[] = [];
  const pages = paginateDescribeVpcs({ client, pageSize: PAGE_SIZE }, {}, { abortSignal: signal });
  for await (const { Vpcs = [] } of pages)
    vpcs.push(...Vpcs.flatMap((described) => vpcOf(described, place.region, place.partition) ?? []));
  return vpcs;
}

/** All flow logs of the region, on whatever they are. */
export async function describeFlowLogs(
  client: EC2Client,
  signal: AbortSignal | undefined,
): Promise<FlowLog[]> {
  const flowLogs: FlowLog[] = [];
  const pages = paginateDescribeFlowLogs({ client, pageSize: PAGE_SIZE }, {}, { abortSignal: signal });
  for await (const { FlowLogs = [] } of pages)
    flowLogs.push(...FlowLogs.flatMap((described) => flowLogOf(described) ?? []));
  return flowLogs;
}
