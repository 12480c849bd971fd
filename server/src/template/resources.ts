import type { Resource, Template } from './model.ts';
import { Remembered } from './remembered.ts';
import type { FactsQuestion } from './syntax.ts';

const none: readonly Resource[] = [];

interface ByType {
  readonly factsVersion: number | undefined;
  readonly byType: ReadonlyMap<string, readonly Resource[]>;
}

const knownTypes = new Remembered<ByType>();

/** The resources of one of these types, in the order of the text; the types are looked at once in a template. */
export function resourcesOf(template: Template, ...types: readonly string[]): readonly Resource[] {
  for (const type of types) template.pieces?.noteQuestion(isOfType(type));
  const byType = resourcesByType(template);
  const [first, ...others] = types.filter((type) => byType.has(type));
  if (others.length === 0) return (first === undefined ? undefined : byType.get(first)) ?? none;
  return [...template.resources.values()].filter(({ unnotedFacts: { type = '' } }) => types.includes(type));
}

/**
 * The resources of which that is true, in the order of the text; told without reading them.
 *
 * @param question Not one that is made for the call: that it was asked is remembered.
 */
export function resourcesWhere(template: Template, question: FactsQuestion): readonly Resource[] {
  template.pieces?.noteQuestion(question);
  return [...template.resources.values()].filter(({ unnotedFacts }) => question(unnotedFacts));
}

const typeQuestions = new Map<string, FactsQuestion>();

function isOfType(wanted: string): FactsQuestion {
  const known = typeQuestions.get(wanted);
  if (known !== undefined) return known;
  const question: FactsQuestion = ({ type }) => type === wanted;
  typeQuestions.set(wanted, question);
  return question;
}

function resourcesByType(template: Template): ReadonlyMap<string, readonly Resource[]> {
  const factsVersion = template.pieces?.factsVersion;
  const known = knownTypes.get(template);
  if (known !== undefined && known.factsVersion === factsVersion) return known.byType;
  const byType = new Map<string, Resource[]>();
  for (const resource of template.resources.values()) {
    const { type = '' } = resource.unnotedFacts;
    const alike = byType.get(type);
    if (alike === undefined) byType.set(type, [resource]);
    else alike.push(resource);
  }
  knownTypes.set(template, { factsVersion, byType });
  return byType;
}

/** The types of resources that deploy another template. */
const nestedStackTypes = ['AWS::CloudFormation::Stack', 'AWS::Serverless::Application'];

export function isNestedStack({ type }: Resource): boolean {
  return nestedStackTypes.includes(type);
}

/** The resources of a template that deploy other templates. */
export function nestedStacksIn(template: Template): readonly Resource[] {
  return resourcesOf(template, ...nestedStackTypes);
}
