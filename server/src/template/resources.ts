import { EntriesByName, type Entries } from './entries-by-name.ts';
import type { Part } from './kept.ts';
import type { LoopInstance, Resource, Resources, Template } from './model.ts';
import {
  child,
  factsIn,
  hasMapping,
  mayMention,
  type Entry,
  type EntryFacts,
  type FactsQuestion,
  type Mapping,
  type Span,
  type SyntaxNode,
} from './syntax.ts';

const none: readonly Resource[] = [];

/** The resources among the entries of a section, as they are now. */
export class WrittenResources extends EntriesByName<Resource> implements Resources {
  readonly #source: Entries;
  readonly #read: ReadOnce;
  readonly #answers = new Map<FactsQuestion, Answer>();
  #byType: ByType | undefined;

  /** @param loops Of the entries that loops have made, which. */
  constructor(source: Entries, loops?: ReadonlyMap<Entry, LoopInstance | undefined>) {
    const read = new ReadOnce(loops);
    super(source, (entry) => read.resource(entry), isResource);
    this.#source = source;
    this.#read = read;
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    const found = types.map((type) => this.#ofOneType(type)).filter(({ length }) => length > 0);
    if (found.length < 2) return found[0] ?? none;
    return this.#filter(({ type = '' }) => types.includes(type));
  }

  where(question: FactsQuestion): readonly Resource[] {
    return this.#answer(question, () => this.#filter(question));
  }

  #ofOneType(type: string): readonly Resource[] {
    const isIt = isOfType(type);
    return this.#answer(isIt, () => {
      const byType = this.#entriesByType();
      return byType === undefined ? this.#filter(isIt) : (byType.get(type)?.map(this.#resourceOf) ?? none);
    });
  }

  /** Kept for as long as it is the answer. */
  #answer(question: FactsQuestion, find: () => readonly Resource[]): readonly Resource[] {
    const part = this.#source.live?.noteQuestion(question);
    const known = this.#answers.get(question);
    if (known !== undefined && known.part === part) return known.found;
    const found = find();
    this.#answers.set(question, { part, found });
    return found;
  }

  #filter(question: FactsQuestion): readonly Resource[] {
    return this.unnoted()
      .filter((entry) => question(this.#read.facts(entry), entry.name))
      .map(this.#resourceOf);
  }

  readonly #resourceOf = (entry: Entry): Resource => this.#read.resource(entry);

  /** Told at one go for many types that are asked for. Undefined where it was, and there have been edits. */
  #entriesByType(): ReadonlyMap<string, readonly Entry[]> | undefined {
    const changes = this.#source.live?.changes;
    this.#byType ??= { changes, entries: this.#sortByType() };
    return this.#byType.changes === changes ? this.#byType.entries : undefined;
  }

  #sortByType(): ReadonlyMap<string, readonly Entry[]> {
    const byType = new Map<string, Entry[]>();
    for (const entry of this.unnoted()) {
      const { type = '' } = this.#read.facts(entry);
      const alike = byType.get(type);
      if (alike === undefined) byType.set(type, [entry]);
      else alike.push(entry);
    }
    return byType;
  }
}

interface Answer {
  /** Undefined where it holds for good. */
  readonly part: Part | undefined;
  readonly found: readonly Resource[];
}

interface ByType {
  readonly changes: number | undefined;
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
}

/** The resources that entries are; of one entry always the same. */
class ReadOnce {
  readonly #loops: ReadonlyMap<Entry, LoopInstance | undefined> | undefined;
  readonly #resources = new Map<Entry, WrittenResource>();

  constructor(loops: ReadonlyMap<Entry, LoopInstance | undefined> | undefined) {
    this.#loops = loops;
  }

  resource(entry: Entry): WrittenResource {
    const known = this.#resources.get(entry);
    if (known !== undefined) return known;
    const resource = new WrittenResource(entry, this.#loops?.get(entry));
    this.#resources.set(entry, resource);
    return resource;
  }

  facts(entry: Entry): EntryFacts {
    return entry.facts ?? this.resource(entry).unnotedFacts;
  }
}

/** `Fn::Transform` stands among the resources, but is none. */
function isResource(entry: Entry): boolean {
  return !entry.name.startsWith('Fn::') && hasMapping(entry);
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

  /** For questions about all resources alike, which are noted. */
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

const typeQuestions = new Map<string, FactsQuestion>();

function isOfType(wanted: string): FactsQuestion {
  const known = typeQuestions.get(wanted);
  if (known !== undefined) return known;
  const question: FactsQuestion = ({ type }) => type === wanted;
  typeQuestions.set(wanted, question);
  return question;
}

/** The types of resources that deploy another template. */
const nestedStackTypes = ['AWS::CloudFormation::Stack', 'AWS::Serverless::Application'];

export function isNestedStack({ type }: Resource): boolean {
  return nestedStackTypes.includes(type);
}

/** The resources of a template that deploy other templates. */
export function nestedStacksIn({ resources }: Template): readonly Resource[] {
  return resources.ofType(...nestedStackTypes);
}
