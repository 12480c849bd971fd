import { and, isNever, or, type Formula } from '../../template/formula.ts';
import { keep } from '../../template/kept.ts';
import type { Resource } from '../../template/model.ts';
import type { Scope } from '../../template/value.ts';
import { flowLogsIn } from '../flow-log.ts';
import type { Finding } from '../model.ts';
import { recall } from '../recall.ts';
import { withoutRepeats } from '../repeats.ts';
import { effortForTemplate } from '../solver.ts';
import { configurationsOf, type Configuration } from './configuration.ts';
import { bucketProblems } from './delivery-bucket.ts';
import { roleProblems } from './delivery-role.ts';
import { findingOf, type Problem } from './problem.ts';
import { propertyProblems } from './properties.ts';
import { retentionProblems } from './retention.ts';

/**
 * What is wrong with the flow logs of a template, each as it is in the first of the stacks where it is so.
 *
 * @param stacks The stacks that deploy the template.
 */
export function flowLogFindings(stacks: readonly Scope[]): Finding[] {
  const findings = new Map<string, Finding>();
  const effort = effortForTemplate();
  for (const stack of stacks) {
    for (const [key, { problem, whens, configuration }] of occurrencesIn(stack)) {
      if (findings.has(key)) continue;
      const inputs = [configuration.scope.root.assumptions.length, ...whens];
      const finding = recall(problem, findingOf, inputs, effort, () =>
        findingOf(problem, or(...whens), configuration, effort),
      );
      if (finding !== undefined) findings.set(key, finding);
    }
  }
  return layersOf([...findings.values()]).flatMap(withoutRepeats);
}

interface Occurrences {
  readonly problem: Problem;
  readonly configuration: Configuration;
  readonly whens: Formula[];
}

/** One problem may occur in several configurations, and for several values of one property. */
function occurrencesIn(stack: Scope): ReadonlyMap<string, Occurrences> {
  const found = new Map<string, Occurrences>();
  for (const flowLog of flowLogsIn(stack.template)) {
    for (const { configuration, problem, when } of problemsOf(flowLog, stack)) {
      const key = `${problem.span.start} ${problem.what} ${problem.advice}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { problem, configuration, whens: [when] });
      else known.whens.push(when);
    }
  }
  return found;
}

interface ConfiguredProblem {
  readonly problem: Problem;
  readonly configuration: Configuration;
  /** When it occurs in that configuration. */
  readonly when: Formula;
}

function problemsOf(flowLog: Resource, stack: Scope): readonly ConfiguredProblem[] {
  return keep(stack, `problems/${flowLog.logicalId}`, () =>
    configurationsOf(flowLog, stack).flatMap((configuration) =>
      [
        ...propertyProblems(configuration),
        ...roleProblems(configuration),
        ...bucketProblems(configuration),
        ...retentionProblems(configuration),
      ]
        .map((problem) => ({ problem, configuration, when: and(configuration.exists, problem.when) }))
        .filter(({ when }) => !isNever(when)),
    ),
  );
}

/**
 * The first findings of all flow logs at their places, the second and so on: what the instances of a loop have
 * in common is in one layer, and several findings on one flow log are in different ones.
 */
function layersOf(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const layers: Finding[][] = [];
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const place = `${finding.code} ${finding.span.start} ${finding.logicalId}`;
    const count = counts.get(place) ?? 0;
    counts.set(place, count + 1);
    (layers[count] ??= []).push(finding);
  }
  return layers;
}
