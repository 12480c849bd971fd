import type { AccountIdentity, Failure, RegionState } from '../../aws/model.ts';

/** What the tree knows of an account. */
export type AccountState =
  /** The user has not asked for it yet, so nothing has been called. */
  | { readonly kind: 'unasked' }
  | { readonly kind: 'connecting'; readonly profile: string | undefined }
  /** No region can be asked: the credentials do not do, or the list of regions is not to be had. */
  | { readonly kind: 'failed'; readonly profile: string | undefined; readonly failure: Failure }
  | OpenAccount;

export interface OpenAccount {
  readonly kind: 'open';
  readonly identity: AccountIdentity;
  /** In no special order. */
  readonly regions: ReadonlyMap<string, KnownRegion>;
  /** Regions may still be added. */
  readonly isSweeping: boolean;
  /** What ended the last sweep before its end, such as credentials that expired meanwhile. */
  readonly failure: Failure | undefined;
}

/** A region keeps showing what was last read of it while it is read again. */
export interface KnownRegion {
  readonly state: RegionState | { readonly kind: 'not-read' };
  readonly isReading: boolean;
}

export function isReading(state: AccountState): boolean {
  if (state.kind === 'connecting') return true;
  if (state.kind !== 'open') return false;
  return state.isSweeping || Array.from(state.regions.values()).some((region) => region.isReading);
}
