import type { AwsClients } from './clients.ts';
import type { AccountIdentity, Failure } from './model.ts';

/** An account that credentials have been found for. What reads and changes it takes it as the first argument. */
export interface Account {
  readonly profile: string | undefined;
  /** Where calls go that belong to no region: the profile's, else one of its partition. */
  readonly homeRegion: string;
  readonly partition: string;
  readonly isDemo: boolean;
  /** From GetCallerIdentity, which has been asked but not waited for. Never rejects: what is not to be had is undefined. */
  readonly identity: Promise<AccountIdentity>;
  readonly clients: AwsClients;
}

export interface OpenAccountOptions {
  /** Undefined: the environment, else the profile in AWS_PROFILE or `default`, else the container or the instance. */
  readonly profile?: string | undefined;
  /** Undefined: the profile's own, or that of the environment. */
  readonly region?: string | undefined;
  /**
   * Asks for the code of an MFA device; undefined when the user would not. Left out where nobody may be asked
   * (a passive refresh): the account then fails with `credentials-missing`.
   */
  readonly mfaCode?: ((mfaSerial: string) => Promise<string | undefined>) | undefined;
  /** Rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly timeouts?: Timeouts | undefined;
}

/** In milliseconds, of one attempt. */
export interface Timeouts {
  readonly connection: number;
  /** Until the answer begins. */
  readonly request: number;
}

export type OpenedAccount =
  | { readonly kind: 'open'; readonly account: Account }
  /** `credentials-missing`, `credentials-expired`, `mfa-refused`, or what else kept the credentials away. */
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Finds the credentials of a profile and the account they are for. Asks nobody unless `mfaCode` is given. */
export declare function openAccount(options: OpenAccountOptions): Promise<OpenedAccount>;

/** Closes the connections. What still runs fails. */
export declare function closeAccount(account: Account): void;
