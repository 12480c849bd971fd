import { unnotedEntriesOf, type Entry, type Mapping, type SyntaxNode } from './syntax.ts';

/** Where entries stand: a section, or a list that stays what it is. */
export type Entries = Pick<Mapping, 'entries' | 'live'>;

/** What entries are by their names, as they are now. Of entries of one name the last counts. */
export class EntriesByName<T> implements ReadonlyMap<string, T> {
  readonly #source: Entries;
  readonly #valueOf: (entry: Entry) => T;
  readonly #isOne: (entry: Entry) => boolean;
  /** Of those that stay what they are; made when somebody asks. */
  #byName: ReadonlyMap<string, Entry> | undefined;

  /** @param isOne Which of the entries are meant; all where it is not given. */
  constructor(source: Entries, valueOf: (entry: Entry) => T, isOne: (entry: Entry) => boolean = () => true) {
    this.#source = source;
    this.#valueOf = valueOf;
    this.#isOne = isOne;
  }

  get size(): number {
    return this.#all().length;
  }

  get(name: string): T | undefined {
    const entry = this.#entryOf(name);
    return entry === undefined ? undefined : this.#valueOf(entry);
  }

  has(name: string): boolean {
    return this.#entryOf(name) !== undefined;
  }

  *keys(): MapIterator<string> {
    for (const { name } of this.#all()) yield name;
  }

  *values(): MapIterator<T> {
    for (const entry of this.#all()) yield this.#valueOf(entry);
  }

  *entries(): MapIterator<[string, T]> {
    for (const entry of this.#all()) yield [entry.name, this.#valueOf(entry)];
  }

  [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries();
  }

  forEach(visit: (value: T, name: string, map: ReadonlyMap<string, T>) => void): void {
    for (const [name, value] of this) visit(value, name, this);
  }

  /** Those that are meant, in the order of the text, without a note that somebody looked. */
  protected unnoted(): readonly Entry[] {
    const byName = this.#unnotedByName();
    const entries = unnotedEntriesOf(this.#source);
    const hasDuplicates = byName.size < entries.length;
    return entries.filter(
      (entry) => this.#isOne(entry) && (!hasDuplicates || byName.get(entry.name) === entry),
    );
  }

  #all(): readonly Entry[] {
    this.#source.live?.noteAll();
    return this.unnoted();
  }

  #entryOf(name: string): Entry | undefined {
    this.#source.live?.noteName(name);
    const entry = this.#unnotedByName().get(name);
    return entry !== undefined && this.#isOne(entry) ? entry : undefined;
  }

  #unnotedByName(): ReadonlyMap<string, Entry> {
    const { live } = this.#source;
    if (live !== undefined) return live.unnotedByName;
    this.#byName ??= new Map(this.#source.entries.map((entry) => [entry.name, entry]));
    return this.#byName;
  }
}

/** The values of entries by their names, each read when it is asked for. */
export function nodesByName(source: Entries): ReadonlyMap<string, SyntaxNode> {
  return new EntriesByName(source, ({ value }) => value);
}
