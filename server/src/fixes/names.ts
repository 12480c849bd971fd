import { isLoop } from '../template/loops.ts';
import { child, entriesOf, type Entry, type Mapping } from '../template/syntax.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
const longestLogicalId = 255;

/** Gives names that nothing else in a template has, each only once. */
export interface NameGiver {
  /**
   * The name of something that belongs to a resource: `Vpc` and `FlowLog` make `VpcFlowLog`. Inside a loop it
   * varies as the resource's does: `Vpc${Env}FlowLog`.
   *
   * @param owner The resource's logical id as it is written.
   */
  ofResource(owner: string, role: string): string;
  /** The name of a resource that belongs to no other, in the manner of the template's: `FlowLogRole`. */
  resource(role: string): string;
  /** The name of a parameter, in the manner of the template's. */
  parameter(role: string): string;
  /** The name of a condition, in the manner of the template's. */
  condition(role: string): string;
}

/** @param root The template as it is written. */
export function nameGiver(root: Mapping): NameGiver {
  const resources = namesIn(root, 'Resources');
  const parameters = namesIn(root, 'Parameters');
  const conditions = namesIn(root, 'Conditions');
  const all = [...resources, ...parameters, ...conditions, ...namesIn(root, 'Mappings')];
  // Names that differ in case alone are different to CloudFormation, but not to who reads them.
  const taken = new Set(all.map((name) => name.toLowerCase()));
  const give = (wish: string): string => {
    let name = within(longestLogicalId, wish, '');
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) {
      name = within(longestLogicalId, wish, String(count));
    }
    taken.add(name.toLowerCase());
    return name;
  };
  return {
    ofResource: (owner, role) => give(joined(owner, role)),
    resource: (role) => give(inMannerOf(resources, role)),
    parameter: (role) => give(inMannerOf(parameters, role)),
    condition: (role) => give(inMannerOf(conditions, role)),
  };
}

/** The names of a section's entries, those in loops as they are written. */
function namesIn(root: Mapping, section: string): string[] {
  return entriesOf(child(root, section)).flatMap(namesOf);
}

function namesOf(entry: Entry): string[] {
  if (!isLoop(entry)) return [entry.name];
  const body = entry.value.kind === 'sequence' ? entry.value.items[2] : undefined;
  return entriesOf(body).flatMap(namesOf);
}

/** What of a loop's name varies: `${Env}`, or `&{Env}` for its letters and digits. */
const variable = /([$&]\{[^}]*\})/;

/** Letters and digits, and what varies in a loop. */
function cleaned(name: string): string {
  return name
    .split(variable)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[^a-zA-Z0-9]/g, '')))
    .join('');
}

/** `Vpc` and `FlowLog`, but also `vpc` and `FlowLog`: the second word always begins with a capital. */
function joined(owner: string, role: string): string {
  return cleaned(owner) + cleaned(role);
}

/**
 * A name that begins as most others do: with a letter that tells their kind (`rFlowLog`, `pBucketArn`), with a
 * small letter, or with a capital.
 */
function inMannerOf(names: readonly string[], role: string): string {
  const name = cleaned(role);
  const isMost = (pattern: RegExp): boolean =>
    names.length > 0 && names.filter((other) => pattern.test(other)).length * 2 > names.length;
  const kind = /^[a-z](?=[A-Z])/.exec(names[0] ?? '')?.[0];
  const isPrefix = kind !== undefined && names.length > 1 && isMost(new RegExp(`^${kind}[A-Z]`));
  if (isPrefix) return kind + name;
  return isMost(/^[a-z]/) ? name.slice(0, 1).toLowerCase() + name.slice(1) : name;
}

/** The wish with something behind it, cut where the two would be too long. */
function within(longest: number, wish: string, suffix: string): string {
  if (wish.length + suffix.length <= longest) return wish + suffix;
  const kept = wish.slice(0, longest - suffix.length);
  // Half a variable is none.
  return kept.replace(/[$&](?:\{[^}]*)?$/, '') + suffix;
}
