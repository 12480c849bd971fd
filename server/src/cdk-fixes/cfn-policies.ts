import type { FlowLogOptions } from '../fixes/options.ts';
import { folderOf, type Site } from './destinations.ts';
import {
  call,
  construct,
  member,
  named,
  string,
  type Call,
  type Expression,
  type Fields,
  type Statement,
} from './expression.ts';

/** A value that each stack has its own of. */
function aws(name: 'ACCOUNT_ID' | 'PARTITION' | 'REGION'): Expression {
  return named('core', 'Aws', name);
}

/**
 * The role with which the service writes to one log group, for flow logs of this account and region alone.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export function deliveryRole({ scope, idOf }: Site): Expression {
  const principal = construct(named('aws_iam', 'ServicePrincipal'), [string('vpc-flow-logs.amazonaws.com')], {
    conditions: fromHere('ec2', 'vpc-flow-log/*'),
  });
  return construct(named('aws_iam', 'Role'), [scope, idOf('FlowLogRole')], { assumedBy: principal });
}

/**
 * Lets a role write to one log group. Listing log groups cannot be narrowed to one.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export function roleGrants(role: Expression, group: Expression): readonly Statement[] {
  const actions = ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'];
  const listing = policyStatement({
    actions: strings('logs:DescribeLogGroups'),
    resources: strings('*'),
  });
  return [
    { kind: 'do', value: call(member(group, 'grant'), [role, ...actions.map(string)]) },
    { kind: 'do', value: call(member(role, 'addToPolicy'), [listing]) },
  ];
}

/**
 * Lets the delivery service write to a bucket, on behalf of this account and region alone.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 */
export function bucketStatements(bucket: Expression, { s3 = {} }: FlowLogOptions): readonly Statement[] {
  const account = s3.hiveCompatiblePartitions === true ? 'aws-account-id=' : '';
  const objects: Expression = {
    kind: 'format',
    parts: [`${folderOf(s3.prefix)}AWSLogs/${account}`, aws('ACCOUNT_ID'), '/*'],
  };
  const principals = list(
    construct(named('aws_iam', 'ServicePrincipal'), [string('delivery.logs.amazonaws.com')]),
  );
  const write = policyStatement({
    sid: string('AWSLogDeliveryWrite'),
    principals,
    actions: strings('s3:PutObject'),
    resources: list(call(member(bucket, 'arnForObjects'), [objects])),
    conditions: fromHere('logs', '*', { 's3:x-amz-acl': string('bucket-owner-full-control') }),
  });
  const check = policyStatement({
    sid: string('AWSLogDeliveryCheck'),
    principals,
    actions: strings('s3:GetBucketAcl', 's3:ListBucket'),
    resources: list(member(bucket, 'bucketArn')),
    conditions: fromHere('logs', '*'),
  });
  return [write, check].map((statement) => ({
    kind: 'do',
    value: call(member(bucket, 'addToResourcePolicy'), [statement]),
  }));
}

function policyStatement(fields: Fields): Call {
  return construct(named('aws_iam', 'PolicyStatement'), [], fields);
}

/**
 * Conditions that keep a service from acting for others.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 *
 * @param service The one that the source's ARN names, which may be another.
 * @param resource What the ARN ends in.
 * @param equal More that must be as given.
 */
function fromHere(
  service: 'ec2' | 'logs',
  resource: string,
  equal: Readonly<Record<string, Expression>> = {},
): Expression {
  const parts = ['arn:', aws('PARTITION'), `:${service}:`, aws('REGION'), ':', aws('ACCOUNT_ID')];
  const arn: Expression = { kind: 'format', parts: [...parts, `:${resource}`] };
  return {
    kind: 'map',
    isBroken: true,
    entries: {
      StringEquals: { kind: 'map', entries: { ...equal, 'aws:SourceAccount': aws('ACCOUNT_ID') } },
      ArnLike: { kind: 'map', entries: { 'aws:SourceArn': arn } },
    },
  };
}

function list(...items: readonly Expression[]): Expression {
  return { kind: 'list', items };
}

function strings(...values: readonly string[]): Expression {
  return list(...values.map(string));
}
