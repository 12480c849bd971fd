import { t } from '@vscode/l10n';
import { Remembered } from '../template/remembered.ts';
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
  const groups = judged.length === 1 ? [judged] : groupsByWhy(judged, claims);
  const sentences = groups.map((group) => sentenceFor(group, claims, standard));
  const [first] = judged;
  const notes = first === undefined ? [] : noteOnLoop(first, judged.length, claims);
  const left = sentences.length - mostSentences;
  const shown =
    left > 1 ? [...sentences.slice(0, mostSentences), t('and so on for {0} more', left)] : sentences;
  return [...shown, ...notes].join('; ');
}

/** Those of which the same is so for the same reason. */
function groupsByWhy(judged: readonly JudgedVpc[], claims: readonly Claim[]): readonly JudgedVpc[][] {
  const groups = new Map<string, JudgedVpc[]>();
  for (const vpc of judged) {
    const why = `${vpc.judgement.verdict} ${whyFor(vpc, claims)}`;
    groups.set(why, [...(groups.get(why) ?? []), vpc]);
  }
  return [...groups.values()];
}

/** More than a reader takes in at one place; each VPC's own sentence is in its report. */
const mostSentences = 4;

/** Tells apart what is so with VPCs of one verdict; what it has of flow logs in which those of a loop differ is left out. */
function whyFor({ place, judgement }: JudgedVpc, claims: readonly Claim[]): string {
  switch (judgement.verdict) {
    case 'covered':
    case 'wrong-traffic':
      return '';
    case 'missing':
      return closestMiss(claims, place) ?? '';
    case 'conditional':
      return `${qualification(claims, place)} ${describeWitness(judgement.witness)}`;
    case 'unknown':
      return judgement.why;
  }
}

/** What "no flow log" means where there is one of some sort. */
function qualification(claims: readonly Claim[], vpc: ResourceInStack): 'any' | 'counting' | 'certain' {
  if (claimsOn(claims, vpc, 'counts').length === 0) return 'certain';
  const others = [...claimsOn(claims, vpc, 'accept-only'), ...claimsOn(claims, vpc, 'refused')];
  return others.length === 0 ? 'any' : 'counting';
}

/** @param group VPCs of which the same is so for the same reason. */
function sentenceFor(group: readonly JudgedVpc[], claims: readonly Claim[], standard: Standard): string {
  const [first] = group;
  if (first === undefined) return '';
  const { place, judgement } = first;
  const names = listOfMany(group.map((vpc) => vpc.place.resource.logicalId));
  const many = group.length > 1;
  switch (judgement.verdict) {
    case 'covered': {
      const flowLogs = namesOf(claims, group, 'counts');
      if (flowLogs.length === 0) return t('{0} exists in no deployment', names);
      return describeRecording(flowLogs, names, standard);
    }
    case 'missing': {
      const what = many ? t('{0} have no flow log', names) : t('{0} has no flow log', names);
      const closest = closestMiss(claims, place);
      return closest === undefined ? what : `${what}: ${closest}`;
    }
    case 'conditional':
      return describeBareness(names, many, qualification(claims, place), describeWitness(judgement.witness));
    case 'wrong-traffic': {
      const what = t(many ? '{0} have no flow log that counts' : '{0} has no flow log that counts', names);
      return `${what}: ${describeAcceptOnly(namesOf(claims, group, 'accept-only'))}`;
    }
    case 'unknown': {
      const what = t(
        many ? 'Whether {0} have a flow log cannot be told' : 'Whether {0} has a flow log cannot be told',
        names,
      );
      return `${what}: ${judgement.why}`;
    }
  }
}

function describeBareness(
  names: string,
  many: boolean,
  lacking: ReturnType<typeof qualification>,
  when: string,
): string {
  switch (lacking) {
    case 'any':
      return t(many ? '{0} have no flow log when {1}' : '{0} has no flow log when {1}', names, when);
    case 'counting':
      return t(
        many ? '{0} have no flow log that counts when {1}' : '{0} has no flow log that counts when {1}',
        names,
        when,
      );
    case 'certain':
      return t(
        many
          ? '{0} have no flow log that counts for certain when {1}'
          : '{0} has no flow log that counts for certain when {1}',
        names,
        when,
      );
  }
}

function describeRecording(flowLogs: readonly string[], vpcs: string, standard: Standard): string {
  const names = listOfMany(flowLogs);
  const many = flowLogs.length > 1;
  return standard === 'ec2.6'
    ? t(
        many ? '{0} record the rejected traffic of {1}' : '{0} records the rejected traffic of {1}',
        names,
        vpcs,
      )
    : t(many ? '{0} record traffic of {1}' : '{0} records traffic of {1}', names, vpcs);
}

function describeAcceptOnly(flowLogs: readonly string[]): string {
  return t(
    flowLogs.length > 1
      ? '{0} record ACCEPT traffic only; EC2.6 asks for REJECT or ALL'
      : '{0} records ACCEPT traffic only; EC2.6 asks for REJECT or ALL',
    listOfMany(flowLogs),
  );
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
    return [t('it stands for all that its loop makes, as {0}', loop.standsForAll)];
  }
  if (loop.defaults.length === 0) return [];
  const names = list(loop.defaults);
  if (loop.defaults.length > 1) {
    return [t(count > 1 ? 'the defaults of {0} make them' : 'the defaults of {0} make it', names)];
  }
  return [t(count > 1 ? 'the default of {0} makes them' : 'the default of {0} makes it', names)];
}

function goesOverAllOf({ loop }: Resource, collections: readonly string[]): boolean {
  return collections.every((collection) => loop?.collections.includes(collection) === true);
}

/** One that covers some VPCs is told of at each of the others. */
const descriptions = new Remembered<string>();

/** What a flow log does, for the place that is shown beside the finding. */
export function describeClaim(claim: Claim): string {
  const known = descriptions.get(claim);
  if (known !== undefined) return known;
  const description = textOfClaim(claim);
  descriptions.set(claim, description);
  return description;
}

function textOfClaim({ flowLog: { logicalId }, outcome }: Claim): string {
  switch (outcome.kind) {
    case 'counts':
      return t('{0} is on {1}', logicalId, outcome.vpc.resource.logicalId);
    case 'accept-only':
      return describeAcceptOnly([logicalId]);
    case 'refused':
      return t('{0} does not count: {1}', logicalId, outcome.why);
    case 'below':
      return t('{0} is on {1}, not on the VPC', logicalId, outcome.on.logicalId);
    case 'outside':
      return t('{0} is on {1}, outside this template', logicalId, outcome.description);
    case 'invalid-target':
      return outcome.type === undefined
        ? t('{0} is on {1}, which does not exist', logicalId, outcome.name)
        : t('{0} is on {1}, which is of type {2}', logicalId, outcome.name, outcome.type);
    case 'unknown':
      return t('{0} may be on the VPC: {1}', logicalId, outcome.why);
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
    ? t('{0} is on it, but exists only where {1} does not', nearest.flowLog.logicalId, vpc.resource.logicalId)
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
  return choices.length === 0 ? t('it is deployed') : list(choices, 'conditions');
}

/** Empty for a choice that another one tells. */
function describeChoice(choice: Choice): string {
  switch (choice.kind) {
    case 'value':
      return t(
        choice.value === choice.subject.default ? '{0} is {1} (the default)' : '{0} is {1}',
        choice.subject.label,
        describeValue(choice.value),
      );
    case 'other':
      return describeOther(choice);
    case 'free':
      return choice.holds
        ? t('a condition that only the deployment decides holds')
        : t('a condition that only the deployment decides does not hold');
  }
}

function describeOther({ subject, than, sameAs, unlike }: Extract<Choice, { kind: 'other' }>): string {
  const labels = (subjects: typeof sameAs): string => list(subjects.map(({ label }) => label));
  const said = [
    ...(than.length === 0 ? [] : [t('is not {0}', list(than.map(describeValue), 'alternatives'))]),
    ...(sameAs.length === 0 ? [] : [t('is the same as {0}', labels(sameAs))]),
    ...(unlike.length === 0 ? [] : [t('differs from {0}', labels(unlike))]),
  ];
  return said.length === 0
    ? ''
    : t({
        message: '{0} {1}',
        comment: 'A parameter, and what is so with it, such as "is not 1 and differs from P"',
        args: [subject.label, list(said, 'conditions')],
      });
}

function describeValue(value: string): string {
  return value === '' ? t('empty') : `'${value}'`;
}

/** More names than a reader takes in. */
const mostNames = 6;

/** `a, b, c, d, e and 12 more`. */
export function listOfMany(items: readonly string[]): string {
  if (items.length <= mostNames) return list(items);
  return list([...items.slice(0, mostNames - 1), t('{0} more', items.length - mostNames + 1)]);
}

/** `a`, `a and b`, `a, b and c`. */
function list(items: readonly string[], of: 'names' | 'conditions' | 'alternatives' = 'names'): string {
  if (items.length < 2) return items[0] ?? '';
  const others = items.slice(0, -1).join(', ');
  const last = items.at(-1) ?? '';
  switch (of) {
    case 'names':
      return t('{0} and {1}', others, last);
    case 'conditions':
      return t({
        message: '{0} and {1}',
        comment: 'Two conditions that hold together',
        args: [others, last],
      });
    case 'alternatives':
      return t('{0} or {1}', others, last);
  }
}
