import { t } from '@vscode/l10n';
import { resourceTypes } from '../../aws/flow-log-properties.ts';
import { and, not, or, type Formula } from '../../template/formula.ts';
import { child } from '../../template/syntax.ts';
import { isVpc, resolveTargets } from '../targets.ts';
import { deliversTo, isGiven, isLeftOut, isOneOf, textsOf, type Configuration } from './configuration.ts';
import { destinationProblems, hasNoDestination } from './destination.ts';
import { ifComplete, refusal, type Problem } from './problem.ts';

/**
 * Combinations of properties that CloudFormation or EC2 refuses, apart from what the resource's schema says.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html
 * https://docs.aws.amazon.com/vpc/latest/tgw/flow-logs-api-cli.html
 */
export function propertyProblems(configuration: Configuration): Problem[] {
  return [
    ...resourceTypeProblems(configuration),
    ...trafficTypeProblems(configuration),
    ...intervalProblems(configuration),
    ...destinationProblems(configuration),
    ...permissionProblems(configuration),
  ];
}

const typesWithTraffic = ['VPC', 'Subnet', 'NetworkInterface'];
const transitGatewayTypes = ['TransitGateway', 'TransitGatewayAttachment'];
const typesBesidesVpc = resourceTypes.map(({ value }) => value).filter((type) => type !== 'VPC');

function resourceTypeProblems(configuration: Configuration): Problem[] {
  const { flowLog } = configuration;
  const onVpc = isOnVpc(configuration);
  return [
    ...refusal(
      configuration,
      'ResourceType',
      and(onVpc, isOneOf(configuration, 'ResourceType', typesBesidesVpc)),
      () => ({
        what: t('{0} is on a VPC, but its ResourceType is another', flowLog.logicalId),
        advice: t('EC2 refuses it: set ResourceType to VPC'),
      }),
    ),
    ...ifComplete(configuration, () =>
      refusal(configuration, 'ResourceType', and(onVpc, isLeftOut(configuration, 'ResourceType')), () => ({
        lacks: 'ResourceType',
        what: t('{0} is on a VPC, but has no ResourceType', flowLog.logicalId),
        advice: t('EC2 refuses it: set ResourceType to VPC'),
      })),
    ),
  ];
}

/** When its `ResourceId` is the id of a VPC. */
function isOnVpc(configuration: Configuration): Formula {
  const { properties, scope, exists } = configuration;
  const made = resolveTargets(child(properties, 'ResourceId'), scope, exists)
    .filter(({ value }) => value.kind === 'resource' && isVpc(value.resource))
    .map(({ when }) => when);
  const literal = textsOf(configuration, 'ResourceId')
    .filter(({ value }) => /^vpc-[\da-f]+$/.test(value))
    .map(({ when }) => when);
  return or(...made, ...literal);
}

function trafficTypeProblems(configuration: Configuration): Problem[] {
  const { flowLog } = configuration;
  return [
    ...refusal(
      configuration,
      'TrafficType',
      and(isOneOf(configuration, 'ResourceType', transitGatewayTypes), isGiven(configuration, 'TrafficType')),
      () => ({
        what: t('{0} gives a TrafficType for a transit gateway', flowLog.logicalId),
        advice: t('EC2 returns an error for it: leave it out'),
      }),
    ),
    ...ifComplete(configuration, () =>
      refusal(
        configuration,
        'TrafficType',
        and(
          isOneOf(configuration, 'ResourceType', typesWithTraffic),
          isLeftOut(configuration, 'TrafficType'),
        ),
        () => ({
          lacks: 'TrafficType',
          what: t('{0} has no TrafficType', flowLog.logicalId),
          advice: t('EC2 requires it on a VPC, a subnet and a network interface: set it to REJECT or ALL'),
        }),
      ),
    ),
  ];
}

/** Text that is no whole number is for the linters of the schema to report. */
const wholeNumber = /^\s*\d+\s*$/;

function intervalProblems(configuration: Configuration): Problem[] {
  const { flowLog } = configuration;
  const onTransitGateway = isOneOf(configuration, 'ResourceType', transitGatewayTypes);
  return textsOf(configuration, 'MaxAggregationInterval').flatMap(({ value, when }) => {
    const seconds = Number(value);
    if (!wholeNumber.test(value) || seconds === 60) return [];
    const isForTransitGatewaysOnly = seconds === 600;
    return refusal(
      configuration,
      'MaxAggregationInterval',
      isForTransitGatewaysOnly ? and(when, onTransitGateway) : when,
      () => ({
        what: isForTransitGatewaysOnly
          ? t('{0} aggregates the records of a transit gateway over 600 seconds', flowLog.logicalId)
          : t('{0} has a MaxAggregationInterval of {1}', flowLog.logicalId, value.trim()),
        advice: isForTransitGatewaysOnly
          ? t('EC2 takes 60 alone there')
          : t('EC2 takes 60 or 600 seconds (60 alone on a transit gateway)'),
      }),
    );
  });
}

function permissionProblems(configuration: Configuration): Problem[] {
  const { flowLog } = configuration;
  return [
    ...refusal(
      configuration,
      'DeliverLogsPermissionArn',
      and(deliversTo(configuration, 's3'), isGiven(configuration, 'DeliverLogsPermissionArn')),
      () => ({
        what: t('{0} gives a role for delivery to S3', flowLog.logicalId),
        advice: t(
          "EC2 refuses it: 'DeliverLogsPermissionArn is not applicable for s3 delivery'. Leave it out; S3 needs a bucket policy, not a role",
        ),
      }),
    ),
    ...ifComplete(configuration, () =>
      refusal(
        configuration,
        'DeliverLogsPermissionArn',
        and(
          deliversTo(configuration, 'cloud-watch-logs'),
          isLeftOut(configuration, 'DeliverLogsPermissionArn'),
          // Without a destination, that comes first: another may need no role.
          not(hasNoDestination(configuration)),
        ),
        () => ({
          lacks: 'DeliverLogsPermissionArn',
          what: t('{0} delivers to CloudWatch Logs without a role', flowLog.logicalId),
          advice: t(
            'EC2 requires one: set DeliverLogsPermissionArn to a role that vpc-flow-logs.amazonaws.com may assume and that may write logs',
          ),
        }),
      ),
    ),
  ];
}
