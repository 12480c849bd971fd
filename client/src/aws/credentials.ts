import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsCredentialIdentityProvider } from '@smithy/types';

/** No MFA code could be asked for, or none was given. */
class MfaCodeNeeded extends Error {
  override readonly name = 'MfaCodeNeeded';

  constructor() {
    super('The profile needs a multi-factor authentication (MFA) code.');
  }
}

export interface CredentialOptions {
  readonly profile: string | undefined;
  readonly homeRegion: string;
  readonly mfaCode: ((mfaSerial: string) => Promise<string | undefined>) | undefined;
  readonly requestHandler: NodeHttpHandler;
}

export interface Credentials {
  readonly provide: AwsCredentialIdentityProvider;
  /** From here on nobody is asked for a code: credentials that have run out then fail. */
  stopAsking(): void;
}

/**
 * The SDK's own chain: the profile, or the environment and the rest where none is chosen. The SDK renews the credentials
 * a few minutes before they run out and asks for a code again when that takes one, in the middle of whatever runs.
 *
 * @see https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-credentials-node.html
 */
export function findCredentials({
  profile,
  homeRegion,
  mfaCode,
  requestHandler,
}: CredentialOptions): Credentials {
  let mayAsk = true;
  const chain = fromNodeProviderChain({
    ...(profile === undefined ? {} : { profile }),
    // The region of the calls to IAM Identity Center and STS is not given: the profile has its own.
    clientConfig: { requestHandler },
    // Config files are read anew, so that a login or an edit made outside counts.
    ignoreCache: true,
    mfaCodeProvider: async (serial) => {
      const code = mayAsk ? await mfaCode?.(serial) : undefined;
      if (code === undefined || code.trim() === '') throw new MfaCodeNeeded();
      return code.trim();
    },
  });
  const caller = {
    callerClientConfig: {
      region: () => Promise.resolve(homeRegion),
      ...(profile === undefined ? {} : { profile }),
    },
  };
  return {
    provide: (properties) => chain({ ...caller, ...properties }),
    stopAsking: () => {
      mayAsk = false;
    },
  };
}
