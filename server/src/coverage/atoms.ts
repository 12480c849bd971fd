import { and, not, or, type Formula } from '../template/formula.ts';

/** What a formula is made of. */
export type Atom = Extract<Formula, { kind: 'equals' | 'same' | 'free' }>;

/**
 * Replaces the atoms of a formula. Conditions that refer to each other make it a graph in which one part
 * stands in many places; each part is looked at once.
 */
export function mapAtoms(
  formula: Formula,
  replace: (atom: Atom) => Formula,
  known: Map<Formula, Formula> = new Map(),
): Formula {
  switch (formula.kind) {
    case 'constant':
      return formula;
    case 'equals':
    case 'same':
    case 'free':
      return replace(formula);
    case 'not':
    case 'and':
    case 'or': {
      const before = known.get(formula);
      if (before !== undefined) return before;
      const mapped = mapPart(formula, replace, known);
      known.set(formula, mapped);
      return mapped;
    }
  }
}

/** The same object where nothing in it is replaced. */
function mapPart(
  formula: Extract<Formula, { kind: 'not' | 'and' | 'or' }>,
  replace: (atom: Atom) => Formula,
  known: Map<Formula, Formula>,
): Formula {
  if (formula.kind === 'not') {
    const operand = mapAtoms(formula.operand, replace, known);
    return operand === formula.operand ? formula : not(operand);
  }
  const { kind, operands } = formula;
  const mapped = operands.map((operand) => mapAtoms(operand, replace, known));
  if (mapped.every((operand, index) => operand === operands[index])) return formula;
  return kind === 'and' ? and(...mapped) : or(...mapped);
}

/** The first atom of a formula that is no constant; constants stand nowhere inside of another. */
export function firstAtom(formula: Exclude<Formula, { kind: 'constant' }>): Atom | undefined {
  let part: Formula | undefined = formula;
  while (part !== undefined) {
    switch (part.kind) {
      case 'constant':
        return undefined;
      case 'not':
        part = part.operand;
        break;
      case 'and':
      case 'or':
        part = part.operands[0];
        break;
      case 'equals':
      case 'same':
      case 'free':
        return part;
    }
  }
  return undefined;
}

/** The atoms of a formula, each part of it looked at once. */
export function* atomsOf(formula: Formula, seen: Set<Formula> = new Set()): Generator<Atom> {
  if (seen.has(formula)) return;
  seen.add(formula);
  switch (formula.kind) {
    case 'constant':
      return;
    case 'not':
      yield* atomsOf(formula.operand, seen);
      return;
    case 'and':
    case 'or':
      for (const operand of formula.operands) yield* atomsOf(operand, seen);
      return;
    case 'equals':
    case 'same':
    case 'free':
      yield formula;
  }
}
