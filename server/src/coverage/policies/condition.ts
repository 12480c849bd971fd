import { evaluate } from '../../template/evaluate.ts';
import { isAlways } from '../../template/formula.ts';
import { entriesOf, type SyntaxNode } from '../../template/syntax.ts';
import type { Scope } from '../../template/value.ts';
import { hasTransform } from '../completeness.ts';
import { itemsOf } from './document.ts';
import {
  compose,
  lowerCase,
  startsWith,
  symbolicText,
  type Letter,
  type SymbolicText,
} from './symbolic-text.ts';
import { mayMatch, surelyMatches } from './wildcards.ts';

/** Condition key in lower case → what a request has for it. Of keys that are not here nothing is known. */
export type RequestContext = ReadonlyMap<string, ContextValue>;

type ContextValue =
  | { readonly kind: 'absent' }
  | { readonly kind: 'text'; readonly text: string }
  /** Absent, or a principal that is none of any customer's account. */
  | { readonly kind: 'service-principal' };

/**
 * Whether the condition of a statement holds for certain. What is not known to hold counts as not holding.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function surelyHolds(node: SyntaxNode | undefined, context: RequestContext, scope: Scope): boolean {
  if (node === undefined) return true;
  const [condition] = evaluate(node, scope);
  if (condition?.value.kind !== 'object' || !isAlways(condition.when)) return false;
  const operators = entriesOf(condition.value.node);
  return (
    !hasTransform(condition.value.node) &&
    operators.every(
      ({ name, value }) =>
        value.kind === 'mapping' &&
        !hasTransform(value) &&
        value.entries.every((key) =>
          keyHolds(name, context.get(key.name.toLowerCase()), valuesOf(key.value, scope)),
        ),
    )
  );
}

/** Undefined where not all of them are known. */
function valuesOf(node: SyntaxNode, scope: Scope): readonly SymbolicText[] | undefined {
  const texts = itemsOf(node, scope).map(({ value }) => symbolicText(value));
  return texts.includes(undefined) ? undefined : texts.filter((text) => text !== undefined);
}

function keyHolds(
  operator: string,
  actual: ContextValue | undefined,
  wanted: readonly SymbolicText[] | undefined,
): boolean {
  if (actual === undefined || wanted === undefined) return false;
  if (operator === 'Null') return actual.kind !== 'service-principal' && nullHolds(actual, wanted);
  const base = operator.replace(/IfExists$/, '');
  const isNegated = negatedOperators.has(base);
  if (!isNegated && !plainOperators.has(base)) return false;
  switch (actual.kind) {
    case 'absent':
      return isNegated || base !== operator;
    case 'service-principal':
      return isNegated && wanted.every(isPrincipalOfAccount);
    case 'text': {
      const text = compose(actual.text);
      return isNegated
        ? // Some of them compare without case.
          !wanted.some((one) => mayMatch(lowerCase(one), lowerCase(text)))
        : wanted.some((one) => surelyMatches(one, text));
    }
  }
}

const plainOperators: ReadonlySet<string> = new Set([
  'StringEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
  'ArnEquals',
  'ArnLike',
  'Bool',
]);

const negatedOperators: ReadonlySet<string> = new Set([
  'StringNotEquals',
  'StringNotEqualsIgnoreCase',
  'StringNotLike',
  'ArnNotEquals',
  'ArnNotLike',
]);

function nullHolds(actual: ContextValue, wanted: readonly SymbolicText[]): boolean {
  const expected = actual.kind === 'absent' ? 'true' : 'false';
  const [only, ...others] = wanted;
  return only !== undefined && others.length === 0 && surelyMatches(only, compose(expected));
}

/** `arn:aws:iam::111122223333:role/Admin`: whatever ARN a service has, it is not in a customer's account. */
function isPrincipalOfAccount(text: SymbolicText): boolean {
  if (!startsWith(text, 'arn:')) return false;
  const fields = splitAtColons(text);
  const account = fields[4] ?? [];
  return (
    account.length > 0 && !account.includes('*') && !startsWith(fields[5] ?? [], 'role/aws-service-role')
  );
}

function splitAtColons(text: SymbolicText): readonly SymbolicText[] {
  const fields: Letter[][] = [[]];
  for (const letter of text) {
    if (letter === ':') fields.push([]);
    else fields.at(-1)!.push(letter);
  }
  return fields;
}
