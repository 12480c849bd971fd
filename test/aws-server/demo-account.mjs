/** The demo account: a few regions with VPCs in every state. */
import { addFlowLog, addVpc, createAccount, createRegion, regionOf } from './account.mjs';
import { ServiceError } from './service-error.mjs';

const id = '000000000000';
const otherAccount = '999999999999';

/** The region that its demo user may not read. */
const deniedRegion = 'sa-east-1';

/** @returns {import('./account.mjs').Account} */
export function createDemoAccount() {
  const account = createAccount(
    ['ap-southeast-2', 'eu-central-1', 'eu-west-1', deniedRegion, 'us-east-1', 'us-west-2'],
    { id },
  );
  account.regions.set('me-south-1', createRegion('me-south-1', 'not-opted-in'));
  account.buckets.push(
    { name: 'demo-flow-logs', region: 'eu-central-1' },
    { name: 'demo-archive', region: 'us-east-1' },
  );
  account.roles.set('demo-flow-logs-delivery', {
    name: 'demo-flow-logs-delivery',
    trustPolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'vpc-flow-logs.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    }),
    policies: new Map(),
  });
  for (const region of account.regions.values()) {
    region.logGroups.push(
      { name: '/demo/vpc-flow-logs', retentionInDays: 30 },
      { name: '/demo/application' },
    );
    region.deliveryStreams.push('demo-flow-logs');
  }
  addEuropeanVpcs(account);
  addAmericanVpcs(account);
  return account;
}

/** @param {import('./account.mjs').Account} account */
function addEuropeanVpcs(account) {
  const region = 'eu-central-1';
  addVpc(account, region, { id: vpcId(1), cidr: '172.31.0.0/16', isDefault: true });
  addVpc(account, region, { id: vpcId(2), cidr: '10.10.0.0/16', tags: { Name: 'shop-production' } });
  addVpc(account, region, {
    id: vpcId(3),
    cidr: '10.11.0.0/16',
    tags: { Name: 'shop-staging', ...tagsOfStack(region, 'network', 'Vpc') },
  });
  addVpc(account, region, { id: vpcId(4), cidr: '10.12.0.0/16', tags: { Name: 'analytics' } });
  addVpc(account, region, { id: vpcId(5), cidr: '10.13.0.0/16', tags: { Name: 'partner-link' } });
  addVpc(account, region, { id: vpcId(6), cidr: '10.99.0.0/16', ownerId: otherAccount });
  // The CDK application in examples/cdk declares it.
  addVpc(account, region, {
    id: vpcId(15),
    cidr: '10.30.0.0/16',
    tags: { Name: 'Sandbox/Sandbox', ...tagsOfStack(region, 'Sandbox', 'Sandbox987275F0') },
  });
  const logs = {
    destinationType: 'cloud-watch-logs',
    destination: undefined,
    logGroupName: '/demo/vpc-flow-logs',
    roleArn: `arn:aws:iam::${id}:role/demo-flow-logs-delivery`,
  };
  addFlowLog(account, region, { resourceId: vpcId(2), ...logs, tags: { Name: 'shop-production' } });
  addFlowLog(account, region, {
    resourceId: vpcId(2),
    trafficType: 'REJECT',
    destination: 'arn:aws:s3:::demo-flow-logs/rejected/',
    interval: 60,
  });
  addFlowLog(account, region, { resourceId: vpcId(4), trafficType: 'ACCEPT', ...logs });
  addFlowLog(account, region, { resourceId: vpcId(5), ...logs, deliveryError: 'Access error' });
  regionOf(account, region).subnets.set('subnet-0demo00000000001', vpcId(1));
  addFlowLog(account, region, {
    resourceId: 'subnet-0demo00000000001',
    destination: 'arn:aws:s3:::demo-flow-logs',
  });
  addVpc(account, 'eu-west-1', { id: vpcId(7), cidr: '172.31.0.0/16', isDefault: true });
  addFlowLog(account, 'eu-west-1', { resourceId: vpcId(7), destination: 'arn:aws:s3:::demo-flow-logs' });
}

/** @param {import('./account.mjs').Account} account */
function addAmericanVpcs(account) {
  addVpc(account, 'us-east-1', { id: vpcId(8), cidr: '172.31.0.0/16', isDefault: true });
  for (let index = 0; index < 5; index += 1) {
    const vpc = { id: vpcId(9 + index), cidr: `10.2${index}.0.0/16`, tags: { Name: `sandbox-${index + 1}` } };
    addVpc(account, 'us-east-1', vpc);
  }
  addVpc(account, 'us-west-2', { id: vpcId(14), cidr: '172.31.0.0/16', isDefault: true });
  addFlowLog(account, 'us-west-2', {
    resourceId: vpcId(14),
    destinationType: 'kinesis-data-firehose',
    destination: `arn:aws:firehose:us-west-2:${id}:deliverystream/demo-flow-logs`,
  });
}

/**
 * @param {string} region
 * @param {string} stackName
 * @param {string} logicalId
 */
function tagsOfStack(region, stackName, logicalId) {
  return {
    'aws:cloudformation:stack-name': stackName,
    'aws:cloudformation:stack-id': `arn:aws:cloudformation:${region}:${id}:stack/${stackName}/00000000-0000-0000-0000-000000000000`,
    'aws:cloudformation:logical-id': logicalId,
  };
}

/** @param {number} number */
function vpcId(number) {
  return `vpc-0demo${String(number).padStart(12, '0')}`;
}

/**
 * One region of the demo account is denied, for that state to be seen, too.
 *
 * @param {import('./call.mjs').Call} call
 */
export function demoFault({ service, region, operation }) {
  if (service !== 'ec2' || region !== deniedRegion) return undefined;
  return new ServiceError(
    'UnauthorizedOperation',
    `You are not authorized to perform this operation. User: arn:aws:sts::${id}:assumed-role/Operator/someone is not authorized to perform: ec2:${operation} with an explicit deny in a service control policy`,
    403,
  );
}
