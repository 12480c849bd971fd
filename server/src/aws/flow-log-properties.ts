/** One value that a property takes. */
export interface AllowedValue {
  readonly value: string;
  readonly meaning: string;
}

/** What AWS says of one property of a flow log. */
export interface PropertyFacts {
  readonly meaning: string;
  /** When it has to be given; undefined where it never has to. */
  readonly required?: string;
  readonly values?: readonly AllowedValue[];
  readonly default?: string;
  /** Restrictions that its values do not show. */
  readonly notes?: readonly { readonly text: string }[];
  /** What is billed by it, and what that rests on; prices vary by region and are AWS's to tell. */
  readonly cost?: string;
  /** Whether a change keeps the flow log; all else means that CloudFormation makes another. */
  readonly changeable?: true;
  /** Properties within it. */
  readonly members?: Readonly<Record<string, PropertyFacts>>;
}

/** The kinds of things that a flow log can be on. */
export const resourceTypes: readonly AllowedValue[] = [
  { value: 'VPC', meaning: 'all network interfaces of a VPC; what EC2.6 asks for' },
  { value: 'Subnet', meaning: 'those of one subnet' },
  { value: 'NetworkInterface', meaning: 'one of them' },
  { value: 'TransitGateway', meaning: 'a transit gateway; takes no TrafficType' },
  { value: 'TransitGatewayAttachment', meaning: 'one of its attachments; takes no TrafficType' },
  { value: 'RegionalNatGateway', meaning: 'a NAT gateway that spans the zones of a region' },
];

export const trafficTypes: readonly AllowedValue[] = [
  { value: 'ALL', meaning: 'accepted and rejected traffic' },
  { value: 'REJECT', meaning: 'rejected traffic; enough for EC2.6, and far fewer records' },
  { value: 'ACCEPT', meaning: 'accepted traffic; does not satisfy EC2.6' },
];

export const destinationTypes: readonly (AllowedValue & { readonly name: string })[] = [
  { value: 'cloud-watch-logs', name: 'CloudWatch Logs', meaning: 'a log group; needs a role' },
  { value: 's3', name: 'S3', meaning: 'a bucket; needs a bucket policy and no role' },
  { value: 'kinesis-data-firehose', name: 'Firehose', meaning: 'a delivery stream' },
];

export const defaultDestinationType = 'cloud-watch-logs';

/** Seconds. */
const aggregationIntervals: readonly AllowedValue[] = [
  { value: '60', meaning: 'one minute; the only one on a transit gateway' },
  { value: '600', meaning: 'ten minutes' },
];

export const defaultAggregationInterval = '600';

const booleans: readonly AllowedValue[] = [
  { value: 'true', meaning: 'yes' },
  { value: 'false', meaning: 'no' },
];

/**
 * The properties of `AWS::EC2::FlowLog` in the order in which people write them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html
 */
export const flowLogProperties: Readonly<Record<string, PropertyFacts>> = {
  ResourceId: {
    meaning: 'What the flow log is on: the id of a VPC, or of another thing that ResourceType names.',
    required: 'always',
  },
  ResourceType: {
    meaning: 'What kind of thing ResourceId is.',
    required: 'always',
    values: resourceTypes,
  },
  TrafficType: {
    meaning: 'Which traffic is recorded.',
    required: 'on a VPC, a subnet and a network interface; refused on transit gateways',
    values: trafficTypes,
    cost: 'What is billed is the volume of the records, per GB. REJECT records a part of what ALL does; how large a part depends on the traffic alone.',
  },
  LogDestinationType: {
    meaning: 'What kind of destination the records are delivered to.',
    values: destinationTypes,
    default: defaultDestinationType,
    cost: 'Records are billed as vended logs, per GB delivered, each kind of destination by its own tier; the destination bills its storage, or its processing, besides.',
  },
  LogDestination: {
    meaning:
      'The ARN of the destination: a bucket with or without a prefix, a delivery stream, or a log group.',
    required: 'for S3 and Firehose',
    notes: [
      {
        text: 'For a log group, LogGroupName is the safer way: the Arn attribute of AWS::Logs::LogGroup ends in :*, which is refused here.',
      },
      { text: 'AWSLogs is reserved and cannot be part of the prefix.' },
    ],
  },
  LogGroupName: {
    meaning: 'The log group that the records are delivered to.',
    notes: [{ text: 'With cloud-watch-logs alone, and not together with LogDestination.' }],
    cost: 'CloudWatch Logs bills ingestion and storage, per GB. A log group without RetentionInDays keeps its records for ever.',
  },
  DeliverLogsPermissionArn: {
    meaning: 'The role that vpc-flow-logs.amazonaws.com assumes to write to the log group.',
    required: 'with cloud-watch-logs',
    notes: [{ text: 'Refused with s3, which needs a bucket policy instead.' }],
  },
  DeliverCrossAccountRole: {
    meaning: 'The role with which records are published to another account.',
  },
  MaxAggregationInterval: {
    meaning: 'Over how many seconds packets of one flow are put together into one record, at most.',
    values: aggregationIntervals,
    default: defaultAggregationInterval,
    notes: [{ text: 'On Nitro-based instances it is 60 seconds or less, whatever is asked for.' }],
    cost: 'A flow that lasts is told once per interval, so 60 makes up to ten times the records of 600. Nitro-based instances make as many either way.',
  },
  LogFormat: {
    meaning:
      'The fields of a record, each as ${field}, separated by spaces, in the order in which they are written.',
    default: 'the fields of version 2',
    notes: [{ text: 'In Fn::Sub, write ${!field}: ${field} would be taken for a name of the template.' }],
    cost: 'Each field makes each record longer, and records are billed per GB.',
  },
  DestinationOptions: {
    meaning: 'How files are written to S3.',
    notes: [{ text: 'With s3 alone.' }],
    members: {
      FileFormat: {
        meaning: 'The format of the files.',
        values: [
          { value: 'plain-text', meaning: 'space-separated lines, compressed with gzip' },
          { value: 'parquet', meaning: 'Apache Parquet, which Athena scans faster' },
        ],
        default: 'plain-text',
        cost: 'The conversion to Parquet is a charge of its own, per GB. In return, files are smaller and Athena, which bills what it scans, reads less.',
      },
      HiveCompatiblePartitions: {
        meaning: 'Whether the prefixes name their parts (year=2026/), as Hive-compatible tools expect.',
        values: booleans,
        default: 'false',
      },
      PerHourPartition: {
        meaning: 'Whether there is a prefix for each hour rather than for each day.',
        values: booleans,
        default: 'false',
        cost: 'Queries over a few hours scan fewer files; Athena bills what it scans.',
      },
    },
  },
  Tags: {
    meaning: 'Tags of the flow log.',
    changeable: true,
  },
};

/** Facts about the flow log as a whole. */
export const flowLogNotes = {
  change:
    'Nothing but its tags can be changed once it exists: for all else CloudFormation makes another and deletes the first.',
  delay: 'Records start some minutes after it was created.',
  cost: 'What is billed is the volume of the records, per GB, as vended logs, and what the destination bills for keeping them. How much that is depends on the traffic.',
} as const;
