import type { Resource } from '../template/model.ts';
import type { ResourceInStack } from '../template/value.ts';
import { concerns, type Claim, type Outcome } from './flow-log.ts';
import type { Standard } from './policy.ts';
import type { Choice, Witness } from './solver.ts';
import type { Judgement } from './verdict.ts';

/** A VPC, and what was found of it. */
export interface JudgedVpc {
  readonly place: ResourceInStack;
  readonly judgement: Judgement;
}

/**
 * The sentence that says what is so with a VPC and why, in the words of the template.
 *
 * @param judged One VPC, or several that one loop makes.
 */
export function reasonFor(
  judged: readonly JudgedVpc[],
  claims: readonly Claim[],
  standard: Standard,
): string {
  const groups = new Map<string, JudgedVpc[]>();
  for (const vpc of judged) {
    const why = `${vpc.judgement.verdict} ${whyFor(vpc, claims)}`;
    groups.set(why, [...(groups.get(why) ?? []), vpc]);
  }
  const sentences = Array.from(groups.values(), (group) => sentenceFor(group, claims, standard));
  const [first] = judged;
  const notes = first === undefined ? [] : noteOnLoop(first, judged.length, claims);
  const left = sentences.length - mostSentences;
  const shown = left > 1 ? [...sentences.slice(0, mostSentences), `and so on for ${left} more`] : sentences;
  return [...shown, ...notes].join('; ');
}

/** More than a reader takes in at one place; each VPC's own sentence is in its report. */
const mostSentences = 4;

/** What follows the names in a sentence; what it has of flow logs that several VPCs of a loop differ in is left out. */
function whyFor({ place, judgement }: JudgedVpc, claims: readonly Claim[]): string {
  switch (judgement.verdict) {
    case 'covered':
    case 'wrong-traffic':
      return '';
    case 'missing': {
      const closest = closestMiss(claims, place);
      return closest === undefined ? '' : `: ${closest}`;
    }
    case 'conditional': {
      const only = qualification(claims, place);
      return `${only} when ${describeWitness(judgement.witness)}`;
    }
    case 'unknown':
      return `: ${judgement.why}`;
  }
}

/** What follows "no flow log", where there is one of some sort. */
function qualification(claims: readonly Claim[], vpc: ResourceInStack): string {
  if (claimsOn(claims, vpc, 'counts').length === 0) return ' that counts for certain';
  const others = [...claimsOn(claims, vpc, 'accept-only'), ...claimsOn(claims, vpc, 'refused')];
  return others.length === 0 ? '' : ' that counts';
}

/** @param group VPCs of which the same is so for the same reason. */
function sentenceFor(group: readonly JudgedVpc[], claims: readonly Claim[], standard: Standard): string {
  const [first] = group;
  if (first === undefined) return '';
  const names = listOfMany(group.map(({ place }) => place.resource.logicalId));
  const has = group.length > 1 ? 'have' : 'has';
  const why = whyFor(first, claims);
  switch (first.judgement.verdict) {
    case 'covered': {
      const flowLogs = namesOf(claims, group, 'counts');
      if (flowLogs.length === 0) return `${names} exists in no deployment`;
      const traffic = standard === 'ec2.6' ? 'the rejected traffic' : 'traffic';
      return `${listOfMany(flowLogs)} ${verb('record', flowLogs)} ${traffic} of ${names}`;
    }
    case 'missing':
    case 'conditional':
      return `${names} ${has} no flow log${why}`;
    case 'wrong-traffic': {
      const flowLogs = namesOf(claims, group, 'accept-only');
      return `${names} ${has} no flow log that counts: ${listOfMany(flowLogs)} ${verb('record', flowLogs)} ACCEPT traffic only; EC2.6 asks for REJECT or ALL`;
    }
    case 'unknown':
      return `Whether ${names} ${has} a flow log cannot be told${why}`;
  }
}

function verb(name: string, subjects: readonly string[]): string {
  return subjects.length > 1 ? name : `${name}s`;
}

/** How far a loop's instances are those of every deployment. */
function noteOnLoop(
  { place, judgement }: JudgedVpc,
  count: number,
  claims: readonly Claim[],
): readonly string[] {
  const { loop } = place.resource;
  if (loop === undefined) return [];
  // Where both go over one collection, it does not matter what is in it.
  const isCoveredByItsLoop =
    judgement.verdict === 'covered' &&
    claimsOn(claims, place, 'counts').every(({ flowLog }) => goesOverAllOf(flowLog, loop.collections));
  if (isCoveredByItsLoop) return [];
  if (loop.standsForAll !== undefined) {
    return [`it stands for all that its loop makes, as ${loop.standsForAll}`];
  }
  if (loop.defaults.length === 0) return [];
  const makes = loop.defaults.length > 1 ? 'the defaults of X make' : 'the default of X makes';
  return [`${makes.replace('X', list(loop.defaults))} ${count > 1 ? 'them' : 'it'}`];
}

function goesOverAllOf({ loop }: Resource, collections: readonly string[]): boolean {
  return collections.every((collection) => loop?.collections.includes(collection) === true);
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

/** In the order of how nearly they cover; only the first group of which there is one is shown. */
const misses: readonly (readonly Outcome['kind'][])[] = [
  ['refused', 'accept-only', 'unknown', 'counts'],
  ['invalid-target'],
  ['below'],
  ['outside'],
];

/** More places than a reader would look at. */
const mostMisses = 8;

function closestMiss(claims: readonly Claim[], vpc: ResourceInStack): string | undefined {
  const [nearest] = nearMisses(claims, vpc);
  if (nearest === undefined) return undefined;
  return nearest.outcome.kind === 'counts' && concerns(nearest, vpc)
    ? `${nearest.flowLog.logicalId} is on it, but exists only where ${vpc.resource.logicalId} does not`
    : describeClaim(nearest);
}

/** The flow logs that explain best why a VPC is bare, nearest first, each once. */
export function nearMisses(claims: readonly Claim[], vpc: ResourceInStack): Claim[] {
  const concerning = claims.filter((claim) => concerns(claim, vpc));
  for (const kinds of misses) {
    const found = kinds.flatMap((kind) => concerning.filter(({ outcome }) => outcome.kind === kind));
    if (found.length > 0) return firstOfEach(found);
  }
  return firstOfEach(claims.filter((claim) => isElsewhere(claim, vpc)));
}

function firstOfEach(claims: readonly Claim[]): Claim[] {
  const found = new Map<unknown, Claim>();
  for (const claim of claims) {
    if (found.size === mostMisses) break;
    if (!found.has(claim.flowLog)) found.set(claim.flowLog, claim);
  }
  return [...found.values()];
}

/** A flow log of the same deployment that is on another VPC tells where to look. */
function isElsewhere({ outcome, scope }: Claim, vpc: ResourceInStack): boolean {
  return outcome.kind === 'counts' && scope.root === vpc.scope.root;
}

function claimsOn(
  claims: readonly Claim[],
  vpc: ResourceInStack,
  kind: 'counts' | 'accept-only' | 'refused',
): readonly Claim[] {
  return claims.filter((claim) => claim.outcome.kind === kind && concerns(claim, vpc));
}

function namesOf(
  claims: readonly Claim[],
  vpcs: readonly JudgedVpc[],
  kind: 'counts' | 'accept-only',
): string[] {
  const found = vpcs.flatMap(({ place }) => claimsOn(claims, place, kind));
  return [...new Set(found.map(({ flowLog }) => flowLog.logicalId))];
}

/** `Environment is 'dev' (the default) and Region is not 'us-east-1'`. */
export function describeWitness(witness: Witness): string {
  const choices = witness.map(describeChoice).filter((choice) => choice !== '');
  return choices.length === 0 ? 'it is deployed' : list(choices);
}

/** Empty for a choice that another one tells. */
function describeChoice(choice: Choice): string {
  switch (choice.kind) {
    case 'value':
      return `${choice.subject.label} is ${describeValue(choice.value)}${
        choice.value === choice.subject.default ? ' (the default)' : ''
      }`;
    case 'other':
      return describeOther(choice);
    case 'free':
      return choice.holds
        ? 'a condition that only the deployment decides holds'
        : 'a condition that only the deployment decides does not hold';
  }
}

function describeOther({ subject, than, sameAs, unlike }: Extract<Choice, { kind: 'other' }>): string {
  const labels = (subjects: typeof sameAs): string => list(subjects.map(({ label }) => label));
  const said = [
    ...(than.length === 0 ? [] : [`is not ${list(than.map(describeValue), 'or')}`]),
    ...(sameAs.length === 0 ? [] : [`is the same as ${labels(sameAs)}`]),
    ...(unlike.length === 0 ? [] : [`differs from ${labels(unlike)}`]),
  ];
  return said.length === 0 ? '' : `${subject.label} ${list(said)}`;
}

function describeValue(value: string): string {
  return value === '' ? 'empty' : `'${value}'`;
}

/** More names than a reader takes in. */
const mostNames = 6;

/** `a, b, c, d, e and 12 more`. */
export function listOfMany(items: readonly string[]): string {
  if (items.length <= mostNames) return list(items);
  return list([...items.slice(0, mostNames - 1), `${items.length - mostNames + 1} more`]);
}

/** `a`, `a and b`, `a, b and c`. */
function list(items: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}
