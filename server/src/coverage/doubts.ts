import { t } from '@vscode/l10n';
import { evaluate } from '../template/evaluate.ts';
import { always, and, equals, isNever, never, not, or, type Formula } from '../template/formula.ts';
import { intrinsicCall } from '../template/intrinsics.ts';
import { isModule } from '../template/logical-id.ts';
import { includeMacro, type Macro } from '../template/macros.ts';
import { existence } from '../template/scope.ts';
import { child, type EntryFacts, type SyntaxNode } from '../template/syntax.ts';
import type { Resource } from '../template/model.ts';
import type { Alternatives, Scope, Value } from '../template/value.ts';
import type { Standard } from './policy.ts';
import { isVpc, resolveTargets } from './targets.ts';

/** Something that may put a flow log on a VPC without one standing in the template. */
export interface Doubt {
  readonly when: Formula;
  /** Said of the VPC: `the macro X may add one`. */
  readonly why: string;
  /** The VPCs that it can reach; undefined for all of the template. */
  readonly vpcs: ReadonlySet<Resource> | undefined;
}

/**
 * What may log the VPCs of a stack unseen: macros that see its resources, modules that are given a VPC, and
 * telemetry rules. It turns a VPC without any flow log from missing into unknown.
 *
 * @param standard What a flow log must record to count.
 */
export function doubtsIn(scope: Scope, standard: Standard): Doubt[] {
  const { template } = scope;
  const made = template.resources.where(mayLogUnseen).flatMap((resource) => {
    const doubt = isModule(resource)
      ? moduleDoubt(resource, scope)
      : telemetryDoubt(resource, scope, standard);
    return isNever(doubt.when) ? [] : [doubt];
  });
  return [...template.macros.map(macroDoubt), ...made];
}

function mayLogUnseen(facts: EntryFacts): boolean {
  return isModule(facts) || telemetryRules.has(facts.type ?? '');
}

function macroDoubt({ name, location }: Macro): Doubt {
  const why =
    name === includeMacro
      ? t('{0} may have one, which {1} inserts', location ?? t('what AWS::Include inserts'), name)
      : t('the macro {0} may add one', name);
  return { when: always, why, vpcs: undefined };
}

/** A module knows the VPCs that its properties name. */
function moduleDoubt(module: Resource, scope: Scope): Doubt {
  return {
    when: existence(module, scope),
    why: t('the module {0} ({1}) is given it and may add one', module.logicalId, module.type),
    vpcs: vpcsNamedIn(module.properties, scope),
  };
}

function vpcsNamedIn(tree: SyntaxNode | undefined, scope: Scope): Set<Resource> {
  const vpcs = new Set<Resource>();
  const seen = new Set<SyntaxNode>();
  const open = tree === undefined ? [] : [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (intrinsicCall(node) !== undefined) {
      for (const vpc of vpcsIn(node, scope)) vpcs.add(vpc);
    }
    if (node.kind === 'sequence') for (const item of node.items) open.push(item);
    if (node.kind === 'mapping') for (const { value } of node.entries) open.push(value);
  }
  return vpcs;
}

function vpcsIn(call: SyntaxNode, scope: Scope): Resource[] {
  const targets = resolveTargets(call, scope, always).map(({ value }) => value);
  // A VPC's id inside a longer text, such as a list joined with commas.
  const parts = evaluate(call, scope).flatMap(({ value }) =>
    value.kind === 'concatenation' ? value.parts : [],
  );
  return [...targets, ...parts].flatMap((found) =>
    found.kind === 'resource' && isVpc(found.resource) ? [found.resource] : [],
  );
}

const telemetryRules: ReadonlySet<string> = new Set([
  'AWS::ObservabilityAdmin::OrganizationTelemetryRule',
  'AWS::ObservabilityAdmin::TelemetryRule',
]);

/**
 * A rule by which CloudWatch turns on flow logs for the VPCs of the account.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-observabilityadmin-telemetryrule.html
 */
function telemetryDoubt(resource: Resource, scope: Scope, standard: Standard): Doubt {
  const rule = child(resource.properties, 'Rule');
  const logging = child(child(rule, 'DestinationConfiguration'), 'VPCFlowLogParameters');
  const read = (node: SyntaxNode | undefined): Alternatives => evaluate(node, scope);
  const when = and(
    existence(resource, scope),
    whenText(read(child(rule, 'ResourceType')), 'AWS::EC2::VPC'),
    whenText(read(child(rule, 'TelemetryType')), 'Logs'),
    standard === 'ec2.6' ? not(whenText(read(child(logging, 'TrafficType')), 'ACCEPT', isSurely)) : always,
  );
  const why = t('the telemetry rule {0} may turn one on', resource.logicalId);
  return { when, why, vpcs: undefined };
}

/** When a value is that text; what the template does not tell may be. */
function whenText(
  alternatives: Alternatives,
  text: string,
  isText: (value: Value, text: string) => Formula = isPossibly,
): Formula {
  return or(...alternatives.map(({ value, when }) => and(when, isText(value, text))));
}

function isPossibly(value: Value, text: string): Formula {
  const isTold = value.kind === 'text' || value.kind === 'subject' || value.kind === 'none';
  return isTold ? isSurely(value, text) : always;
}

function isSurely(value: Value, text: string): Formula {
  if (value.kind === 'subject') return equals(value.subject, text);
  return value.kind === 'text' && value.text === text ? always : never;
}
