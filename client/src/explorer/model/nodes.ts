import type { AccountIdentity, Failure, FlowLog, Vpc } from '../../aws/model.ts';
import type { KnownRegion } from './account-state.ts';
import type { AccountCounts, Counts } from './counts.ts';

/**
 * The nodes of the tree. Each is made anew whenever it is asked for; its id stays, so that what is expanded and
 * selected survives a refresh.
 */
export type TreeNode = AccountNode | FailureNode | RegionNode | VpcNode | FlowLogNode | NoteNode;

export interface AccountNode {
  readonly kind: 'account';
  readonly id: string;
  readonly identity: AccountIdentity;
  readonly counts: AccountCounts;
  readonly isReading: boolean;
  /** Regions that the filters hide. */
  readonly hiddenRegions: number;
}

/** Why the sweep ended before its end: once for the account, not once a region. */
export interface FailureNode {
  readonly kind: 'failure';
  readonly id: string;
  readonly failure: Failure;
}

export interface RegionNode {
  readonly kind: 'region';
  readonly id: string;
  readonly region: string;
  readonly known: KnownRegion;
  readonly counts: Counts;
}

export interface VpcNode {
  readonly kind: 'vpc';
  readonly id: string;
  readonly vpc: Vpc;
}

export interface FlowLogNode {
  readonly kind: 'flow-log';
  readonly id: string;
  readonly vpc: Vpc;
  readonly flowLog: FlowLog;
}

/** Something to know about the VPC above it. */
export interface NoteNode {
  readonly kind: 'note';
  readonly id: string;
  readonly vpc: Vpc;
  readonly note: Note;
}

export type Note =
  | { readonly kind: 'logs-elsewhere'; readonly subnets: number; readonly interfaces: number }
  | { readonly kind: 'shared'; readonly ownerId: string }
  | { readonly kind: 'unreadable'; readonly failure: Failure };

/**
 * The ids spell the way down from the account, so one VPC that two profiles see has two. The account counts by its
 * profile: its number may come late, or not at all.
 */
export const nodeId = {
  account: ({ profile }: Pick<AccountIdentity, 'profile'>): string =>
    `account/${profile === undefined ? '' : encodeURIComponent(profile)}`,
  failure: (accountId: string): string => `${accountId}/failure`,
  region: (accountId: string, region: string): string => `${accountId}/${region}`,
  vpc: (accountId: string, { region, id }: Pick<Vpc, 'region' | 'id'>): string =>
    `${accountId}/${region}/${id}`,
  flowLog: (vpcId: string, { id }: Pick<FlowLog, 'id'>): string => `${vpcId}/${id}`,
  note: (vpcId: string, { kind }: Note): string => `${vpcId}/${kind}`,
};
