import { evaluate } from '../../template/evaluate.ts';
import { intrinsicCall } from '../../template/intrinsics.ts';
import { keep } from '../../template/kept.ts';
import { child } from '../../template/syntax.ts';
import type { Resource } from '../../template/model.ts';
import type { Scope, Value } from '../../template/value.ts';

/** Text as far as a template tells it: code units, and symbols for the parts that only the deployment knows. */
export type SymbolicText = readonly Letter[];

export type Letter = string | UnknownPart;

/** A part of a text that only the deployment knows; the same key stands for the same part everywhere. */
export interface UnknownPart {
  readonly key: string;
  /**
   * - `generated`: a name that CloudFormation makes up, so no other resource has it;
   * - `segment`: not empty and without a colon, as a region, an account or the name of a resource;
   * - `any`: any text at all, even none.
   */
  readonly kind: 'generated' | 'segment' | 'any';
}

/** Longer than any ARN; what is beyond it counts as unknown, so that comparing two texts stays cheap. */
const longestText = 2048;

/** The text that a value is; undefined where it is none, or nothing of it is known. */
export function symbolicText(value: Value): SymbolicText | undefined {
  const text = textOf(value);
  return text === undefined || text.length > longestText ? undefined : text;
}

function textOf(value: Value): SymbolicText | undefined {
  switch (value.kind) {
    case 'text':
      return value.text.length > longestText ? undefined : compose(value.text);
    case 'subject':
      return [part(value.subject.key, segmentPseudoParameters.has(value.subject.label) ? 'segment' : 'any')];
    case 'resource':
      return physicalName(value.resource, value.scope);
    case 'attribute':
      return (
        (value.attribute === 'Arn' ? arnOf(value.resource, value.scope) : undefined) ?? [
          part(`${value.scope.key}${value.resource.logicalId}.${value.attribute}`, 'any'),
        ]
      );
    case 'concatenation': {
      const parts = value.parts.map(symbolicText);
      return parts.includes(undefined) ? undefined : parts.flatMap((one) => one ?? []);
    }
    case 'list':
    case 'none':
    case 'object':
    case 'outside':
    case 'undeclared':
    case 'unknown':
      return undefined;
  }
}

/** Puts a text together. */
export function compose(...pieces: readonly (string | UnknownPart | SymbolicText)[]): SymbolicText {
  const letters: Letter[] = [];
  for (const piece of pieces) {
    // Loops of their own: one over both sorts of pieces makes an object of each letter.
    if (typeof piece === 'string') for (const letter of piece) letters.push(letter);
    else if ('key' in piece) letters.push(piece);
    else for (const letter of piece) letters.push(letter);
  }
  return letters;
}

export function lowerCase(text: SymbolicText): SymbolicText {
  return text.map((letter) => (typeof letter === 'string' ? letter.toLowerCase() : letter));
}

export function startsWith(text: SymbolicText, start: string): boolean {
  for (let at = 0; at < start.length; at += 1) if (text[at] !== start[at]) return false;
  return true;
}

const segmentPseudoParameters: ReadonlySet<string> = new Set([
  'AWS::AccountId',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackName',
  'AWS::URLSuffix',
]);

const region: UnknownPart = part('AWS::Region', 'segment');
/** The account that the stack is in. */
export const account: UnknownPart = part('AWS::AccountId', 'segment');
const partition: UnknownPart = part('AWS::Partition', 'segment');

/** Stands for text that may be anything. */
export const anything: UnknownPart = part('anything', 'any');

/** Stands for a name of which nothing is known. */
export const unknownName: UnknownPart = part('name', 'segment');

/** The ARN of a resource; undefined for types of which it is not needed. */
function arnOf(resource: Resource, scope: Scope): SymbolicText | undefined {
  switch (resource.type) {
    case 'AWS::Logs::LogGroup':
      return compose(logGroupArn(physicalName(resource, scope)), ':*');
    case 'AWS::S3::Bucket':
      return bucketArn(physicalName(resource, scope));
    case 'AWS::IAM::Role':
    case 'AWS::IAM::User':
      return compose('arn:', partition, ':iam::', account, ':', physicalName(resource, scope));
    default:
      return undefined;
  }
}

/** The ARN of a bucket of that name. */
export function bucketArn(name: SymbolicText): SymbolicText {
  return compose('arn:', partition, ':s3:::', name);
}

/** The ARN of a log group of that name, without the `:*` that CloudFormation adds. */
export function logGroupArn(name: SymbolicText): SymbolicText {
  return compose('arn:', partition, ':logs:', region, ':', account, ':log-group:', name);
}

const nameProperties: ReadonlyMap<string, string> = new Map([
  ['AWS::Logs::LogGroup', 'LogGroupName'],
  ['AWS::S3::Bucket', 'BucketName'],
]);

/** What `Ref` gives for a resource: for a log group and a bucket, its name. */
export function physicalName(resource: Resource, scope: Scope): SymbolicText {
  const key = `${scope.key}${resource.logicalId}`;
  const property = nameProperties.get(resource.type);
  if (property === undefined) return [part(key, 'any')];
  if (beingNamed.has(key)) return [part(key, 'segment')];
  const read = (): SymbolicText => readName(resource, property, key, scope);
  // Names of resources that are named after each other depend on where one begins.
  return beingNamed.size > 0 ? read() : keep(scope, `name/${resource.logicalId}`, read);
}

/** Of half-typed resources one may be named after itself, which would never end. */
const beingNamed = new Set<string>();

function readName({ properties }: Resource, property: string, key: string, scope: Scope): SymbolicText {
  if (intrinsicCall(properties) !== undefined) return [part(key, 'segment')];
  beingNamed.add(key);
  try {
    const names = evaluate(child(properties, property), scope);
    const [name] = names;
    if (names.length !== 1 || name === undefined) return [part(key, 'segment')];
    if (name.value.kind === 'none') return [part(key, 'generated')];
    return asSegment(symbolicText(name.value) ?? [part(key, 'segment')]);
  } finally {
    beingNamed.delete(key);
  }
}

/** The same text, known to be a name and so without a colon. */
export function asSegment(text: SymbolicText): SymbolicText {
  return text.map((letter) =>
    typeof letter === 'object' && letter.kind === 'any' ? part(letter.key, 'segment') : letter,
  );
}

function part(key: string, kind: UnknownPart['kind']): UnknownPart {
  return { key, kind };
}

/**
 * The text without the partition of an ARN, which a template may spell out or leave to `AWS::Partition`. A `*`
 * in its place stays, for it may stand for more than the partition.
 */
export function withoutPartition(text: SymbolicText): SymbolicText {
  if (!startsWith(text, 'arn:')) return text;
  const end = text.findIndex((letter, index) => index >= 4 && (letter === ':' || letter === '*'));
  return end < 0 ? text : compose('arn:', text.slice(end));
}
