import type { Comments } from './comments.ts';
import type { ReadDocument } from './document.ts';
import { expandLoops, isLoop, type ExpandedEntry, type LoopInstance, type LoopItem } from './loops.ts';
import { readMacros, type Macro } from './macros.ts';
import {
  child,
  entriesOf,
  entry,
  textOf,
  type Entry,
  type Mapping,
  type Span,
  type SyntaxNode,
} from './syntax.ts';

/** A CloudFormation template, read as far as it can be. */
export interface Template {
  /** Where it came from: a URI or path, empty where there is none. */
  readonly file: string;
  readonly format: 'yaml' | 'json';
  readonly root: Mapping;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** Condition name → its expression. */
  readonly conditions: ReadonlyMap<string, SyntaxNode>;
  readonly mappings: SyntaxNode | undefined;
  readonly outputs: ReadonlyMap<string, SyntaxNode>;
  readonly rules: ReadonlyMap<string, SyntaxNode>;
  /** Names in the `Transform` section. */
  readonly transforms: readonly string[];
  /** What may add resources that the text does not show. */
  readonly macros: readonly Macro[];
  /** Name → item, for loops that go over what the template does not tell. */
  readonly loopItems: ReadonlyMap<string, LoopItem>;
  readonly comments: Comments | undefined;
}

export interface Resource {
  readonly logicalId: string;
  /** The logical-id key. */
  readonly span: Span;
  readonly type: string;
  /** Name of the condition under which it exists. */
  readonly condition: string | undefined;
  readonly properties: SyntaxNode | undefined;
  readonly metadata: SyntaxNode | undefined;
  readonly body: Mapping;
  /** Undefined for what no `Fn::ForEach` made. */
  readonly loop: LoopInstance | undefined;
}

export interface Parameter {
  readonly name: string;
  readonly span: Span;
  readonly type: string;
  readonly default: string | undefined;
  readonly allowedValues: readonly string[] | undefined;
  readonly body: SyntaxNode;
}

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
