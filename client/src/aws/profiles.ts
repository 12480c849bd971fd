import { loadSharedConfigFiles, loadSsoSessionData } from '@smithy/core/config';

/** How a profile comes by its credentials, as far as the config files tell. */
export type CredentialKind =
  'sso' | 'assume-role' | 'web-identity' | 'process' | 'static' | 'login' | 'other';

/** A profile of `~/.aws/config` or `~/.aws/credentials` (or of the files that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name). */
export interface Profile {
  readonly name: string;
  readonly kind: CredentialKind;
  readonly region: string | undefined;
  /** The `sso-session` it refers to; undefined also for the older form that names the start URL itself. */
  readonly ssoSession: string | undefined;
  readonly ssoRegion: string | undefined;
  /** The 12 digits where the file tells: `sso_account_id`, or from `role_arn`. */
  readonly accountId: string | undefined;
  /** Of the role it assumes; undefined where the file does not tell. */
  readonly partition: string | undefined;
  /** True where the credentials will ask for an MFA code. */
  readonly asksForMfa: boolean;
  readonly isDemo: boolean;
}

interface SsoSession {
  readonly name: string;
  readonly startUrl: string | undefined;
  readonly region: string | undefined;
}

export interface Profiles {
  /** In the order of the files. */
  readonly profiles: readonly Profile[];
  readonly ssoSessions: readonly SsoSession[];
}

type Section = Readonly<Record<string, string | undefined>>;

/**
 * The profiles and the `sso-session` sections of the shared config files; no secret leaves this function.
 * Files that are not there make empty lists.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function listProfiles(): Promise<Profiles> {
  const [{ configFile, credentialsFile }, sessions] = await Promise.all([
    // Read anew each time: a user who was asked to choose may just have added one.
    loadSharedConfigFiles({ ignoreCache: true }),
    loadSsoSessionData(),
  ]);
  const sections = new Map<string, Section>();
  for (const [name, section] of [...Object.entries(configFile), ...Object.entries(credentialsFile)]) {
    // What is in neither a profile nor an sso-session (such as `services`) comes with its kind before a dot.
    if (/^(?:sso-session|services|login-session)\./.test(name)) continue;
    sections.set(name, { ...sections.get(name), ...section });
  }
  return {
    profiles: [...sections].map(([name, section]) => profileOf(name, section)),
    ssoSessions: Object.entries(sessions).map(([name, section]) => ({
      name,
      startUrl: section['sso_start_url'],
      region: section['sso_region'],
    })),
  };
}

/** The key that marks the profile of the demo account. No AWS tool knows it, and all of them pass over what they do not know. */
const demoKey = 'flow_log_guard_demo';

function profileOf(name: string, section: Section): Profile {
  const [, partition, roleAccount] = /^arn:([^:]+):iam::(\d{12}):/.exec(section['role_arn'] ?? '') ?? [];
  return {
    name,
    kind: kindOf(section),
    region: section['region'],
    ssoSession: section['sso_session'],
    ssoRegion: section['sso_region'],
    accountId: section['sso_account_id'] ?? roleAccount,
    partition,
    asksForMfa: section['mfa_serial'] !== undefined,
    isDemo: section[demoKey] === 'true',
  };
}

function kindOf(section: Section): CredentialKind {
  const has = (key: string) => section[key] !== undefined;
  if (has('sso_session') || has('sso_start_url')) return 'sso';
  if (has('web_identity_token_file')) return 'web-identity';
  if (has('role_arn')) return 'assume-role';
  if (has('aws_access_key_id')) return 'static';
  if (has('credential_process')) return 'process';
  if (has('login_session')) return 'login';
  return 'other';
}
