import { evaluate } from '../../template/evaluate.ts';
import { and, equals, or, type Formula } from '../../template/formula.ts';
import { keep } from '../../template/kept.ts';
import { existence } from '../../template/scope.ts';
import { child, entry, type Span, type SyntaxNode } from '../../template/syntax.ts';
import type { Resource } from '../../template/model.ts';
import type { Alternatives, Guarded, Scope, Value } from '../../template/value.ts';
import { hasTransform } from '../completeness.ts';
import { flowLogsIn, propertySets } from '../flow-log.ts';

/** One set of properties that a flow log may have: all, or a branch where `Properties` is an `Fn::If`. */
export interface Configuration {
  readonly flowLog: Resource;
  readonly scope: Scope;
  readonly properties: SyntaxNode;
  /** When the flow log exists with these properties. */
  readonly exists: Formula;
  /** Whether no macro can add what the template lacks. */
  readonly isComplete: boolean;
}

/** What all flow logs of a stack's template are configured to do. */
export function allConfigurationsOf(stack: Scope): Configuration[] {
  return flowLogsIn(stack.template).flatMap((flowLog) => configurationsOf(flowLog, stack));
}

/** What a flow log is configured to do. */
export function configurationsOf(flowLog: Resource, stack: Scope): Configuration[] {
  const scope = keep(stack, 'without-assumptions', () => withoutAssumptions(stack));
  const isComplete = stack.template.macros.length === 0;
  return propertySets(flowLog, scope, existence(flowLog, scope)).flatMap(
    ({ value, when }): Configuration[] => {
      if (value === undefined || hasTransform(value) || hasTransform(flowLog.body)) return [];
      return [{ flowLog, scope, properties: value, exists: when, isComplete }];
    },
  );
}

/**
 * The scope for looking only: what must hold for these expressions to have a value says nothing of the
 * deployments in which they are not evaluated, so it must not reach the verdicts on VPCs.
 */
function withoutAssumptions(stack: Scope): Scope {
  return {
    root: stack.root,
    exists: stack.exists,
    template: stack.template,
    key: stack.key,
    assumptions: stack.assumptions,
    condition: (name) => stack.condition(name),
    parameter: (name) => stack.parameter(name),
    nestedOutput: (resource, output) => stack.nestedOutput(resource, output),
    exported: (name) => stack.exported(name),
    stackOutput: (stackName, output) => stack.stackOutput(stackName, output),
    assume: () => undefined,
  };
}

/** What a property may be. */
export function valuesOf(configuration: Configuration, name: string): Alternatives {
  const { properties, scope, exists } = configuration;
  return keep(configuration, name, () => evaluate(child(properties, name), scope, exists));
}

/** The property's key, or the flow log's logical id where it is not written. */
export function placeOf({ properties, flowLog }: Configuration, name: string): Span {
  return entry(properties, name)?.keySpan ?? flowLog.span;
}

/** When a property is given for certain. */
export function isGiven(configuration: Configuration, name: string): Formula {
  return or(
    ...valuesOf(configuration, name)
      .filter(({ value }) => isSurelySomething(value))
      .map(({ when }) => when),
  );
}

/** When a property is not given for certain, neither written nor other than `AWS::NoValue`. */
export function isLeftOut(configuration: Configuration, name: string): Formula {
  return or(
    ...valuesOf(configuration, name)
      .filter(({ value }) => value.kind === 'none')
      .map(({ when }) => when),
  );
}

/** Empty text may count as nothing, and what is unknown may be empty. */
function isSurelySomething(value: Value): boolean {
  switch (value.kind) {
    case 'none':
    case 'unknown':
      return false;
    case 'text':
      return value.text !== '';
    case 'subject':
      return value.subject.default !== '' && value.subject.values?.includes('') !== true;
    case 'attribute':
    case 'concatenation':
    case 'list':
    case 'object':
    case 'outside':
    case 'resource':
    case 'undeclared':
      return true;
  }
}

/**
 * The texts that a property is known to have. A parameter has its allowed values; one that nothing limits has
 * its default, for what else a deployer may give cannot be held against the template.
 */
export function textsOf(configuration: Configuration, name: string): readonly Guarded<string>[] {
  return valuesOf(configuration, name).flatMap(({ value, when }): Guarded<string>[] => {
    if (value.kind === 'text') return [{ value: value.text, when }];
    if (value.kind !== 'subject') return [];
    const { subject } = value;
    const texts = subject.values ?? (subject.default === undefined ? [] : [subject.default]);
    return texts.map((text) => ({ value: text, when: and(when, equals(subject, text)) }));
  });
}

/** When a property has one of these texts. */
export function isOneOf(configuration: Configuration, name: string, texts: readonly string[]): Formula {
  return or(
    ...textsOf(configuration, name)
      .filter(({ value }) => texts.includes(value))
      .map(({ when }) => when),
  );
}

export type DestinationType = 'cloud-watch-logs' | 's3' | 'kinesis-data-firehose';

/** When the flow log delivers to that kind of destination. */
export function deliversTo(configuration: Configuration, type: DestinationType): Formula {
  return keep(configuration, deliversTo, () => deliveriesOf(configuration))[type];
}

function deliveriesOf(configuration: Configuration): Readonly<Record<DestinationType, Formula>> {
  const named = (type: DestinationType): Formula => isOneOf(configuration, 'LogDestinationType', [type]);
  return {
    'cloud-watch-logs': or(named('cloud-watch-logs'), isLeftOut(configuration, 'LogDestinationType')),
    s3: named('s3'),
    'kinesis-data-firehose': named('kinesis-data-firehose'),
  };
}
