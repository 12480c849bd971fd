/**
 * Makes templates as people and the CDK write them, the same ones for the same seed: networks with VPCs and
 * flow logs among buckets, functions, roles, alarms and security groups, until the wanted size is reached.
 */

export interface TemplateShape {
  readonly seed: number;
  readonly format: 'yaml' | 'json' | 'compact-json';
  /** Of the text that comes out, about. */
  readonly bytes: number;
  readonly vpcs: number;
  /** As many of the VPCs have a flow log. */
  readonly flowLogs: number;
  /** How many times as much as usual stands in functions, roles and security groups, so that fewer are needed. */
  readonly fill?: number;
  /** Whether its resources say that the CDK made them, which are not fixed in the template; compact ones usually do. */
  readonly isOfCdk?: boolean;
}

type Data = string | number | boolean | Call | Paragraph | readonly Data[] | { readonly [key: string]: Data };

/** An intrinsic function, which YAML writes as a tag. */
class Call {
  readonly name:
    | 'Ref'
    | 'Condition'
    | 'Fn::GetAtt'
    | 'Fn::Sub'
    | 'Fn::Select'
    | 'Fn::GetAZs'
    | 'Fn::If'
    | 'Fn::Equals'
    | 'Fn::Not'
    | 'Fn::Or';
  readonly argument: Data;

  constructor(name: Call['name'], argument: Data) {
    this.name = name;
    this.argument = argument;
  }
}

/** A long text, which goes on over several lines in YAML. */
class Paragraph {
  readonly lines: readonly string[];

  constructor(...lines: readonly string[]) {
    this.lines = lines;
  }
}

const ref = (name: string): Call => new Call('Ref', name);
const sub = (text: string): Call => new Call('Fn::Sub', text);
const getAtt = (id: string, attribute: string): Call => new Call('Fn::GetAtt', [id, attribute]);

/** Mulberry32: numbers in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The text of a template. */
export function makeTemplate(shape: TemplateShape): string {
  const random = randomNumbers(shape.seed);
  const resources: Record<string, Data> = {};
  for (let index = 0; index < shape.vpcs; index += 1) {
    Object.assign(resources, network(index, index < shape.flowLogs, random));
  }
  const write = (): string => serialise(template(resources, shape), shape.format);
  // One of each kind is written to see how many are needed.
  const kinds = [bucket, lambda, role, alarm, securityGroup, queue];
  let index = 0;
  const add = (): void => {
    const kind = kinds[Math.floor(random() * kinds.length)]!;
    Object.assign(resources, kind(index, random, shape));
    index += 1;
  };
  let text = write();
  while (text.length < shape.bytes) {
    const before = text.length;
    const step = Math.max(1, Math.floor((shape.bytes - before) / 2500 / (shape.fill ?? 1)));
    for (let count = 0; count < step; count += 1) add();
    text = write();
  }
  return text;
}

function template(resources: Record<string, Data>, { vpcs }: TemplateShape): Record<string, Data> {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'A service and its network',
    Metadata: { 'AWS::CloudFormation::Interface': { ParameterGroups: [{ Parameters: ['Environment'] }] } },
    Parameters: {
      Environment: { Type: 'String', Default: 'dev', AllowedValues: ['dev', 'stage', 'prod'] },
      Retention: { Type: 'Number', Default: 30, Description: 'Days that logs are kept' },
      CidrBlock: { Type: 'String', Default: '10.0.0.0/16' },
      AlarmTopic: {
        Type: 'String',
        Default: '',
        Description: new Paragraph(
          'ARN of the topic to which alarms are sent. Without one, there are no alarms, whatever the',
          'environment is; it may be in another region (but not in another account)',
        ),
      },
    },
    Conditions: {
      IsProduction: new Call('Fn::Equals', [ref('Environment'), 'prod']),
      IsDevelopment: new Call('Fn::Not', [new Call('Condition', 'IsProduction')]),
      HasAlarms: new Call('Fn::Or', [
        new Call('Condition', 'IsProduction'),
        new Call('Fn::Not', [new Call('Fn::Equals', [ref('AlarmTopic'), ''])]),
      ]),
    },
    Resources: shuffled(resources),
    ...(vpcs > 0 && {
      Outputs: {
        VpcId: { Value: ref('Vpc0'), Export: { Name: sub('${AWS::StackName}-VpcId') } },
      },
    }),
  };
}

/** Networks among the others, in an order that is always the same. */
function shuffled(resources: Record<string, Data>): Record<string, Data> {
  const names = Object.keys(resources);
  const order = names.map((name, index) => ({ name, rank: (index * 7919) % 1009 }));
  return Object.fromEntries(
    order.toSorted((a, b) => a.rank - b.rank).map(({ name }) => [name, resources[name]!]),
  );
}

function tags(name: string): Data {
  return [
    { Key: 'Name', Value: sub(`\${AWS::StackName}-${name}`) },
    { Key: 'environment', Value: ref('Environment') },
  ];
}

function network(index: number, isLogged: boolean, random: () => number): Record<string, Data> {
  const vpc = `Vpc${index}`;
  const resources: Record<string, Data> = {
    [vpc]: {
      Type: 'AWS::EC2::VPC',
      Properties: {
        CidrBlock: ref('CidrBlock'),
        EnableDnsHostnames: true,
        EnableDnsSupport: true,
        Tags: tags(vpc),
      },
    },
    [`PublicSubnet${index}`]: {
      Type: 'AWS::EC2::Subnet',
      Properties: {
        VpcId: ref(vpc),
        CidrBlock: `10.0.${Math.floor(random() * 255)}.0/24`,
        AvailabilityZone: new Call('Fn::Select', [0, new Call('Fn::GetAZs', '')]),
        Tags: tags(`public-${index}`),
      },
    },
    [`RouteTable${index}`]: {
      Type: 'AWS::EC2::RouteTable',
      Properties: { VpcId: ref(vpc), Tags: tags('routes') },
    },
  };
  if (!isLogged) return resources;
  return {
    ...resources,
    [`FlowLogGroup${index}`]: {
      Type: 'AWS::Logs::LogGroup',
      DeletionPolicy: 'Retain',
      Properties: { RetentionInDays: ref('Retention') },
    },
    [`FlowLogRole${index}`]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: assumedBy('vpc-flow-logs.amazonaws.com'),
        Policies: [
          {
            PolicyName: 'flow-logs',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Action: [
                    'logs:CreateLogStream',
                    'logs:PutLogEvents',
                    'logs:DescribeLogGroups',
                    'logs:DescribeLogStreams',
                  ],
                  Resource: getAtt(`FlowLogGroup${index}`, 'Arn'),
                },
              ],
            },
          },
        ],
      },
    },
    [`FlowLog${index}`]: {
      Type: 'AWS::EC2::FlowLog',
      ...(random() < 0.2 && { Condition: 'IsProduction' }),
      Properties: {
        ResourceId: ref(vpc),
        ResourceType: 'VPC',
        TrafficType: random() < 0.15 ? 'ACCEPT' : 'ALL',
        LogGroupName: ref(`FlowLogGroup${index}`),
        DeliverLogsPermissionArn: getAtt(`FlowLogRole${index}`, 'Arn'),
      },
    },
  };
}

function assumedBy(service: string): Data {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  };
}

function bucket(index: number, _: () => number, shape: TemplateShape): Record<string, Data> {
  const { format, isOfCdk = format === 'compact-json' } = shape;
  const id = `Bucket${index}`;
  return {
    [id]: {
      Type: 'AWS::S3::Bucket',
      DeletionPolicy: 'Retain',
      ...(isOfCdk && { Metadata: { 'aws:cdk:path': `App/Stack/${id}/Resource` } }),
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: { Rules: [{ Id: 'expire', Status: 'Enabled', ExpirationInDays: 90 }] },
        Tags: tags(id),
      },
    },
  };
}

function lambda(index: number, _: () => number, { fill = 1 }: TemplateShape): Record<string, Data> {
  const id = `Function${index}`;
  const handler = [
    '',
    '# Answers an event of the queue',
    'def handler(event, context):',
    '    for record in event["Records"]:',
    '        print(json.dumps({"id": record["messageId"], "stage": os.environ["STAGE"]}))',
    '    return {"statusCode": 200}',
    '',
  ].join('\n');
  const code = `import json\nimport os\n${handler.repeat(fill)}`;
  return {
    [id]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'python3.13',
        Handler: 'index.handler',
        MemorySize: new Call('Fn::If', ['IsProduction', 1024, 256]),
        Timeout: 30,
        Role: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/service'),
        Environment: { Variables: { STAGE: ref('Environment'), TABLE: `table-${index}` } },
        Code: { ZipFile: code },
        Tags: tags(id),
      },
    },
  };
}

function role(index: number, random: () => number, { fill = 1 }: TemplateShape): Record<string, Data> {
  const actions = ['s3:GetObject', 's3:PutObject', 'dynamodb:Query', 'sqs:SendMessage', 'kms:Decrypt'];
  const statement = (number: number): Data => ({
    Sid: `Statement${number}`,
    Effect: 'Allow',
    Action: actions.filter(() => random() < 0.6),
    Resource: sub(`arn:\${AWS::Partition}:s3:::bucket-${index}-${number}/*`),
  });
  return {
    [`Role${index}`]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: assumedBy('lambda.amazonaws.com'),
        ManagedPolicyArns: [
          sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'),
        ],
        Policies: [
          {
            PolicyName: `policy-${index}`,
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: Array.from({ length: 3 * fill }, (__, number) => statement(number)),
            },
          },
        ],
      },
    },
  };
}

function alarm(index: number, random: () => number): Record<string, Data> {
  return {
    [`Alarm${index}`]: {
      Type: 'AWS::CloudWatch::Alarm',
      Condition: 'HasAlarms',
      Properties: {
        AlarmActions: [ref('AlarmTopic')],
        AlarmDescription: `Errors of service ${index}, told to whoever is on call`,
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Dimensions: [{ Name: 'FunctionName', Value: `function-${index}` }],
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 3,
        Threshold: Math.floor(random() * 10),
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
      },
    },
  };
}

function securityGroup(
  index: number,
  random: () => number,
  { fill = 1 }: TemplateShape,
): Record<string, Data> {
  const few = [22, 80, 443, 3306, 5432, 8080];
  const many = Array.from({ length: fill }, (_, times) => few.map((port) => port + times));
  const ports = many.flat().filter(() => random() < 0.7);
  return {
    [`SecurityGroup${index}`]: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: `Traffic of service ${index}`,
        SecurityGroupIngress: ports.map((port) => ({
          IpProtocol: 'tcp',
          FromPort: port,
          ToPort: port,
          CidrIp: '10.0.0.0/8',
          Description: `Port ${port}: from inside`,
        })),
        Tags: tags(`group-${index}`),
      },
    },
  };
}

function queue(index: number): Record<string, Data> {
  return {
    [`Queue${index}`]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: 60,
        KmsMasterKeyId: 'alias/aws/sqs',
        RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: sub('arn:aws:sqs:${AWS::Region}:1:dead') },
      },
    },
  };
}

function serialise(data: Record<string, Data>, format: TemplateShape['format']): string {
  if (format === 'yaml') return yamlText(data);
  return `${JSON.stringify(data, longForm, format === 'json' ? 2 : undefined)}\n`;
}

function longForm(_: string, value: unknown): unknown {
  if (value instanceof Paragraph) return value.lines.join(' ');
  return value instanceof Call ? { [value.name]: value.argument } : value;
}

function yamlText(data: Record<string, Data>): string {
  const lines: string[] = ['# Made for measuring, in the style of a hand-written template', ''];
  for (const [section, content] of Object.entries(data)) {
    if (typeof content !== 'object') {
      lines.push(`${section}: ${scalar(content)}`, '');
      continue;
    }
    lines.push(`${section}:`);
    for (const [name, value] of Object.entries(content)) {
      if (section === 'Resources' && /^(?:Vpc|Function)/.test(name))
        lines.push(`  # ${name}: part of the service`);
      writeMember(lines, '  ', `${keyText(name)}:`, value as Data);
      if (section === 'Resources') lines.push('');
    }
    lines.push('');
  }
  return lines.join('\n');
}

function writeMember(lines: string[], indentation: string, lead: string, value: Data): void {
  if (value instanceof Call) {
    lines.push(`${indentation}${lead} ${callText(value)}`);
  } else if (value instanceof Paragraph) {
    lines.push(`${indentation}${lead} ${value.lines.join(`\n${indentation}  `)}`);
  } else if (typeof value === 'string' && value.includes('\n')) {
    lines.push(`${indentation}${lead} |`);
    for (const line of value.trimEnd().split('\n')) lines.push(line === '' ? '' : `${indentation}  ${line}`);
  } else if (typeof value !== 'object') lines.push(`${indentation}${lead} ${scalar(value)}`);
  else if (Array.isArray(value)) {
    lines.push(`${indentation}${lead}`);
    for (const item of value as readonly Data[]) writeItem(lines, `${indentation}  `, item);
  } else {
    lines.push(`${indentation}${lead}`);
    for (const [name, member] of Object.entries(value)) {
      writeMember(lines, `${indentation}  `, `${keyText(name)}:`, member);
    }
  }
}

function writeItem(lines: string[], indentation: string, item: Data): void {
  if (typeof item !== 'object' || item instanceof Call || Array.isArray(item)) {
    writeMember(lines, indentation, '-', item);
    return;
  }
  const inner: string[] = [];
  for (const [name, member] of Object.entries(item)) {
    writeMember(inner, `${indentation}  `, `${keyText(name)}:`, member);
  }
  inner[0] = `${indentation}- ${inner[0]?.trimStart() ?? '{}'}`;
  lines.push(...inner);
}

function callText({ name, argument }: Call): string {
  const tag = name.startsWith('Fn::') ? name.replace('Fn::', '!') : `!${name}`;
  if (argument instanceof Call) return `${tag} ${callText(argument)}`;
  if (name === 'Fn::GetAtt') return `${tag} ${(argument as readonly string[]).join('.')}`;
  if (!Array.isArray(argument)) return `${tag} ${scalar(argument as string)}`;
  const items = (argument as readonly Data[]).map((item) =>
    item instanceof Call ? callText(item) : JSON.stringify(item),
  );
  return `${tag} [${items.join(', ')}]`;
}

function keyText(key: string): string {
  return /^[\w:]+$/.test(key) && !key.endsWith(':') ? key : `'${key}'`;
}

function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  return /^[A-Za-z$][\w .:/$-]*$/.test(value) && !/: |:$/.test(value) && !/^(?:true|false)$/.test(value)
    ? value
    : `'${value.replaceAll("'", "''")}'`;
}
