import { abortable } from './abortable.ts';
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
  const [vpcs, flowLogs, { accountId, failure: identityFailure }] = await Promise.all([
    settled(describeVpcs(client, { region, partition: account.partition }, signal)),
    settled(describeFlowLogs(client, signal)),
    whose(account, signal),
  ]);
  signal?.throwIfAborted();
  const failureOfCall = (error: unknown, operation: string) =>
    inRegion(failureOf(error, { operation, permission: `ec2:${operation}` }), region, account, signal);
  if (!vpcs.isDone) return { kind: 'failed', failure: await failureOfCall(vpcs.error, 'DescribeVpcs') };
  const flowLogsFailure = flowLogs.isDone
    ? undefined
    : await failureOfCall(flowLogs.error, 'DescribeFlowLogs');
  if (flowLogsFailure !== undefined && isOfCredentials(flowLogsFailure))
    return { kind: 'failed', failure: flowLogsFailure };

  const readFlowLogs = flowLogs.isDone ? flowLogs.value : [];
  const elsewhere = await countLogsElsewhere(client, readFlowLogs, signal);
  signal?.throwIfAborted();
  const ofResource = groupBy(readFlowLogs, ({ resourceId }) => resourceId);
  const context = { accountId, identityFailure, flowLogsFailure };
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

/** Undefined when aborted. Never rejects for what AWS says. */
export async function readUnlessAborted(
  account: Account,
  region: string,
  signal: AbortSignal,
): Promise<ReadRegion | undefined> {
  try {
    return await readRegion(account, region, signal);
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

/** A slow or unreachable STS holds up nothing where the account is known without it. */
async function whose(
  { identity, knownAccountId }: Account,
  signal: AbortSignal | undefined,
): Promise<Pick<AccountIdentity, 'accountId' | 'failure'>> {
  if (knownAccountId !== undefined) return { accountId: knownAccountId, failure: undefined };
  return abortable(identity, signal);
}

/**
 * EC2 calls credentials that are good elsewhere invalid in a region that the account has not enabled.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
async function inRegion(
  failure: Failure,
  region: string,
  account: Account,
  signal: AbortSignal | undefined,
): Promise<Failure> {
  if (failure.kind !== 'credentials-invalid' || region === account.homeRegion) return failure;
  const identity = await abortable(account.identity, signal);
  return identity.failure === undefined ? { ...failure, kind: 'not-opted-in' } : failure;
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
