/** The account that the server speaks for: plain data, which the operations read and change and tests look into. */

/**
 * @typedef {object} Vpc
 * @property {string} id
 * @property {string} cidr
 * @property {boolean} isDefault
 * @property {string} ownerId
 * @property {Record<string, string>} tags
 *
 * @typedef {object} FlowLog
 * @property {string} id
 * @property {string} resourceId
 * @property {string | undefined} trafficType
 * @property {string} destinationType
 * @property {string | undefined} destination an ARN
 * @property {string | undefined} logGroupName
 * @property {string | undefined} roleArn
 * @property {number} interval in seconds
 * @property {string} format
 * @property {string | undefined} deliveryError
 * @property {Date} created
 * @property {Record<string, string>} tags
 *
 * @typedef {object} Region
 * @property {string} name
 * @property {'opt-in-not-required' | 'opted-in' | 'not-opted-in'} optIn
 * @property {Map<string, Vpc>} vpcs by id
 * @property {Map<string, FlowLog>} flowLogs by id
 * @property {Map<string, string>} subnets VPC ids by subnet ids
 * @property {Map<string, string>} interfaces VPC ids by interface ids
 * @property {{ name: string, retentionInDays?: number }[]} logGroups
 * @property {string[]} deliveryStreams names
 *
 * @typedef {object} Role
 * @property {string} name
 * @property {string} trustPolicy JSON
 * @property {Map<string, string>} policies JSON by name
 *
 * @typedef {object} Account
 * @property {string} id 12 digits
 * @property {string} partition
 * @property {Map<string, Region>} regions by name
 * @property {{ name: string, region: string }[]} buckets
 * @property {Map<string, Role>} roles by name
 */

/** AWS's default format, version 2. */
export const defaultFormat =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}';

/**
 * @param {readonly string[]} regions names
 * @param {{ id?: string, partition?: string }} [options]
 * @returns {Account}
 */
export function createAccount(regions, { id = '111122223333', partition = 'aws' } = {}) {
  return {
    id,
    partition,
    regions: new Map(regions.map((name) => [name, createRegion(name)])),
    buckets: [],
    roles: new Map(),
  };
}

/**
 * @param {string} name
 * @param {Region['optIn']} [optIn]
 * @returns {Region}
 */
export function createRegion(name, optIn = 'opt-in-not-required') {
  return {
    name,
    optIn,
    vpcs: new Map(),
    flowLogs: new Map(),
    subnets: new Map(),
    interfaces: new Map(),
    logGroups: [],
    deliveryStreams: [],
  };
}

/**
 * @param {Account} account
 * @param {string} region
 * @param {Partial<Vpc> & { id: string }} vpc
 * @returns {Vpc}
 */
export function addVpc(account, region, vpc) {
  const added = { cidr: '10.0.0.0/16', isDefault: false, ownerId: account.id, tags: {}, ...vpc };
  regionOf(account, region).vpcs.set(added.id, added);
  return added;
}

let flowLogCount = 0;

/**
 * @param {Account} account
 * @param {string} region
 * @param {Partial<FlowLog> & { resourceId: string }} flowLog
 * @returns {FlowLog}
 */
export function addFlowLog(account, region, flowLog) {
  flowLogCount += 1;
  const added = {
    id: `fl-${flowLogCount.toString(16).padStart(17, '0')}`,
    trafficType: 'ALL',
    destinationType: 's3',
    destination: `arn:${account.partition}:s3:::flow-records`,
    logGroupName: undefined,
    roleArn: undefined,
    interval: 600,
    format: defaultFormat,
    deliveryError: undefined,
    created: new Date(),
    tags: {},
    ...flowLog,
  };
  regionOf(account, region).flowLogs.set(added.id, added);
  return added;
}

/**
 * @param {Account} account
 * @param {string} name
 * @returns {Region}
 */
export function regionOf(account, name) {
  const region = account.regions.get(name);
  if (region === undefined) throw new Error(`The account has no region ${name}.`);
  return region;
}
