/**
 * Propositional logic over deployments: a formula says in which deployments something holds.
 *
 * A *subject* is what a deployer chooses or AWS sets (a parameter, a pseudo parameter); an atom says that a
 * subject has a value. What cannot be told is a *free* atom: it may hold or not, the same name alike everywhere.
 */
export type Formula =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'not'; readonly operand: Formula }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Formula[] }
  | { readonly kind: 'equals'; readonly subject: Subject; readonly value: string }
  | { readonly kind: 'same'; readonly left: Subject; readonly right: Subject }
  | { readonly kind: 'free'; readonly name: string };

export interface Subject {
  /** Tells subjects apart; two stacks of one template have different keys for one parameter. */
  readonly key: string;
  /** What a message calls it. */
  readonly label: string;
  /** The only values it can have, where they are limited (`AllowedValues`). */
  readonly values?: readonly string[];
  readonly default?: string;
  /** False for a literal that this subject can never have (`AllowedPattern`, `MinLength`…). */
  readonly accepts: (value: string) => boolean;
}

export const always: Formula = { kind: 'constant', value: true };
export const never: Formula = { kind: 'constant', value: false };

export function isAlways(formula: Formula): boolean {
  return formula.kind === 'constant' && formula.value;
}

export function isNever(formula: Formula): boolean {
  return formula.kind === 'constant' && !formula.value;
}

export function not(operand: Formula): Formula {
  if (operand.kind === 'constant') return operand.value ? never : always;
  return operand.kind === 'not' ? operand.operand : { kind: 'not', operand };
}

export function and(...operands: readonly Formula[]): Formula {
  return connect('and', operands);
}

export function or(...operands: readonly Formula[]): Formula {
  return connect('or', operands);
}

function connect(kind: 'and' | 'or', operands: readonly Formula[]): Formula {
  const neutral = kind === 'and';
  const kept: Formula[] = [];
  for (const operand of operands) {
    if (operand.kind === 'constant') {
      if (operand.value !== neutral) return operand;
    } else if (operand.kind === kind) for (const inner of operand.operands) kept.push(inner);
    else kept.push(operand);
  }
  const [first] = kept;
  if (first === undefined) return kind === 'and' ? always : never;
  // Nearly always no more are left.
  if (kept.length === 1) return first;
  const different = new Set(kept);
  return different.size === 1 ? first : { kind, operands: [...different] };
}

/** The subject has that value; decided at once where the subject can never have it. */
export function equals(subject: Subject, value: string): Formula {
  const possible = subject.values === undefined ? subject.accepts(value) : subject.values.includes(value);
  if (!possible) return never;
  return subject.values?.length === 1 ? always : { kind: 'equals', subject, value };
}

/** Two subjects have one value. */
export function same(left: Subject, right: Subject): Formula {
  return left.key === right.key ? always : { kind: 'same', left, right };
}
