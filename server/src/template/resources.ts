import { EntriesByName, type Entries } from './entries-by-name.ts';
import type { Part } from './kept.ts';
import type { LoopInstance, Resource, Resources, Template } from './model.ts';
import {
  child,
  factsIn,
  hasMapping,
  mayMention,
  unnotedEntriesOf,
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
  readonly #loops: ReadonlyMap<Entry, LoopInstance | undefined> | undefined;
  /** Of one entry always the same. */
  readonly #resources = new Map<Entry, WrittenResource>();
  readonly #answers = new Map<FactsQuestion, Answer>();

  /** @param loops Of the entries that loops have made, which. */
  constructor(source: Entries, loops?: ReadonlyMap<Entry, LoopInstance | undefined>) {
    super(source);
    this.#loops = loops;
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    const [first, ...others] = types
      .map((type) => this.where(isOfType(type)))
      .filter(({ length }) => length > 0);
    return others.length === 0 ? (first ?? none) : this.#filter(({ type = '' }) => types.includes(type));
  }

  where(question: FactsQuestion): readonly Resource[] {
    const part = this.source.live?.noteQuestion(question);
    const known = this.#answers.get(question);
    if (known !== undefined && known.part === part) return known.found;
    const found = this.#filter(question);
    this.#answers.set(question, { part, found });
    return found;
  }

  #filter(question: FactsQuestion): readonly Resource[] {
    const found = unnotedEntriesOf(this.source).filter(
      (entry) => question(this.#factsOf(entry), entry.name) && this.counts(entry),
    );
    return found.length === 0 ? none : found.map((entry) => this.valueOf(entry));
  }

  protected valueOf(entry: Entry): WrittenResource {
    const known = this.#resources.get(entry);
    if (known !== undefined) return known;
    const resource = new WrittenResource(entry, this.#loops?.get(entry));
    this.#resources.set(entry, resource);
    return resource;
  }

  /** `Fn::Transform` stands among the resources, but is none. */
  protected override counts(entry: Entry): boolean {
    return !entry.name.startsWith('Fn::') && hasMapping(entry) && super.counts(entry);
  }

  #factsOf(entry: Entry): EntryFacts {
    return entry.facts ?? this.valueOf(entry).unnotedFacts;
  }
}

/** Kept for as long as it is one. */
interface Answer {
  /** Undefined where it holds for good. */
  readonly part: Part | undefined;
  readonly found: readonly Resource[];
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
