/**
 * The live account in the words of this product: what the inventory yields, the tree shows and the enabling changes.
 * Knows neither VS Code nor the SDK.
 */

export type Destination = 'cloud-watch-logs' | 's3' | 'kinesis-data-firehose';

export type TrafficType = 'ACCEPT' | 'REJECT' | 'ALL';

/** A flow log as DescribeFlowLogs tells of it. */
export interface FlowLog {
  /** `fl-…` */
  readonly id: string;
  /** What it is on: a VPC, a subnet or a network interface. */
  readonly resourceId: string;
  readonly trafficType: TrafficType | undefined;
  readonly destination: Destination;
  /** The ARN of the bucket or the delivery stream, or the name of the log group; undefined where AWS names none. */
  readonly destinationName: string | undefined;
  /** In seconds. */
  readonly maxAggregationInterval: number | undefined;
  readonly logFormat: string | undefined;
  readonly isActive: boolean;
  /** AWS's words, such as `Access error`, where the last delivery failed. */
  readonly deliveryError: string | undefined;
  readonly deliveryRoleArn: string | undefined;
  readonly createdAt: Date | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a VPC's flow logs amount to under Security Hub control EC2.6. Unknown is never counted as none. */
export type VpcState =
  | { readonly kind: 'logged' }
  | { readonly kind: 'accept-only' }
  /** Flow logs that would do are there, but AWS could not deliver the records of any. */
  | { readonly kind: 'delivery-failed'; readonly error: string }
  | { readonly kind: 'none' }
  /** Of another account, which AWS lets see its flow logs alone. */
  | { readonly kind: 'shared'; readonly ownerId: string }
  /** The VPC could be read, its flow logs could not. */
  | { readonly kind: 'unreadable'; readonly failure: Failure };

/** The resource of a stack that made a VPC, from the tags that CloudFormation sets. */
export interface StackOrigin {
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
}

export interface Vpc {
  /** `vpc-…` */
  readonly id: string;
  readonly arn: string;
  readonly region: string;
  readonly ownerId: string;
  /** The tag `Name`. */
  readonly name: string | undefined;
  /** IPv4 and IPv6 blocks, the primary one first. */
  readonly cidrBlocks: readonly string[];
  readonly isDefault: boolean;
  readonly state: VpcState;
  /** Those on the VPC itself. */
  readonly flowLogs: readonly FlowLog[];
  /** How many subnets and interfaces of it have flow logs of their own; they do not count for the control. */
  readonly logsElsewhere: { readonly subnets: number; readonly interfaces: number };
  readonly origin: StackOrigin | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** Why a call gave nothing. */
export interface Failure {
  /** What a user can do about it depends on this alone. */
  readonly kind:
    | 'denied'
    | 'not-opted-in'
    | 'throttled'
    | 'timeout'
    | 'network'
    | 'credentials-missing'
    | 'credentials-expired'
    /** AWS does not know them, or their signature was wrong. */
    | 'credentials-invalid'
    /** A code is needed, and nobody could be asked or nobody gave one. */
    | 'mfa-needed'
    /** AWS did not accept the code. */
    | 'mfa-refused'
    | 'unexpected-answer'
    | 'other';
  /** The operation, such as `DescribeVpcs`; undefined where no call was made. */
  readonly operation: string | undefined;
  /** AWS's error code, such as `UnauthorizedOperation`. */
  readonly code: string | undefined;
  /** AWS's own words, without secrets. */
  readonly message: string;
  /** The permission by its name where it can be told, such as `ec2:DescribeFlowLogs`. */
  readonly permission: string | undefined;
}

/** A region as far as the sweep knows it. */
export type RegionState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly vpcs: readonly Vpc[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** A flow log that an enabling made: what an undo deletes. */
export interface CreatedFlowLog {
  readonly region: string;
  /** `fl-…` */
  readonly flowLogId: string;
}

/** Whose account it is: what STS and the profile tell. */
export interface AccountIdentity {
  /** Undefined where the credentials do not come from a profile. */
  readonly profile: string | undefined;
  /** 12 digits; undefined where GetCallerIdentity is not to be had. */
  readonly accountId: string | undefined;
  readonly callerArn: string | undefined;
  /** `aws`, `aws-cn`, `aws-us-gov`… */
  readonly partition: string;
  readonly isDemo: boolean;
  /** Why GetCallerIdentity did not tell. */
  readonly failure: Failure | undefined;
}

/** A VPC that lacks a flow log which counts: `none`, `accept-only`. Neither failed deliveries nor unknown ones are gaps to fill. */
export function isBare({ state }: Pick<Vpc, 'state'>): boolean {
  return state.kind === 'none' || state.kind === 'accept-only';
}

/** Holds for every call in every region, so it is told once. */
export function isOfCredentials({ kind }: Pick<Failure, 'kind'>): boolean {
  return (
    kind === 'credentials-missing' ||
    kind === 'credentials-expired' ||
    kind === 'credentials-invalid' ||
    kind === 'mfa-needed' ||
    kind === 'mfa-refused'
  );
}
