import { and, isAlways, not, or, type Formula } from '../template/formula.ts';
import { existence } from '../template/scope.ts';
import type { ResourceInStack } from '../template/value.ts';
import { concerns, whenClaimed, type Claim } from './flow-log.ts';
import { findDeployment, underDefaults, type Witness } from './solver.ts';

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
 * Decides whether a VPC can exist without a flow log that records REJECT or ALL traffic.
 * The reference is Security Hub control EC2.6:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6
 *
 * @param claims What every flow log in reach does.
 */
export function judge(vpc: ResourceInStack, claims: readonly Claim[]): Judgement {
  const exists = existence(vpc.resource, vpc.scope);
  const covered = whenClaimed(claims, vpc, 'counts');
  const bare = and(exists, not(covered));
  const given = assumptionsOf(vpc, claims);
  const bareDeployment = findDeployment(bare, given);
  if (bareDeployment.kind === 'impossible') return { verdict: 'covered' };
  if (bareDeployment.kind === 'undecided') return tooLarge;

  const maybe = whenClaimed(claims, vpc, 'unknown');
  const surelyBare = findDeployment(and(bare, not(maybe)), given);
  if (surelyBare.kind === 'impossible') {
    return { verdict: 'unknown', why: whyUnknown(claims, vpc) };
  }
  if (surelyBare.kind === 'undecided') return tooLarge;

  // A deployment with the VPC and something that counts, or may count: then it is not bare in all of them.
  if (isPossible(and(exists, or(covered, maybe)), given)) {
    return {
      verdict: 'conditional',
      witness: surelyBare.witness,
      byDefault: isAlways(underDefaults(and(bare, not(maybe)))),
    };
  }
  const acceptOnly = whenClaimed(claims, vpc, 'accept-only');
  return isPossible(and(exists, not(acceptOnly)), given)
    ? { verdict: 'missing' }
    : { verdict: 'wrong-traffic' };
}

/** What holds in every deployment that succeeds: the VPC's, and those of the flow logs on it. */
function assumptionsOf(vpc: ResourceInStack, claims: readonly Claim[]): Formula {
  const roots = new Set([vpc.scope.root]);
  for (const claim of claims) if (concerns(claim, vpc)) roots.add(claim.scope.root);
  return and(...[...roots].flatMap(({ assumptions }) => assumptions));
}

const tooLarge: Judgement = {
  verdict: 'unknown',
  why: 'its conditions have more combinations than can be searched',
};

function isPossible(question: Formula, given: Formula): boolean {
  return findDeployment(question, given).kind === 'possible';
}

function whyUnknown(claims: readonly Claim[], vpc: ResourceInStack): string {
  for (const claim of claims) {
    const { flowLog, outcome } = claim;
    if (outcome.kind === 'unknown' && concerns(claim, vpc)) {
      return `the ${outcome.property} of ${flowLog.logicalId} does not tell: ${outcome.why}`;
    }
  }
  return 'the template does not tell';
}
