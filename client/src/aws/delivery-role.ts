/** A role that lets VPC flow logs write into one log group, before it is made: what the user is shown. */
export interface DeliveryRolePlan {
  readonly roleName: string;
  /** What it will have. */
  readonly roleArn: string;
  readonly policyName: string;
  readonly trustPolicy: PolicyDocument;
  readonly permissionsPolicy: PolicyDocument;
}

interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

export interface DeliveryRoleOptions {
  readonly partition: string;
  readonly accountId: string;
  readonly logGroupName: string;
  /** Where it will serve. */
  readonly regions: readonly string[];
  /** At most 64 of letters, digits and `+=,.@_-`; default: after the log group. */
  readonly roleName?: string | undefined;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_ROLE_NAME = 64;

/**
 * The least that delivery to one log group needs. Only flow logs of this account in these regions can use the role.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export function planDeliveryRole(options: DeliveryRoleOptions): DeliveryRolePlan {
  const { partition, accountId, logGroupName, regions } = options;
  const arns = (service: string, resource: string) =>
    regions.map((region) => `arn:${partition}:${service}:${region}:${accountId}:${resource}`);
  const roleName = options.roleName ?? defaultRoleName(logGroupName);
  return {
    roleName,
    roleArn: `arn:${partition}:iam::${accountId}:role/${roleName}`,
    policyName: 'deliver-flow-logs',
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
          Action: 'sts:AssumeRole',
          // Against the confused deputy.
          Condition: {
            StringEquals: { 'aws:SourceAccount': accountId },
            ArnLike: { 'aws:SourceArn': arns('ec2', 'vpc-flow-log/*') },
          },
        },
      ],
    },
    permissionsPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: [
            'logs:CreateLogGroup',
            'logs:CreateLogStream',
            'logs:DescribeLogStreams',
            'logs:PutLogEvents',
          ],
          Resource: arns('logs', `log-group:${logGroupName}:*`),
        },
        // Whoever lists log groups asks for all of them.
        { Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: arns('logs', 'log-group:*') },
      ],
    },
  };
}

function defaultRoleName(logGroupName: string): string {
  const name = logGroupName.replaceAll(/[^\w+=,.@-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return `flow-logs-to-${name}`.slice(0, MAX_ROLE_NAME);
}

/** @param document as IAM gives it: JSON, encoded for a URL */
export function trustsFlowLogs(document: string | undefined): boolean {
  // Encoding leaves the name as it is.
  return document?.includes('vpc-flow-logs.amazonaws.com') ?? false;
}
