import type { Formula } from '../template/formula.ts';

/**
 * Those of the assumptions that have to do with a question: they speak of the same subjects, or of subjects of
 * which another such assumption speaks. The others can be met whatever the answer is, so a search need not look
 * at them.
 */
export function relevantTo(question: readonly Formula[], assumptions: readonly Formula[]): Formula[] {
  const keys = new Set(question.flatMap((formula) => [...keysOf(formula)]));
  const open = new Map(assumptions.map((assumption) => [assumption, keysOf(assumption)]));
  const relevant: Formula[] = [];
  for (let isGrowing = true; isGrowing;) {
    isGrowing = false;
    for (const [assumption, named] of open) {
      if (![...named].some((key) => keys.has(key))) continue;
      for (const key of named) keys.add(key);
      relevant.push(assumption);
      open.delete(assumption);
      isGrowing = true;
    }
  }
  return relevant;
}

/** Assumptions are the same for all VPCs of a deployment. */
const knownKeys = new WeakMap<Formula, ReadonlySet<string>>();

/** What a formula speaks of: subjects, and free atoms. */
function keysOf(formula: Formula): ReadonlySet<string> {
  const known = knownKeys.get(formula) ?? readKeys(formula);
  knownKeys.set(formula, known);
  return known;
}

function readKeys(formula: Formula): ReadonlySet<string> {
  const keys = new Set<string>();
  const seen = new Set<Formula>();
  const open = [formula];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    switch (part.kind) {
      case 'constant':
        break;
      case 'not':
        open.push(part.operand);
        break;
      case 'and':
      case 'or':
        for (const operand of part.operands) open.push(operand);
        break;
      case 'equals':
        keys.add(`subject ${part.subject.key}`);
        break;
      case 'same':
        keys.add(`subject ${part.left.key}`).add(`subject ${part.right.key}`);
        break;
      case 'free':
        keys.add(`free ${part.name}`);
        break;
    }
  }
  return keys;
}
