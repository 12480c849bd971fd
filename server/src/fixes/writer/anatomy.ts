/** Where an attribute of a resource stands: before `Type` and `Properties`, between them, or behind both. */
export type AttributePlace = 'first' | 'middle' | 'last';

/**
 * The attributes of a resource besides `Type` and `Properties`, in their customary order.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html
 */
export const resourceAttributes: readonly { readonly name: string; readonly place: AttributePlace }[] = [
  { name: 'Condition', place: 'middle' },
  { name: 'DependsOn', place: 'middle' },
  { name: 'CreationPolicy', place: 'middle' },
  { name: 'UpdatePolicy', place: 'middle' },
  { name: 'DeletionPolicy', place: 'middle' },
  { name: 'UpdateReplacePolicy', place: 'middle' },
  { name: 'Metadata', place: 'middle' },
];

/**
 * The sections of a template in their customary order. `Transform` is not among them: it stands at the top as
 * often as right above the resources.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
const sections: readonly string[] = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Globals',
  'Rules',
  'Mappings',
  'Conditions',
  'Resources',
  'Outputs',
];

/**
 * The member before which a new section belongs among those that are there, or undefined where it is the last.
 *
 * @param names Of the members, in the order of the text.
 */
export function sectionAfter(section: string, names: readonly (string | undefined)[]): number | undefined {
  const later = new Set(sections.slice(sections.indexOf(section) + 1));
  const index = names.findIndex((name) => name !== undefined && later.has(name));
  return index < 0 ? undefined : index;
}

/** Sections in their customary order. */
export function inSectionOrder(names: readonly string[]): string[] {
  return names.toSorted((a, b) => sections.indexOf(a) - sections.indexOf(b));
}

/** Whether a path leads to a resource, which may be in a loop. */
export function isResourcePath(path: readonly (string | number)[]): boolean {
  const [section, ...rest] = path;
  if (section !== 'Resources') return false;
  while (typeof rest[0] === 'string' && rest[0].startsWith('Fn::ForEach::') && rest[1] === 2)
    rest.splice(0, 2);
  return rest.length === 1 && typeof rest[0] === 'string';
}
