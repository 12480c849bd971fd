import type { ReadDocument } from './document.ts';
import type { Parameter, Resource, Template } from './model.ts';
import { expandLoops, isLoop, type ExpandedEntry } from './loops.ts';
import { readMacros } from './macros.ts';
import { child, entriesOf, entry, textOf, type Entry, type Mapping, type SyntaxNode } from './syntax.ts';

/**
 * The template that a document is, or undefined where it is none. Structure decides: a `Resources` mapping
 * of which one entry has a `Type` of the form `X::Y` or better or is a loop, or the key `AWSTemplateFormatVersion`.
 */
export function readTemplate(document: ReadDocument, file = ''): Template | undefined {
  const { root } = document;
  if (root?.kind !== 'mapping') return undefined;
  const resourceEntries = entriesOf(child(root, 'Resources'));
  const isTemplate =
    entry(root, 'AWSTemplateFormatVersion') !== undefined ||
    resourceEntries.some((found) => hasResourceType(found) || isLoop(found));
  if (!isTemplate) return undefined;
  const written: Template = {
    file,
    format: document.format,
    root,
    resources: new Map(),
    parameters: new Map(section(root, 'Parameters').map((found) => [found.name, readParameter(found)])),
    conditions: nodesByName(root, 'Conditions'),
    mappings: child(root, 'Mappings'),
    outputs: nodesByName(root, 'Outputs'),
    rules: nodesByName(root, 'Rules'),
    transforms: readTransforms(child(root, 'Transform')),
    macros: [],
    loopItems: new Map(),
    comments: document.comments,
  };
  const expanded = expandLoops(written);
  return {
    ...written,
    resources: byName(expanded.resources.map(readResource)),
    conditions: expanded.conditions,
    outputs: expanded.outputs,
    macros: readMacros(
      root,
      expanded.resources.map(({ entry: resource }) => resource),
    ),
    loopItems: expanded.items,
  };
}

/** `AWS::EC2::VPC`, `Custom::Thing`, `Org::Service::Resource` and the like. */
function hasResourceType({ value }: Entry): boolean {
  const type = textOf(child(value, 'Type'));
  return type !== undefined && /^(?:AWS|Alexa|Custom)::\w|^\w+::\w+::\w/.test(type);
}

function readResource({ entry: { name, keySpan, value }, loop }: ExpandedEntry): Resource | undefined {
  // `Fn::Transform` stands among the resources, but is none.
  if (value.kind !== 'mapping' || name.startsWith('Fn::')) return undefined;
  return {
    logicalId: name,
    span: keySpan,
    type: textOf(child(value, 'Type')) ?? '',
    condition: textOf(child(value, 'Condition')),
    properties: child(value, 'Properties'),
    metadata: child(value, 'Metadata'),
    body: value,
    loop,
  };
}

function byName(resources: readonly (Resource | undefined)[]): Map<string, Resource> {
  return new Map(
    resources.filter((found) => found !== undefined).map((resource) => [resource.logicalId, resource]),
  );
}

function readParameter({ name, keySpan, value }: Entry): Parameter {
  const allowed = child(value, 'AllowedValues');
  return {
    name,
    span: keySpan,
    type: textOf(child(value, 'Type')) ?? 'String',
    default: textOf(child(value, 'Default')),
    allowedValues: allowed?.kind === 'sequence' ? allowed.items.map((item) => textOf(item) ?? '') : undefined,
    body: value,
  };
}

function readTransforms(node: SyntaxNode | undefined): string[] {
  if (node === undefined) return [];
  const items = node.kind === 'sequence' ? node.items : [node];
  return items
    .map((item) => textOf(item) ?? textOf(child(item, 'Name')))
    .filter((name) => name !== undefined);
}

function section(root: Mapping, name: string): readonly Entry[] {
  return entriesOf(child(root, name));
}

function nodesByName(root: Mapping, name: string): Map<string, SyntaxNode> {
  return new Map(section(root, name).map((found) => [found.name, found.value]));
}
