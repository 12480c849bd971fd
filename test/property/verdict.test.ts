import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Severity, Verdict } from '../../server/src/coverage/model.ts';
import { checkText } from '../../server/src/workspace/check.ts';

/**
 * Whole templates with conditions: the verdict against that of a tiny evaluator, which deploys the template
 * with every combination of parameter values and looks what there is. It shares nothing with the product.
 */

type Json = string | readonly Json[] | { readonly [key: string]: Json };

interface Parameter {
  readonly allowed?: readonly string[];
  readonly default?: string;
}

interface FlowLog {
  readonly condition?: string;
  readonly properties: Json;
}

interface Draft {
  readonly parameters: readonly Parameter[];
  readonly conditions: readonly Json[];
  readonly vpcCondition?: string;
  readonly flowLogs: readonly FlowLog[];
}

/** For a slow machine; the runs are counted, not timed. */
const timeout = 120_000;

const literals = ['x', 'y', 'ALL', 'ACCEPT'];
const literal = fc.constantFrom(...literals);
const parameterName = (index: number): string => `P${index}`;
const conditionName = (index: number): string => `C${index}`;

const parameter: fc.Arbitrary<Parameter> = fc.oneof(
  fc
    .record(
      { allowed: fc.uniqueArray(literal, { minLength: 1, maxLength: 3 }), index: fc.nat(5) },
      { requiredKeys: ['allowed'] },
    )
    .map(({ allowed, index }) => ({
      allowed,
      // CloudFormation takes no default that is not allowed.
      ...(index !== undefined && { default: allowed[index % allowed.length]! }),
    })),
  fc.record({ default: literal }, { requiredKeys: [] }),
);

/** Names of things of which there are `count`; some other leaf where there is none. */
function reference(key: string, nameOf: (index: number) => string, count: number): fc.Arbitrary<Json>[] {
  return count === 0 ? [] : [fc.nat(count - 1).map((index) => ({ [key]: nameOf(index) }))];
}

function conditionOver(parameters: number, earlier: number): fc.Arbitrary<Json> {
  const operand = fc.oneof(literal, ...reference('Ref', parameterName, parameters));
  const equality = fc.tuple(operand, operand).map((operands): Json => ({ 'Fn::Equals': operands }));
  return fc.letrec<{ condition: Json }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { arbitrary: equality, weight: 3 },
      ...reference('Condition', conditionName, earlier),
      tie('condition').map((negated): Json => ({ 'Fn::Not': [negated] })),
      fc
        .tuple(
          fc.constantFrom('Fn::And', 'Fn::Or'),
          fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
        )
        .map(([name, operands]): Json => ({ [name]: operands })),
    ),
  })).condition;
}

/** The value itself, or an `Fn::If` of two. */
function choiceOf(value: fc.Arbitrary<Json>, conditions: number): fc.Arbitrary<Json> {
  return fc.letrec<{ choice: Json }>((tie) => ({
    choice: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      { arbitrary: value, weight: 2 },
      fc
        .tuple(fc.nat(conditions - 1), tie('choice'), tie('choice'))
        .map(([index, whenTrue, whenFalse]): Json => ({
          'Fn::If': [conditionName(index), whenTrue, whenFalse],
        })),
    ),
  })).choice;
}

const onVpc: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  { Ref: 'Vpc' },
  { 'Fn::GetAtt': ['Vpc', 'VpcId'] },
  { 'Fn::Sub': '${Vpc}' },
);
const elsewhere: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  { Ref: 'OtherVpc' },
  { Ref: 'AWS::NoValue' },
  'vpc-0123456789abcdef0',
);

function flowLogOver(parameters: number, conditions: number): fc.Arbitrary<FlowLog> {
  const traffic = fc.oneof(
    { arbitrary: fc.constantFrom<Json>('ALL', 'REJECT', 'ACCEPT'), weight: 4 },
    ...reference('Ref', parameterName, parameters),
  );
  const properties = fc
    .record({
      ResourceId: choiceOf(fc.oneof({ arbitrary: onVpc, weight: 3 }, elsewhere), conditions),
      TrafficType: choiceOf(traffic, conditions),
    })
    .map((varied): Json => ({
      ...varied,
      ResourceType: 'VPC',
      LogDestinationType: 's3',
      LogDestination: 'arn:aws:s3:::example-flow-logs',
    }));
  return fc.record(
    {
      properties: choiceOf(properties, conditions),
      condition: fc.nat(conditions - 1).map(conditionName),
    },
    { requiredKeys: ['properties'] },
  );
}

const drafts: fc.Arbitrary<Draft> = fc
  .tuple(fc.array(parameter, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 4 }))
  .chain(([parameters, conditions]) =>
    fc.record(
      {
        parameters: fc.constant(parameters),
        conditions: fc.tuple(
          ...Array.from({ length: conditions }, (_, index) => conditionOver(parameters.length, index)),
        ),
        vpcCondition: fc.nat(conditions - 1).map(conditionName),
        flowLogs: fc.array(flowLogOver(parameters.length, conditions), { maxLength: 3 }),
      },
      { requiredKeys: ['parameters', 'conditions', 'flowLogs'] },
    ),
  );

function templateOf({ parameters, conditions, vpcCondition, flowLogs }: Draft): string {
  const named = <T>(items: readonly T[], nameOf: (index: number) => string): Record<string, T> =>
    Object.fromEntries(items.map((item, index) => [nameOf(index), item]));
  return JSON.stringify({
    Parameters: named(
      parameters.map(({ allowed, default: preset }) => ({
        Type: 'String',
        ...(allowed && { AllowedValues: allowed }),
        ...(preset !== undefined && { Default: preset }),
      })),
      parameterName,
    ),
    Conditions: named(conditions, conditionName),
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', ...(vpcCondition !== undefined && { Condition: vpcCondition }) },
      OtherVpc: { Type: 'AWS::EC2::VPC' },
      ...named(
        flowLogs.map(({ condition, properties }) => ({
          Type: 'AWS::EC2::FlowLog',
          ...(condition !== undefined && { Condition: condition }),
          Properties: properties,
        })),
        (index) => `FlowLog${index}`,
      ),
    },
  });
}

type Values = readonly string[];

/** What the deployer can choose. Two parameters may differ from every literal and from each other. */
function allDeployments(parameters: readonly Parameter[]): Values[] {
  const fresh = parameters.map((_, index) => `fresh ${index}`);
  return parameters.reduce<string[][]>(
    (rows, { allowed }) =>
      rows.flatMap((row) => (allowed ?? [...literals, 'REJECT', ...fresh]).map((value) => [...row, value])),
    [[]],
  );
}

class Deployment {
  readonly #draft: Draft;
  readonly #values: Values;

  constructor(draft: Draft, values: Values) {
    this.#draft = draft;
    this.#values = values;
  }

  get hasVpc(): boolean {
    return this.#exists(this.#draft.vpcCondition);
  }

  /** The traffic types of the flow logs that are on the VPC. */
  get recorded(): Json[] {
    return this.#draft.flowLogs
      .filter(({ condition }) => this.#exists(condition))
      .map(({ properties }) => this.#branch(properties) as { ResourceId: Json; TrafficType: Json })
      .filter(({ ResourceId }) => JSON.stringify(this.#branch(ResourceId)).match(/"Vpc"|\{Vpc\}/) !== null)
      .map(({ TrafficType }) => this.#text(this.#branch(TrafficType)));
  }

  #exists(condition: string | undefined): boolean {
    return condition === undefined || this.#holds({ Condition: condition });
  }

  #holds(condition: Json): boolean {
    const [name, argument] = Object.entries(condition)[0]! as [string, string & readonly Json[]];
    switch (name) {
      case 'Condition':
        return this.#holds(this.#draft.conditions[Number(argument.slice(1))]!);
      case 'Fn::Not':
        return !this.#holds(argument[0]!);
      case 'Fn::And':
        return argument.every((operand) => this.#holds(operand));
      case 'Fn::Or':
        return argument.some((operand) => this.#holds(operand));
      default:
        return this.#text(argument[0]!) === this.#text(argument[1]!);
    }
  }

  #text(value: Json): string {
    return typeof value === 'string' ? value : this.#values[Number((value as { Ref: string }).Ref.slice(1))]!;
  }

  #branch(value: Json): Json {
    const [name, argument] = Object.entries(value)[0] as [string, readonly Json[]];
    if (typeof value === 'string' || name !== 'Fn::If') return value;
    const holds = this.#holds({ Condition: argument[0]! });
    return this.#branch(holds ? argument[1]! : argument[2]!);
  }
}

const counts = (traffic: Json): boolean => traffic === 'ALL' || traffic === 'REJECT';

/**
 * A parameter that nothing limits decides a TrafficType by its default alone; so such a parameter has no
 * other value here, unless it has no default.
 */
function opensTraffic({ parameters, flowLogs }: Draft): boolean {
  const text = JSON.stringify(flowLogs);
  return parameters.some(
    (found, index) =>
      found.allowed === undefined &&
      found.default !== undefined &&
      text.includes(`"${parameterName(index)}"`),
  );
}

function expected(draft: Draft): { readonly verdict: Verdict; readonly severity: Severity | undefined } {
  const deployments = allDeployments(draft.parameters)
    .map((values) => ({ values, deployment: new Deployment(draft, values) }))
    .filter(({ deployment }) => deployment.hasVpc);
  const bare = deployments.filter(({ deployment }) => !deployment.recorded.some(counts));
  if (bare.length === 0) return { verdict: 'covered', severity: undefined };
  if (bare.length === deployments.length) {
    const isLogged = bare.every(({ deployment }) => deployment.recorded.includes('ACCEPT'));
    return { verdict: isLogged ? 'wrong-traffic' : 'missing', severity: 'warning' };
  }
  const takesDefaults = (values: Values): boolean =>
    draft.parameters.every(({ default: preset }, index) => preset === undefined || values[index] === preset);
  const all = allDeployments(draft.parameters).filter(takesDefaults);
  const bareByDefault = bare.filter(({ values }) => takesDefaults(values));
  return {
    verdict: 'conditional',
    severity: bareByDefault.length === all.length ? 'warning' : 'information',
  };
}

test('a VPC gets the verdict that deploying the template in every way would give', { timeout }, () => {
  const verdicts = new Map<string, number>();
  fc.assert(
    fc.property(drafts, (draft) => {
      fc.pre(!opensTraffic(draft));
      const text = templateOf(draft);
      const check = checkText(text);
      const { verdict, severity } = expected(draft);
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      const vpc =
        check.kind === 'template' ? check.vpcs.find(({ logicalId }) => logicalId === 'Vpc') : undefined;
      const finding =
        check.kind === 'template'
          ? check.findings.find(({ span }) => span.start === vpc?.span.start)
          : undefined;
      expect({ verdict: vpc?.verdict, severity: finding?.severity }, text).toEqual({ verdict, severity });
    }),
    { numRuns: 1500 },
  );
  for (const verdict of ['covered', 'missing', 'wrong-traffic', 'conditional']) {
    expect(verdicts.get(verdict) ?? 0).toBeGreaterThan(20);
  }
});
