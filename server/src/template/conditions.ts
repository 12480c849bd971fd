import { evaluate } from './evaluate.ts';
import { always, and, equals, isNever, never, not, or, same, type Formula } from './formula.ts';
import { intrinsicCall } from './intrinsics.ts';
import { canonicalText, textOf, type SyntaxNode } from './syntax.ts';
import type { Scope, Value } from './value.ts';

/** Far more than the ten that CloudFormation takes. */
const mostOperands = 1000;

/**
 * When a condition expression holds (`Fn::And`, `Fn::Or`, `Fn::Not`, `Fn::Equals`, `Condition`).
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export function conditionFormula(node: SyntaxNode, scope: Scope): Formula {
  const call = intrinsicCall(node);
  if (call === undefined) return literalCondition(node, scope);
  const operands = call.argument.kind === 'sequence' ? call.argument.items : [];
  switch (call.name) {
    case 'Condition':
      return namedCondition(call.argument, scope);
    case 'Fn::And':
    case 'Fn::Or':
      if (operands.length === 0 || operands.length > mostOperands) return undecided(node, scope);
      return (call.name === 'Fn::And' ? and : or)(
        ...operands.map((operand) => conditionFormula(operand, scope)),
      );
    case 'Fn::Not':
      return operands[0] === undefined ? undecided(node, scope) : not(conditionFormula(operands[0], scope));
    case 'Fn::Equals':
      return equalExpressions(operands[0], operands[1], scope);
    default:
      return undecided(node, scope);
  }
}

function namedCondition(argument: SyntaxNode, scope: Scope): Formula {
  const name = textOf(argument);
  return name === undefined ? undecided(argument, scope) : scope.condition(name);
}

function literalCondition(node: SyntaxNode, scope: Scope): Formula {
  const text = textOf(node);
  if (text === 'true') return always;
  return text === 'false' ? never : undecided(node, scope);
}

/** When two expressions have the same value. */
export function equalExpressions(
  left: SyntaxNode | undefined,
  right: SyntaxNode | undefined,
  scope: Scope,
): Formula {
  const names = [canonicalText(left), canonicalText(right)].toSorted();
  if (names[0] === names[1]) return always;
  // In any one deployment only one pair of alternatives is in force, so they can share the free atom.
  const free: Formula = { kind: 'free', name: `${scope.key}${names.join(' = ')}` };
  const rights = evaluate(right, scope);
  return or(
    ...evaluate(left, scope).flatMap((a) =>
      rights.map((b) => and(a.when, b.when, equalValues(a.value, b.value) ?? free)),
    ),
  );
}

/** Undefined where the template does not tell. */
function equalValues(left: Value, right: Value): Formula | undefined {
  if (left.kind === 'text' && right.kind === 'text') return left.text === right.text ? always : never;
  if (left.kind === 'subject' && right.kind === 'subject') return same(left.subject, right.subject);
  if (left.kind === 'subject' && right.kind === 'text') return equals(left.subject, right.text);
  if (right.kind === 'subject' && left.kind === 'text') return equals(right.subject, left.text);
  if (left.kind === 'concatenation' && right.kind === 'text') return equalParts(left.parts, right.text);
  if (right.kind === 'concatenation' && left.kind === 'text') return equalParts(right.parts, left.text);
  return undefined;
}

/** More ways to spread a text over the parts of another than people write conditions for. */
const mostSplits = 2000;

/**
 * `!Equals [!Sub '${Env}-${Tier}', prod-web]`: every way in which what the parts may be makes up the text.
 * Undefined where that hangs on a part of which the template does not tell, or there are too many ways.
 */
function equalParts(parts: readonly Value[], text: string): Formula | undefined {
  const first = parts[0];
  const last = parts.at(-1);
  if (first?.kind === 'text' && !text.startsWith(first.text)) return never;
  if (last?.kind === 'text' && !text.endsWith(last.text)) return never;
  let splits = 0;
  const match = (index: number, rest: string): Formula | undefined => {
    splits += 1;
    const part = parts[index];
    if (part === undefined) return rest === '' ? always : never;
    if (part.kind === 'text') {
      return rest.startsWith(part.text) ? match(index + 1, rest.slice(part.text.length)) : never;
    }
    if (part.kind !== 'subject') return undefined;
    const { subject } = part;
    const ways: Formula[] = [];
    for (let end = index === parts.length - 1 ? rest.length : 0; end <= rest.length; end += 1) {
      const isIt = equals(subject, rest.slice(0, end));
      if (isNever(isIt)) continue;
      const after = splits > mostSplits ? undefined : match(index + 1, rest.slice(end));
      if (after === undefined) return undefined;
      ways.push(and(isIt, after));
    }
    return or(...ways);
  };
  return match(0, text);
}

function undecided(node: SyntaxNode, scope: Scope): Formula {
  return { kind: 'free', name: `${scope.key}${canonicalText(node)}` };
}
