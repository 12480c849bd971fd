import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { partition as partitionOf } from '@aws-sdk/core/client';
import { abortable } from './abortable.ts';
import { createClients, createRequestHandler, type AwsClients, type Timeouts } from './clients.ts';
import { findCredentials } from './credentials.ts';
import { credentialFailure, failureOf } from './failure.ts';
import type { AccountIdentity, Failure } from './model.ts';
import { listProfiles, type Profile } from './profiles.ts';

/** An account that credentials have been found for. What reads and changes it takes it as the first argument. */
export interface Account {
  /** As in the identity. */
  readonly profile: string | undefined;
  /** Where calls go that belong to no region: the profile's, else one of its partition. */
  readonly homeRegion: string;
  /** `aws`, `aws-cn`, `aws-us-gov`… */
  readonly partition: string;
  readonly isDemo: boolean;
  /** 12 digits, where the credentials or the profile tell it without a call. */
  readonly knownAccountId?: string | undefined;
  /** From GetCallerIdentity, which has been asked and not waited for. Never rejects: what is not to be had is undefined. */
  readonly identity: Promise<AccountIdentity>;
  readonly clients: AwsClients;
}

export interface OpenAccountOptions {
  /** Undefined: the environment, else the profile in AWS_PROFILE or `default`, else the container or the instance. */
  readonly profile?: string | undefined;
  /** Undefined: the profile's own, or that of the environment. */
  readonly region?: string | undefined;
  /**
   * Asks for the code of an MFA device; undefined when the user would not. Asked while the account is opened, never
   * later. Left out where nobody may be asked (a passive refresh): the account then fails with `mfa-needed`.
   */
  readonly mfaCode?: ((mfaSerial: string) => Promise<string | undefined>) | undefined;
  /** Rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly timeouts?: Timeouts | undefined;
}

export type OpenedAccount =
  | { readonly kind: 'open'; readonly account: Account }
  /** A kind that `isOfCredentials`, or what else kept the credentials away. */
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Finds the credentials of a profile and the account they are for. Asks nobody unless `mfaCode` is given. */
export async function openAccount(options: OpenAccountOptions): Promise<OpenedAccount> {
  options.signal?.throwIfAborted();
  return abortable(open(options), options.signal);
}

/** Closes the connections. What still runs fails. */
export function closeAccount(account: Account): void {
  account.clients.destroy();
}

async function open(options: OpenAccountOptions): Promise<OpenedAccount> {
  const profile = await effectiveProfile(options.profile);
  const homeRegion = options.region ?? homeRegionOf(profile, options.profile !== undefined);
  const requestHandler = createRequestHandler(options.timeouts);
  const credentials = findCredentials({
    profile: options.profile,
    homeRegion,
    mfaCode: options.mfaCode,
    requestHandler,
  });
  let accountId: string | undefined;
  try {
    ({ accountId } = await credentials.provide());
  } catch (error) {
    requestHandler.destroy();
    return { kind: 'failed', failure: credentialFailure(error) };
  }
  credentials.stopAsking();
  const clients = createClients({
    profile: options.profile,
    homeRegion,
    credentials: credentials.provide,
    requestHandler,
  });
  const known = {
    profile: profile?.name,
    accountId: accountId ?? profile?.accountId,
    partition: partitionOf(homeRegion).name,
    isDemo: profile?.isDemo ?? false,
  };
  return {
    kind: 'open',
    account: {
      profile: known.profile,
      homeRegion,
      partition: known.partition,
      isDemo: known.isDemo,
      knownAccountId: known.accountId,
      identity: identify(clients, known),
      clients,
    },
  };
}

type Known = Pick<AccountIdentity, 'profile' | 'accountId' | 'partition' | 'isDemo'>;

async function identify(clients: AwsClients, known: Known): Promise<AccountIdentity> {
  try {
    const sts = await clients.sts();
    const { Account: accountId, Arn: callerArn } = await sts.send(new GetCallerIdentityCommand());
    return { ...known, accountId: accountId ?? known.accountId, callerArn, failure: undefined };
  } catch (error) {
    const failure = failureOf(error, { operation: 'GetCallerIdentity' });
    return { ...known, callerArn: undefined, failure };
  }
}

/** The profile that the chain will use, as far as the files know it; undefined for the environment and the rest. */
async function effectiveProfile(chosen: string | undefined): Promise<Profile | undefined> {
  const env = process.env;
  const named = chosen ?? env['AWS_PROFILE'];
  if (named === undefined && env['AWS_ACCESS_KEY_ID'] !== undefined) return undefined;
  const { profiles, ssoSessions } = await listProfiles();
  const found = profiles.find(({ name }) => name === (named ?? 'default'));
  if (found === undefined || found.region !== undefined) return found;
  // IAM Identity Center is in a region of the same partition.
  const region = found.ssoRegion ?? ssoSessions.find(({ name }) => name === found.ssoSession)?.region;
  return { ...found, region };
}

/** A profile that was chosen knows its partition better than the environment does. */
function homeRegionOf(profile: Profile | undefined, isChosen: boolean): string {
  const env = process.env;
  const ofEnvironment = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  const region = isChosen ? (profile?.region ?? ofEnvironment) : (ofEnvironment ?? profile?.region);
  return region ?? fallbackRegion(profile?.partition);
}

/** One that is enabled in every account of the partition. */
function fallbackRegion(partition: string | undefined): string {
  if (partition === 'aws-cn') return 'cn-north-1';
  if (partition === 'aws-us-gov') return 'us-gov-west-1';
  return 'us-east-1';
}
