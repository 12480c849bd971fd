import { t } from '@vscode/l10n';
import { readCollection, type Collection, type CollectionItem } from './collection.ts';
import {
  canonicalText,
  child,
  entriesOf,
  mayMention,
  textOf,
  unnotedEntriesOf,
  withEntries,
  withItems,
  withValue,
  type Entry,
  type EntryFacts,
  type Mapping,
  type SyntaxNode,
} from './syntax.ts';
import { NodesByName } from './entries-by-name.ts';
import { substitute, weigh, type Substitution } from './substitute.ts';
import type { LoopInstance, LoopItem, Template } from './model.ts';

interface ExpandedEntry {
  readonly entry: Entry;
  /** Undefined for what no loop made. */
  readonly loop: LoopInstance | undefined;
}

export interface Expansion {
  readonly resources: readonly ExpandedEntry[];
  readonly conditions: readonly Entry[];
  readonly outputs: readonly Entry[];
  readonly items: ReadonlyMap<string, LoopItem>;
}

/**
 * Rounds of all loops of a template together. A stack has at most 500 resources
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html); the rest is for
 * its conditions, outputs and properties.
 */
const mostRounds = 1000;

/** Nodes of the tree that all rounds together may make; a template of 1 MB has less. */
const mostNodes = 200_000;

const loopPrefix = 'Fn::ForEach::';

/** Stands in every loop, however its name is written. */
const loopWord = 'ForEach';

/**
 * `Fn::ForEach` of the transform `AWS::LanguageExtensions`:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 *
 * Loops are expanded before anything else looks at a template, as CloudFormation does it: one instance for each
 * item of a collection that the template tells, parameters taken at their defaults. A collection that it does
 * not tell makes one instance that stands for all: its key stays as it is written (`Vpc${Env}`), and the item
 * is what a parameter without a default is. Loops over one such collection share the item, so a flow log of one
 * covers the VPC of the other. A VPC that stands for all is missing its flow log where none can be on any of
 * them, and unknown where one may be on some.
 *
 * @param written The template as it stands in the text, of which no resources are needed.
 * @returns undefined where there is nothing to expand
 */
export function expandLoops(written: Template): Expansion | undefined {
  // Only the transform makes loops in properties, so that most templates are not searched for them.
  const isExtended = written.transforms.includes('AWS::LanguageExtensions');
  const hasLoops = sectionsWithLoops.some((name) => hasLoop(child(written.root, name)));
  if (!hasLoops && !isExtended) return undefined;
  const sections = {
    conditions: sectionOf(written, 'Conditions'),
    resources: sectionOf(written, 'Resources'),
    outputs: sectionOf(written, 'Outputs'),
  };
  const expander = new LoopExpander(written, Object.values(sections).flat());
  const conditions = expander.expandSection(sections.conditions).map(({ entry }) => entry);
  expander.template = { ...written, conditions: new NodesByName({ entries: conditions }) };
  return {
    conditions,
    resources: expander.expandSection(sections.resources),
    outputs: expander.expandSection(sections.outputs).map(({ entry }) => entry),
    items: expander.items,
  };
}

const sectionsWithLoops = ['Conditions', 'Resources', 'Outputs'];

function hasLoop(section: SyntaxNode | undefined): boolean {
  if (section?.kind !== 'mapping') return false;
  section.live?.noteQuestion(isLoopName);
  return unnotedEntriesOf(section).some(isLoop);
}

export function isLoop({ name }: Pick<Entry, 'name'>): boolean {
  return name.startsWith(loopPrefix);
}

/** The same as a question about all entries. */
export function isLoopName(_: EntryFacts, name: string): boolean {
  return isLoop({ name });
}

interface Loop {
  readonly identifier: string;
  readonly collection: SyntaxNode | undefined;
  readonly body: Mapping;
}

/** A loop that is still being typed may lack its body; then it makes nothing. */
function readLoop(entry: Entry): Loop | undefined {
  if (!isLoop(entry) || entry.value.kind !== 'sequence') return undefined;
  const [identifier, collection, body] = entry.value.items;
  return body?.kind === 'mapping' ? { identifier: textOf(identifier) ?? '', collection, body } : undefined;
}

function sectionOf(template: Template, name: string): readonly Entry[] {
  return entriesOf(child(template.root, name));
}

const outermost: LoopInstance = { collections: [], defaults: [], standsForAll: undefined };

class LoopExpander {
  template: Template;
  readonly items = new Map<string, LoopItem>();
  /** Identifier → the collections of the loops that use it, inside other loops. */
  readonly #identifiers = new Map<string, Set<string>>();
  /** Collection → the name of its item. */
  readonly #itemNames = new Map<string, string>();
  /** A node is reached in many ways where aliases share it. */
  readonly #expanded = new Map<SyntaxNode, SyntaxNode>();
  #rounds = 0;
  #nodes = 0;

  constructor(template: Template, entries: readonly Entry[]) {
    this.template = template;
    const seen = new Set<Entry>();
    for (const entry of entries) this.#noteIdentifiers(readLoop(entry)?.body.entries ?? [], seen);
  }

  expandSection(entries: readonly Entry[]): ExpandedEntry[] {
    return this.#expand(entries, outermost).map(({ entry, loop }) => ({
      entry: this.#expandEntry(entry),
      loop,
    }));
  }

  #expand(entries: readonly Entry[], around: LoopInstance): ExpandedEntry[] {
    return entries.flatMap((entry) => {
      const loop = readLoop(entry);
      if (loop !== undefined) return this.#expandLoop(loop, around);
      if (isLoop(entry)) return [];
      return [{ entry, loop: around === outermost ? undefined : around }];
    });
  }

  #expandLoop(loop: Loop, around: LoopInstance): ExpandedEntry[] {
    const { identifier, body } = loop;
    const collectionText = canonicalText(loop.collection);
    const { rounds, ...made } = this.#roundsOf(loop, collectionText, around);
    const inside: LoopInstance = {
      collections: [...around.collections, collectionText],
      defaults: [...new Set([...around.defaults, ...made.defaults])],
      standsForAll: around.standsForAll ?? made.standsForAll,
    };
    return rounds.flatMap((round) => this.#expand(substitute(body, identifier, round).entries, inside));
  }

  #roundsOf(loop: Loop, collectionText: string, around: LoopInstance): Rounds {
    const collection = this.#affordable(loop, readCollection(loop.collection, this.template));
    if (this.#rounds > mostRounds || this.#nodes > mostNodes) {
      return { rounds: [], defaults: [], standsForAll: undefined };
    }
    if (collection.kind === 'items') {
      const { items, defaults } = collection;
      for (const item of items) if (item.kind === 'parameter') this.items.set(item.name, {});
      return { rounds: items.map(roundOf), defaults, standsForAll: undefined };
    }
    const depth = around.collections.filter((outer) => outer === collectionText).length;
    const name = this.#itemName(`${collectionText}#${depth}`, loop);
    return { rounds: [roundOf({ kind: 'parameter', name })], defaults: [], standsForAll: collection.why };
  }

  /** A collection of which every item can be looked at, else unknown; its rounds are counted. */
  #affordable({ body }: Loop, collection: Collection): Collection {
    const weight = weigh(body, mostNodes);
    const length = collection.kind === 'items' ? collection.items.length : 1;
    const isTooMuch = this.#rounds + length > mostRounds || this.#nodes + length * weight > mostNodes;
    this.#rounds += isTooMuch ? 1 : length;
    this.#nodes += isTooMuch ? weight : length * weight;
    return isTooMuch ? tooMuch() : collection;
  }

  /** The name that stands for the item in keys: the identifier of the first loop over that collection. */
  #itemName(collectionKey: string, { identifier, collection }: Loop): string {
    const known = this.#itemNames.get(collectionKey);
    if (known !== undefined) return known;
    const { parameters } = this.template;
    const own = canonicalText(collection);
    // Inside this loop, one with that identifier would put its own items in the place of this one's.
    const isTaken = (name: string): boolean =>
      this.items.has(name) ||
      parameters.has(name) ||
      [...(this.#identifiers.get(name) ?? [])].some((other) => name !== identifier || other !== own);
    let name = identifier;
    for (let count = 2; isTaken(name); count += 1) name = `${identifier}${count}`;
    const allowed = parameters.get(textOf(child(collection, 'Ref')) ?? '')?.allowedValues;
    this.#itemNames.set(collectionKey, name);
    this.items.set(name, allowed === undefined ? {} : { values: allowed });
    return name;
  }

  /** The node with the loops in it expanded, such as those over properties. */
  #expandWithin(node: SyntaxNode): SyntaxNode {
    if (node.kind === 'scalar') return node;
    const known = this.#expanded.get(node);
    if (known !== undefined) return known;
    const expanded =
      node.kind === 'sequence'
        ? withItems(
            node,
            node.items.map((item) => this.#expandWithin(item)),
          )
        : withEntries(
            node,
            this.#expand(node.entries, outermost).map(({ entry }) => this.#expandEntry(entry)),
          );
    this.#expanded.set(node, expanded);
    return expanded;
  }

  #expandEntry(entry: Entry): Entry {
    if (!mayMention(entry, loopWord)) return entry;
    return withValue(entry, this.#expandWithin(entry.value));
  }

  #noteIdentifiers(entries: readonly Entry[], seen: Set<Entry>): void {
    for (const entry of entries) {
      const loop = readLoop(entry);
      if (loop === undefined || seen.has(entry)) continue;
      seen.add(entry);
      const collections = this.#identifiers.get(loop.identifier) ?? new Set();
      this.#identifiers.set(loop.identifier, collections.add(canonicalText(loop.collection)));
      this.#noteIdentifiers(loop.body.entries, seen);
    }
  }
}

function tooMuch(): Collection {
  return { kind: 'unknown', why: t('it goes over more items than a stack has resources') };
}

/** What the rounds of a loop put in place of its identifier, and how they were told. */
interface Rounds extends Pick<LoopInstance, 'defaults' | 'standsForAll'> {
  readonly rounds: readonly Substitution[];
}

function roundOf(item: CollectionItem): Substitution {
  if (item.kind === 'text') {
    return { text: item.text, bareText: item.text.replaceAll(/[^a-zA-Z0-9]/g, ''), name: undefined };
  }
  return { text: `\${${item.name}}`, bareText: `\${${item.name}}`, name: item.name };
}
