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
  if (formula.kind === 'constant') return formula;
  const before = known.get(formula);
  if (before !== undefined) return before;
  const mapped = mapPart(formula, replace, known);
  known.set(formula, mapped);
  return mapped;
}

function mapPart(
  formula: Exclude<Formula, { kind: 'constant' }>,
  replace: (atom: Atom) => Formula,
  known: Map<Formula, Formula>,
): Formula {
  switch (formula.kind) {
    case 'not':
      return not(mapAtoms(formula.operand, replace, known));
    case 'and':
      return and(...formula.operands.map((operand) => mapAtoms(operand, replace, known)));
    case 'or':
      return or(...formula.operands.map((operand) => mapAtoms(operand, replace, known)));
    case 'equals':
    case 'same':
    case 'free':
      return replace(formula);
  }
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
