import { valuesOf } from '../../coverage/flow-log-findings/configuration.ts';
import { mayAllow } from '../../coverage/policies/decision.ts';
import { readPolicy } from '../../coverage/policies/document.ts';
import {
  account,
  anything,
  bucketArn,
  compose,
  physicalName,
  withoutPartition,
  type SymbolicText,
} from '../../coverage/policies/symbolic-text.ts';
import { surelyMatches } from '../../coverage/policies/wildcards.ts';
import { evaluate } from '../../template/evaluate.ts';
import { intrinsicCall } from '../../template/intrinsics.ts';
import type { Resource } from '../../template/model.ts';
import { rootScope } from '../../template/scope.ts';
import { canonicalText, child, textOf, type SyntaxNode } from '../../template/syntax.ts';
import type { Scope, Value } from '../../template/value.ts';
import { configurationsIn, oncePerCase, oncePerTemplate } from '../once-per-template.ts';
import { isThereUnder } from './delivery.ts';

/** A bucket of the template that flow logs may be delivered to. */
export interface FittingBucket {
  readonly bucket: Resource;
  readonly policy: BucketPolicy;
}

type BucketPolicy =
  | { readonly kind: 'none' }
  /** It lets the delivery service in already. */
  | { readonly kind: 'admits'; readonly resource: Resource }
  | {
      readonly kind: 'extensible';
      readonly resource: Resource;
      /** S3 refuses a policy that has one twice. */
      readonly sids: ReadonlySet<string>;
    };

const service = 'delivery.logs.amazonaws.com';

/**
 * One that takes flow logs already, or is named for logs; private, and not encrypted with a key of its own.
 *
 * @param folder What stands between the ARN of the bucket and the number of the account: `/prefix/AWSLogs/`.
 */
export const fittingBucket = oncePerCase(
  (template, condition: string | undefined, folder: string): FittingBucket | undefined => {
    const inUse = new Set(
      configurationsIn(template)
        .flatMap((configuration) => valuesOf(configuration, 'LogDestination'))
        .map(({ value }) => (value.kind === 'attribute' ? value.resource : undefined)),
    );
    const policies = policiesIn(template);
    const scope = rootScope(template);
    // From here on only what may be chosen is looked at: to read all buckets takes long in a large template.
    const first = (
      mayBeChosen: (bucket: Resource) => boolean,
      isChosen: (fitting: FittingBucket) => boolean = () => true,
    ): FittingBucket | undefined => {
      for (const bucket of template.resources.ofType('AWS::S3::Bucket')) {
        if (!isThereUnder(condition, bucket) || !mayBeChosen(bucket) || !isPrivateBucket(bucket)) continue;
        const policy = policyOf(bucket, policies, { scope, condition, folder });
        if (policy !== undefined && isChosen({ bucket, policy })) return { bucket, policy };
      }
      return undefined;
    };
    return (
      first((bucket) => inUse.has(bucket)) ??
      first(
        (bucket) => policies.some((policy) => mayBeOn(bucket, policy)),
        ({ policy }) => policy.kind === 'admits',
      ) ??
      first(isNamedForLogs)
    );
  },
);

function isPrivateBucket({ properties }: Resource): boolean {
  return (
    child(properties, 'WebsiteConfiguration') === undefined &&
    textOf(child(properties, 'AccessControl'))?.startsWith('Public') !== true &&
    // The delivery service may not use a key unless the key's policy says so.
    !canonicalText(child(properties, 'BucketEncryption')).includes('aws:kms')
  );
}

function isNamedForLogs(bucket: Resource): boolean {
  const words = /(?:^|[^A-Za-z]|[a-z0-9](?=L))[Ll]og(?:s|ging)?(?![a-z])|[Aa]udit/;
  if (words.test(bucket.logicalId)) return true;
  const mayBeInName = ['log', 'Log', 'audit', 'Audit'].some((word) => bucket.mayMention(word));
  return mayBeInName && words.test(textOf(child(bucket.properties, 'BucketName')) ?? '');
}

interface PolicyOn {
  readonly policy: Resource;
  readonly targets: readonly Value[];
}

const policiesIn = oncePerTemplate((template): readonly PolicyOn[] => {
  const scope = rootScope(template);
  return template.resources.ofType('AWS::S3::BucketPolicy').map((policy) => ({
    policy,
    targets: evaluate(child(policy.properties, 'Bucket'), scope).map(({ value }) => value),
  }));
});

function mayBeOn(bucket: Resource, { targets }: PolicyOn): boolean {
  return targets.some((value) => value.kind !== 'resource' || value.resource === bucket);
}

/** Undefined where the bucket has one that is not edited safely, or may have one. */
function policyOf(
  bucket: Resource,
  policies: readonly PolicyOn[],
  {
    scope,
    condition,
    folder,
  }: { readonly scope: Scope; readonly condition: string | undefined; readonly folder: string },
): BucketPolicy | undefined {
  for (const known of policies) {
    if (!mayBeOn(bucket, known)) continue;
    const { policy, targets } = known;
    const [target, ...others] = targets;
    const isItsOwn = others.length === 0 && target?.kind === 'resource' && isThereUnder(condition, policy);
    const document = child(policy.properties, 'PolicyDocument');
    if (!isItsOwn || canonicalText(document).includes('"Deny"')) return undefined;
    if (admits(document, bucket, scope, folder)) return { kind: 'admits', resource: policy };
    const statement = child(document, 'Statement');
    const isList = statement?.kind === 'sequence';
    // One that stands without a list becomes the first of one.
    const isOne = statement?.kind === 'mapping' && intrinsicCall(statement) === undefined;
    if (!isList && !isOne) return undefined;
    const sids = new Set(
      (isList ? statement.items : [statement]).flatMap((one) => textOf(child(one, 'Sid')) ?? []),
    );
    return { kind: 'extensible', resource: policy, sids };
  }
  return { kind: 'none' };
}

/** Whether a policy lets the service in for certain where flow logs go, not only where another's logs do. */
function admits(document: SyntaxNode | undefined, bucket: Resource, scope: Scope, folder: string): boolean {
  const { statements } = readPolicy(document, scope);
  const arn = bucketArn(physicalName(bucket, scope));
  const lets = (action: string, resource: SymbolicText): boolean =>
    statements.some(
      (statement) =>
        mayAllow(statement, { action, service, context: new Map() }) &&
        statement.resources?.isNegated === false &&
        statement.resources.patterns.some(
          ({ text }) => text !== undefined && surelyMatches(text, withoutPartition(resource)),
        ),
    );
  return lets('s3:GetBucketAcl', arn) && lets('s3:PutObject', compose(arn, folder, account, '/', anything));
}
