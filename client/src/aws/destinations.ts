import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { ListDeliveryStreamsCommand } from '@aws-sdk/client-firehose';
import { paginateListRoles } from '@aws-sdk/client-iam';
import { paginateListBuckets } from '@aws-sdk/client-s3';
import type { Account } from './account.ts';
import { trustsFlowLogs } from './delivery-role.ts';
import { failureOf } from './failure.ts';
import type { Failure } from './model.ts';

/** What the account has of a kind, or why it cannot be told: the user then types an ARN. */
export type Candidates<T> =
  | {
      readonly kind: 'listed';
      /** Sorted by name. */
      readonly items: readonly T[];
      /** There are more than were read. */
      readonly isCut: boolean;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface Bucket {
  readonly name: string;
  /** `arn:aws:s3:::name` */
  readonly arn: string;
  readonly region: string | undefined;
}

export interface LogGroup {
  readonly name: string;
  /** In days; undefined: for ever. */
  readonly retentionInDays: number | undefined;
}

export interface DeliveryRole {
  readonly name: string;
  readonly arn: string;
}

export interface DeliveryStream {
  readonly name: string;
  readonly arn: string;
}

/** More than one could look through; who has more types a part of the name, or an ARN. */
const MAX_ITEMS = 2_000;

/** The account's buckets of all regions: s3:ListAllMyBuckets. Rejects only when aborted. */
export function listBuckets(account: Account, signal?: AbortSignal): Promise<Candidates<Bucket>> {
  return candidates(
    { operation: 'ListBuckets', permission: 's3:ListAllMyBuckets' },
    signal,
    async function* () {
      const pages = paginateListBuckets({ client: await account.clients.s3() }, {}, { abortSignal: signal });
      for await (const { Buckets = [] } of pages)
        yield Buckets.flatMap(({ Name: name, BucketRegion: region }) =>
          name === undefined ? [] : { name, arn: `arn:${account.partition}:s3:::${name}`, region },
        );
    },
  );
}

/** The log groups of a region: logs:DescribeLogGroups. Rejects only when aborted. */
export function listLogGroups(
  account: Account,
  region: string,
  signal?: AbortSignal,
): Promise<Candidates<LogGroup>> {
  return candidates(
    { operation: 'DescribeLogGroups', permission: 'logs:DescribeLogGroups' },
    signal,
    async function* () {
      const pages = paginateDescribeLogGroups(
        { client: await account.clients.logs(region) },
        {},
        { abortSignal: signal },
      );
      for await (const { logGroups = [] } of pages)
        yield logGroups.flatMap(({ logGroupName: name, retentionInDays }) =>
          name === undefined ? [] : { name, retentionInDays },
        );
    },
  );
}

/** The roles that vpc-flow-logs.amazonaws.com may assume: iam:ListRoles. Rejects only when aborted. */
export function listDeliveryRoles(account: Account, signal?: AbortSignal): Promise<Candidates<DeliveryRole>> {
  return candidates({ operation: 'ListRoles', permission: 'iam:ListRoles' }, signal, async function* () {
    const pages = paginateListRoles({ client: await account.clients.iam() }, {}, { abortSignal: signal });
    for await (const { Roles = [] } of pages)
      yield Roles.flatMap(({ RoleName: name, Arn: arn, AssumeRolePolicyDocument: document }) =>
        name !== undefined && arn !== undefined && trustsFlowLogs(document) ? { name, arn } : [],
      );
  });
}

/** The delivery streams of a region: firehose:ListDeliveryStreams. Rejects only when aborted. */
export function listDeliveryStreams(
  account: Account,
  region: string,
  signal?: AbortSignal,
): Promise<Candidates<DeliveryStream>> {
  return candidates(
    { operation: 'ListDeliveryStreams', permission: 'firehose:ListDeliveryStreams' },
    signal,
    async function* () {
      const [client, { accountId }] = await Promise.all([account.clients.firehose(region), account.identity]);
      let after: string | undefined;
      for (;;) {
        const command = new ListDeliveryStreamsCommand({ ExclusiveStartDeliveryStreamName: after });
        const page = await client.send(command, signal === undefined ? {} : { abortSignal: signal });
        const names = page.DeliveryStreamNames ?? [];
        yield names.map((name) => ({
          name,
          arn: `arn:${account.partition}:firehose:${region}:${accountId ?? ''}:deliverystream/${name}`,
        }));
        after = names.at(-1);
        if (page.HasMoreDeliveryStreams !== true || after === undefined) return;
      }
    },
  );
}

async function candidates<T extends { readonly name: string }>(
  call: { readonly operation: string; readonly permission: string },
  signal: AbortSignal | undefined,
  pages: () => AsyncIterable<readonly T[]>,
): Promise<Candidates<T>> {
  const items: T[] = [];
  try {
    for await (const page of pages()) {
      items.push(...page);
      if (items.length > MAX_ITEMS) break;
    }
  } catch (error) {
    signal?.throwIfAborted();
    return { kind: 'failed', failure: failureOf(error, call) };
  }
  const shown = items.slice(0, MAX_ITEMS).toSorted((one, other) => one.name.localeCompare(other.name));
  return { kind: 'listed', items: shown, isCut: items.length > MAX_ITEMS };
}
