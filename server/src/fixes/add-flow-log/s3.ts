import { t } from '@vscode/l10n';
import type { FixContext } from '../fix.ts';
import { defaultRetentionInDays, type FlowLogOptions } from '../options.ts';
import { getAtt, join, ref, sub, type Call, type Fields, type Value } from '../writer/values.ts';
import { isPath } from '../writer/written-template.ts';
import type { Refused } from '../writer/written-template.ts';
import { fittingBucket, type FittingBucket } from './bucket-of-template.ts';
import { pathBelow, resourceUnder, type Arrangement, type Delivery, type Site } from './delivery.ts';

/** Ways to deliver to S3, the one that fits best first. */
export function s3Deliveries(context: FixContext, condition: string | undefined): readonly Delivery[] {
  const { bucketArn } = context.options.s3 ?? {};
  const found = fittingBucket(context.template, condition, accountsFolder(context.options));
  const deliveries: Delivery[] = [];
  const add = (kind: string, what: string, arrange: Delivery['arrange']): void => {
    deliveries.push({ id: `s3:${kind}`, label: t('S3: {0}', what), destination: 's3', arrange });
  };
  if (bucketArn !== undefined) {
    const name = bucketArn.slice(bucketArn.lastIndexOf(':') + 1);
    add('arn', t('bucket {0}', name), () => toBucket(context, `${bucketArn}${folderOf(context.options)}`));
  }
  if (found !== undefined) {
    const { logicalId } = found.bucket;
    add('bucket-of-template', t('bucket {0} of this template', logicalId), (site) => toFound(site, found));
  }
  add('new-bucket', t('new bucket'), toNew);
  add('parameter', t('bucket given as a parameter'), toParameter);
  return deliveries;
}

function toBucket({ options }: FixContext, destination: Value): Arrangement {
  return {
    properties: {
      LogDestinationType: 's3',
      LogDestination: destination,
      DestinationOptions: destinationOptions(options),
    },
    resources: {},
    changes: [],
  };
}

/** None where they are EC2's own defaults, else all three: the schema requires them together. */
function destinationOptions({ s3 = {} }: FlowLogOptions): Fields | undefined {
  const { fileFormat = 'plain-text', hiveCompatiblePartitions = false, perHourPartition = false } = s3;
  return fileFormat === 'plain-text' && !hiveCompatiblePartitions && !perHourPartition
    ? undefined
    : {
        FileFormat: fileFormat,
        HiveCompatiblePartitions: hiveCompatiblePartitions,
        PerHourPartition: perHourPartition,
      };
}

/** What stands behind the bucket's ARN: nothing, or `/prefix/`. */
function folderOf({ s3 }: FlowLogOptions): string {
  const prefix = s3?.prefix?.replace(/\/$/, '') ?? '';
  return prefix === '' ? '' : `/${prefix}/`;
}

/** What stands between the bucket's ARN and the number of the account in those of the log files. */
function accountsFolder(options: FlowLogOptions): string {
  const account = options.s3?.hiveCompatiblePartitions === true ? 'aws-account-id=' : '';
  return `${folderOf(options) || '/'}AWSLogs/${account}`;
}

function toFound(site: Site, { bucket, policy }: FittingBucket): Arrangement | Refused {
  const { context, nameOf, written } = site;
  const arrangement = toBucket(context, arnBelow(bucket.logicalId, folderOf(context.options)));
  if (policy.kind === 'none') {
    const name = nameOf('FlowLogBucketPolicy');
    return {
      ...arrangement,
      dependsOn: name,
      resources: { [name]: bucketPolicy(site, bucket.logicalId) },
    };
  }
  const dependsOn = policy.resource.logicalId;
  if (policy.kind === 'admits') return { ...arrangement, dependsOn };
  const to = pathBelow(written, policy.resource, 'Properties', 'PolicyDocument', 'Statement');
  if (!isPath(to)) return to;
  const items = deliveryStatements(bucket.logicalId, context.options, policy.sids);
  return { ...arrangement, dependsOn, changes: [{ kind: 'append', to, items }] };
}

function toNew(site: Site): Arrangement {
  const { condition, context, nameOf } = site;
  const bucket = nameOf('FlowLogBucket');
  const policy = nameOf('FlowLogBucketPolicy');
  return {
    ...toBucket(context, arnBelow(bucket, folderOf(context.options))),
    dependsOn: policy,
    resources: { [bucket]: privateBucket(condition), [policy]: bucketPolicy(site, bucket) },
  };
}

function privateBucket(condition: string | undefined): Fields {
  return resourceUnder(condition, 'AWS::S3::Bucket', {
    // A bucket that holds records cannot be deleted.
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      LifecycleConfiguration: {
        Rules: [{ Id: 'ExpireFlowLogs', Status: 'Enabled', ExpirationInDays: defaultRetentionInDays }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    },
  });
}

function bucketPolicy({ condition, context }: Site, bucket: string): Fields {
  return resourceUnder(condition, 'AWS::S3::BucketPolicy', {
    Properties: {
      Bucket: ref(bucket),
      PolicyDocument: { Version: '2012-10-17', Statement: deliveryStatements(bucket, context.options) },
    },
  });
}

/**
 * Lets the delivery service write to a bucket, on behalf of this account and region alone.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 */
function deliveryStatements(
  bucket: string,
  options: FlowLogOptions,
  takenSids: ReadonlySet<string> = new Set(),
): readonly Fields[] {
  const principal = { Service: 'delivery.logs.amazonaws.com' };
  const sourceArn = {
    'aws:SourceArn': sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*'),
  };
  return [
    {
      Sid: freeSid('AWSLogDeliveryWrite', takenSids),
      Effect: 'Allow',
      Principal: principal,
      Action: 's3:PutObject',
      Resource: arnBelow(bucket, `${accountsFolder(options)}\${AWS::AccountId}/*`),
      Condition: {
        StringEquals: {
          's3:x-amz-acl': 'bucket-owner-full-control',
          'aws:SourceAccount': ref('AWS::AccountId'),
        },
        ArnLike: sourceArn,
      },
    },
    {
      Sid: freeSid('AWSLogDeliveryCheck', takenSids),
      Effect: 'Allow',
      Principal: principal,
      Action: ['s3:GetBucketAcl', 's3:ListBucket'],
      Resource: getAtt(bucket, 'Arn'),
      Condition: {
        StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') },
        ArnLike: sourceArn,
      },
    },
  ];
}

function freeSid(wanted: string, taken: ReadonlySet<string>): string {
  let sid = wanted;
  for (let number = 2; taken.has(sid); number += 1) sid = `${wanted}${number}`;
  return sid;
}

/** The ARN of a bucket with something behind it. */
function arnBelow(bucket: string, rest: string): Call {
  if (rest === '') return getAtt(bucket, 'Arn');
  // Of a name that varies in a loop no variable can be made: braces do not nest.
  return /[{}]/.test(bucket)
    ? join('', [getAtt(bucket, 'Arn'), rest.includes('${') ? sub(rest) : rest])
    : sub(`\${${bucket}.Arn}${rest}`);
}

function toParameter({ context, names }: Site): Arrangement {
  const name = names.parameter('FlowLogBucketArn');
  const folder = folderOf(context.options);
  const parameter: Fields = {
    Type: 'String',
    Description: 'ARN of the S3 bucket that VPC flow logs are delivered to',
    AllowedPattern: String.raw`arn:aws[a-z-]*:s3:::[A-Za-z0-9._-]+`,
  };
  return {
    ...toBucket(context, folder === '' ? ref(name) : sub(`\${${name}}${folder}`)),
    changes: [{ kind: 'add-entries', to: ['Parameters'], entries: { [name]: parameter } }],
  };
}
