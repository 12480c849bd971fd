import type { Subject } from './formula.ts';
import type { LoopItem } from './model.ts';
import { child, textOf } from './syntax.ts';
import type { Parameter } from './model.ts';

/**
 * What a deployer can give for a parameter.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 *
 * @param scopeKey Tells the parameters of different stacks apart; empty for a template on its own.
 */
export function subjectOf(parameter: Parameter, scopeKey: string): Subject {
  const key = scopeKey + parameter.name;
  const label = parameter.name;
  // The default and the allowed values of such a parameter are names in Systems Manager, not the value.
  if (parameter.type.startsWith('AWS::SSM::Parameter::Value')) return { key, label, accepts: () => true };
  const pattern = textOf(child(parameter.body, 'AllowedPattern'));
  const values = parameter.allowedValues ?? alternativesOf(pattern);
  return {
    key,
    label,
    ...(values !== undefined && { values: [...new Set(values)] }),
    ...(parameter.default !== undefined && { default: parameter.default }),
    accepts: acceptance(parameter, pattern),
  };
}

const pseudoParameters: ReadonlySet<string> = new Set([
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
]);

/** `AWS::NoValue` is none of them: it takes a property away. */
export function isPseudoParameter(name: string): boolean {
  return pseudoParameters.has(name);
}

/** A value that AWS sets, such as `AWS::Region`. */
export function pseudoSubject(name: string, scopeKey: string): Subject {
  // Stacks differ in name and id, but a region, an account and a partition are the whole deployment's.
  const key = name === 'AWS::StackName' || name === 'AWS::StackId' ? scopeKey + name : name;
  return { key, label: name, accepts: (value) => value !== '' };
}

/** What a loop goes over, where only the deployment knows it. */
export function itemSubject(name: string, { values }: LoopItem, scopeKey: string): Subject {
  return {
    key: `${scopeKey}each ${name}`,
    label: name,
    ...(values !== undefined && { values }),
    accepts: () => true,
  };
}

/** The values that a pattern such as `^(true|false)$` spells out. */
function alternativesOf(pattern: string | undefined): readonly string[] | undefined {
  // Without a dot, which in a pattern stands for any letter.
  return pattern?.match(/^\^?\(?(?:\?:)?([\w-]+(?:\|[\w-]+)+)\)?\$?$/)?.[1]?.split('|');
}

function acceptance(parameter: Parameter, pattern: string | undefined): (value: string) => boolean {
  const limit = (name: string, fallback: number): number => {
    const given = Number(textOf(child(parameter.body, name)) ?? Number.NaN);
    return Number.isFinite(given) ? given : fallback;
  };
  // `AWS::EC2::VPC::Id` and its like must name something that exists.
  const shortest = Math.max(limit('MinLength', 0), parameter.type.startsWith('AWS::') ? 1 : 0);
  const longest = limit('MaxLength', Infinity);
  const expression = wholeMatch(pattern);
  return (value) =>
    value.length >= shortest &&
    value.length <= longest &&
    (expression === undefined || expression.test(value));
}

/** CloudFormation's patterns are Java's; one that JavaScript cannot read restricts nothing here. */
function wholeMatch(pattern: string | undefined): RegExp | undefined {
  if (pattern === undefined) return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}
