import { t } from '@vscode/l10n';
import { resourceTypes, trafficTypes } from '../aws/flow-log-properties.ts';
import { evaluate } from '../template/evaluate.ts';
import { existence } from '../template/scope.ts';
import { always, and, equals, isNever, not, or, type Formula } from '../template/formula.ts';
import { child, entry, type SyntaxNode } from '../template/syntax.ts';
import type { Resource, Template } from '../template/model.ts';
import type { Guarded, ResourceInStack, Scope, Value } from '../template/value.ts';
import { findDeployment } from './solver.ts';
import type { Standard } from './policy.ts';
import { isVpc, resolveTargets, vpcsBehind, type Target } from './targets.ts';

/** What one flow log does, in the deployments in which `when` holds. */
export interface Claim {
  readonly flowLog: Resource;
  readonly scope: Scope;
  readonly when: Formula;
  readonly outcome: Outcome;
}

export type Outcome =
  /** It is on the VPC and records the traffic that the standard asks for. */
  | { readonly kind: 'counts'; readonly vpc: ResourceInStack }
  | { readonly kind: 'accept-only'; readonly vpc: ResourceInStack }
  /** It is meant for the VPC, but AWS would not create it so. */
  | { readonly kind: 'refused'; readonly vpc: ResourceInStack; readonly why: string }
  /** It is on a subnet or a network interface of the VPC. */
  | { readonly kind: 'below'; readonly vpc: ResourceInStack; readonly on: Resource }
  | { readonly kind: 'outside'; readonly description: string }
  /** Its `ResourceId` names no VPC; `name` is what it names, `of` that resource's type where it exists. */
  | {
      readonly kind: 'invalid-target';
      readonly name: string;
      readonly type: string | undefined;
      readonly node: SyntaxNode;
    }
  /** Whether it counts cannot be told; without `vpc` it could be on any of its deployment. */
  | {
      readonly kind: 'unknown';
      readonly vpc: ResourceInStack | undefined;
      /** The property that does not tell. */
      readonly property: 'ResourceId' | 'ResourceType' | 'TrafficType';
      readonly why: string;
    };

export function isFlowLog(resource: Pick<Resource, 'type'>): boolean {
  return resource.type === 'AWS::EC2::FlowLog';
}

/** The flow logs of a template, in the order of its text. */
export function flowLogsIn(template: Template): readonly Resource[] {
  return template.resources.ofType('AWS::EC2::FlowLog');
}

/**
 * All that an `AWS::EC2::FlowLog` may do, each under its guard.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html
 */
export function claimsOf(flowLog: Resource, scope: Scope, standard: Standard): Claim[] {
  const exists = existence(flowLog, scope);
  return propertySets(flowLog, scope, exists).flatMap(({ value: properties, when }) =>
    claimsOfProperties(flowLog, properties, scope, when, standard),
  );
}

/** `Properties`, or each of its branches where it is an `Fn::If`. */
export function propertySets(
  resource: Resource,
  scope: Scope,
  exists: Formula,
): readonly Guarded<SyntaxNode | undefined>[] {
  return evaluate(resource.properties, scope, exists)
    .map(({ value, when }) => ({
      // A macro in place of the properties is looked at where one of them is.
      value:
        value.kind === 'object' ? value.node : value.kind === 'unknown' ? resource.properties : undefined,
      when: and(exists, when),
    }))
    .filter(({ when }) => !isNever(when));
}

/** Enough for conditions as people write them; a claim that is harder stays. */
const smallSearch = 5000;

/** Of targets, resource types and traffic types; a flow log with a parameter for each has a dozen. */
const mostCombinations = 1000;

function claimsOfProperties(
  flowLog: Resource,
  properties: SyntaxNode | undefined,
  scope: Scope,
  exists: Formula,
  standard: Standard,
): Claim[] {
  const property = (name: string): SyntaxNode | undefined =>
    child(properties, name) ?? macroIn(properties) ?? macroIn(flowLog.body);
  const resourceId = property('ResourceId');
  const types = evaluate(property('ResourceType'), scope, exists).flatMap(resourceTypeOutcomes);
  const traffics = evaluate(property('TrafficType'), scope, exists).flatMap((traffic) =>
    trafficOutcomes(traffic, standard),
  );
  const targets = resolveTargets(resourceId, scope, exists);
  if (targets.length * types.length * traffics.length > mostCombinations) {
    const outcome = {
      kind: 'unknown',
      vpc: undefined,
      property: 'ResourceId',
      why: t('its properties have too many alternatives'),
    } as const;
    return [{ flowLog, scope, when: exists, outcome }];
  }
  const claims: Claim[] = [];
  for (const target of targets) {
    for (const type of types) {
      for (const traffic of traffics) {
        const when = and(exists, target.when, type.when, traffic.when);
        if (isNever(when)) continue;
        for (const { value: outcome, when: behind } of outcomesOf(
          target.value,
          type.value,
          traffic.value,
          resourceId,
          when,
        )) {
          claims.push({ flowLog, scope, when: and(when, behind), outcome });
        }
      }
    }
  }
  // Impossible are such as the one branch of its ResourceId with the other of its ResourceType.
  return claims.filter(
    ({ when }) => findDeployment(when, always, { left: smallSearch }).kind !== 'impossible',
  );
}

/** The macro that may add a property that is not written, as an expression of which the value is not known. */
function macroIn(node: SyntaxNode | undefined): SyntaxNode | undefined {
  const call = entry(node, 'Fn::Transform');
  return call && { kind: 'mapping', span: call.keySpan, entries: [call] };
}

type ResourceType = 'vpc' | 'part-of-vpc' | { readonly refused: string } | { readonly unknown: string };

type Traffic = 'counts' | 'accept-only' | { readonly refused: string } | { readonly unknown: string };

function outcomesOf(
  target: Target,
  type: ResourceType,
  traffic: Traffic,
  node: SyntaxNode | undefined,
  path: Formula,
): readonly Guarded<Outcome>[] {
  const only = (value: Outcome): readonly Guarded<Outcome>[] => [{ value, when: always }];
  switch (target.kind) {
    case 'nothing':
      return [];
    case 'outside':
      return only(target);
    case 'unknown':
      return mayCount(type, traffic) ? unknownOutcomes(target) : [];
    case 'undeclared':
      // Of a subnet's flow log that is nothing to do with a VPC, and other tools report the name.
      if (type === 'part-of-vpc') return [];
      return only({ kind: 'invalid-target', name: target.name, type: undefined, node: target.node });
    case 'resource':
      if (isVpc(target.resource)) return only(outcomeOnVpc(target, type, traffic));
      if (type === 'part-of-vpc') {
        return vpcsBehind(target.resource, target.scope, path).flatMap(({ value, when }) =>
          value.kind === 'resource' && isVpc(value.resource)
            ? [{ value: { kind: 'below', vpc: value, on: target.resource } as const, when }]
            : [],
        );
      }
      return type === 'vpc' && node !== undefined
        ? only({
            kind: 'invalid-target',
            name: target.resource.logicalId,
            type: target.resource.type,
            node,
          })
        : [];
  }
}

function mayCount(type: ResourceType, traffic: Traffic): boolean {
  const mayBeVpc = type === 'vpc' || (typeof type === 'object' && 'unknown' in type);
  return mayBeVpc && (traffic === 'counts' || (typeof traffic === 'object' && 'unknown' in traffic));
}

/** It may be on each of the candidates; without any, on whatever its own deployment has. */
function unknownOutcomes({
  why,
  candidates,
}: Extract<Target, { kind: 'unknown' }>): readonly Guarded<Outcome>[] {
  const places = candidates?.filter(({ resource }) => isVpc(resource)) ?? [undefined];
  return places.map((vpc) => ({
    value: { kind: 'unknown', vpc, property: 'ResourceId', why },
    when: always,
  }));
}

function outcomeOnVpc(vpc: ResourceInStack, type: ResourceType, traffic: Traffic): Outcome {
  if (type === 'part-of-vpc') {
    return { kind: 'refused', vpc, why: t('its ResourceType is not VPC') };
  }
  if (typeof type === 'object') {
    return 'refused' in type
      ? { kind: 'refused', vpc, why: type.refused }
      : { kind: 'unknown', vpc, property: 'ResourceType', why: type.unknown };
  }
  if (typeof traffic === 'object') {
    return 'refused' in traffic
      ? { kind: 'refused', vpc, why: traffic.refused }
      : { kind: 'unknown', vpc, property: 'TrafficType', why: traffic.unknown };
  }
  return { kind: traffic, vpc };
}

const knownTypes = resourceTypes.map(({ value }) => value);
const knownTraffic = trafficTypes.map(({ value }) => value);

function resourceTypeOutcomes({ value, when }: Guarded<Value>): Guarded<ResourceType>[] {
  return choices({ value, when }, knownTypes, (text) => {
    if (text === undefined) return { refused: t('it has no ResourceType') };
    if (text === 'VPC') return 'vpc';
    if (knownTypes.includes(text)) return 'part-of-vpc';
    return { refused: t("AWS does not know the ResourceType '{0}'", text) };
  });
}

function trafficOutcomes({ value, when }: Guarded<Value>, standard: Standard): Guarded<Traffic>[] {
  const isWritten = value.kind === 'text' || value.kind === 'none';
  const isListed = value.kind === 'subject' && value.subject.values !== undefined;
  // AWS takes no traffic type that the Config rule does not count, whatever the deployment chooses.
  if (standard === 'config-rule' && !isWritten && !isListed) return [{ value: 'counts', when }];
  return choices({ value, when }, knownTraffic, (text) => {
    if (text === undefined) return { refused: t('it has no TrafficType') };
    if (text === 'ALL' || text === 'REJECT') return 'counts';
    if (text === 'ACCEPT') return standard === 'config-rule' ? 'counts' : 'accept-only';
    return { refused: t("AWS does not know the TrafficType '{0}'", text) };
  });
}

/**
 * Reads a property of few possible values. A parameter splits into what it can be: its allowed values; else,
 * where nothing limits it, its default; else the values that AWS takes.
 */
function choices<T>(
  { value, when }: Guarded<Value>,
  accepted: readonly string[],
  read: (text: string | undefined) => T,
): Guarded<T | { readonly unknown: string } | { readonly refused: string }>[] {
  switch (value.kind) {
    case 'text':
      return [{ value: read(value.text), when }];
    case 'none':
      return [{ value: read(undefined), when }];
    case 'subject': {
      const { subject } = value;
      if (subject.values === undefined && subject.default !== undefined) {
        return [{ value: read(subject.default), when }];
      }
      const taken = subject.values ?? accepted;
      const rest = and(...taken.map((text) => not(equals(subject, text))));
      return [
        ...taken.map((text) => ({ value: read(text), when: and(when, equals(subject, text)) })),
        ...(subject.values === undefined
          ? [
              {
                value: { refused: t('{0} is no value that AWS takes', subject.label) },
                when: and(when, rest),
              },
            ]
          : []),
      ].filter((choice) => !isNever(choice.when));
    }
    case 'unknown':
      return [{ value: { unknown: value.why }, when }];
    case 'attribute':
    case 'concatenation':
    case 'list':
    case 'object':
    case 'outside':
    case 'resource':
    case 'undeclared':
      return [{ value: { unknown: t('only the deployment knows it') }, when }];
  }
}

/** Whether a claim is about that VPC, or may be. */
export function concerns({ outcome, scope }: Claim, vpc: ResourceInStack): boolean {
  if (!('vpc' in outcome) || outcome.vpc === undefined) return scope.root === vpc.scope.root;
  return outcome.vpc.resource === vpc.resource && outcome.vpc.scope === vpc.scope;
}

/** When a claim of that kind on that VPC holds. */
export function whenClaimed(claims: readonly Claim[], vpc: ResourceInStack, kind: Outcome['kind']): Formula {
  return or(
    ...claims.filter((claim) => claim.outcome.kind === kind && concerns(claim, vpc)).map(({ when }) => when),
  );
}
