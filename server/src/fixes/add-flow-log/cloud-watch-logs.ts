import { t } from '@vscode/l10n';
import { logGroupsOf } from '../../coverage/flow-log-findings/log-group.ts';
import {
  permissionsOf,
  trustPolicyOf,
  trustProperty,
} from '../../coverage/flow-log-findings/role-policies.ts';
import { mayAllow } from '../../coverage/policies/decision.ts';
import { compose, logGroupArn, physicalName, unknownName } from '../../coverage/policies/symbolic-text.ts';
import type { Resource } from '../../template/model.ts';
import { rootScope } from '../../template/scope.ts';
import { canonicalText, child, entry, textOf } from '../../template/syntax.ts';
import type { FixContext } from '../fix.ts';
import { configurationsIn, oncePerCase } from '../once-per-template.ts';
import { defaultRetentionInDays } from '../options.ts';
import { getAtt, ref, sub, type Fields, type Value } from '../writer/values.ts';
import { isThereUnder, resourceUnder, type Arrangement, type Delivery, type Site } from './delivery.ts';

const flowLogService = 'vpc-flow-logs.amazonaws.com';

/** Of its name, whatever the domain of a partition is. */
const serviceWord = 'vpc-flow-logs';

/** Ways to deliver to CloudWatch Logs: with what the template has for it, where it has something, and with new. */
export function cloudWatchLogsDeliveries(
  context: FixContext,
  condition: string | undefined,
): readonly Delivery[] {
  const { template, options } = context;
  const group = fittingGroup(template, condition);
  const isRoleGiven = options.cloudWatchLogs?.deliverLogsPermissionArn !== undefined;
  const role = isRoleGiven ? undefined : fittingRole(template, condition);
  const toNew: Delivery = {
    id: 'cloud-watch-logs:new-log-group',
    label: group === undefined ? t('CloudWatch Logs') : t('CloudWatch Logs: new log group'),
    destination: 'cloud-watch-logs',
    arrange: (site) => arrange(site, undefined, undefined),
  };
  if (group === undefined) return [toNew];
  return [
    {
      id: 'cloud-watch-logs:log-group-of-template',
      label:
        role === undefined
          ? t('CloudWatch Logs: log group {0}', group.logicalId)
          : t('CloudWatch Logs: log group {0} and role {1}', group.logicalId, role.logicalId),
      destination: 'cloud-watch-logs',
      arrange: (site) => arrange(site, group, role),
    },
    toNew,
  ];
}

/** A log group that takes flow logs already, or is named for them, and does not keep records for ever. */
const fittingGroup = oncePerCase((template, condition: string | undefined): Resource | undefined => {
  const inUse = new Set(
    configurationsIn(template).flatMap((configuration) =>
      logGroupsOf(configuration).map(({ value }) => value.resource),
    ),
  );
  const groups = template.resources
    .ofType('AWS::Logs::LogGroup')
    .filter(
      (resource) =>
        isThereUnder(condition, resource) &&
        entry(resource.properties, 'RetentionInDays') !== undefined &&
        textOf(child(resource.properties, 'LogGroupClass')) !== 'DELIVERY',
    );
  return groups.find((group) => inUse.has(group)) ?? groups.find(isNamedForFlowLogs);
});

function isNamedForFlowLogs({ logicalId, properties }: Resource): boolean {
  const name = textOf(child(properties, 'LogGroupName')) ?? '';
  return /flow-?_?logs?/i.test(logicalId) || /flow-?_?logs?/i.test(name);
}

/**
 * A role that names the service as one that may assume it, and that may write to the log group that fits; none that
 * is denied anything.
 */
const fittingRole = oncePerCase((template, condition: string | undefined): Resource | undefined => {
  const group = fittingGroup(template, condition);
  if (group === undefined) return undefined;
  const scope = rootScope(template);
  const name = logGroupArn(physicalName(group, scope));
  const stream = compose(name, ':log-stream:', unknownName);
  return template.resources.ofType('AWS::IAM::Role').find((role) => {
    if (!isThereUnder(condition, role)) return false;
    // Most roles are for others, which is told from their texts far faster than from what they allow.
    if (!role.mayMention(serviceWord)) return false;
    if (!canonicalText(child(role.properties, trustProperty)).includes(serviceWord)) return false;
    const trust = trustPolicyOf(role, scope);
    const { statements, isComplete } = permissionsOf(role, scope);
    // What a role is denied, and when, is not weighed here: a new one costs nothing.
    if ([...trust.statements, ...statements].some(({ effect }) => effect !== 'Allow')) return false;
    const assume = { action: 'sts:AssumeRole', service: flowLogService, context: new Map() };
    if (!trust.isComplete || !trust.statements.some((statement) => mayAllow(statement, assume))) return false;
    const may = (action: string): boolean =>
      statements.some((statement) => mayAllow(statement, { action, resource: stream, context: new Map() }));
    return isComplete && may('logs:CreateLogStream') && may('logs:PutLogEvents');
  });
});

function arrange(site: Site, group: Resource | undefined, role: Resource | undefined): Arrangement {
  const { condition, context, nameOf } = site;
  const groupName = group?.logicalId ?? nameOf('FlowLogGroup');
  const resources: Record<string, Fields> = {};
  if (group === undefined) resources[groupName] = newGroup(site, groupName);
  let roleArn: Value | undefined = context.options.cloudWatchLogs?.deliverLogsPermissionArn;
  if (roleArn === undefined) {
    const roleName = role?.logicalId ?? nameOf('FlowLogRole');
    if (role === undefined) resources[roleName] = deliveryRole(condition, getAtt(groupName, 'Arn'));
    roleArn = getAtt(roleName, 'Arn');
  }
  return {
    properties: {
      LogDestinationType: 'cloud-watch-logs',
      LogGroupName: ref(groupName),
      DeliverLogsPermissionArn: roleArn,
    },
    resources,
    changes: [],
  };
}

function newGroup({ condition, context }: Site, name: string): Fields {
  const { logGroupNamePrefix, retentionInDays } = context.options.cloudWatchLogs ?? {};
  return resourceUnder(condition, 'AWS::Logs::LogGroup', {
    Properties: {
      LogGroupName:
        logGroupNamePrefix === undefined ? undefined : sub(`${logGroupNamePrefix}\${AWS::StackName}-${name}`),
      RetentionInDays: retentionInDays ?? defaultRetentionInDays,
    },
  });
}

/**
 * The role with which the service writes to one log group.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export function deliveryRole(condition: string | undefined, groupArn: Value): Fields {
  return resourceUnder(condition, 'AWS::IAM::Role', {
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trustStatement()] },
      Policies: [
        {
          PolicyName: 'DeliverFlowLogs',
          PolicyDocument: { Version: '2012-10-17', Statement: permissionStatements(groupArn) },
        },
      ],
    },
  });
}

/** Lets the service assume a role, for flow logs of this account and region alone. */
export function trustStatement(): Fields {
  return {
    Effect: 'Allow',
    Principal: { Service: flowLogService },
    Action: 'sts:AssumeRole',
    Condition: {
      StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') },
      ArnLike: {
        'aws:SourceArn': sub('arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:vpc-flow-log/*'),
      },
    },
  };
}

/**
 * Lets a role write to one log group.
 *
 * Listing log groups cannot be narrowed to one: IAM asks about `log-group::log-stream:`, whichever prefix is
 * listed, so AWS's own policy for the role has `*`, too.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 *
 * @param groupArn With the `:*` that stands for the log streams, as `Fn::GetAtt` gives it.
 */
export function permissionStatements(groupArn: Value): readonly Fields[] {
  return [
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
      Resource: groupArn,
    },
    { Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' },
  ];
}
