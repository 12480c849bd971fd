import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openAccount } from '../../client/src/aws/account.ts';
import { listProfiles } from '../../client/src/aws/profiles.ts';
import { readRegion } from '../../client/src/aws/read-region.ts';
import { createAccount, type Account as ServedAccount } from '../aws-server/account.mjs';
import { mfaCode } from '../aws-server/other-services.mjs';
import { startAwsServer, type AwsServer } from '../aws-server/server.mjs';
import { accountWith, swept, withoutUserConfig } from './aws-world.ts';
import { opened } from './opened.ts';

const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret-of-the-user';

async function serving(served: ServedAccount = accountWith(['eu-west-1'], 1)): Promise<AwsServer> {
  const server = await startAwsServer(served);
  onTestFinished(server.close);
  return server;
}

test('the profiles and sso-sessions of the shared files, without any secret', async () => {
  withoutUserConfig(
    {},
    {
      config: `[default]\nregion = eu-west-1\n[profile team]\nsso_session = corp\nsso_account_id = 111122223333\n[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = us-east-1\n[profile role]\nrole_arn = arn:aws-us-gov:iam::444455556666:role/x\nmfa_serial = arn:aws:iam::1:mfa/x\nsource_profile = default\n[profile vault]\ncredential_process = vault\n[services local]\nec2 =\n  endpoint_url = http://127.0.0.1:1\n[profile demo]\nflow_log_guard_demo = true\n${keys}\n`,
      credentials: `[default]\n${keys}\n[only-keys]\n${keys}\n`,
    },
  );
  const listed = await listProfiles();
  expect(listed.profiles.map(({ name, kind }) => [name, kind])).toEqual([
    ['default', 'static'],
    ['team', 'sso'],
    ['role', 'assume-role'],
    ['vault', 'process'],
    ['demo', 'static'],
    ['only-keys', 'static'],
  ]);
  expect(listed.profiles[1]).toMatchObject({ ssoSession: 'corp', accountId: '111122223333', isDemo: false });
  expect(listed.profiles[2]).toMatchObject({
    accountId: '444455556666',
    partition: 'aws-us-gov',
    asksForMfa: true,
  });
  expect(listed.profiles[4]).toMatchObject({ isDemo: true });
  expect(listed.ssoSessions).toEqual([
    { name: 'corp', startUrl: 'https://corp.example/start', region: 'us-east-1' },
  ]);
  expect(JSON.stringify(listed)).not.toMatch(/AKIA|secret/);
});

test('no files are no profiles', async () => {
  const folder = withoutUserConfig({});
  vi.stubEnv('AWS_CONFIG_FILE', path.join(folder, 'no-such-file'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(folder, 'no-such-file'));
  expect(await listProfiles()).toEqual({ profiles: [], ssoSessions: [] });
});

describe('endpoints', () => {
  test('of the chosen profile, not of the one that AWS_PROFILE names', async () => {
    const [chosen, other] = await Promise.all([serving(), serving()]);
    withoutUserConfig(
      { AWS_PROFILE: 'other' },
      {
        config: `[profile chosen]\nregion = eu-west-1\nendpoint_url = ${chosen.url}\n${keys}\n[profile other]\nregion = eu-west-1\nendpoint_url = ${other.url}\n${keys}\n`,
      },
    );
    const account = await opened({ profile: 'chosen' });
    expect(await readRegion(account, 'eu-west-1')).toMatchObject({ kind: 'ready' });
    expect(await account.identity).toMatchObject({ profile: 'chosen', accountId: '111122223333' });
    expect(other.calls).toEqual([]);
    expect(chosen.calls.length).toBeGreaterThan(2);
  });

  test('of one service before that of all, in the file and in the environment', async () => {
    const [ofEc2, ofAll] = await Promise.all([serving(), serving()]);
    const config = `[profile p]\nregion = eu-west-1\nservices = local\nendpoint_url = ${ofAll.url}\n${keys}\n[services local]\nec2 =\n  endpoint_url = ${ofEc2.url}\n`;
    withoutUserConfig({}, { config });
    const account = await opened({ profile: 'p' });
    await account.identity;
    await readRegion(account, 'eu-west-1');
    expect(new Set(ofEc2.calls.map(({ service }) => service))).toEqual(new Set(['ec2']));
    expect(new Set(ofAll.calls.map(({ service }) => service))).toEqual(new Set(['sts']));
    vi.stubEnv('AWS_ENDPOINT_URL_EC2', ofAll.url);
    const again = await opened({ profile: 'p' });
    await readRegion(again, 'eu-west-1');
    expect(ofAll.calls.some(({ service }) => service === 'ec2')).toBe(true);
  });
});

describe('sources', () => {
  test('a region of another partition is asked there', async () => {
    const server = await serving(
      createAccount(['us-gov-west-1', 'us-gov-east-1'], { partition: 'aws-us-gov' }),
    );
    withoutUserConfig(
      { AWS_ENDPOINT_URL: server.url, AWS_REGION: 'eu-west-1' },
      { config: `[profile gov]\nregion = us-gov-west-1\n${keys}\n` },
    );
    const account = await opened({ profile: 'gov' });
    expect(account.partition).toBe('aws-us-gov');
    const events = await swept(account);
    expect(events.find(({ kind }) => kind === 'regions')).toEqual({
      kind: 'regions',
      regions: ['us-gov-east-1', 'us-gov-west-1'],
    });
    expect(server.calls.find(({ operation }) => operation === 'DescribeRegions')?.region).toBe(
      'us-gov-west-1',
    );
  });

  test('a credential_process', async () => {
    const server = await serving();
    const folder = withoutUserConfig({ AWS_ENDPOINT_URL: server.url });
    const script = path.join(folder, 'process.cjs');
    writeFileSync(
      script,
      `console.log(JSON.stringify({ Version: 1, AccessKeyId: 'AKIAOFTHEPROCESS0000', SecretAccessKey: 'secret' }))`,
    );
    writeFileSync(
      path.join(folder, 'config'),
      `[profile p]\nregion = eu-west-1\ncredential_process = "${process.execPath}" "${script}"\n[profile broken]\nregion = eu-west-1\ncredential_process = "${process.execPath}" -e "process.exit(3)" hunter2\n`,
    );
    await readRegion(await opened({ profile: 'p' }), 'eu-west-1');
    expect(new Set(server.calls.map(({ accessKeyId }) => accessKeyId))).toEqual(
      new Set(['AKIAOFTHEPROCESS0000']),
    );
    const broken = await openAccount({ profile: 'broken' });
    expect(broken).toMatchObject({ kind: 'failed', failure: { kind: 'credentials-missing' } });
    expect(JSON.stringify(broken)).not.toContain('hunter2');
  });

  test('none at all', async () => {
    withoutUserConfig({});
    expect(await openAccount({})).toMatchObject({ kind: 'failed', failure: { kind: 'credentials-missing' } });
    expect(await openAccount({ profile: 'no-such' })).toMatchObject({
      failure: { kind: 'credentials-missing' },
    });
  });

  test('IAM Identity Center without a session that is valid', async () => {
    const config = `[profile team]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Reader\n[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = eu-central-1\n`;
    withoutUserConfig({}, { config });
    expect(await openAccount({ profile: 'team' })).toMatchObject({
      kind: 'failed',
      failure: { kind: 'credentials-expired' },
    });
  });

  test('an open that is aborted rejects with the reason', async () => {
    withoutUserConfig({});
    await expect(openAccount({ signal: AbortSignal.abort(new Error('switched')) })).rejects.toThrow(
      'switched',
    );
  });
});

describe('a role with MFA', () => {
  async function roleProfile(duration = 3600): Promise<AwsServer> {
    const server = await serving();
    const config = `[profile user]\n${keys}\n[profile role]\nregion = eu-west-1\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = user\nmfa_serial = arn:aws:iam::111122223333:mfa/someone\nduration_seconds = ${duration}\n`;
    withoutUserConfig({ AWS_ENDPOINT_URL: server.url }, { config });
    return server;
  }

  test('asks for the code once, and uses the role', async () => {
    const server = await roleProfile();
    const ask = vi.fn<(serial: string) => Promise<string>>().mockResolvedValue(` ${mfaCode} `);
    const account = await opened({ profile: 'role', mfaCode: ask });
    await readRegion(account, 'eu-west-1');
    expect(ask).toHaveBeenCalledExactlyOnceWith('arn:aws:iam::111122223333:mfa/someone');
    expect(server.calls.find(({ service }) => service === 'ec2')?.accessKeyId).toBe('ASIAASSUMEDROLE00000');
  });

  test('is needed where nobody may be asked, or nobody answers', async () => {
    const server = await roleProfile();
    expect(await openAccount({ profile: 'role' })).toMatchObject({ failure: { kind: 'mfa-needed' } });
    const nobody = await openAccount({ profile: 'role', mfaCode: () => Promise.resolve(undefined) });
    expect(nobody).toMatchObject({ failure: { kind: 'mfa-needed' } });
    expect(server.calls).toEqual([]);
  });

  test('a wrong code is refused', async () => {
    await roleProfile();
    const result = await openAccount({ profile: 'role', mfaCode: () => Promise.resolve('000000') });
    expect(result).toMatchObject({ failure: { kind: 'mfa-refused' } });
  });

  test('is never asked for again by what runs later: the account then fails once', async () => {
    // They have run out by the time of the first call.
    await roleProfile(-60);
    const ask = vi.fn<() => Promise<string>>().mockResolvedValue(mfaCode);
    const account = await opened({ profile: 'role', mfaCode: ask });
    const events = await swept(account);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(events).toMatchObject([{ kind: 'failed', failure: { kind: 'mfa-needed' } }]);
  });
});
