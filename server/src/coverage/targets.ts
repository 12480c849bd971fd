import { t } from '@vscode/l10n';
import { evaluate } from '../template/evaluate.ts';
import { and, type Formula } from '../template/formula.ts';
import { child, type SyntaxNode } from '../template/syntax.ts';
import type { Resource, Template } from '../template/model.ts';
import { isNestedStack } from '../template/resources.ts';
import type { Guarded, ResourceInStack, Scope, Value } from '../template/value.ts';

/** What a flow log, or a resource's `VpcId`, is on. */
export type Target =
  /** A resource of a template: the VPC itself, or a subnet, or something that is no network at all. */
  | { readonly kind: 'resource'; readonly resource: Resource; readonly scope: Scope }
  /** A VPC that no template at hand makes. */
  | { readonly kind: 'outside'; readonly description: string }
  /** A name that the template does not declare. */
  | { readonly kind: 'undeclared'; readonly name: string; readonly node: SyntaxNode }
  | { readonly kind: 'nothing' }
  /** `candidates`, where given, are the only resources it can be. */
  | { readonly kind: 'unknown'; readonly why: string; readonly candidates?: readonly ResourceInStack[] };

/** Longer chains of `VpcId` (interface → subnet → VPC) than templates have. */
const longestChain = 4;

/** More alternatives than a `VpcId` on the way has; with the length of the chain it bounds the work. */
const mostBranches = 16;

export function isVpc(resource: Pick<Resource, 'type'>): boolean {
  return resource.type === 'AWS::EC2::VPC';
}

/** The VPCs of a template, in the order of its text. */
export function vpcsIn(template: Template): readonly Resource[] {
  return template.resources.ofType('AWS::EC2::VPC');
}

/** What an expression for a network resource leads to, and when. */
export function resolveTargets(
  node: SyntaxNode | undefined,
  scope: Scope,
  path: Formula,
): readonly Guarded<Target>[] {
  return resolve(node, scope, path, longestChain);
}

/** The VPCs in which a subnet, a network interface or a security group of the template is. */
export function vpcsBehind(
  resource: Resource,
  scope: Scope,
  path: Formula,
  depth = longestChain,
): readonly Guarded<Target>[] {
  if (depth === 0) return [];
  const vpcId = child(resource.properties, 'VpcId');
  if (vpcId !== undefined) return resolve(vpcId, scope, path, depth - 1);
  const subnets = resolve(child(resource.properties, 'SubnetId'), scope, path, depth - 1);
  return subnets.flatMap(({ value, when }) =>
    value.kind === 'resource' ? guardAll(vpcsBehind(value.resource, value.scope, path, depth - 1), when) : [],
  );
}

function resolve(
  node: SyntaxNode | undefined,
  scope: Scope,
  path: Formula,
  depth: number,
): readonly Guarded<Target>[] {
  const alternatives = evaluate(node, scope, path);
  if (depth < longestChain && alternatives.length > mostBranches) {
    return single({ kind: 'unknown', why: t('it has too many alternatives') });
  }
  return alternatives.flatMap(({ value, when }) => guardAll(targetsOf(value, path, depth), when));
}

function targetsOf(value: Value, path: Formula, depth: number): readonly Guarded<Target>[] {
  switch (value.kind) {
    case 'resource':
      return single(referencedResource(value));
    case 'attribute':
      return attributeTargets(value, path, depth);
    case 'text':
      return single(literalTarget(value.text));
    case 'subject':
      return single({ kind: 'outside', description: t('the VPC given as {0}', value.subject.label) });
    case 'undeclared':
      return single({ kind: 'undeclared', name: value.name, node: value.node });
    case 'none':
      return single({ kind: 'nothing' });
    case 'unknown':
    case 'outside':
      return single(value);
    case 'concatenation':
      return single(
        value.parts.every(({ kind }) => kind === 'text' || kind === 'subject')
          ? { kind: 'outside', description: t('the VPC that parameters name') }
          : { kind: 'unknown', why: t('it is put together from parts that only the deployment knows') },
      );
    case 'list':
    case 'object':
      return single({ kind: 'unknown', why: t('it is not a single value') });
  }
}

function attributeTargets(
  { resource, attribute, scope }: Extract<Value, { kind: 'attribute' }>,
  path: Formula,
  depth: number,
): readonly Guarded<Target>[] {
  if (isVpc(resource)) {
    return single(
      attribute === 'VpcId'
        ? { kind: 'resource', resource, scope }
        : { kind: 'unknown', why: t('{0} of {1} is not the id of a VPC', attribute, resource.logicalId) },
    );
  }
  if (attribute === 'VpcId' && depth > 0) {
    const behind = vpcsBehind(resource, scope, path, depth - 1);
    if (behind.length > 0) return behind;
  }
  if (isNestedStack(resource)) {
    return single({ kind: 'outside', description: t('a VPC of the nested stack {0}', resource.logicalId) });
  }
  return single({
    kind: 'unknown',
    why: t('it is {0} of {1}, which only the deployment knows', attribute, resource.logicalId),
  });
}

function referencedResource({ resource, scope }: Extract<Value, { kind: 'resource' }>): Target {
  // Its type is still to be typed.
  if (resource.type === '') return { kind: 'nothing' };
  return isOpaque(resource)
    ? { kind: 'unknown', why: t('only {0} knows what a Ref to {1} is', resource.type, resource.logicalId) }
    : { kind: 'resource', resource, scope };
}

/** Something that others made, of which a `Ref` may well be the id of a VPC. */
function isOpaque({ type }: Resource): boolean {
  return (
    !type.startsWith('AWS::') || type === 'AWS::CloudFormation::CustomResource' || type.endsWith('::MODULE')
  );
}

function literalTarget(text: string): Target {
  if (text === '') return { kind: 'nothing' };
  return { kind: 'outside', description: text.startsWith('vpc-') ? text : t("the literal '{0}'", text) };
}

function single(value: Target): readonly Guarded<Target>[] {
  return [{ value, when: { kind: 'constant', value: true } }];
}

function guardAll(targets: readonly Guarded<Target>[], when: Formula): readonly Guarded<Target>[] {
  return targets.map((target) => ({ value: target.value, when: and(when, target.when) }));
}
