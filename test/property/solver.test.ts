import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDeployment, underDefaults, type Witness } from '../../server/src/coverage/solver.ts';
import { and, equals, not, or, same, type Formula, type Subject } from '../../server/src/template/formula.ts';

/** A formula as the test knows it: it is evaluated here, independently of the product's. */
type Question =
  | { readonly kind: 'equals'; readonly subject: number; readonly value: string }
  | { readonly kind: 'same'; readonly left: number; readonly right: number }
  | { readonly kind: 'free'; readonly name: string }
  | { readonly kind: 'not'; readonly operand: Question }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Question[] };

interface Deployment {
  /** One value for each subject. */
  readonly values: readonly string[];
  readonly free: Readonly<Record<string, boolean>>;
}

/** For a slow machine; the runs are counted, not timed. */
const timeout = 120_000;

const literals = ['', 'a', 'b', 'c'];
const freeNames = ['f', 'g'];

const literal = fc.constantFrom(...literals);

const closedSubject = fc.record(
  { values: fc.uniqueArray(literal, { minLength: 1, maxLength: 3 }), default: literal },
  { requiredKeys: ['values'] },
);

/** `refused`: literals that its pattern does not take. */
const openSubject = fc.record(
  { refused: fc.uniqueArray(literal, { maxLength: 2 }), default: literal },
  { requiredKeys: ['refused'] },
);

const subjects = fc
  .array(fc.oneof(closedSubject, openSubject), { minLength: 1, maxLength: 4 })
  .map((drafts) =>
    drafts.map((draft, index): Subject => ({
      key: `p${index}`,
      label: `P${index}`,
      ...('values' in draft && { values: draft.values }),
      ...(draft.default !== undefined && { default: draft.default }),
      accepts: (value) => !('refused' in draft) || !draft.refused.includes(value),
    })),
  );

function questionsOver(count: number): fc.Arbitrary<Question> {
  const subject = fc.nat(count - 1);
  return fc.letrec<{ question: Question }>((tie) => ({
    question: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.record({ kind: fc.constant('equals' as const), subject, value: literal }),
      fc.record({ kind: fc.constant('same' as const), left: subject, right: subject }),
      fc.record({ kind: fc.constant('free' as const), name: fc.constantFrom(...freeNames) }),
      fc.record({ kind: fc.constant('not' as const), operand: tie('question') }),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        operands: fc.array(tie('question'), { minLength: 1, maxLength: 3 }),
      }),
    ),
  })).question;
}

const cases = subjects.chain((found) =>
  fc.record({
    subjects: fc.constant(found),
    question: questionsOver(found.length),
    given: questionsOver(found.length),
  }),
);

function formulaOf(question: Question, of: readonly Subject[]): Formula {
  switch (question.kind) {
    case 'equals':
      return equals(of[question.subject]!, question.value);
    case 'same':
      return same(of[question.left]!, of[question.right]!);
    case 'free':
      return question;
    case 'not':
      return not(formulaOf(question.operand, of));
    case 'and':
      return and(...question.operands.map((operand) => formulaOf(operand, of)));
    case 'or':
      return or(...question.operands.map((operand) => formulaOf(operand, of)));
  }
}

function holds(question: Question, { values, free }: Deployment): boolean {
  switch (question.kind) {
    case 'equals':
      return values[question.subject] === question.value;
    case 'same':
      return values[question.left] === values[question.right];
    case 'free':
      return free[question.name] === true;
    case 'not':
      return !holds(question.operand, { values, free });
    case 'and':
      return question.operands.every((operand) => holds(operand, { values, free }));
    case 'or':
      return question.operands.some((operand) => holds(operand, { values, free }));
  }
}

/**
 * Every deployment that a formula over these subjects can tell apart. A formula sees of a value only which
 * literals and which other subjects it equals; so of all that an open subject can be besides the literals,
 * as many fresh values as there are subjects stand for every pattern of being equal or not.
 */
function allDeployments(of: readonly Subject[]): Deployment[] {
  const fresh = of.map((_, index) => `fresh ${index}`);
  const choices = of.map(
    ({ values, accepts }) => values ?? [...literals.filter((value) => accepts(value)), ...fresh],
  );
  const rows = choices.reduce<string[][]>(
    (found, choice) => found.flatMap((row) => choice.map((value) => [...row, value])),
    [[]],
  );
  const freeRows = freeNames.reduce<Record<string, boolean>[]>(
    (found, name) => found.flatMap((row) => [true, false].map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
  return rows.flatMap((values) => freeRows.map((free) => ({ values, free })));
}

function agrees(witness: Witness, of: readonly Subject[], { values, free }: Deployment): boolean {
  const valueOf = (subject: Subject): string | undefined => values[of.indexOf(subject)];
  return witness.every((choice) => {
    switch (choice.kind) {
      case 'free':
        return free[choice.name] === choice.holds;
      case 'value':
        return valueOf(choice.subject) === choice.value;
      case 'other': {
        const value = valueOf(choice.subject);
        return (
          !choice.than.includes(value ?? '') &&
          choice.sameAs.every((peer) => valueOf(peer) === value) &&
          choice.unlike.every((peer) => valueOf(peer) !== value)
        );
      }
    }
  });
}

test(
  'finds a deployment exactly where there is one, and its witness alone makes the question true',
  { timeout },
  () => {
    let possible = 0;
    let impossible = 0;
    fc.assert(
      fc.property(cases, ({ subjects: of, question, given }) => {
        const answer = findDeployment(formulaOf(question, of), formulaOf(given, of));
        const deployments = allDeployments(of);
        const wanted = deployments.filter((one) => holds(question, one) && holds(given, one));
        expect(answer.kind).toBe(wanted.length > 0 ? 'possible' : 'impossible');
        if (answer.kind !== 'possible') {
          impossible += 1;
          return;
        }
        possible += 1;
        const agreeing = deployments.filter((one) => agrees(answer.witness, of, one));
        expect(agreeing.some((one) => holds(given, one))).toBe(true);
        expect(agreeing.every((one) => holds(question, one))).toBe(true);
      }),
      { numRuns: 3000 },
    );
    // Neither answer was got by generating nothing else.
    expect(Math.min(possible, impossible)).toBeGreaterThan(300);
  },
);

test('under defaults, what is decided is so in every deployment that takes them', { timeout }, () => {
  const seen = { true: 0, false: 0 };
  fc.assert(
    fc.property(cases, ({ subjects: of, question }) => {
      const formula = underDefaults(formulaOf(question, of));
      if (formula.kind !== 'constant') return;
      seen[`${formula.value}`] += 1;
      const byDefault = allDeployments(of).filter(({ values }) =>
        of.every((subject, index) => subject.default === undefined || values[index] === subject.default),
      );
      expect(byDefault.every((one) => holds(question, one) === formula.value)).toBe(true);
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(300);
});

function closed(count: number, values: readonly string[]): Subject[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `p${index}`,
    label: `P${index}`,
    values,
    accepts: () => true,
  }));
}

test('gives up on what would take for ever, and says so', () => {
  // Thirteen pigeons in twelve holes: there is no short way to see that it cannot be.
  const pigeons = closed(
    13,
    Array.from({ length: 12 }, (_, hole) => String(hole)),
  );
  const pairs = pigeons.flatMap((left, index) =>
    pigeons.slice(index + 1).map((right) => not(same(left, right))),
  );
  expect(findDeployment(and(...pairs))).toEqual({ kind: 'undecided' });
});

test('explains a deployment of many parameters', () => {
  const many = closed(400, ['on', 'off']);
  const answer = findDeployment(and(...many.map((subject) => equals(subject, 'off'))));
  expect(answer.kind === 'possible' && answer.witness.length).toBe(400);
});

test('looks once at a part that stands in many places', () => {
  const [on] = closed(1, ['on', 'off']);
  const doubled = closed(60, ['x', 'y']).reduce<Formula>(
    (formula, { values = [], ...subject }, index) => {
      const next = { ...subject, values, key: `q${index}` };
      return or(and(formula, equals(next, 'x')), and(formula, equals(next, 'y')));
    },
    equals(on!, 'on'),
  );
  expect(findDeployment(doubled).kind).toBe('possible');
  expect(findDeployment(and(doubled, equals(on!, 'off'))).kind).toBe('impossible');
});
