import { t } from '@vscode/l10n';
import { and, isAlways } from '../../template/formula.ts';
import { existence } from '../../template/scope.ts';
import { child, entry, textOf, type SyntaxNode } from '../../template/syntax.ts';
import type { Resource } from '../../template/model.ts';
import type { Scope } from '../../template/value.ts';
import { hasTransform } from '../completeness.ts';
import type { RelatedPlace } from '../model.ts';
import type { RequestContext } from '../policies/condition.ts';
import { mayAllow, surelyDenies, type Request } from '../policies/decision.ts';
import { itemsOf, objectsOf, readPolicy } from '../policies/document.ts';
import {
  anything,
  bucketArn,
  compose,
  physicalName,
  symbolicText,
  withoutPartition,
  type SymbolicText,
} from '../policies/symbolic-text.ts';
import { surelyMatches } from '../policies/wildcards.ts';
import { deliversTo, valuesOf, type Configuration } from './configuration.ts';
import { denial, ifComplete, type Problem } from './problem.ts';

const service = 'delivery.logs.amazonaws.com';

/**
 * Why a bucket of the template does not let the delivery service write. Nothing that allows it is no reason:
 * where it may, EC2 adds that to the bucket's policy itself.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 */
export function bucketProblems(configuration: Configuration): readonly Problem[] {
  const toBucket = deliversTo(configuration, 's3');
  return ifComplete(configuration, () =>
    valuesOf(configuration, 'LogDestination').flatMap(({ value, when }) => {
      const arn = symbolicText(value);
      const found = arn === undefined ? undefined : bucketBehind(arn, configuration.scope);
      if (found === undefined) return [];
      const problem = deniedProblem(configuration, found) ?? lockedProblem(configuration, found.bucket);
      return problem === undefined ? [] : [{ ...problem, when: and(when, toBucket) }];
    }),
  );
}

interface Destination {
  readonly bucket: Resource;
  /** The ARN of the log files: `arn:aws:s3:::bucket/prefix/AWSLogs/…`. */
  readonly files: SymbolicText;
}

function bucketBehind(arn: SymbolicText, scope: Scope): Destination | undefined {
  const slash = arn.indexOf('/');
  const ownArn = slash < 0 ? arn : arn.slice(0, slash);
  const bucket = scope.template.resources
    .ofType('AWS::S3::Bucket')
    .find((resource) =>
      surelyMatches(withoutPartition(bucketArn(physicalName(resource, scope))), withoutPartition(ownArn)),
    );
  const folder = slash < 0 ? [] : arn.slice(slash);
  return bucket === undefined
    ? undefined
    : {
        bucket,
        files: compose(ownArn, folder, folder.at(-1) === '/' ? '' : '/', 'AWSLogs/', anything),
      };
}

/**
 * What a request of the service has for condition keys, all over TLS and for no principal of an account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const context: RequestContext = new Map([
  ['aws:securetransport', { kind: 'text', text: 'true' }],
  ['aws:principalisawsservice', { kind: 'text', text: 'true' }],
  ['aws:principalservicename', { kind: 'text', text: service }],
  ['s3:x-amz-acl', { kind: 'text', text: 'bucket-owner-full-control' }],
  ['aws:sourcevpc', { kind: 'absent' }],
  ['aws:sourcevpce', { kind: 'absent' }],
  ['aws:principalorgid', { kind: 'absent' }],
  ['aws:principalarn', { kind: 'service-principal' }],
]);

function deniedProblem(configuration: Configuration, { bucket, files }: Destination): Problem | undefined {
  const { flowLog, scope } = configuration;
  const request: Request = { action: 's3:PutObject', resource: files, service, context };
  for (const policy of scope.template.resources.ofType('AWS::S3::BucketPolicy')) {
    if (!isPolicyOf(policy, bucket, configuration)) continue;
    const { statements } = readPolicy(child(policy.properties, 'PolicyDocument'), scope);
    const statement = statements.find((one) => surelyDenies(one, request, scope));
    if (statement !== undefined) {
      return denial(configuration, 'LogDestination', {
        what: t('{0} delivers nothing: {1} shuts out {2}', flowLog.logicalId, policy.logicalId, service),
        advice: t("except it from the statement, as by the condition 'aws:PrincipalIsAWSService' is 'false'"),
        related: [
          {
            message: t('This denies it s3:PutObject on {0}', bucket.logicalId),
            span: entry(statement.node, 'Effect')?.keySpan ?? statement.node.span,
          },
        ],
      });
    }
  }
  return undefined;
}

/** Whether it is there for certain wherever the flow log is. */
function isPolicyOf(policy: Resource, bucket: Resource, { flowLog, scope }: Configuration): boolean {
  if (hasTransform(policy.properties)) return false;
  const isThere = isAlways(existence(policy, scope)) || policy.condition === flowLog.condition;
  const name = physicalName(bucket, scope);
  return (
    isThere &&
    itemsOf(child(policy.properties, 'Bucket'), scope).some(({ value, isCertain }) => {
      const text = symbolicText(value);
      return isCertain && text !== undefined && surelyMatches(name, text);
    })
  );
}

/** A key of the template that the service may not use: it is in no account, so the key's policy alone counts. */
function lockedProblem(configuration: Configuration, bucket: Resource): Problem | undefined {
  const { flowLog, scope } = configuration;
  const key = keyOf(bucket, scope);
  if (key === undefined || hasTransform(key.properties)) return undefined;
  const { statements, isComplete } = readPolicy(child(key.properties, 'KeyPolicy'), scope);
  const request: Request = { action: 'kms:GenerateDataKey', service, context };
  if (!isComplete || statements.some((statement) => mayAllow(statement, request))) return undefined;
  const related: RelatedPlace = {
    message: t('{0} does not admit {1}', key.logicalId, service),
    span: entry(key.properties, 'KeyPolicy')?.keySpan ?? key.span,
  };
  return denial(configuration, 'LogDestination', {
    what: t(
      '{0} delivers nothing: {1} may not use {2}, with which {3} encrypts',
      flowLog.logicalId,
      service,
      key.logicalId,
      bucket.logicalId,
    ),
    advice: t('allow it kms:GenerateDataKey* and kms:Decrypt in the KeyPolicy'),
    related: [related],
  });
}

/** The key with which a bucket encrypts by default, where it is one of the template. */
function keyOf({ properties }: Resource, scope: Scope): Resource | undefined {
  if (hasTransform(properties)) return undefined;
  const [rule, ...others] = objectsOf(
    child(child(properties, 'BucketEncryption'), 'ServerSideEncryptionConfiguration'),
    scope,
  ).objects;
  if (rule?.isCertain !== true || others.length > 0) return undefined;
  const byDefault = child(rule.node, 'ServerSideEncryptionByDefault');
  if (textOf(child(byDefault, 'SSEAlgorithm'))?.startsWith('aws:kms') !== true) return undefined;
  return keyNamed(child(byDefault, 'KMSMasterKeyID'), scope);
}

function keyNamed(node: SyntaxNode | undefined, scope: Scope, viaAlias = false): Resource | undefined {
  const [item, ...others] = itemsOf(node, scope);
  const value = item?.value;
  if (others.length > 0 || (value?.kind !== 'resource' && value?.kind !== 'attribute')) return undefined;
  const { resource } = value;
  if (value.scope !== scope || item?.isCertain !== true) return undefined;
  if (resource.type === 'AWS::KMS::Key') return resource;
  return resource.type === 'AWS::KMS::Alias' && !viaAlias
    ? keyNamed(child(resource.properties, 'TargetKeyId'), scope, true)
    : undefined;
}
