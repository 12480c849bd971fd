import { keep } from './kept.ts';
import type { Resource, Template } from './model.ts';

/** The resources of one of these types, in the order of the text; looked for once in a template. */
export function resourcesOf(template: Template, ...types: readonly string[]): readonly Resource[] {
  return keep(template, `resources/${types.join(' ')}`, () =>
    [...template.resources.values()].filter(({ type }) => types.includes(type)),
  );
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
