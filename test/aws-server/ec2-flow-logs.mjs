/** CreateFlowLogs and DeleteFlowLogs, with the refusals that AWS documents. */
import { addFlowLog, defaultFormat } from './account.mjs';
import { list, tags } from './query.mjs';
import { ServiceError } from './service-error.mjs';

/**
 * @typedef {import('./ec2.mjs').Ec2Call} Ec2Call
 * @typedef {import('./xml.mjs').Xml} Xml
 */

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const MAX_RESOURCES = 300;

/** Answers by account and client token: a call that is repeated changes nothing.
 * @type {WeakMap<import('./account.mjs').Account, Map<string, { asked: string, answer: Record<string, Xml> }>>}
 */
const answersOfTokens = new WeakMap();

/**
 * @param {Ec2Call} call
 * @returns {Record<string, Xml>}
 */
export function createFlowLogs(call) {
  const { account, parameters } = call;
  const token = parameters.get('ClientToken');
  const answers = answersOfTokens.get(account) ?? new Map();
  answersOfTokens.set(account, answers);
  const asked = JSON.stringify([call.region.name, ...parameters]);
  const earlier = token === undefined ? undefined : answers.get(token);
  if (earlier !== undefined) {
    if (earlier.asked !== asked)
      throw new ServiceError(
        'IdempotentParameterMismatch',
        'The client token was used with other parameters.',
      );
    return earlier.answer;
  }
  const answer = create(call);
  if (token !== undefined) answers.set(token, { asked, answer });
  return answer;
}

/** @param {Ec2Call} call */
function create({ account, region, parameters }) {
  const resources = list(parameters, 'ResourceId');
  if (parameters.get('ResourceType') !== 'VPC')
    throw new ServiceError('InvalidParameter', 'This server knows the resource type VPC alone.');
  if (resources.length === 0 || resources.length > MAX_RESOURCES)
    throw new ServiceError('InvalidParameterValue', `At most ${MAX_RESOURCES} resources can be given.`);
  const wanted = readWanted(parameters);
  /** @type {string[]} */
  const made = [];
  /** @type {Xml[]} */
  const unsuccessful = [];
  /** @param {string} resourceId @param {string} message */
  const refuse = (resourceId, message) =>
    // The code is that of HTTP, as a text.
    unsuccessful.push({ resourceId, error: { code: '400', message } });
  for (const resourceId of resources) {
    const vpc = region.vpcs.get(resourceId);
    const hasSame = [...region.flowLogs.values()].some(
      (other) => other.resourceId === resourceId && isSame(other, wanted),
    );
    if (vpc === undefined) refuse(resourceId, `VPC ${resourceId} does not exist`);
    else if (vpc.ownerId !== account.id) refuse(resourceId, `VPC ${resourceId} is not owned by the account`);
    else if (hasSame)
      throw new ServiceError(
        'FlowLogAlreadyExists',
        `Error. There is an existing Flow Log with the same configuration and log destination.`,
      );
    else if (isMissing(account, wanted)) refuse(resourceId, 'LogDestination: the bucket does not exist');
    else made.push(addFlowLog(account, region.name, { resourceId, ...wanted }).id);
  }
  return { clientToken: parameters.get('ClientToken'), flowLogIdSet: made, unsuccessful };
}

/** @param {import('./query.mjs').Parameters} parameters */
function readWanted(parameters) {
  const destinationType = parameters.get('LogDestinationType') ?? 'cloud-watch-logs';
  const roleArn = parameters.get('DeliverLogsPermissionArn');
  const logGroupName = parameters.get('LogGroupName');
  if (destinationType === 'cloud-watch-logs' && roleArn === undefined)
    throw new ServiceError('InvalidParameter', 'DeliverLogsPermissionArn can not be empty');
  if (destinationType === 's3' && roleArn !== undefined)
    throw new ServiceError('InvalidParameter', 'DeliverLogsPermissionArn is not applicable for s3 delivery');
  return {
    destinationType,
    destination: parameters.get('LogDestination'),
    logGroupName,
    roleArn,
    trafficType: parameters.get('TrafficType'),
    interval: Number(parameters.get('MaxAggregationInterval') ?? 600),
    format: parameters.get('LogFormat') ?? defaultFormat,
    tags: tags(parameters, 'TagSpecification.1.Tag'),
  };
}

/** @typedef {ReturnType<typeof readWanted>} Wanted */

/**
 * @param {import('./account.mjs').FlowLog} flowLog
 * @param {Wanted} wanted
 */
function isSame(flowLog, wanted) {
  return (
    flowLog.destinationType === wanted.destinationType &&
    flowLog.destination === wanted.destination &&
    flowLog.logGroupName === wanted.logGroupName &&
    flowLog.trafficType === wanted.trafficType
  );
}

/**
 * @param {import('./account.mjs').Account} account
 * @param {Wanted} wanted
 */
function isMissing(account, { destinationType, destination }) {
  if (destinationType !== 's3') return false;
  const name = destination?.split(':')[5]?.split('/')[0];
  return !account.buckets.some((bucket) => bucket.name === name);
}

/**
 * @param {Ec2Call} call
 * @returns {Record<string, Xml>}
 */
export function deleteFlowLogs({ region, parameters }) {
  /** @type {Xml[]} */
  const unsuccessful = [];
  for (const id of list(parameters, 'FlowLogId')) {
    if (!region.flowLogs.delete(id))
      unsuccessful.push({
        resourceId: id,
        error: { code: 'InvalidFlowLogId.NotFound', message: `These flow log ids are not found: ${id}` },
      });
  }
  return { unsuccessful };
}
