import { isListParameter } from './collection.ts';
import { conditionFormula, equalExpressions } from './conditions.ts';
import { always, and, isNever, not, or, type Formula } from './formula.ts';
import { intrinsicCall } from './intrinsics.ts';
import { canonicalText, child, textOf, type SyntaxNode } from './syntax.ts';
import type { Scope } from './value.ts';

/**
 * What the `Rules` section demands of the parameters: a deployment that breaks an assertion fails before it
 * makes anything. What cannot be decided is a free atom, which may hold, and so restricts nothing.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 */
export function ruleFormulas(scope: Scope): Formula[] {
  const rules = [...scope.template.rules.values()].flatMap((rule) => demandsOf(rule, scope));
  // A rule that nothing can satisfy is a mistake; it does not make every VPC a covered one.
  return rules.filter((rule) => !isNever(rule));
}

/** One formula for each thing that a rule demands, so that a search need not look at all of them. */
function demandsOf(rule: SyntaxNode, scope: Scope): Formula[] {
  const condition = child(rule, 'RuleCondition');
  const applies = condition === undefined ? always : assertionFormula(condition, scope);
  const assertions = itemsOf(child(rule, 'Assertions')).map((assertion) => child(assertion, 'Assert'));
  const demanded = and(
    ...assertions.map((assert) => (assert === undefined ? always : assertionFormula(assert, scope))),
  );
  const demands = demanded.kind === 'and' ? demanded.operands : [demanded];
  return demands.map((demand) => or(not(applies), demand));
}

/**
 * When a rule-specific function returns true.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
 */
function assertionFormula(node: SyntaxNode, scope: Scope): Formula {
  const call = intrinsicCall(node);
  if (call === undefined) return conditionFormula(node, scope);
  const operands = itemsOf(call.argument);
  switch (call.name) {
    case 'Fn::And':
      return and(...operands.map((operand) => assertionFormula(operand, scope)));
    case 'Fn::Or':
      return or(...operands.map((operand) => assertionFormula(operand, scope)));
    case 'Fn::Not':
      return operands[0] === undefined ? undecided(node, scope) : not(assertionFormula(operands[0], scope));
    case 'Fn::Equals':
      return equalSingles(operands[0], operands[1], scope) ?? undecided(node, scope);
    case 'Fn::Contains':
      return isMember(operands[1], operands[0], scope) ?? undecided(node, scope);
    case 'Fn::EachMemberIn':
      return (
        everyMember(operands[0], (member) => isMember(member, operands[1], scope)) ?? undecided(node, scope)
      );
    case 'Fn::EachMemberEquals':
      return (
        everyMember(operands[0], (member) => equalSingles(member, operands[1], scope)) ??
        undecided(node, scope)
      );
    default:
      return conditionFormula(node, scope);
  }
}

/** Undefined where the list is not written out, as with `Fn::RefAll`, which only the account knows. */
function isMember(
  member: SyntaxNode | undefined,
  list: SyntaxNode | undefined,
  scope: Scope,
): Formula | undefined {
  if (list?.kind !== 'sequence') return undefined;
  const found = list.items.map((item) => equalSingles(item, member, scope));
  return found.includes(undefined) ? undefined : or(...found.filter((one) => one !== undefined));
}

function everyMember(
  list: SyntaxNode | undefined,
  holds: (member: SyntaxNode) => Formula | undefined,
): Formula | undefined {
  if (list?.kind !== 'sequence') return undefined;
  const found = list.items.map(holds);
  return found.includes(undefined) ? undefined : and(...found.filter((one) => one !== undefined));
}

/** Undefined where one of them is missing, or is a list and so compared in a way of its own. */
function equalSingles(
  left: SyntaxNode | undefined,
  right: SyntaxNode | undefined,
  scope: Scope,
): Formula | undefined {
  return left !== undefined && right !== undefined && !isList(left, scope) && !isList(right, scope)
    ? equalExpressions(left, right, scope)
    : undefined;
}

function isList(node: SyntaxNode, { template }: Scope): boolean {
  const call = intrinsicCall(node);
  if (call?.name !== 'Ref') return node.kind === 'sequence';
  const parameter = template.parameters.get(textOf(call.argument) ?? '');
  return parameter !== undefined && isListParameter(parameter);
}

function undecided(node: SyntaxNode, scope: Scope): Formula {
  return { kind: 'free', name: `${scope.key}${canonicalText(node)}` };
}

function itemsOf(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  return node?.kind === 'sequence' ? node.items : [];
}
