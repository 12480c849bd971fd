import { describe, expect, test } from 'vitest';
import { adviceOn } from '../../client/src/aws/advice.ts';
import { credentialFailure, failureOf } from '../../client/src/aws/failure.ts';
import { isOfCredentials } from '../../client/src/aws/model.ts';

function named(name: string, message = 'words', more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

test.each([
  ['UnauthorizedOperation', 'denied'],
  ['AccessDeniedException', 'denied'],
  ['OptInRequired', 'not-opted-in'],
  ['RequestLimitExceeded', 'throttled'],
  ['ExpiredToken', 'credentials-expired'],
  ['AuthFailure', 'credentials-invalid'],
  ['SignatureDoesNotMatch', 'credentials-invalid'],
  ['TimeoutError', 'timeout'],
  ['SyntaxError', 'unexpected-answer'],
  ['InternalError', 'other'],
] as const)('%s is %s', (name, kind) => {
  expect(failureOf(named(name), { operation: 'DescribeVpcs' })).toMatchObject({
    kind,
    code: name,
    operation: 'DescribeVpcs',
  });
});

test.each(['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'CERT_HAS_EXPIRED', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])(
  '%s is of the network',
  (code) => {
    expect(failureOf(Object.assign(new Error('failed'), { code }), {}).kind).toBe('network');
    expect(failureOf(named('TimeoutError', 'failed', { code }), {}).kind).toBe('network');
    expect(
      failureOf(new Error('failed', { cause: Object.assign(new Error('inner'), { code }) }), {}).kind,
    ).toBe('network');
  },
);

test('the permission that AWS names goes before the one that the call needs', () => {
  const error = named(
    'UnauthorizedOperation',
    'You … is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/x',
  );
  expect(failureOf(error, { permission: 'ec2:CreateFlowLogs' }).permission).toBe('iam:PassRole');
  expect(failureOf(named('UnauthorizedOperation'), { permission: 'ec2:DescribeVpcs' }).permission).toBe(
    'ec2:DescribeVpcs',
  );
});

describe('credentials', () => {
  test.each([
    ['Could not load credentials from any providers', 'credentials-missing'],
    [
      'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login',
      'credentials-expired',
    ],
    ['Profile x requires multi-factor authentication, but no MFA code callback was provided.', 'mfa-needed'],
    ['MultiFactorAuthentication failed with invalid MFA one time pass code. ', 'mfa-refused'],
  ] as const)('%s', (message, kind) => {
    const failure = credentialFailure(named('CredentialsProviderError', message));
    expect(failure.kind).toBe(kind);
    expect(isOfCredentials(failure)).toBe(true);
  });

  test('what a credential_process was called with and printed is not shown', () => {
    const failure = credentialFailure(
      named('CredentialsProviderError', 'Command failed: vault read --token=hunter2\nsecret'),
    );
    expect(failure.message).toBe('The credential_process of the profile failed.');
  });
});

describe('secrets', () => {
  test.each([
    'AKIAIOSFODNN7EXAMPLE',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'IQoJb3JpZ2luX2VjEHoaCXVzLWVhc3QtMSJHMEUCIQDfN5xLrY3lF0mDqPzQ1nN5FzYxQWk5cL8Q',
  ])('%s', (secret) => {
    const { message } = failureOf(
      named('SignatureDoesNotMatch', `The signature of ${secret} does not match.`),
      {},
    );
    expect(message).not.toContain(secret);
    expect(message).toMatch(/^The signature of … does not match\.$/);
  });

  test('neither the canonical request nor an encoded message', () => {
    const text =
      "The request signature we calculated does not match.\n\nThe Canonical String for this request should have been\n'POST\nx-amz-security-token:IQoJ";
    expect(failureOf(named('SignatureDoesNotMatch', text), {}).message).toBe(
      'The request signature we calculated does not match.',
    );
    expect(
      failureOf(named('UnauthorizedOperation', 'No. Encoded authorization failure message: abc'), {}).message,
    ).toBe('No.');
  });

  test('names stay, however long', () => {
    const text =
      'Access Denied for LogDestination: companycentralizedloggingbucket2026production/network/flow';
    expect(failureOf(named('LogDestinationPermissionIssue', text), {}).message).toBe(text);
  });

  test('ARNs and ids stay', () => {
    const text =
      'User: arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/someone may not';
    expect(failureOf(named('AccessDenied', text), {}).message).toBe(text);
  });
});

test('there is advice for each kind, and it names what is missing', () => {
  const failure = failureOf(named('UnauthorizedOperation'), { operation: 'CreateFlowLogs' });
  expect(adviceOn(failure, 's3')).toContain('logs:CreateLogDelivery');
  expect(adviceOn(failure, 'cloud-watch-logs')).toContain('iam:PassRole');
  expect(adviceOn({ ...failure, permission: 'ec2:DescribeVpcs' })).toBe(
    'Ask for the permission ec2:DescribeVpcs.',
  );
  expect(adviceOn(failureOf(named('InvalidParameter', 'Unable to assume given IAM role'), {}))).toMatch(
    /trust/,
  );
  expect(adviceOn(failureOf(named('Unknown', 'nothing known'), {}))).toBeUndefined();
});
