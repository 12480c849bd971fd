import { evaluate } from '../../template/evaluate.ts';
import { isAlways } from '../../template/formula.ts';
import { entriesOf, type SyntaxNode } from '../../template/syntax.ts';
import type { Alternatives, Scope, Value } from '../../template/value.ts';
import { hasTransform } from '../completeness.ts';
import { lowerCase, symbolicText, withoutPartition, type SymbolicText } from './symbolic-text.ts';

/**
 * A policy of IAM, a bucket or a key, read as far as the template tells.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
  /** Whether these are all statements that it can have. */
  readonly isComplete: boolean;
}

export interface Statement {
  readonly node: SyntaxNode;
  /** Undefined where it cannot be told. */
  readonly effect: 'Allow' | 'Deny' | undefined;
  /** In lower case, for IAM compares actions without case. */
  readonly actions: Patterns;
  /** Without the partition. Undefined where the statement names none, as in the trust policy of a role. */
  readonly resources: Patterns | undefined;
  /** Undefined where the statement names none, as in the policy of a role. */
  readonly principals: Principals | undefined;
  readonly condition: SyntaxNode | undefined;
  /** Whether the statement is there in every deployment. */
  readonly isCertain: boolean;
}

export interface Patterns {
  /** Set for `NotAction` and `NotResource`: all but what the patterns match. */
  readonly isNegated: boolean;
  readonly patterns: readonly Pattern[];
}

interface Pattern {
  /** Undefined where it cannot be told. */
  readonly text: SymbolicText | undefined;
  readonly isCertain: boolean;
}

export interface Principals {
  /** Set for `NotPrincipal`. */
  readonly isNegated: boolean;
  readonly principals: readonly Principal[];
}

export interface Principal extends Pattern {
  /** `AWS`, `Service`, `Federated`…; undefined where it cannot be told. */
  readonly type: string | undefined;
}

/** An element of a list of which some may stand under a condition, or several may take its place. */
export interface Item {
  readonly value: Value;
  /** Whether it is there, as it is, in every deployment. */
  readonly isCertain: boolean;
}

/** The elements of a list, or the one value that may stand in its place. */
export function itemsOf(node: SyntaxNode | undefined, scope: Scope): readonly Item[] {
  return flatten(evaluate(node, scope), true);
}

function flatten(alternatives: Alternatives, isCertain: boolean): readonly Item[] {
  return alternatives.flatMap(({ value, when }): readonly Item[] => {
    const isSure = isCertain && isAlways(when);
    if (value.kind === 'none') return [];
    if (value.kind === 'list') return value.items.flatMap((item) => flatten(item, isSure));
    return [{ value, isCertain: isSure }];
  });
}

/** The nodes of a list of objects, and whether they are all that it can have. */
export function objectsOf(
  node: SyntaxNode | undefined,
  scope: Scope,
): { readonly objects: readonly (Item & { readonly node: SyntaxNode })[]; readonly isComplete: boolean } {
  const items = itemsOf(node, scope);
  const objects = items.flatMap(({ value, isCertain }) =>
    value.kind === 'object' && !hasTransform(value.node) ? [{ value, isCertain, node: value.node }] : [],
  );
  return { objects, isComplete: objects.length === items.length };
}

export function readPolicy(node: SyntaxNode | undefined, scope: Scope): PolicyDocument {
  const documents = objectsOf(node, scope);
  let isComplete = documents.isComplete;
  const statements = documents.objects.flatMap((document) => {
    const found = objectsOf(field(document.node, 'Statement'), scope);
    isComplete &&= found.isComplete;
    return found.objects.map((statement) =>
      readStatement(statement.node, scope, document.isCertain && statement.isCertain),
    );
  });
  return { statements, isComplete };
}

function readStatement(node: SyntaxNode, scope: Scope, isCertain: boolean): Statement {
  const [effect, ...others] = itemsOf(field(node, 'Effect'), scope);
  const text = others.length === 0 && effect?.value.kind === 'text' ? effect.value.text : undefined;
  return {
    node,
    effect: text === 'Allow' || text === 'Deny' ? text : undefined,
    actions: readPatterns(node, 'Action', scope, lowerCase) ?? { isNegated: false, patterns: [] },
    resources: readPatterns(node, 'Resource', scope, withoutPartition),
    principals: readPrincipals(node, scope),
    condition: field(node, 'Condition'),
    isCertain,
  };
}

function readPatterns(
  node: SyntaxNode,
  name: string,
  scope: Scope,
  normalize: (text: SymbolicText) => SymbolicText,
): Patterns | undefined {
  const plain = field(node, name);
  const negated = field(node, `Not${name}`);
  if (plain === undefined && negated === undefined) return undefined;
  return {
    isNegated: plain === undefined,
    patterns: itemsOf(plain ?? negated, scope).map(({ value, isCertain }) => {
      const text = symbolicText(value);
      return { text: text === undefined ? undefined : normalize(text), isCertain };
    }),
  };
}

function readPrincipals(node: SyntaxNode, scope: Scope): Principals | undefined {
  const plain = field(node, 'Principal');
  const negated = field(node, 'NotPrincipal');
  if (plain === undefined && negated === undefined) return undefined;
  return {
    isNegated: plain === undefined,
    principals: itemsOf(plain ?? negated, scope).flatMap((item) => principalsOf(item, scope)),
  };
}

function principalsOf({ value, isCertain }: Item, scope: Scope): readonly Principal[] {
  // `"*"` is short for `{"AWS": "*"}`.
  if (value.kind === 'text') return [{ type: 'AWS', text: symbolicText(value), isCertain }];
  if (value.kind !== 'object' || hasTransform(value.node)) {
    return [{ type: undefined, text: undefined, isCertain: false }];
  }
  return entriesOf(value.node).flatMap((one) =>
    itemsOf(one.value, scope).map((item) => ({
      type: one.name,
      text: symbolicText(item.value),
      isCertain: isCertain && item.isCertain,
    })),
  );
}

/** The value of an element of a policy, whose names IAM compares without case. */
function field(node: SyntaxNode, name: string): SyntaxNode | undefined {
  const lowerCaseName = name.toLowerCase();
  return entriesOf(node).findLast(
    (entry) => entry.name.length === name.length && entry.name.toLowerCase() === lowerCaseName,
  )?.value;
}
