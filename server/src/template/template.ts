import type { ReadDocument } from './document.ts';
import type { LoopInstance, Parameter, Resource, Template } from './model.ts';
import { expandLoops, isLoop, type ExpandedEntry } from './loops.ts';
import { readMacros } from './macros.ts';
import { NodesByName } from './nodes-by-name.ts';
import {
  child,
  entriesOf,
  entry,
  factsIn,
  factsOf,
  hasMapping,
  mayMention,
  textOf,
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
  const resourceEntries = entriesOf(child(root, 'Resources'));
  const isTemplate =
    entry(root, 'AWSTemplateFormatVersion') !== undefined ||
    resourceEntries.some((found) => hasResourceType(factsOf(found)) || isLoop(found));
  if (!isTemplate) return undefined;
  const written: Template = {
    file,
    format: document.format,
    root,
    resources: new Map(),
    parameters: new Map(
      section(root, 'Parameters').map((found) => [found.name, new WrittenParameter(found)]),
    ),
    conditions: nodesByName(root, 'Conditions'),
    mappings: child(root, 'Mappings'),
    outputs: nodesByName(root, 'Outputs'),
    rules: nodesByName(root, 'Rules'),
    transforms: readTransforms(child(root, 'Transform')),
    macros: [],
    loopItems: new Map(),
    comments: document.comments,
    pieces: document.pieces,
  };
  const expanded = expandLoops(written);
  return {
    ...written,
    resources: byName(expanded.resources.map(readResource)),
    conditions: new NodesByName(expanded.conditions),
    outputs: new NodesByName(expanded.outputs),
    macros: readMacros(
      root,
      expanded.resources.map(({ entry: resource }) => resource),
    ),
    loopItems: expanded.items,
  };
}

/** `AWS::EC2::VPC`, `Custom::Thing`, `Org::Service::Resource` and the like. */
export function hasResourceType({ type }: EntryFacts): boolean {
  return type !== undefined && /^(?:AWS|Alexa|Custom)::\w|^\w+::\w+::\w/.test(type);
}

function readResource({ entry: written, loop }: ExpandedEntry): Resource | undefined {
  // `Fn::Transform` stands among the resources, but is none.
  if (written.name.startsWith('Fn::') || !hasMapping(written)) return undefined;
  return new WrittenResource(written, loop);
}

/** A resource whose body is read when something of it is asked for that its facts do not tell. */
class WrittenResource implements Resource {
  readonly logicalId: string;
  readonly span: Span;
  readonly loop: LoopInstance | undefined;
  readonly #entry: Entry;
  /** Set for an entry that has been read, and so has none of its own. */
  #factsRead: EntryFacts | undefined;

  constructor(written: Entry, loop: LoopInstance | undefined) {
    this.logicalId = written.name;
    this.span = written.keySpan;
    this.loop = loop;
    this.#entry = written;
  }

  get type(): string {
    return this.#facts.type ?? '';
  }

  get condition(): string | undefined {
    return this.#facts.condition;
  }

  get metadataKeys(): readonly string[] {
    return this.#facts.metadataKeys;
  }

  get unnotedFacts(): EntryFacts {
    return this.#entry.facts ?? (this.#factsRead ??= factsIn(this.#entry.name, this.#entry.value));
  }

  get #facts(): EntryFacts {
    this.#entry.noteFactsLook?.();
    return this.unnotedFacts;
  }

  get properties(): SyntaxNode | undefined {
    return child(this.#entry.value, 'Properties');
  }

  get metadata(): SyntaxNode | undefined {
    return child(this.#entry.value, 'Metadata');
  }

  get body(): Mapping {
    const { value } = this.#entry;
    return value.kind === 'mapping' ? value : { kind: 'mapping', span: value.span, entries: [] };
  }

  mayMention(word: string): boolean {
    return mayMention(this.#entry, word);
  }
}

function byName(resources: readonly (Resource | undefined)[]): Map<string, Resource> {
  return new Map(
    resources.filter((found) => found !== undefined).map((resource) => [resource.logicalId, resource]),
  );
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

function section(root: Mapping, name: string): readonly Entry[] {
  return entriesOf(child(root, name));
}

function nodesByName(root: Mapping, name: string): NodesByName {
  return new NodesByName(section(root, name));
}
