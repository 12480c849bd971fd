import { always, and, equals, isAlways, never, type Formula, type Subject } from '../template/formula.ts';
import { atomsOf, firstAtom, mapAtoms, type Atom } from './atoms.ts';

/**
 * Asks whether a deployment exists in which a formula holds, and finds one.
 *
 * It is a search with simplification (DPLL): each subject is tried with each value that can matter, defaults
 * first, and what an earlier choice already decides is never looked at. A parameter without allowed values
 * can matter in its default, in every literal it is compared with and as something else; so the search is
 * exact, not a sample. {@link largestSearch} bounds it.
 */
export type Answer =
  | { readonly kind: 'impossible' }
  | { readonly kind: 'possible'; readonly witness: Witness }
  /** The search was given up at its bound. */
  | { readonly kind: 'undecided' };

/** A deployment, told by the choices without which the formula would not be certain. */
export type Witness = readonly Choice[];

export type Choice =
  | { readonly kind: 'value'; readonly subject: Subject; readonly value: string }
  /** The subject has none of the values it is compared with. */
  | {
      readonly kind: 'other';
      readonly subject: Subject;
      readonly than: readonly string[];
      /** Subjects that stand before it in the witness and have the same value, or another. */
      readonly sameAs: readonly Subject[];
      readonly unlike: readonly Subject[];
    }
  /** What only the deployment decides. */
  | { readonly kind: 'free'; readonly name: string; readonly holds: boolean };

/**
 * Atoms that one search looks at before it gives up. Without structure to help, that is some 14 independent
 * two-valued parameters; conditions as people write them need a few hundred.
 */
const largestSearch = 200_000;

/**
 * Atoms that searches may still look at together, so that hundreds of hard ones do not take hundreds
 * of times as long as one. Each search takes its part of it.
 */
export interface Effort {
  left: number;
}

/** Enough for all VPCs of a template, or for one hard search: nobody waits longer than some 50 ms. */
export function effortForTemplate(): Effort {
  return { left: 30_000 };
}

/**
 * @param question What must hold in the deployment, and what the witness explains.
 * @param given What holds in every deployment that succeeds (rules, keys of mappings).
 */
export function findDeployment(
  question: Formula,
  given: Formula = always,
  effort: Effort = { left: largestSearch },
): Answer {
  const formula = and(question, given);
  if (formula.kind === 'constant') {
    return formula.value ? { kind: 'possible', witness: [] } : { kind: 'impossible' };
  }
  const search = new Search(formula, effort);
  const found = search.run();
  if (found === 'undecided') return { kind: 'undecided' };
  if (found === undefined) return { kind: 'impossible' };
  return { kind: 'possible', witness: search.explain(question, found) };
}

/** The formula where every parameter that has a default takes it. */
export function underDefaults(formula: Formula): Formula {
  return mapAtoms(formula, (atom) => {
    if (atom.kind === 'free') return atom;
    if (atom.kind === 'equals') {
      return atom.subject.default === undefined ? atom : truth(atom.subject.default === atom.value);
    }
    const { left, right } = atom;
    if (left.default !== undefined && right.default !== undefined)
      return truth(left.default === right.default);
    if (left.default !== undefined) return equals(right, left.default);
    return right.default === undefined ? atom : equals(left, right.default);
  });
}

/** Key of a subject or of a free atom → the value tried. */
type Assignment = ReadonlyMap<string, string>;

class Search {
  readonly #formula: Formula;
  readonly #subjects = new Map<string, Subject>();
  readonly #compared = new Map<string, Set<string>>();
  /** Subjects that are compared with one another, so that their values matter to each other. */
  readonly #linked = new Map<string, Set<string>>();
  readonly #candidates = new Map<string, readonly string[]>();
  readonly #effort: Effort;
  readonly #limit: number;
  #visited = 0;

  constructor(formula: Formula, effort: Effort) {
    this.#formula = formula;
    this.#effort = effort;
    this.#limit = Math.min(largestSearch, effort.left);
    for (const atom of atomsOf(formula)) this.#note(atom);
  }

  run(): Assignment | undefined | 'undecided' {
    try {
      return this.#extend(this.#formula, new Map());
    } catch (error) {
      if (error instanceof SearchTooLarge) return 'undecided';
      throw error;
    } finally {
      this.#effort.left -= this.#visited;
    }
  }

  /** The choices of an assignment that are needed for the question to be certain. */
  explain(question: Formula, assignment: Assignment): Witness {
    const kept = new Map(assignment);
    for (const key of assignment.keys()) {
      const without = new Map(kept);
      without.delete(key);
      if (isAlways(this.#assign(question, without))) kept.delete(key);
    }
    const choices = [...kept];
    return choices.map(([key, value], index) => this.#choice(key, value, choices.slice(0, index), kept));
  }

  #choice(
    key: string,
    value: string,
    earlier: readonly (readonly [string, string])[],
    assignment: Assignment,
  ): Choice {
    const subject = this.#subjects.get(key);
    if (subject === undefined)
      return { kind: 'free', name: key.slice(freePrefix.length), holds: value === 'true' };
    if (isLiteral(value)) return { kind: 'value', subject, value };
    const peers = this.#linked.get(key) ?? new Set();
    const literals = [...peers].flatMap((peer) => assignment.get(peer) ?? []).filter(isLiteral);
    const others = earlier.filter(([peer, given]) => peers.has(peer) && !isLiteral(given));
    const subjectsOf = (found: typeof others): Subject[] =>
      found.flatMap(([peer]) => this.#subjects.get(peer) ?? []);
    return {
      kind: 'other',
      subject,
      than: [...new Set([...(this.#compared.get(key) ?? []), ...literals])],
      sameAs: subjectsOf(others.filter(([, given]) => given === value)),
      unlike: subjectsOf(others.filter(([, given]) => given !== value)),
    };
  }

  #note(atom: Atom): void {
    if (atom.kind === 'free') return;
    const subjects = atom.kind === 'equals' ? [atom.subject] : [atom.left, atom.right];
    for (const subject of subjects) this.#subjects.set(subject.key, subject);
    if (atom.kind === 'same') {
      this.#link(atom.left.key, atom.right.key);
      this.#link(atom.right.key, atom.left.key);
    }
    if (atom.kind !== 'equals') return;
    const compared = this.#compared.get(atom.subject.key) ?? new Set();
    this.#compared.set(atom.subject.key, compared.add(atom.value));
  }

  #link(key: string, peer: string): void {
    const peers = this.#linked.get(key) ?? new Set();
    this.#linked.set(key, peers.add(peer));
  }

  #extend(formula: Formula, assignment: Assignment): Assignment | undefined {
    if (formula.kind === 'constant') return formula.value ? assignment : undefined;
    if (this.#visited > this.#limit) throw new SearchTooLarge();
    const atom = firstAtom(formula);
    if (atom === undefined) return undefined;
    const key = undecidedKey(atom, assignment);
    for (const value of this.#candidatesOf(key)) {
      const extended = new Map(assignment).set(key, value);
      const found = this.#extend(this.#assign(formula, extended), extended);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #candidatesOf(key: string): readonly string[] {
    const known = this.#candidates.get(key);
    if (known !== undefined) return known;
    const subject = this.#subjects.get(key);
    const candidates = subject === undefined ? ['false', 'true'] : this.#valuesOf(subject);
    this.#candidates.set(key, candidates);
    return candidates;
  }

  #valuesOf(subject: Subject): readonly string[] {
    const first = subject.default === undefined ? [] : [subject.default];
    if (subject.values !== undefined) {
      const { values } = subject;
      return [...new Set([...first.filter((value) => values.includes(value)), ...values])];
    }
    const isLinked = this.#linked.has(subject.key);
    const peers = isLinked ? [...this.#linked.keys()] : [subject.key];
    const literals = peers.flatMap((peer) => {
      const { default: peerDefault, values = [] } = this.#subjects.get(peer) ?? { default: undefined };
      return [
        ...(this.#compared.get(peer) ?? []),
        ...values,
        ...(peerDefault === undefined ? [] : [peerDefault]),
      ];
    });
    // As many other values as there are peers, so that all of them can differ.
    const others = peers.map((_, index) => `${otherPrefix}${index}`);
    const accepted = new Set([...first, ...literals].filter((value) => subject.accepts(value)));
    return subject.default === undefined ? [...others, ...accepted] : [...accepted, ...others];
  }

  #assign(formula: Formula, assignment: Assignment): Formula {
    return mapAtoms(formula, (atom) => {
      this.#visited += 1;
      if (atom.kind === 'free') {
        const value = assignment.get(freePrefix + atom.name);
        return value === undefined ? atom : truth(value === 'true');
      }
      if (atom.kind === 'equals') {
        const value = assignment.get(atom.subject.key);
        return value === undefined ? atom : truth(value === atom.value);
      }
      const left = assignment.get(atom.left.key);
      const right = assignment.get(atom.right.key);
      return left === undefined || right === undefined ? atom : truth(left === right);
    });
  }
}

class SearchTooLarge extends Error {}

const freePrefix = 'free\0';
const otherPrefix = 'other\0';

function isLiteral(value: string): boolean {
  return !value.startsWith(otherPrefix);
}

function undecidedKey(atom: Atom, assignment: Assignment): string {
  if (atom.kind === 'free') return freePrefix + atom.name;
  if (atom.kind === 'equals') return atom.subject.key;
  return assignment.has(atom.left.key) ? atom.right.key : atom.left.key;
}

function truth(value: boolean): Formula {
  return value ? always : never;
}
