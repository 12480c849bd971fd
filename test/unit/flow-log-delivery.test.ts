import { describe, expect, test } from 'vitest';
import { checkText } from '../../server/src/workspace/check.ts';

/** `key: message`, and ` -> key: message` of what is related, for every delivery that is denied. */
function denials(text: string): string[] {
  const check = checkText(text);
  if (check.kind !== 'template') return [check.kind];
  return check.findings
    .filter(({ code }) => code === 'flow-log-delivery-denied')
    .flatMap(({ span, message, related }) => [
      `${text.slice(span.start, span.end)}: ${message}`,
      ...related.map((place) => ` -> ${text.slice(place.span.start, place.span.end)}: ${place.message}`),
    ]);
}

const indent = (text: string, by: number): string => text.trim().replaceAll('\n', `\n${' '.repeat(by)}`);

describe('the role for CloudWatch Logs', () => {
  const trust = `
Statement:
  - Effect: Allow
    Principal: {Service: vpc-flow-logs.amazonaws.com}
    Action: sts:AssumeRole`;
  const allOnAll = `
- PolicyName: Write
  PolicyDocument:
    Statement:
      - Effect: Allow
        Action: [logs:CreateLogStream, logs:PutLogEvents]
        Resource: '*'`;

  interface Parts {
    readonly trust?: string;
    readonly policies?: string;
    readonly role?: string;
    readonly group?: string;
    readonly flowLog?: string;
    readonly resources?: string;
    readonly sections?: string;
  }

  function withRole(parts: Parts): string {
    return `
${parts.sections ?? ''}
Parameters:
  Text:
    Type: String
    Default: ''
  Name:
    Type: String
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Group:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: 7
      ${parts.group ?? ''}
  Role:
    Type: AWS::IAM::Role
    Properties:
      ${parts.role ?? ''}
      AssumeRolePolicyDocument:
        ${indent(parts.trust ?? trust, 8)}
      Policies:
        ${indent(parts.policies ?? allOnAll, 8)}
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Vpc
      ResourceType: VPC
      TrafficType: ALL
      DeliverLogsPermissionArn: !GetAtt Role.Arn
      ${parts.flowLog ?? 'LogGroupName: !Ref Group'}
  ${indent(parts.resources ?? '', 2)}
`;
  }

  const statement = (lines: string): string => `
- PolicyName: Write
  PolicyDocument:
    Statement:
      - ${indent(lines, 8)}`;
  const allowOn = (resource: string, actions = '[logs:CreateLogStream, logs:PutLogEvents]'): string =>
    statement(`Effect: Allow\nAction: ${actions}\nResource: ${resource}`);

  describe('nothing is said where it may assume it', () => {
    test.each([
      ['the service', trust],
      [
        'one of several',
        'Statement:\n  Effect: Allow\n  Principal: {Service: [ec2.amazonaws.com, vpc-flow-logs.amazonaws.com]}\n  Action: [sts:AssumeRole]',
      ],
      [
        'a suffix of the partition',
        'Statement:\n  Effect: Allow\n  Principal: {Service: !Sub "vpc-flow-logs.${AWS::URLSuffix}"}\n  Action: sts:*',
      ],
      [
        'the name in China',
        'Statement:\n  Effect: Allow\n  Principal: {Service: vpc-flow-logs.amazonaws.com.cn}\n  Action: sts:AssumeRole',
      ],
      [
        'a parameter',
        'Statement:\n  Effect: Allow\n  Principal: {Service: !Ref Name}\n  Action: sts:AssumeRole',
      ],
      ['everyone', 'Statement:\n  Effect: Allow\n  Principal: "*"\n  Action: sts:AssumeRole'],
      [
        'a statement that may be there',
        'Statement: !If [Some, {Effect: Allow, Principal: {Service: vpc-flow-logs.amazonaws.com}, Action: sts:AssumeRole}, !Ref AWS::NoValue]',
      ],
      ['a statement of which nothing is known', 'Statement:\n  - Fn::Transform: {Name: AWS::Include}'],
      [
        'conditions against the confused deputy',
        `${trust}\n    Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}`,
      ],
    ])('%s', (_, document) => {
      expect(denials(withRole({ trust: document }))).toEqual([]);
    });
  });

  test.each([
    [
      'another service',
      'Statement:\n  Effect: Allow\n  Principal: {Service: ec2.amazonaws.com}\n  Action: sts:AssumeRole',
    ],
    [
      'the service for S3',
      'Statement:\n  Effect: Allow\n  Principal: {Service: delivery.logs.amazonaws.com}\n  Action: sts:AssumeRole',
    ],
    [
      'the account',
      'Statement:\n  Effect: Allow\n  Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}\n  Action: sts:AssumeRole',
    ],
    [
      'another action',
      'Statement:\n  Effect: Allow\n  Principal: {Service: vpc-flow-logs.amazonaws.com}\n  Action: sts:AssumeRoleWithWebIdentity',
    ],
    [
      'a denial',
      'Statement:\n  Effect: Deny\n  Principal: {Service: vpc-flow-logs.amazonaws.com}\n  Action: sts:AssumeRole',
    ],
  ])('it may not be assumed: %s', (_, document) => {
    expect(denials(withRole({ trust: document }))).toEqual([
      'DeliverLogsPermissionArn: FlowLog delivers nothing: vpc-flow-logs.amazonaws.com may not assume Role; allow it sts:AssumeRole in AssumeRolePolicyDocument',
      ' -> AssumeRolePolicyDocument: Role trusts others only',
    ]);
  });

  describe('nothing is said where it may write', () => {
    test.each<[string, Parts]>([
      ['everywhere', {}],
      ['with wildcards in the actions', { policies: allowOn("'*'", '[logs:Create*, "logs:Put?ogEvents"]') }],
      [
        'with actions in another case',
        { policies: allowOn("'*'", '[Logs:createlogstream, LOGS:PUTLOGEVENTS]') },
      ],
      ['with NotAction', { policies: statement("Effect: Allow\nNotAction: iam:*\nResource: '*'") }],
      [
        'with NotResource',
        { policies: statement('Effect: Allow\nAction: logs:*\nNotResource: arn:aws:s3:::*') },
      ],
      ['by the Arn of the group', { policies: allowOn('!GetAtt Group.Arn') }],
      ['by the Arn of the group and a second :*', { policies: allowOn('!Sub "${Group.Arn}:*"') }],
      [
        'by an ARN of parts',
        {
          policies: allowOn(
            '!Sub "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}:*"',
          ),
        },
      ],
      [
        'by an ARN in another partition and region',
        { policies: allowOn('!Sub "arn:aws-cn:logs:cn-north-1:111122223333:log-group:${Group}:*"') },
      ],
      [
        'on all groups of a prefix',
        { group: 'LogGroupName: /network/flow', policies: allowOn('arn:aws:logs:*:*:log-group:/network/*') },
      ],
      [
        'on a group of a name that a parameter gives',
        {
          group: 'LogGroupName: !Ref Name',
          flowLog: 'LogGroupName: !Ref Name',
          policies: allowOn('!Sub "arn:aws:logs:*:*:log-group:${Name}:*"'),
        },
      ],
      ['by ARNs of any partition', { policies: allowOn('"arn:*:logs:*:*:*"') }],
      ['by ARNs of some partitions', { policies: allowOn('"arn:aws*:logs:*:*:*"') }],
      ['by ARNs of any kind', { policies: allowOn('"arn:*"') }],
      ['by more ARNs than a role can hold', { policies: allowOn(`[${'arn:aws:s3:::logs, '.repeat(300)}]`) }],
      ['on what a parameter gives', { policies: allowOn('!Ref Text') }],
      [
        'on streams apart from groups',
        {
          policies: `${allowOn('!Sub "arn:aws:logs:*:*:log-group:${Group}"', 'logs:CreateLogStream')}${allowOn('!Sub "arn:aws:logs:*:*:log-group:${Group}:log-stream:*"', 'logs:PutLogEvents')}`,
        },
      ],
      [
        'perhaps, under a condition',
        { policies: statement("Effect: !If [Some, Allow, Deny]\nAction: logs:*\nResource: '*'") },
      ],
      [
        'by a managed policy of AWS',
        { policies: '[]', role: 'ManagedPolicyArns: [arn:aws:iam::aws:policy/CloudWatchLogsFullAccess]' },
      ],
      ['by what a parameter lists', { policies: '[]', role: 'ManagedPolicyArns: !Ref Text' }],
      ['by policies that only the deployment knows', { policies: '!Ref Text' }],
      [
        'by a policy of the template',
        {
          policies: '[]',
          resources: `
Policy:
  Type: AWS::IAM::Policy
  Properties:
    Roles: [!Ref Role]
    PolicyDocument: {Statement: {Effect: Allow, Action: 'logs:*', Resource: '*'}}`,
        },
      ],
      [
        'by a policy that names the role',
        {
          policies: '[]',
          role: 'RoleName: flow',
          resources: `
Policy:
  Type: AWS::IAM::RolePolicy
  Properties:
    RoleName: flow
    PolicyDocument: {Statement: {Effect: Allow, Action: 'logs:*', Resource: '*'}}`,
        },
      ],
      [
        'by a policy that may be on the role',
        {
          policies: '[]',
          resources: `
Policy:
  Type: AWS::IAM::RolePolicy
  Properties:
    RoleName: !Ref Name
    PolicyDocument: {Statement: {Effect: Allow, Action: 'logs:*', Resource: '*'}}`,
        },
      ],
      [
        'by a managed policy of the template',
        {
          policies: '[]',
          role: 'ManagedPolicyArns: [!Ref Policy]',
          resources: `
Policy:
  Type: AWS::IAM::ManagedPolicy
  Properties:
    PolicyDocument: {Statement: {Effect: Allow, Action: 'logs:*', Resource: '*'}}`,
        },
      ],
      [
        'but for a denial elsewhere',
        {
          policies: `${allOnAll}${statement('Effect: Deny\nAction: logs:*\nResource: arn:aws:logs:*:*:log-group:/audit:*')}`,
        },
      ],
      [
        'but for a denial under a condition',
        {
          policies: `${allOnAll}${statement("Effect: Deny\nAction: logs:*\nResource: '*'\nCondition: {Bool: {aws:SecureTransport: 'false'}}")}`,
        },
      ],
      [
        'but for a denial that may not be there',
        {
          policies: `${allOnAll}${statement("Effect: !If [Some, Deny, Allow]\nAction: logs:*\nResource: '*'")}`,
        },
      ],
      ['where a macro may give it more', { policies: '[]', sections: 'Transform: Corporate' }],
    ])('%s', (_, parts) => {
      expect(denials(withRole(parts))).toEqual([]);
    });
  });

  test.each<[string, Parts, string, string]>([
    [
      'no policy',
      { policies: '[]' },
      'Role is not allowed logs:CreateLogStream and logs:PutLogEvents on Group',
      'Role: Role may not write logs',
    ],
    [
      'other actions',
      { policies: allowOn("'*'", 's3:PutObject') },
      'Role is not allowed logs:CreateLogStream and logs:PutLogEvents on Group',
      'Role: Role may not write logs',
    ],
    [
      'one of the actions',
      { policies: allowOn("'*'", 'logs:CreateLogStream') },
      'Role is not allowed logs:PutLogEvents on Group',
      'Role: Role may not write logs',
    ],
    [
      'no action of logs',
      { policies: statement("Effect: Allow\nNotAction: logs:*\nResource: '*'") },
      'Role is not allowed logs:CreateLogStream and logs:PutLogEvents on Group',
      'Role: Role may not write logs',
    ],
    [
      'another group',
      { resources: 'Other:\n  Type: AWS::Logs::LogGroup', policies: allowOn('!GetAtt Other.Arn') },
      'Role is not allowed logs:CreateLogStream and logs:PutLogEvents on Group',
      'Role: Role may not write logs',
    ],
    [
      'another name',
      { group: 'LogGroupName: /network/flow', policies: allowOn('arn:aws:logs:*:*:log-group:/app/*') },
      'Role is not allowed logs:CreateLogStream and logs:PutLogEvents on Group',
      'Role: Role may not write logs',
    ],
    [
      'a group that is not in the template',
      { policies: '[]', flowLog: 'LogGroupName: /network/flow' },
      'Role is not allowed logs:CreateLogStream and logs:PutLogEvents on its log group',
      'Role: Role may not write logs',
    ],
    [
      'a policy on another role',
      {
        policies: '[]',
        resources: `
Policy:
  Type: AWS::IAM::Policy
  Properties:
    Roles: [another]
    PolicyDocument: {Statement: {Effect: Allow, Action: 'logs:*', Resource: '*'}}`,
      },
      'Role is not allowed logs:CreateLogStream and logs:PutLogEvents on Group',
      'Role: Role may not write logs',
    ],
  ])('it is not allowed to write: %s', (_, parts, what, related) => {
    expect(denials(withRole(parts))).toEqual([
      `DeliverLogsPermissionArn: FlowLog delivers nothing: ${what}; allow it on the ARN of the log group, which ends in ':*'`,
      ` -> ${related}`,
    ]);
  });

  test.each([
    ['by its generated name', {}, '${Group}'],
    ['by its literal name', { group: 'LogGroupName: /network/flow' }, '/network/flow'],
    [
      'by the name that a parameter gives',
      { group: 'LogGroupName: !Ref Name', flowLog: 'LogGroupName: !Ref Name' },
      '${Name}',
    ],
  ])("an ARN without ':*' covers no log stream: %s", (_, parts, name) => {
    const policies = allowOn(
      `!Sub "arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:${name}"`,
    );
    expect(denials(withRole({ ...parts, policies }))).toEqual([
      "DeliverLogsPermissionArn: FlowLog delivers nothing: Role is not allowed logs:PutLogEvents on Group; the ARN in its policy lacks the ':*' that stands for the log streams",
      ' -> Resource: This allows it on the log group, but on no log stream',
    ]);
  });

  test('an explicit denial wins', () => {
    const policies = `${allOnAll}${statement("Effect: Deny\nAction: logs:Put*\nResource: '*'")}`;
    expect(denials(withRole({ policies }))).toEqual([
      'DeliverLogsPermissionArn: FlowLog delivers nothing: Role is denied logs:PutLogEvents; take it out of the statement that denies it',
      ' -> Effect: This denies it to Role',
    ]);
  });

  test('only for the role that is used, and when', () => {
    const text = withRole({
      policies: '[]',
      sections: 'Conditions:\n  Own: !Not [!Equals [!Ref Text, ""]]',
    }).replace('!GetAtt Role.Arn', '!If [Own, !GetAtt Role.Arn, !Ref Text]');
    expect(denials(text)[0]).toContain('on Group when Text is not empty; allow it');
  });

  test('a role with S3 delivers nothing for another reason', () => {
    const text = withRole({
      policies: '[]',
      flowLog: 'LogDestinationType: s3\n      LogDestination: arn:aws:s3:::logs',
    });
    expect(denials(text)).toEqual([]);
  });
});

describe('the bucket', () => {
  const both = "[!GetAtt Bucket.Arn, !Sub '${Bucket.Arn}/*']";

  function withBucket(
    statements: string,
    more: { bucket?: string; destination?: string; resources?: string } = {},
  ): string {
    return `
Parameters:
  Organization:
    Type: String
  Endpoint:
    Type: String
Conditions:
  Some: !Equals [!Ref Organization, o-1]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      ${indent(more.bucket ?? 'Tags: []', 6)}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Statement:
          ${indent(statements, 10)}
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Vpc
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: ${more.destination ?? '!GetAtt Bucket.Arn'}
  ${indent(more.resources ?? '', 2)}
`;
  }

  const deny = (lines: string, principal = "Principal: '*'"): string => `
- Effect: Deny
  ${principal}
  ${indent(lines, 2)}`;
  const onAll = `Action: s3:*\nResource: ${both}`;

  describe('nothing is said where the service may write', () => {
    test.each([
      [
        'nothing but what others may',
        "- Effect: Allow\n  Principal: {AWS: arn:aws:iam::111122223333:root}\n  Action: s3:GetObject\n  Resource: '*'",
      ],
      ['transport without TLS', deny(`${onAll}\nCondition: {Bool: {aws:SecureTransport: false}}`)],
      ['an old version of TLS', deny(`${onAll}\nCondition: {NumericLessThan: {s3:TlsVersion: 1.2}}`)],
      [
        'another canned ACL',
        deny(`${onAll}\nCondition: {StringNotEquals: {s3:x-amz-acl: bucket-owner-full-control}}`),
      ],
      ['reading', deny(`Action: s3:Get*\nResource: ${both}`)],
      ['all but writing', deny(`NotAction: s3:PutObject\nResource: ${both}`)],
      ['another folder', deny("Action: s3:*\nResource: !Sub '${Bucket.Arn}/private/*'")],
      ['all but this bucket', deny(`Action: s3:*\nNotResource: ${both}`)],
      ['the bucket without its files', deny('Action: s3:*\nResource: !GetAtt Bucket.Arn')],
      ['a user', deny(onAll, 'Principal: {AWS: arn:aws:iam::111122223333:user/Eve}')],
      ['another service', deny(onAll, 'Principal: {Service: logging.s3.amazonaws.com}')],
      [
        'all but the service',
        deny(
          onAll,
          'NotPrincipal: {Service: delivery.logs.amazonaws.com, AWS: arn:aws:iam::111122223333:root}',
        ),
      ],
      [
        'another network, but not of services',
        deny(
          `${onAll}\nCondition: {StringNotEquals: {aws:SourceVpce: !Ref Endpoint}, Bool: {aws:PrincipalIsAWSService: 'false'}}`,
        ),
      ],
      [
        'another network, for those that have one',
        deny(
          `${onAll}\nCondition: {StringNotEquals: {aws:SourceVpce: !Ref Endpoint}, 'Null': {aws:SourceVpce: 'false'}}`,
        ),
      ],
      ['this network', deny(`${onAll}\nCondition: {StringEquals: {aws:SourceVpce: !Ref Endpoint}}`)],
      [
        'another organization, but not of services',
        deny(
          `${onAll}\nCondition: {StringNotEqualsIfExists: {aws:PrincipalOrgID: !Ref Organization}, BoolIfExists: {aws:PrincipalIsAWSService: false}}`,
        ),
      ],
      [
        'another organization of the source',
        deny(`${onAll}\nCondition: {StringNotEquals: {aws:SourceOrgID: !Ref Organization}}`),
      ],
      [
        'another account of the source',
        deny(`${onAll}\nCondition: {StringNotEquals: {aws:SourceAccount: !Ref AWS::AccountId}}`),
      ],
      ['every principal but any', deny(`${onAll}\nCondition: {ArnNotLike: {aws:PrincipalArn: '*'}}`)],
      ['another address', deny(`${onAll}\nCondition: {NotIpAddress: {aws:SourceIp: 10.0.0.0/8}}`)],
      [
        'files without encryption',
        deny(`${onAll}\nCondition: {'Null': {s3:x-amz-server-side-encryption: true}}`),
      ],
      [
        'a set of values',
        deny(`${onAll}\nCondition: {'ForAnyValue:StringNotEquals': {aws:SourceVpce: [vpce-1]}}`),
      ],
      [
        'perhaps',
        `- !If [Some, {Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*'}, !Ref AWS::NoValue]`,
      ],
    ])('denied is: %s', (_, statements) => {
      expect(denials(withBucket(statements))).toEqual([]);
    });
  });

  const shutOut = [
    "LogDestination: FlowLog delivers nothing: Policy shuts out delivery.logs.amazonaws.com; except it from the statement, as by the condition 'aws:PrincipalIsAWSService' is 'false'",
    ' -> Effect: This denies it s3:PutObject on Bucket',
  ];

  test.each([
    ['everything', deny(onAll)],
    ['everything to everyone of AWS', deny(onAll, "Principal: {AWS: '*'}")],
    ['the service', deny(onAll, 'Principal: {Service: [delivery.logs.amazonaws.com, ec2.amazonaws.com]}')],
    ['writing, by a literal partition', deny("Action: s3:Put*\nResource: !Sub 'arn:aws:s3:::${Bucket}/*'")],
    ['all but reading', deny(`NotAction: s3:Get*\nResource: '*'`)],
    [
      'all but another bucket',
      deny('Action: s3:*\nNotResource: arn:aws:s3:::other/*').replace(
        'arn:aws:s3:::other/*',
        "!Sub '${Other.Arn}/*'",
      ),
    ],
    ['all but the account', deny(onAll, 'NotPrincipal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}')],
    ['another network', deny(`${onAll}\nCondition: {StringNotEquals: {aws:SourceVpce: !Ref Endpoint}}`)],
    [
      'another network, if there is one',
      deny(`${onAll}\nCondition: {StringNotEqualsIfExists: {aws:sourceVpc: vpc-1}}`),
    ],
    ['no network', deny(`${onAll}\nCondition: {'Null': {aws:SourceVpce: true}}`)],
    [
      'another organization',
      deny(`${onAll}\nCondition: {StringNotEquals: {aws:PrincipalOrgID: !Ref Organization}}`),
    ],
    [
      'another role',
      deny(
        `${onAll}\nCondition: {ArnNotLike: {aws:PrincipalArn: [!Sub 'arn:aws:iam::\${AWS::AccountId}:role/Admin*']}}`,
      ),
    ],
    ['services', deny(`${onAll}\nCondition: {Bool: {aws:PrincipalIsAWSService: 'true'}}`)],
    ['anything over TLS', deny(`${onAll}\nCondition: {Bool: {aws:SecureTransport: 'true'}}`)],
  ])('it shuts out the service: %s', (_, statements) => {
    expect(denials(withBucket(statements, { resources: 'Other:\n  Type: AWS::S3::Bucket' }))).toEqual(
      shutOut,
    );
  });

  test.each([
    [
      'a prefix',
      "!Sub '${Bucket.Arn}/network'",
      deny("Action: s3:*\nResource: !Sub '${Bucket.Arn}/network/*'"),
    ],
    ['an ARN of parts', "!Sub 'arn:${AWS::Partition}:s3:::${Bucket}'", deny(onAll)],
  ])('the destination is found by: %s', (_, destination, statements) => {
    expect(denials(withBucket(statements, { destination }))).toEqual(shutOut);
  });

  test.each([
    ['another bucket', deny(onAll), { destination: 'arn:aws:s3:::other' }],
    [
      'a bucket of another name',
      deny(onAll),
      { bucket: 'BucketName: logs', destination: 'arn:aws:s3:::logs-2' },
    ],
  ])('nothing is said of %s', (_, statements, more) => {
    expect(denials(withBucket(statements, more))).toEqual([]);
  });

  test('a policy that is not there in every deployment shuts out nobody for certain', () => {
    const text = withBucket(deny(onAll)).replace(
      'Type: AWS::S3::BucketPolicy',
      'Type: AWS::S3::BucketPolicy\n    Condition: Some',
    );
    expect(denials(text)).toEqual([]);
  });

  describe('its key', () => {
    const encrypted = (key: string, algorithm = 'aws:kms'): string => `
BucketEncryption:
  ServerSideEncryptionConfiguration:
    - ServerSideEncryptionByDefault:
        SSEAlgorithm: ${algorithm}
        KMSMasterKeyID: ${key}`;
    const key = (statement: string): string => `
Key:
  Type: AWS::KMS::Key
  Properties:
    KeyPolicy:
      Statement:
        - Effect: Allow
          Principal: {AWS: !Sub "arn:aws:iam::\${AWS::AccountId}:root"}
          Action: kms:*
          Resource: '*'
        ${statement}
Alias:
  Type: AWS::KMS::Alias
  Properties:
    AliasName: alias/logs
    TargetKeyId: !Ref Key`;
    const admit =
      '- {Effect: Allow, Principal: {Service: delivery.logs.amazonaws.com}, Action: ["kms:GenerateDataKey*", kms:Decrypt], Resource: "*"}';
    const anyAction =
      "- {Effect: Allow, Principal: {AWS: '*'}, Action: kms:*, Resource: '*', Condition: {StringEquals: {kms:ViaService: s3.eu-west-1.amazonaws.com}}}";
    const nothing = '[]';

    test.each([
      ['by its Arn', '!GetAtt Key.Arn'],
      ['by its id', '!Ref Key'],
      ['by an alias', '!Ref Alias'],
    ])('that admits the account alone, found %s', (_, reference) => {
      const text = withBucket(nothing, { bucket: encrypted(reference), resources: key('') });
      expect(denials(text)).toEqual([
        'LogDestination: FlowLog delivers nothing: delivery.logs.amazonaws.com may not use Key, with which Bucket encrypts; allow it kms:GenerateDataKey* and kms:Decrypt in the KeyPolicy',
        ' -> KeyPolicy: Key does not admit delivery.logs.amazonaws.com',
      ]);
    });

    test.each([
      ['that admits the service', encrypted('!Ref Key'), key(admit)],
      ['that may admit it', encrypted('!Ref Key'), key(anyAction)],
      ['of which the policy is not known', encrypted('!Ref Key'), key('- !Ref Organization')],
      ['that is not used', encrypted('!Ref Key', 'AES256'), key('')],
      ['of another template', encrypted('!Ref Organization'), key('')],
      ['that may be another', encrypted('!If [Some, !Ref Key, !Ref Organization]'), key('')],
    ])('nothing is said of a key %s', (_, bucket, resources) => {
      expect(denials(withBucket(nothing, { bucket, resources }))).toEqual([]);
    });
  });
});
