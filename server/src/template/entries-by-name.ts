import type { Entry, Mapping, SyntaxNode } from './syntax.ts';

/** Where entries stand: a section, or a list that stays what it is. */
export type Entries = Pick<Mapping, 'entries' | 'live'>;

/** What entries are by their names, as they are now. Of entries of one name the last counts. */
export abstract class EntriesByName<T> implements ReadonlyMap<string, T> {
  protected readonly source: Entries;
  /** Of those that stay what they are; made when somebody asks. */
  #byName: ReadonlyMap<string, Entry> | undefined;

  constructor(source: Entries) {
    this.source = source;
  }

  protected abstract valueOf(entry: Entry): T;

  get size(): number {
    return this.#all().length;
  }

  get(name: string): T | undefined {
    const entry = this.#entryOf(name);
    return entry === undefined ? undefined : this.valueOf(entry);
  }

  has(name: string): boolean {
    return this.#entryOf(name) !== undefined;
  }

  *keys(): MapIterator<string> {
    for (const { name } of this.#all()) yield name;
  }

  *values(): MapIterator<T> {
    for (const entry of this.#all()) yield this.valueOf(entry);
  }

  *entries(): MapIterator<[string, T]> {
    for (const entry of this.#all()) yield [entry.name, this.valueOf(entry)];
  }

  [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries();
  }

  forEach(visit: (value: T, name: string, map: ReadonlyMap<string, T>) => void): void {
    for (const [name, value] of this) visit(value, name, this);
  }

  /** Whether an entry is meant: no later one has its name. That somebody looked is not noted. */
  protected counts(entry: Entry): boolean {
    return this.#unnotedByName().get(entry.name) === entry;
  }

  #all(): readonly Entry[] {
    return this.source.entries.filter((entry) => this.counts(entry));
  }

  #entryOf(name: string): Entry | undefined {
    this.source.live?.noteName(name);
    const entry = this.#unnotedByName().get(name);
    return entry !== undefined && this.counts(entry) ? entry : undefined;
  }

  #unnotedByName(): ReadonlyMap<string, Entry> {
    const { live } = this.source;
    if (live !== undefined) return live.unnotedByName;
    this.#byName ??= new Map(this.source.entries.map((entry) => [entry.name, entry]));
    return this.#byName;
  }
}

/** The values of entries by their names, each read when it is asked for. */
export class NodesByName extends EntriesByName<SyntaxNode> {
  protected valueOf({ value }: Entry): SyntaxNode {
    return value;
  }
}
