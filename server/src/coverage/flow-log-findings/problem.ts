import { t } from '@vscode/l10n';
import type { Span } from '../../template/syntax.ts';
import { always, and, isNever, not, type Formula } from '../../template/formula.ts';
import { existence } from '../../template/scope.ts';
import { describeWitness } from '../messages.ts';
import type { Finding, FindingCode, RelatedPlace, Severity } from '../model.ts';
import { findDeployment, type Effort, type Witness } from '../solver.ts';
import { placeOf, type Configuration } from './configuration.ts';

/** Something that is wrong with a flow log, in the deployments in which `when` holds. */
export interface Problem {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The resource that it is about. */
  readonly logicalId: string;
  readonly when: Formula;
  /** What is so, in words that "when Stage is 'prod'" can follow. */
  readonly what: string;
  /** What comes of it, and what to do. */
  readonly advice: string;
  readonly span: Span;
  readonly related: readonly RelatedPlace[];
  /** The property that is missing, where that is the problem. */
  readonly lacks?: string;
}

/**
 * A property that CloudFormation or EC2 refuses, or misses; nothing where that never happens.
 *
 * @param describe Is asked only where it may happen.
 */
export function refusal(
  configuration: Configuration,
  property: string,
  when: Formula,
  describe: () => Pick<Problem, 'what' | 'advice'> & Partial<Pick<Problem, 'related' | 'lacks'>>,
): readonly Problem[] {
  if (isNever(when)) return [];
  return [
    {
      code: 'flow-log-property-invalid',
      severity: 'error',
      logicalId: configuration.flowLog.logicalId,
      when,
      span: placeOf(configuration, property),
      related: [],
      ...describe(),
    },
  ];
}

/** A property that leads to where the flow log may not deliver. */
export function denial(
  configuration: Configuration,
  property: string,
  problem: Pick<Problem, 'what' | 'advice' | 'related'>,
): Problem {
  return {
    code: 'flow-log-delivery-denied',
    severity: 'warning',
    logicalId: configuration.flowLog.logicalId,
    when: always,
    span: placeOf(configuration, property),
    ...problem,
  };
}

/** Problems that come of something missing, which a macro may add. */
export function ifComplete(
  { isComplete }: Configuration,
  problems: () => readonly Problem[],
): readonly Problem[] {
  return isComplete ? problems() : [];
}

/**
 * The finding that a problem gives; undefined where no deployment is known in which it occurs.
 *
 * @param when When it occurs, in all configurations of its flow log together.
 * @param effort What may be spent on this problem and others together.
 */
export function findingOf(
  problem: Problem,
  when: Formula,
  { flowLog, scope }: Configuration,
  effort: Effort,
): Finding | undefined {
  const { code, severity, logicalId, what, advice, span, related, lacks } = problem;
  const occurrence = occurrenceOf(when, existence(flowLog, scope), {
    formula: and(...scope.root.assumptions),
    effort,
  });
  if (occurrence === undefined) return undefined;
  const where = occurrence === 'always' ? what : t('{0} when {1}', what, describeWitness(occurrence));
  return {
    code,
    severity,
    message: t('{0}; {1}', where, advice),
    logicalId,
    span,
    related,
    ...(lacks !== undefined && { lacks }),
  };
}

/** A deployment in which it occurs, if not in every one that has the flow log; undefined where no such is known. */
function occurrenceOf(
  when: Formula,
  exists: Formula,
  { formula: given, effort }: { readonly formula: Formula; readonly effort: Effort },
): 'always' | Witness | undefined {
  const found = findDeployment(when, given, effort);
  if (found.kind !== 'possible') return undefined;
  if (findDeployment(and(exists, not(when)), given, effort).kind === 'impossible') return 'always';
  // What only the deployment decides may always be decided in the one way.
  return found.witness.some(({ kind }) => kind === 'free') ? undefined : found.witness;
}
