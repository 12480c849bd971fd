import type { Resource, Template } from './model.ts';
import { Remembered } from './remembered.ts';

const none: readonly Resource[] = [];
const knownTypes = new Remembered<ReadonlyMap<string, readonly Resource[]>>();

/** The resources of one of these types, in the order of the text; the types are looked at once in a template. */
export function resourcesOf(template: Template, ...types: readonly string[]): readonly Resource[] {
  const byType = resourcesByType(template);
  const [first, ...others] = types.filter((type) => byType.has(type));
  if (others.length === 0) return (first === undefined ? undefined : byType.get(first)) ?? none;
  return [...template.resources.values()].filter(({ type }) => types.includes(type));
}

function resourcesByType(template: Template): ReadonlyMap<string, readonly Resource[]> {
  const known = knownTypes.get(template);
  if (known !== undefined) return known;
  const byType = new Map<string, Resource[]>();
  for (const resource of template.resources.values()) {
    const alike = byType.get(resource.type);
    if (alike === undefined) byType.set(resource.type, [resource]);
    else alike.push(resource);
  }
  knownTypes.set(template, byType);
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
