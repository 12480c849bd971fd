import type { ReadDocument } from './document.ts';
import { EntriesByName, NodesByName, type Entries } from './entries-by-name.ts';
import type { Parameter, Template } from './model.ts';
import { expandLoops, isLoop } from './loops.ts';
import { readMacros } from './macros.ts';
import { WrittenResources } from './resources.ts';
import {
  child,
  entriesNamed,
  entry,
  textOf,
  unnotedEntriesOf,
  unnotedFactsOf,
  type Entry,
  type EntryFacts,
  type Mapping,
  type Span,
  type SyntaxNode,
} from './syntax.ts';

/**
 * The template that a document is, or undefined where it is none. Structure decides: a `Resources` mapping
 * of which one entry has a `Type` of the form `X::Y` or better or is a loop, or the key `AWSTemplateFormatVersion`.
 */
export function readTemplate(document: ReadDocument, file = ''): Template | undefined {
  const { root } = document;
  if (root?.kind !== 'mapping') return undefined;
  const resources = sectionIn(root, 'Resources');
  if (entry(root, 'AWSTemplateFormatVersion') === undefined && !hasResources(resources)) return undefined;
  const written: Template = {
    file,
    format: document.format,
    root,
    resources: new WrittenResources(resources),
    parameters: new WrittenParameters(sectionIn(root, 'Parameters')),
    conditions: new NodesByName(sectionIn(root, 'Conditions')),
    mappings: child(root, 'Mappings'),
    outputs: new NodesByName(sectionIn(root, 'Outputs')),
    rules: new NodesByName(sectionIn(root, 'Rules')),
    transforms: readTransforms(child(root, 'Transform')),
    macros: readMacros(root, entriesNamed(child(root, 'Resources'), 'Fn::Transform')),
    loopItems: new Map(),
    comments: document.comments,
    pieces: document.pieces,
  };
  const expanded = expandLoops(written);
  if (expanded === undefined) return written;
  const entries = expanded.resources.map((resource) => resource.entry);
  // These stay as they are now, and so does what is told of them.
  for (const resource of entries) resource.noteFactsLook?.();
  return {
    ...written,
    resources: new WrittenResources(
      { entries },
      new Map(expanded.resources.map((resource) => [resource.entry, resource.loop])),
    ),
    conditions: new NodesByName({ entries: expanded.conditions }),
    outputs: new NodesByName({ entries: expanded.outputs }),
    macros: readMacros(
      root,
      entries.filter(({ name }) => name === 'Fn::Transform'),
    ),
    loopItems: expanded.items,
  };
}

/** Whether an entry is a resource or a loop. Of several, the first alone is looked at: with it, it is so. */
function hasResources(section: Entries): boolean {
  const found = unnotedEntriesOf(section).find((one) => isLoop(one) || hasResourceType(unnotedFactsOf(one)));
  for (const one of found === undefined ? section.entries : [found]) one.noteFactsLook?.();
  return found !== undefined;
}

/** `AWS::EC2::VPC`, `Custom::Thing`, `Org::Service::Resource` and the like. */
export function hasResourceType({ type }: EntryFacts): boolean {
  return type !== undefined && /^(?:AWS|Alexa|Custom)::\w|^\w+::\w+::\w/.test(type);
}

class WrittenParameters extends EntriesByName<Parameter> {
  protected valueOf(written: Entry): Parameter {
    return new WrittenParameter(written);
  }
}

/** A parameter that is read when something of it is asked for. */
class WrittenParameter implements Parameter {
  readonly name: string;
  readonly span: Span;
  readonly #entry: Entry;

  constructor(written: Entry) {
    this.name = written.name;
    this.span = written.keySpan;
    this.#entry = written;
  }

  get type(): string {
    return textOf(child(this.body, 'Type')) ?? 'String';
  }

  get default(): string | undefined {
    return textOf(child(this.body, 'Default'));
  }

  get allowedValues(): readonly string[] | undefined {
    const allowed = child(this.body, 'AllowedValues');
    return allowed?.kind === 'sequence' ? allowed.items.map((item) => textOf(item) ?? '') : undefined;
  }

  get body(): SyntaxNode {
    return this.#entry.value;
  }
}

function readTransforms(node: SyntaxNode | undefined): string[] {
  if (node === undefined) return [];
  const items = node.kind === 'sequence' ? node.items : [node];
  return items
    .map((item) => textOf(item) ?? textOf(child(item, 'Name')))
    .filter((name) => name !== undefined);
}

function sectionIn(root: Mapping, name: string): Entries {
  const section = child(root, name);
  return section?.kind === 'mapping' ? section : noEntries;
}

const noEntries: Entries = { entries: [] };
