/** The EC2 operations: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ */
import { createFlowLogs, deleteFlowLogs } from './ec2-flow-logs.mjs';
import { filters, list } from './query.mjs';
import { ServiceError } from './service-error.mjs';

/**
 * @typedef {import('./account.mjs').Account} Account
 * @typedef {import('./account.mjs').Region} Region
 * @typedef {import('./query.mjs').Parameters} Parameters
 * @typedef {import('./xml.mjs').Xml} Xml
 * @typedef {object} Ec2Call
 * @property {Account} account
 * @property {Region} region
 * @property {Parameters} parameters
 * @property {number} pageSize at most so many items a page, whatever the caller asks for
 */

/** @type {Readonly<Record<string, (call: Ec2Call) => Record<string, Xml>>>} */
export const ec2Operations = {
  DescribeRegions: describeRegions,
  DescribeVpcs: describeVpcs,
  DescribeFlowLogs: describeFlowLogs,
  DescribeSubnets: describeSubnets,
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  CreateFlowLogs: createFlowLogs,
  DeleteFlowLogs: deleteFlowLogs,
};

/** @param {Ec2Call} call */
function describeRegions({ account, parameters }) {
  const all = parameters.get('AllRegions') === 'true';
  const regions = [...account.regions.values()].filter(({ optIn }) => all || optIn !== 'not-opted-in');
  return {
    regionInfo: regions.map(({ name, optIn }) => ({
      regionName: name,
      regionEndpoint: `ec2.${name}.amazonaws.com`,
      optInStatus: optIn,
    })),
  };
}

/** @param {Ec2Call} call */
function describeVpcs(call) {
  const ids = list(call.parameters, 'VpcId');
  const vpcs = [...call.region.vpcs.values()].filter(({ id }) => ids.length === 0 || ids.includes(id));
  const unknown = ids.find((id) => !call.region.vpcs.has(id));
  if (unknown !== undefined)
    throw new ServiceError('InvalidVpcID.NotFound', `The vpc ID '${unknown}' does not exist`);
  return page(call, 'vpcSet', vpcs, (vpc) => ({
    vpcId: vpc.id,
    ownerId: vpc.ownerId,
    state: 'available',
    cidrBlock: vpc.cidr,
    cidrBlockAssociationSet: [{ cidrBlock: vpc.cidr, cidrBlockState: { state: 'associated' } }],
    instanceTenancy: 'default',
    isDefault: vpc.isDefault,
    // AWS shows a participant none of the owner's tags.
    tagSet: vpc.ownerId === call.account.id ? tagSet(vpc.tags) : [],
  }));
}

/** @param {Ec2Call} call */
function describeFlowLogs(call) {
  const { account, region } = call;
  const ids = list(call.parameters, 'FlowLogId');
  const resources = filters(call.parameters).get('resource-id');
  const flowLogs = [...region.flowLogs.values()].filter(({ id, resourceId }) => {
    const owner = region.vpcs.get(resourceId)?.ownerId ?? account.id;
    const isWanted = (ids.length === 0 || ids.includes(id)) && (resources?.includes(resourceId) ?? true);
    return owner === account.id && isWanted;
  });
  return page(call, 'flowLogSet', flowLogs, (flowLog) => ({
    flowLogId: flowLog.id,
    resourceId: flowLog.resourceId,
    flowLogStatus: 'ACTIVE',
    deliverLogsStatus: flowLog.deliveryError === undefined ? 'SUCCESS' : 'FAILED',
    deliverLogsErrorMessage: flowLog.deliveryError,
    deliverLogsPermissionArn: flowLog.roleArn,
    trafficType: flowLog.trafficType,
    logDestinationType: flowLog.destinationType,
    logDestination: flowLog.destination,
    logGroupName: flowLog.logGroupName,
    logFormat: flowLog.format,
    maxAggregationInterval: flowLog.interval,
    creationTime: flowLog.created,
    tagSet: tagSet(flowLog.tags),
  }));
}

/** @param {Ec2Call} call */
function describeSubnets(call) {
  const wanted = filters(call.parameters).get('subnet-id');
  const subnets = [...call.region.subnets].filter(([id]) => wanted?.includes(id) ?? true);
  return page(call, 'subnetSet', subnets, ([subnetId, vpcId]) => ({ subnetId, vpcId }));
}

/** @param {Ec2Call} call */
function describeNetworkInterfaces(call) {
  const wanted = filters(call.parameters).get('network-interface-id');
  const interfaces = [...call.region.interfaces].filter(([id]) => wanted?.includes(id) ?? true);
  return page(call, 'networkInterfaceSet', interfaces, ([networkInterfaceId, vpcId]) => ({
    networkInterfaceId,
    vpcId,
  }));
}

/**
 * @template T
 * @param {Ec2Call} call
 * @param {string} name of the set
 * @param {readonly T[]} items
 * @param {(item: T) => Xml} toXml
 */
function page({ parameters, pageSize }, name, items, toXml) {
  const size = Math.min(Number(parameters.get('MaxResults') ?? Infinity), pageSize);
  const token = parameters.get('NextToken');
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64').toString());
  if (!Number.isInteger(start)) throw new ServiceError('InvalidNextToken', 'The token is invalid.');
  const end = start + size;
  const nextToken = end < items.length ? Buffer.from(String(end)).toString('base64') : undefined;
  return { [name]: items.slice(start, end).map(toXml), nextToken };
}

/** @param {Record<string, string>} tags */
function tagSet(tags) {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
