import { valuesOf } from '../../coverage/flow-log-findings/configuration.ts';
import { evaluate } from '../../template/evaluate.ts';
import { intrinsicCall } from '../../template/intrinsics.ts';
import type { Resource } from '../../template/model.ts';
import { rootScope } from '../../template/scope.ts';
import { canonicalText, child, textOf } from '../../template/syntax.ts';
import type { Value } from '../../template/value.ts';
import { configurationsIn, oncePerCondition, oncePerTemplate } from '../once-per-template.ts';
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
  | { readonly kind: 'extensible'; readonly resource: Resource };

/** One that takes flow logs already, or is named for logs; private, and not encrypted with a key of its own. */
export const fittingBucket = oncePerCondition((template, condition): FittingBucket | undefined => {
  const inUse = new Set(
    configurationsIn(template)
      .flatMap((configuration) => valuesOf(configuration, 'LogDestination'))
      .map(({ value }) => (value.kind === 'attribute' ? value.resource : undefined)),
  );
  const fitting = [...template.resources.values()].flatMap((bucket): FittingBucket[] => {
    if (!isThereUnder(condition, bucket) || !isPrivateBucket(bucket)) return [];
    const policy = policyOf(bucket, policiesIn(template), condition);
    return policy === undefined ? [] : [{ bucket, policy }];
  });
  return (
    fitting.find(({ bucket }) => inUse.has(bucket)) ??
    fitting.find(({ policy }) => policy.kind === 'admits') ??
    fitting.find(({ bucket }) => isNamedForLogs(bucket))
  );
});

function isPrivateBucket({ type, properties }: Resource): boolean {
  if (type !== 'AWS::S3::Bucket') return false;
  return (
    child(properties, 'WebsiteConfiguration') === undefined &&
    textOf(child(properties, 'AccessControl'))?.startsWith('Public') !== true &&
    // The delivery service may not use a key unless the key's policy says so.
    !canonicalText(child(properties, 'BucketEncryption')).includes('aws:kms')
  );
}

function isNamedForLogs({ logicalId, properties }: Resource): boolean {
  const words = /(?:^|[^A-Za-z]|[a-z0-9](?=L))[Ll]og(?:s|ging)?(?![a-z])|[Aa]udit/;
  return words.test(logicalId) || words.test(textOf(child(properties, 'BucketName')) ?? '');
}

interface PolicyOn {
  readonly policy: Resource;
  readonly targets: readonly Value[];
}

const policiesIn = oncePerTemplate((template): readonly PolicyOn[] => {
  const scope = rootScope(template);
  return [...template.resources.values()]
    .filter(({ type }) => type === 'AWS::S3::BucketPolicy')
    .map((policy) => ({
      policy,
      targets: evaluate(child(policy.properties, 'Bucket'), scope).map(({ value }) => value),
    }));
});

/** Undefined where the bucket has one that is not edited safely, or may have one. */
function policyOf(
  bucket: Resource,
  policies: readonly PolicyOn[],
  condition: string | undefined,
): BucketPolicy | undefined {
  for (const { policy, targets } of policies) {
    if (targets.every((value) => value.kind === 'resource' && value.resource !== bucket)) continue;
    const [target, ...others] = targets;
    const isItsOwn = others.length === 0 && target?.kind === 'resource' && isThereUnder(condition, policy);
    const document = child(policy.properties, 'PolicyDocument');
    const text = canonicalText(document);
    if (!isItsOwn || text.includes('"Deny"')) return undefined;
    if (text.includes('delivery.logs.amazonaws.com')) return { kind: 'admits', resource: policy };
    const statement = child(document, 'Statement');
    const isList = statement?.kind === 'sequence';
    // One that stands without a list becomes the first of one.
    const isOne = statement?.kind === 'mapping' && intrinsicCall(statement) === undefined;
    return isList || isOne ? { kind: 'extensible', resource: policy } : undefined;
  }
  return { kind: 'none' };
}
