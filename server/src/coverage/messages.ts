import type { ResourceInStack } from '../template/value.ts';
import { concerns, type Claim, type Outcome } from './flow-log.ts';
import type { Choice, Witness } from './solver.ts';
import type { Judgement } from './verdict.ts';

/** The one sentence that says what is so with a VPC and why, in the words of the template. */
export function reasonFor(vpc: ResourceInStack, judgement: Judgement, claims: readonly Claim[]): string {
  const name = vpc.resource.logicalId;
  switch (judgement.verdict) {
    case 'covered':
      return `${list(namesOf(claims, vpc, 'counts'))} ${
        namesOf(claims, vpc, 'counts').length > 1 ? 'record' : 'records'
      } the rejected traffic of ${name}`;
    case 'missing': {
      const closest = closestMiss(claims, vpc);
      return `${name} has no flow log${closest === undefined ? '' : `: ${closest}`}`;
    }
    case 'wrong-traffic':
      return `${name} has no flow log that counts: ${list(namesOf(claims, vpc, 'accept-only'))} ${
        namesOf(claims, vpc, 'accept-only').length > 1 ? 'record' : 'records'
      } ACCEPT traffic only; EC2.6 asks for REJECT or ALL`;
    case 'conditional': {
      const only = namesOf(claims, vpc, 'counts').length === 0 ? ' that counts for certain' : '';
      return `${name} has no flow log${only} when ${describeWitness(judgement.witness)}`;
    }
    case 'unknown':
      return `Whether ${name} has a flow log cannot be told: ${judgement.why}`;
  }
}

/** What a flow log does, for the place that is shown beside the finding. */
export function describeClaim({ flowLog, outcome }: Claim): string {
  return `${flowLog.logicalId} ${predicate(outcome)}`;
}

function predicate(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'counts':
      return `is on ${outcome.vpc.resource.logicalId}`;
    case 'accept-only':
      return 'records ACCEPT traffic only; EC2.6 asks for REJECT or ALL';
    case 'refused':
      return `does not count: ${outcome.why}`;
    case 'below':
      return `is on ${outcome.on.logicalId}, not on the VPC`;
    case 'outside':
      return `is on ${outcome.description}, outside this template`;
    case 'invalid-target':
      return outcome.type === undefined
        ? `is on ${outcome.name}, which does not exist`
        : `is on ${outcome.name}, which is of type ${outcome.type}`;
    case 'unknown':
      return `may be on the VPC: ${outcome.why}`;
  }
}

/** In the order of how nearly they cover. */
const misses: readonly Outcome['kind'][] = [
  'refused',
  'accept-only',
  'below',
  'invalid-target',
  'outside',
  'counts',
];

function closestMiss(claims: readonly Claim[], vpc: ResourceInStack): string | undefined {
  const [nearest] = nearMisses(claims, vpc);
  return nearest === undefined ? undefined : describeClaim(nearest);
}

/** The flow logs that explain why a VPC is bare, nearest first, each once. */
export function nearMisses(claims: readonly Claim[], vpc: ResourceInStack): Claim[] {
  const found = claims
    .filter((claim) => concerns(claim, vpc) || isElsewhere(claim.outcome))
    .toSorted((a, b) => misses.indexOf(a.outcome.kind) - misses.indexOf(b.outcome.kind));
  return found.filter(
    (claim, index) => found.findIndex(({ flowLog }) => flowLog === claim.flowLog) === index,
  );
}

/** A flow log that is on another VPC tells where to look. */
function isElsewhere({ kind }: Outcome): boolean {
  return kind === 'counts' || kind === 'invalid-target' || kind === 'outside';
}

function namesOf(claims: readonly Claim[], vpc: ResourceInStack, kind: 'counts' | 'accept-only'): string[] {
  const names = claims
    .filter((claim) => claim.outcome.kind === kind && concerns(claim, vpc))
    .map(({ flowLog }) => flowLog.logicalId);
  return [...new Set(names)];
}

/** `Environment is 'dev' (the default) and Region is not 'us-east-1'`. */
export function describeWitness(witness: Witness): string {
  return witness.length === 0 ? 'it is deployed' : list(witness.map(describeChoice));
}

function describeChoice(choice: Choice): string {
  switch (choice.kind) {
    case 'value':
      return `${choice.subject.label} is ${describeValue(choice.value)}${
        choice.value === choice.subject.default ? ' (the default)' : ''
      }`;
    case 'other':
      return choice.than.length === 0
        ? `${choice.subject.label} differs`
        : `${choice.subject.label} is not ${list(choice.than.map(describeValue), 'or')}`;
    case 'free':
      return choice.holds
        ? 'a condition that only the deployment decides holds'
        : 'a condition that only the deployment decides does not hold';
  }
}

function describeValue(value: string): string {
  return value === '' ? 'empty' : `'${value}'`;
}

/** `a`, `a and b`, `a, b and c`. */
function list(items: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}
