/** A field of a flow log record. */
export interface LogFormatField {
  readonly name: string;
  /** The version of the format that brought it. */
  readonly version: number;
  readonly meaning: string;
}

/**
 * The fields that `LogFormat` takes for a VPC, in AWS's order. AWS adds some with each version, so a field that is
 * not here need not be wrong.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html#flow-logs-fields
 */
export const logFormatFields: readonly LogFormatField[] = [
  ...ofVersion(2, {
    version: 'the version of the record: the highest of its fields',
    'account-id': 'the account that owns the network interface',
    'interface-id': 'the network interface',
    srcaddr: 'the source address; for outgoing traffic the private address of the interface',
    dstaddr: 'the destination address; for incoming traffic the private address of the interface',
    srcport: 'the source port',
    dstport: 'the destination port',
    protocol: 'the IANA number of the protocol, such as 6 for TCP',
    packets: 'packets in the interval',
    bytes: 'bytes in the interval',
    start: 'when the first packet was received, in Unix seconds',
    end: 'when the last packet was received, in Unix seconds',
    action: 'ACCEPT or REJECT',
    'log-status': 'OK, NODATA (no traffic in the interval) or SKIPDATA (records were left out)',
  }),
  ...ofVersion(3, {
    'vpc-id': 'the VPC of the interface',
    'subnet-id': 'the subnet of the interface',
    'instance-id': 'the instance that the interface is attached to, where it is yours',
    'tcp-flags': 'the TCP flags, as a bit mask: 1 FIN, 2 SYN, 4 RST, 18 SYN-ACK',
    type: 'the type of the traffic: IPv4, IPv6 or EFA',
    'pkt-srcaddr': 'the source address in the packet itself, behind a NAT gateway or a load balancer',
    'pkt-dstaddr': 'the destination address in the packet itself',
  }),
  ...ofVersion(4, {
    region: 'the region of the interface',
    'az-id': 'the id of the availability zone',
    'sublocation-type': 'wavelength, outpost or localzone',
    'sublocation-id': 'the id of the sublocation',
  }),
  ...ofVersion(5, {
    'pkt-src-aws-service': 'the subset of IP ranges that the packet source is of, where it is an AWS service',
    'pkt-dst-aws-service':
      'the subset of IP ranges that the packet destination is of, where it is an AWS service',
    'flow-direction': 'ingress or egress, as the interface sees it',
    'traffic-path': 'the way that egress traffic takes, as a number',
  }),
  ...ofVersion(7, {
    'ecs-cluster-arn': 'the ARN of the ECS cluster, where the traffic is of a running task',
    'ecs-cluster-name': 'the name of the ECS cluster',
    'ecs-container-instance-arn': 'the ARN of the ECS container instance',
    'ecs-container-instance-id': 'the id of the ECS container instance',
    'ecs-container-id': 'the Docker id of the first container',
    'ecs-second-container-id': 'the Docker id of the second container',
    'ecs-service-name': 'the name of the ECS service',
    'ecs-task-definition-arn': 'the ARN of the ECS task definition',
    'ecs-task-arn': 'the ARN of the ECS task',
    'ecs-task-id': 'the id of the ECS task',
  }),
  ...ofVersion(8, { 'reject-reason': 'why traffic was rejected, such as BPA for block public access' }),
  ...ofVersion(9, { 'resource-id': 'the resource that the flow log is on' }),
  ...ofVersion(10, { 'encryption-status': 'whether the traffic was encrypted in transit' }),
  ...ofVersion(11, {
    'instance-tag': 'a tag of the instance',
    'instance-tag-2': 'a second tag of the instance',
    'interface-tag': 'a tag of the network interface',
    'interface-tag-2': 'a second tag of the network interface',
    'asg-tag': 'a tag of the Auto Scaling group',
    'asg-tag-2': 'a second tag of the Auto Scaling group',
    'interface-type': 'the type of the network interface',
    'next-hop-interface-id': 'the network interface that traffic goes to next',
    'next-hop-subnet-id': 'the subnet that traffic goes to next',
    'next-hop-az-id': 'the availability zone that traffic goes to next',
    'next-hop-vpc-id': 'the VPC that traffic goes to next',
    'next-hop-interface-type': 'the type of the interface that traffic goes to next',
  }),
];

/** The version of the default format, whose fields are those that it has. */
const defaultFormatVersion = 2;

/** The format that a flow log has where it names none. */
export const defaultLogFormat = logFormatFields
  .filter(({ version }) => version === defaultFormatVersion)
  .map(({ name }) => `\${${name}}`)
  .join(' ');

function ofVersion(version: number, meanings: Readonly<Record<string, string>>): LogFormatField[] {
  return Object.entries(meanings).map(([name, meaning]) => ({ name, version, meaning }));
}
