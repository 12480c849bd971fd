import { t } from '@vscode/l10n';
import { always, and, not, or, type Formula } from '../template/formula.ts';
import { existence } from '../template/scope.ts';
import type { ResourceInStack, Scope } from '../template/value.ts';
import type { Doubt } from './doubts.ts';
import { concerns, whenClaimed, type Claim } from './flow-log.ts';
import { relevantTo } from './relevance.ts';
import {
  effortForTemplate,
  findDeployment,
  underDefaults,
  type Answer,
  type Effort,
  type Witness,
} from './solver.ts';

/** The answer for one VPC; see {@link judge}. */
export type Judgement =
  | { readonly verdict: 'covered' }
  | { readonly verdict: 'missing' }
  | { readonly verdict: 'wrong-traffic' }
  | {
      readonly verdict: 'conditional';
      readonly witness: Witness;
      /** Whether the defaults of the parameters alone leave the VPC bare. */
      readonly byDefault: boolean;
    }
  | { readonly verdict: 'unknown'; readonly why: string };

/**
 * Decides whether a VPC can exist without a flow log that counts.
 *
 * @param claims What every flow log in reach does by the standard that is asked for.
 * @param doubts What may log the VPC unseen.
 * @param effort What may be spent on this VPC and others together.
 */
export function judge(
  vpc: ResourceInStack,
  claims: readonly Claim[],
  doubts: readonly Doubt[] = [],
  effort: Effort = effortForTemplate(),
): Judgement {
  const concerning = doubts.filter(({ vpcs }) => vpcs === undefined || vpcs.has(vpc.resource));
  const given = { formula: assumptionsOf(vpc, claims, concerning, effort), effort };
  const judgement = judgeByClaims(vpc, claims, given);
  return judgement.verdict === 'missing' && concerning.length > 0
    ? judgeByDoubts(vpc, concerning, given)
    : judgement;
}

/** What holds in every deployment that succeeds, and what may be spent on finding one. */
interface Given {
  readonly formula: Formula;
  readonly effort: Effort;
}

function find(question: Formula, { formula, effort }: Given): Answer {
  return findDeployment(question, formula, effort);
}

function judgeByClaims(vpc: ResourceInStack, claims: readonly Claim[], given: Given): Judgement {
  const exists = existence(vpc.resource, vpc.scope);
  const covered = whenClaimed(claims, vpc, 'counts');
  const bare = and(exists, not(covered));
  const bareDeployment = find(bare, given);
  if (bareDeployment.kind === 'impossible') return { verdict: 'covered' };
  if (bareDeployment.kind === 'undecided') return tooLarge;

  const maybe = whenClaimed(claims, vpc, 'unknown');
  const surelyBare = find(and(bare, not(maybe)), given);
  if (surelyBare.kind === 'impossible') {
    return { verdict: 'unknown', why: whyUnknown(claims, vpc) };
  }
  if (surelyBare.kind === 'undecided') return tooLarge;

  // A deployment with the VPC and something that counts, or may count: then it is not bare in all of them.
  if (isPossible(and(exists, or(covered, maybe)), given)) {
    return {
      verdict: 'conditional',
      witness: surelyBare.witness,
      byDefault: isDefault(and(bare, not(maybe)), given),
    };
  }
  const acceptOnly = whenClaimed(claims, vpc, 'accept-only');
  return isPossible(and(exists, not(acceptOnly)), given)
    ? { verdict: 'missing' }
    : { verdict: 'wrong-traffic' };
}

/** The answer for a VPC that no flow log is on. */
function judgeByDoubts(vpc: ResourceInStack, doubts: readonly Doubt[], given: Given): Judgement {
  const exists = existence(vpc.resource, vpc.scope);
  const maybe = or(...doubts.map(({ when }) => when));
  const surelyBare = find(and(exists, not(maybe)), given);
  if (surelyBare.kind === 'undecided') return tooLarge;
  if (surelyBare.kind === 'impossible') return { verdict: 'unknown', why: doubts[0]?.why ?? '' };
  if (!isPossible(and(exists, maybe), given)) return { verdict: 'missing' };
  return {
    verdict: 'conditional',
    witness: surelyBare.witness,
    byDefault: isDefault(and(exists, not(maybe)), given),
  };
}

/** What holds in every deployment that succeeds: the VPC's, and those of the flow logs on it. */
function assumptionsOf(
  vpc: ResourceInStack,
  claims: readonly Claim[],
  doubts: readonly Doubt[],
  effort: Effort,
): Formula {
  const onIt = claims.filter((claim) => 'vpc' in claim.outcome && concerns(claim, vpc));
  const question = [existence(vpc.resource, vpc.scope), ...[...onIt, ...doubts].map(({ when }) => when)];
  const assumptions = rootsOf(vpc, onIt).flatMap((root) => root.assumptions);
  const given = and(...relevantTo(question, assumptions));
  // Demands that contradict each other would leave no deployment, and nothing to be said of any VPC.
  return findDeployment(given, always, effort).kind === 'impossible' ? always : given;
}

/** The deployments that make a VPC and the flow logs on it: what must hold in them is given. */
export function rootsOf(vpc: ResourceInStack, claims: readonly Claim[]): readonly Scope[] {
  return [...new Set([vpc.scope.root, ...claims.map(({ scope }) => scope.root)])];
}

const tooLarge: Judgement = {
  verdict: 'unknown',
  why: t('its conditions have more combinations than can be searched'),
};

/** Whether it is so where every parameter takes its default, and such a deployment may succeed. */
function isDefault(question: Formula, { formula, effort }: Given): boolean {
  const givenDefaults: Given = { formula: underDefaults(formula), effort };
  return (
    isPossible(always, givenDefaults) &&
    find(not(underDefaults(question)), givenDefaults).kind === 'impossible'
  );
}

/** Or too hard to be ruled out. */
function isPossible(question: Formula, given: Given): boolean {
  return find(question, given).kind !== 'impossible';
}

function whyUnknown(claims: readonly Claim[], vpc: ResourceInStack): string {
  for (const claim of claims) {
    const { flowLog, outcome } = claim;
    if (outcome.kind === 'unknown' && concerns(claim, vpc)) {
      return t('the {0} of {1} does not tell: {2}', outcome.property, flowLog.logicalId, outcome.why);
    }
  }
  return t('the template does not tell');
}
