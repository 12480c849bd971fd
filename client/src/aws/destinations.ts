import type { Account } from './account.ts';
import type { Failure } from './model.ts';

/** What the account has of a kind, or why it cannot be told: the user then types an ARN. */
export type Candidates<T> =
  | {
      readonly kind: 'listed';
      readonly items: readonly T[];
      /** More are there than were read. */ readonly isCut: boolean;
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

/** The account's buckets: s3:ListAllMyBuckets. Rejects only when aborted. */
export declare function listBuckets(account: Account, signal?: AbortSignal): Promise<Candidates<Bucket>>;

/** The log groups of a region: logs:DescribeLogGroups. Rejects only when aborted. */
export declare function listLogGroups(
  account: Account,
  region: string,
  signal?: AbortSignal,
): Promise<Candidates<LogGroup>>;

/** The roles that vpc-flow-logs.amazonaws.com may assume: iam:ListRoles. Rejects only when aborted. */
export declare function listDeliveryRoles(
  account: Account,
  signal?: AbortSignal,
): Promise<Candidates<DeliveryRole>>;

/** The delivery streams of a region: firehose:ListDeliveryStreams. Rejects only when aborted. */
export declare function listDeliveryStreams(
  account: Account,
  region: string,
  signal?: AbortSignal,
): Promise<Candidates<DeliveryStream>>;
