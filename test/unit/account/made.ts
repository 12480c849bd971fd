import type { Account } from '../../../client/src/aws/account.ts';
import type { AccountIdentity, Failure, FlowLog, RegionState, Vpc } from '../../../client/src/aws/model.ts';
import type { KnownRegion, OpenAccount } from '../../../client/src/explorer/model/account-state.ts';

/** Parts of an account for tests, each whole but for what the test says. */

export function failure(changes: Partial<Failure> = {}): Failure {
  return {
    kind: 'denied',
    operation: 'DescribeVpcs',
    code: 'UnauthorizedOperation',
    message: 'You are not authorized to perform this operation.',
    permission: 'ec2:DescribeVpcs',
    ...changes,
  };
}

export function vpc(id: string, changes: Partial<Vpc> = {}): Vpc {
  const { region = 'eu-central-1', ownerId = '123456789012' } = changes;
  return {
    id,
    arn: `arn:aws:ec2:${region}:${ownerId}:vpc/${id}`,
    region,
    ownerId,
    name: undefined,
    cidrBlocks: ['10.0.0.0/16'],
    isDefault: false,
    state: { kind: 'none' },
    flowLogs: [],
    logsElsewhere: { subnets: 0, interfaces: 0 },
    origin: undefined,
    tags: {},
    ...changes,
  };
}

export function flowLog(id: string, changes: Partial<FlowLog> = {}): FlowLog {
  return {
    id,
    resourceId: 'vpc-1',
    trafficType: 'ALL',
    destination: 's3',
    destinationName: 'arn:aws:s3:::records/network/',
    maxAggregationInterval: 600,
    logFormat: undefined,
    isActive: true,
    deliveryError: undefined,
    deliveryRoleArn: undefined,
    createdAt: undefined,
    tags: {},
    ...changes,
  };
}

export const identity: AccountIdentity = {
  profile: 'production',
  accountId: '123456789012',
  callerArn: 'arn:aws:iam::123456789012:user/someone',
  partition: 'aws',
  isDemo: false,
  failure: undefined,
};

export function openAccount(
  regions: Readonly<Record<string, RegionState | { readonly kind: 'not-read' }>>,
  changes: Partial<OpenAccount> = {},
): OpenAccount {
  const known = Object.entries(regions).map(([region, state]): [string, KnownRegion] => [
    region,
    { state, isReading: state.kind === 'loading' },
  ]);
  return {
    kind: 'open',
    identity,
    regions: new Map(known),
    isSweeping: false,
    failure: undefined,
    ...changes,
  };
}

export function ready(...vpcs: Vpc[]): RegionState {
  return { kind: 'ready', vpcs };
}

/** An open account whose calls nobody answers. */
export function account(profile = 'production'): Account {
  return {
    profile,
    homeRegion: 'eu-central-1',
    partition: 'aws',
    isDemo: false,
    identity: Promise.resolve({ ...identity, profile }),
    clients: {} as Account['clients'],
  };
}
