/** What the other services are asked when a destination is chosen, and who is asking. */
import { ServiceError } from './service-error.mjs';

/**
 * @typedef {import('./account.mjs').Account} Account
 * @typedef {import('./account.mjs').Region} Region
 * @typedef {import('./query.mjs').Parameters} Parameters
 * @typedef {import('./xml.mjs').Xml} Xml
 */

/** The code that each MFA device shows. */
export const mfaCode = '123456';

/** @type {Readonly<Record<string, (account: Account, parameters: Parameters) => Record<string, Xml>>>} */
export const stsOperations = {
  GetCallerIdentity: (account) => ({
    Arn: `arn:${account.partition}:sts::${account.id}:assumed-role/Operator/someone`,
    UserId: 'AROAEXAMPLE:someone',
    Account: account.id,
  }),
  AssumeRole: (account, parameters) => {
    if (parameters.has('SerialNumber') && parameters.get('TokenCode') !== mfaCode)
      throw new ServiceError(
        'AccessDenied',
        'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
        403,
      );
    const seconds = Number(parameters.get('DurationSeconds') ?? 3600);
    return {
      Credentials: {
        AccessKeyId: 'ASIAASSUMEDROLE00000',
        SecretAccessKey: 'secret-of-the-role',
        SessionToken: 'token-of-the-role',
        Expiration: new Date(Date.now() + seconds * 1000),
      },
      AssumedRoleUser: {
        Arn: `arn:${account.partition}:sts::${account.id}:assumed-role/assumed/session`,
        AssumedRoleId: 'AROAEXAMPLE:session',
      },
    };
  },
};

/** @type {Readonly<Record<string, (account: Account, parameters: Parameters) => Record<string, Xml>>>} */
export const iamOperations = {
  ListRoles: (account) => ({
    IsTruncated: false,
    Roles: [...account.roles.values()].map((role) => describeRole(account, role)),
  }),
  GetRole: (account, parameters) => ({ Role: describeRole(account, roleOf(account, parameters)) }),
  CreateRole: (account, parameters) => {
    const name = parameters.get('RoleName') ?? '';
    if (account.roles.has(name))
      throw new ServiceError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
    const trustPolicy = parameters.get('AssumeRolePolicyDocument') ?? '';
    const role = { name, trustPolicy, policies: new Map() };
    account.roles.set(name, role);
    return { Role: describeRole(account, role) };
  },
  PutRolePolicy: (account, parameters) => {
    const role = roleOf(account, parameters);
    role.policies.set(parameters.get('PolicyName') ?? '', parameters.get('PolicyDocument') ?? '');
    return {};
  },
  DeleteRole: (account, parameters) => {
    account.roles.delete(roleOf(account, parameters).name);
    return {};
  },
};

/**
 * @param {Account} account
 * @param {Parameters} parameters
 */
function roleOf(account, parameters) {
  const name = parameters.get('RoleName') ?? '';
  const role = account.roles.get(name);
  if (role === undefined)
    throw new ServiceError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
  return role;
}

/**
 * @param {Account} account
 * @param {import('./account.mjs').Role} role
 */
function describeRole(account, { name, trustPolicy }) {
  return {
    Path: '/',
    RoleName: name,
    RoleId: `AROA${name.toUpperCase()}`,
    Arn: `arn:${account.partition}:iam::${account.id}:role/${name}`,
    CreateDate: new Date(0),
    AssumeRolePolicyDocument: encodeURIComponent(trustPolicy),
  };
}

/** @param {Account} account */
export function listBuckets(account) {
  return account.buckets.map(({ name, region }) => ({
    Name: name,
    BucketRegion: region,
    CreationDate: new Date(0),
  }));
}

/** @type {Readonly<Record<string, (account: Account, region: Region) => object>>} by the header X-Amz-Target */
export const jsonOperations = {
  'Logs_20140328.DescribeLogGroups': (account, region) => ({
    logGroups: region.logGroups.map(({ name, retentionInDays }) => ({
      logGroupName: name,
      retentionInDays,
      arn: `arn:${account.partition}:logs:${region.name}:${account.id}:log-group:${name}:*`,
    })),
  }),
  'Firehose_20150804.ListDeliveryStreams': (_account, region) => ({
    DeliveryStreamNames: region.deliveryStreams,
    HasMoreDeliveryStreams: false,
  }),
};
