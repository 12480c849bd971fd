/**
 * The fields of a flow log record for VPCs by the version that brought them.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
const fieldsByVersion: readonly (readonly [version: number, fields: string])[] = [
  [
    2,
    'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
  ],
  [3, 'vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr'],
  [4, 'region az-id sublocation-type sublocation-id'],
  [5, 'pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path'],
  [
    7,
    'ecs-cluster-arn ecs-cluster-name ecs-container-instance-arn ecs-container-instance-id ecs-container-id ecs-second-container-id ecs-service-name ecs-task-definition-arn ecs-task-arn ecs-task-id',
  ],
  [8, 'reject-reason'],
  [9, 'resource-id'],
  [10, 'encryption-status'],
  [
    11,
    'instance-tag instance-tag-2 interface-tag interface-tag-2 asg-tag asg-tag-2 interface-type next-hop-interface-id next-hop-subnet-id next-hop-az-id next-hop-vpc-id next-hop-interface-type',
  ],
];

export interface LogField {
  readonly name: string;
  readonly version: number;
}

/** In the order in which AWS lists them, which is the order that a custom format gets. */
export const logFields: readonly LogField[] = fieldsByVersion.flatMap(([version, fields]) =>
  fields.split(' ').map((name) => ({ name, version })),
);

/** `${version} ${account-id} …`, as CreateFlowLogs takes it. */
export function formatOf(fields: readonly string[]): string {
  return fields.map((field) => `\${${field}}`).join(' ');
}

/** Those of version 2. */
export const defaultFields: readonly string[] = logFields
  .filter(({ version }) => version === 2)
  .map(({ name }) => name);

/** How AWS lays out a record unless told otherwise, and what DescribeFlowLogs then answers. */
export const defaultLogFormat = formatOf(defaultFields);
