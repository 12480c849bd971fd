import { Asked, isNoting, noteLook, type Part } from '../kept.ts';
import type { EntryFacts, FactsQuestion, LiveEntries, Mapping, Span } from '../syntax.ts';
import type { Piece } from './piece.ts';

/** A section whose entries are pieces. They come and go and say something else of themselves while it stays the same. */
export class LiveSection implements Mapping, LiveEntries {
  readonly kind = 'mapping';
  readonly #header: Piece;
  #entries: readonly Piece[];
  /** By name; undefined until somebody asks. */
  #byName: Map<string, Piece> | undefined;
  /** Which entries there are, once somebody has asked for all. */
  #all: Asked | undefined;
  /** What a name leads to, of names that were asked for. */
  readonly #names = new Map<string, Asked>();
  /** Of which entries it is true, and who they are. */
  readonly #questions = new Map<FactsQuestion, Asked>();

  constructor(header: Piece, entries: readonly Piece[]) {
    this.#header = header;
    this.#entries = entries;
  }

  get span(): Span {
    return new FromTo(
      () => this.#entries.at(0) ?? this.#header,
      () => this.#entries.at(-1) ?? this.#header,
    );
  }

  get entries(): readonly Piece[] {
    this.noteAll();
    return this.#entries;
  }

  get live(): LiveEntries {
    return this;
  }

  get unnoted(): readonly Piece[] {
    return this.#entries;
  }

  get unnotedByName(): ReadonlyMap<string, Piece> {
    this.#byName ??= new Map(this.#entries.map((entry) => [entry.name, entry]));
    return this.#byName;
  }

  /** The same for what is asked again after every edit. */
  noteAskedOnce(questions: readonly FactsQuestion[]): void {
    for (const question of questions) askedIn(this.#questions, question);
  }

  noteAll(): void {
    if (!isNoting()) return;
    if (!holds(this.#all)) this.#all = new Asked();
    noteLook(this.#all);
  }

  noteName(name: string): void {
    if (!isNoting()) return;
    noteLook(askedIn(this.#names, name));
  }

  noteQuestion(question: FactsQuestion): Part | undefined {
    if (!isNoting()) return undefined;
    const asked = askedIn(this.#questions, question);
    noteLook(asked);
    return asked;
  }

  /** The entries that have one of these names. */
  namesakesOf(entries: readonly Piece[]): readonly Piece[] {
    const names = new Set(entries.map(({ name }) => name));
    return this.#entries.filter(({ name }) => names.has(name));
  }

  /** What was asked that has another answer, perhaps, once these entries have gone or come. */
  askedOf(entries: readonly Piece[]): readonly Asked[] {
    if (entries.length === 0) return [];
    const questions = Array.from(this.#questions).filter(([question]) =>
      entries.some(({ facts, name }) => question(facts, name)),
    );
    const names = new Set(entries.map(({ name }) => name));
    return [
      this.#all,
      ...Array.from(names, (name) => this.#names.get(name)),
      ...questions.map(([, asked]) => asked),
    ].filter(holds);
  }

  /** What was asked that has another answer once an entry says other things of itself. */
  askedOfFacts({ name, facts }: Piece, others: EntryFacts): readonly Asked[] {
    return Array.from(this.#questions).flatMap(([question, asked]) =>
      holds(asked) && question(facts, name) !== question(others, name) ? [asked] : [],
    );
  }

  /** From now on, these are the entries: those of before, but for some that have gone and others that have come. */
  become(entries: readonly Piece[], gone: readonly Piece[], come: readonly Piece[]): void {
    const named = this.#byName;
    const hadDuplicates = named !== undefined && named.size < this.#entries.length;
    this.#entries = entries;
    for (const { name } of gone) named?.delete(name);
    for (const entry of come) named?.set(entry.name, entry);
    const hasDuplicates = named !== undefined && named.size < entries.length;
    if (hadDuplicates || hasDuplicates) this.#byName = undefined;
  }
}

function askedIn<T>(all: Map<T, Asked>, what: T): Asked {
  let asked = all.get(what);
  if (!holds(asked)) all.set(what, (asked = new Asked()));
  return asked;
}

function holds(asked: Asked | undefined): asked is Asked {
  return asked?.hasChanged === false;
}

/** From the beginning of the key of one piece to the end of another, wherever they stand. */
export class FromTo implements Span {
  readonly #first: () => Piece | undefined;
  readonly #last: () => Piece | undefined;

  constructor(first: () => Piece | undefined, last: () => Piece | undefined) {
    this.#first = first;
    this.#last = last;
  }

  get start(): number {
    return this.#first()?.keySpan.start ?? 0;
  }

  get end(): number {
    return this.#last()?.end ?? 0;
  }
}
