import type { Account } from './account.ts';
import { describeFlowLogs, describeVpcs } from './describe-region.ts';
import { failureOf } from './failure.ts';
import { groupBy } from './group-by.ts';
import { countLogsElsewhere } from './logs-elsewhere.ts';
import { isOfCredentials, type AccountIdentity, type Failure, type RegionState } from './model.ts';
import { vpcState } from './vpc-state.ts';

/** A region that has been read, or could not be. */
export type ReadRegion = Exclude<RegionState, { kind: 'loading' }>;

/**
 * Reads the VPCs of one region and what flow logs they have: DescribeVpcs and DescribeFlowLogs, all pages, joined here;
 * where subnets or interfaces have flow logs, also DescribeSubnets and DescribeNetworkInterfaces. Sorted by id.
 * Rejects with the signal's reason when aborted, else never.
 */
export async function readRegion(
  account: Account,
  region: string,
  signal?: AbortSignal,
): Promise<ReadRegion> {
  signal?.throwIfAborted();
  const client = await account.clients.ec2(region);
  const [vpcs, flowLogs, identity] = await Promise.all([
    settled(describeVpcs(client, { region, partition: account.partition }, signal)),
    settled(describeFlowLogs(client, signal)),
    account.identity,
  ]);
  signal?.throwIfAborted();
  const failureOfCall = (error: unknown, operation: string) =>
    inRegion(failureOf(error, { operation, permission: `ec2:${operation}` }), region, account, identity);
  if (!vpcs.isDone) return { kind: 'failed', failure: failureOfCall(vpcs.error, 'DescribeVpcs') };
  const flowLogsFailure = flowLogs.isDone ? undefined : failureOfCall(flowLogs.error, 'DescribeFlowLogs');
  if (flowLogsFailure !== undefined && isOfCredentials(flowLogsFailure))
    return { kind: 'failed', failure: flowLogsFailure };

  const readFlowLogs = flowLogs.isDone ? flowLogs.value : [];
  const elsewhere = await countLogsElsewhere(client, readFlowLogs, signal);
  signal?.throwIfAborted();
  const ofResource = groupBy(readFlowLogs, ({ resourceId }) => resourceId);
  const context = { accountId: identity.accountId, identityFailure: identity.failure, flowLogsFailure };
  return {
    kind: 'ready',
    vpcs: vpcs.value
      .map((vpc) => {
        const own = ofResource.get(vpc.id) ?? [];
        const logsElsewhere = elsewhere.get(vpc.id) ?? { subnets: 0, interfaces: 0 };
        return { ...vpc, flowLogs: own, logsElsewhere, state: vpcState(vpc, own, context) };
      })
      .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
  };
}

/**
 * EC2 calls credentials that are good elsewhere invalid in a region that the account has not enabled.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
function inRegion(failure: Failure, region: string, account: Account, identity: AccountIdentity): Failure {
  const isElsewhereGood = identity.failure === undefined && region !== account.homeRegion;
  return failure.kind === 'credentials-invalid' && isElsewhereGood
    ? { ...failure, kind: 'not-opted-in' }
    : failure;
}

type Settled<T> =
  { readonly isDone: true; readonly value: T } | { readonly isDone: false; readonly error: unknown };

async function settled<T>(promise: Promise<T>): Promise<Settled<T>> {
  try {
    return { isDone: true, value: await promise };
  } catch (error) {
    return { isDone: false, error };
  }
}
