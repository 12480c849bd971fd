import { byteOrderMark, firstMistakes, isMeantAsJson, readJson } from '../read-json.ts';
import type { ParseProblem } from '../document.ts';
import { sectionsOfEntries } from '../sections.ts';
import { factsIn, type SpanMaker, type SyntaxNode } from '../syntax.ts';
import { JsonCursor, jsonString } from './json-cursor.ts';
import { factsOfData, noFacts, parsed } from './json-facts.ts';
import { Landmarks, type Landmark } from './json-landmarks.ts';
import { Piece, type FoundPiece, type PieceKind } from './piece.ts';
import { placedAt, type Place } from './place.ts';
import { behind, readEntry, readValue } from './read-json-entry.ts';
import { toEnd, type Steps } from '../steps.ts';
import type { Edit, Reuse, Scan } from './scan.ts';
import { isWordAlone, jsonManner } from './typed-word.ts';
import { UnreadProblem } from './unread-problem.ts';

/**
 * Cuts JSON templates into pieces by their brackets. Where those are out of order, what is wrong ends at the next
 * landmark, and is a mistake of its piece or a stray one.
 */
export const jsonScan: Scan = {
  *all(text, reuse) {
    try {
      return yield* cutAll(text, reuse);
    } catch (error) {
      return undefinedIfTooDeep(error);
    }
  },
  again(text, edited, edit) {
    try {
      if (edited.problems.length > 0) return retyped(text, edited, edit);
      return new JsonScan(text, nothing, new Landmarks(text())).again(edited);
    } catch (error) {
      return undefinedIfTooDeep(error);
    }
  },
  start: (text) => new JsonScan(() => text, nothing, new Landmarks(text)).start(),
};

const nothing: Reuse = () => undefined;

function* cutAll(text: () => string, reuse: Reuse): Steps<Piece[] | undefined> {
  const landmarks = new Landmarks(text());
  const scan = new JsonScan(text, reuse, landmarks);
  const pieces = yield* scan.run();
  if (pieces?.every(({ problems }) => problems.length === 0)) return pieces;
  if (scan.isDoubtful || !isMeantAsJson(text())) return undefined;
  if (pieces === undefined && text().length > longestAtOnce) yield 'long';
  return pieces ?? (yield* new JsonScan(text, reuse, landmarks, 'untrusted').run());
}

/**
 * A piece with a mistake in which nothing but a word was typed, be it in its name. What is wrong in it is read when
 * somebody asks.
 */
function retyped(text: () => string, edited: Piece, edit: Edit): Piece | undefined {
  const { kind, start, keySpan, facts, isOpen } = edited;
  const added = edit.end - edit.start - edit.removed.length;
  const length = lengthOf(edited) + added;
  const place = { offset: start };
  const isOfKey = kind !== 'stray' && edit.start <= keySpan.end;
  const isInName = kind === 'entry' && edit.start > start && edit.end - added < keySpan.end;
  const isLong = length > longestBroken;
  if ((isOfKey && !isInName) || isLong !== lengthOf(edited) > longestBroken) return undefined;
  if (!isWordAlone(text(), { start, end: start + length }, edit, facts, jsonManner)) return undefined;
  const key = { start: 0, end: keySpan.end - start + (isOfKey ? added : 0) };
  const name = isOfKey ? parsed(text().slice(start, start + key.end)) : edited.name;
  if (typeof name !== 'string') return undefined;
  const problem = new UnreadProblem(() => {
    // What stands around it tells some of them.
    const pieces = toEnd(cutAll(text, nothing)) ?? [];
    const fresh = pieces.find((piece) => piece.start === place.offset && piece.kind === kind);
    return (fresh?.problems ?? []).map(({ message, span }) => ({
      message,
      span: placedAt(place)(span.start - place.offset, span.end - place.offset),
    }));
  });
  return new Piece(
    { kind, name, length, key, indentation: 0, facts, value: undefined, problems: [problem], isOpen },
    place,
    text,
    isLong ? (_, spanAt) => unread(spanAt) : readValue,
  );
}

/** A text of that many characters can be cut while it is edited, even where its brackets are out of order. */
const longestAtOnce = 300_000;

/** A piece where it stands in the text that is cut. */
interface Taken {
  readonly piece: Piece;
  readonly start: number;
  readonly end: number;
}

/** What becomes a piece. */
interface Part {
  readonly kind: PieceKind;
  readonly name: string;
  readonly start: number;
  readonly keyEnd: number;
}

class JsonScan {
  readonly #textNow: () => string;
  readonly #text: string;
  readonly #reuse: Reuse;
  readonly #landmarks: Landmarks;
  readonly #areBracketsTrusted: boolean;
  readonly #taken: Taken[] = [];
  readonly #cursor: JsonCursor;
  #expected: 'template' | 'member' | 'separator' | 'end' = 'template';
  /** Whether the next member is an entry of the last section. */
  #isInside = false;
  #isList = false;
  /** Whether one edited piece is looked at alone. */
  #isAgain = false;

  /** @param brackets While they are in order, they tell all; otherwise landmarks tell where a member ends. */
  constructor(
    text: () => string,
    reuse: Reuse,
    landmarks: Landmarks,
    brackets: 'trusted' | 'untrusted' = 'trusted',
  ) {
    this.#textNow = text;
    this.#text = text();
    this.#reuse = reuse;
    this.#landmarks = landmarks;
    this.#areBracketsTrusted = brackets === 'trusted';
    this.#cursor = new JsonCursor(this.#text, this.#beginning);
  }

  *run(): Steps<Piece[] | undefined> {
    this.#cursor.skipSpace();
    while (this.#expected !== 'end' || this.#cursor.position < this.#text.length) {
      if (!this.#takeNext() && !this.#takeMistake()) return undefined;
      this.#cursor.skipSpace();
      yield;
    }
    return this.#taken.map(({ piece }) => piece);
  }

  /** Whether only the reader of the whole can tell if there is a mistake. */
  get isDoubtful(): boolean {
    return this.#isList || this.#cursor.isTooDeep;
  }

  start(): number | undefined {
    this.#cursor.skipSpace();
    if (!this.#cursor.takeCharacter('{')) return undefined;
    this.#cursor.skipSpace();
    return this.#cursor.position;
  }

  again({ kind, name, start }: Piece): Piece | undefined {
    this.#isAgain = true;
    this.#cursor.position = start;
    this.#isInside = kind === 'entry';
    const isTaken = this.#takeMember();
    const piece = this.#taken[0]?.piece;
    const isIt = isTaken && piece?.kind === kind && (kind === 'entry' || piece.name === name);
    return isIt ? piece : undefined;
  }

  get #beginning(): number {
    return this.#text.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
  }

  /** Takes a member, or a mark around members; false where something else stands here. */
  #takeNext(): boolean {
    if (this.#expected === 'template') {
      // A list is no template, be there mistakes in it or not.
      this.#isList = this.#text[this.#cursor.position] === '[';
      this.#expected = 'member';
      return this.#cursor.takeCharacter('{');
    }
    if (this.#expected === 'end') return false;
    if (this.#cursor.takeCharacter('}')) {
      this.#expected = this.#isInside ? 'separator' : 'end';
      this.#isInside = false;
      return true;
    }
    if (this.#expected === 'member') return this.#takeMember();
    this.#expected = 'member';
    return this.#cursor.takeCharacter(',');
  }

  #takeMember(): boolean {
    const start = this.#cursor.position;
    const kind = this.#isInside ? 'entry' : 'section';
    const here = this.#landmarkFrom(start);
    const isLandmark = here?.start === start;
    if (isLandmark && here.kind !== kind) return false;
    const next = this.#landmarkFrom(start + 1);
    const isAboveEntries = isLandmark && !this.#isInside && next?.kind === 'entry';
    this.#expected = 'separator';
    const known = isAboveEntries ? undefined : this.#known(start, kind);
    if (known !== undefined && start + lengthOf(known) <= this.#limitOf(next)) {
      return !this.#endsByMistake(known.problems, start, start + lengthOf(known)) && this.#takeKnown(known);
    }
    const key = this.#takeKey();
    if (key === undefined) return false;
    const { name, end: keyEnd, hasColon } = key;
    const part: Part = { kind, name, start, keyEnd };
    const valueStart = this.#cursor.position;
    if (
      isAboveEntries ||
      (!this.#isInside && sectionsOfEntries.has(name) && this.#text[valueStart] === '{')
    ) {
      this.#takeHeader(part);
      return hasColon && this.#cursor.takeCharacter('{');
    }
    const isWhole = hasColon && this.#cursor.skipValue(this.#limitOf(next));
    if (this.isDoubtful) return false;
    if (isWhole) return this.#takeWhole(part, valueStart);
    this.#cursor.position = valueStart;
    // Where an entry comes next, this was no section, but a part of the entry before.
    const isMember = this.#isInside || next?.kind !== 'entry';
    return !this.#areBracketsTrusted && isMember && this.#takeUpTo(next, part, this.#contextOfMember);
  }

  #takeHeader(part: Part): void {
    const { name, start, keyEnd } = part;
    const known = this.#known(start, 'header');
    if (known?.name === name) this.#taken.push({ piece: known, start, end: keyEnd });
    else this.#push({ ...part, kind: 'header' }, keyEnd, {}, { offset: start });
    this.#isInside = true;
    this.#expected = 'member';
  }

  #takeKnown(known: Piece): boolean {
    const start = this.#cursor.position;
    this.#cursor.position += lengthOf(known);
    this.#taken.push({ piece: known, start, end: this.#cursor.position });
    return true;
  }

  /** A piece of before, unless it may end elsewhere now. */
  #known(start: number, kind: PieceKind): Piece | undefined {
    const known = this.#reuse(start, kind);
    const isSound = known?.problems.length === 0 || (this.#areBracketsTrusted && known?.isOpen === false);
    return isSound ? known : undefined;
  }

  #takeKey(): { readonly name: string; readonly end: number; readonly hasColon: boolean } | undefined {
    const start = this.#cursor.position;
    const name = this.#cursor.match(jsonString)
      ? parsed(this.#text.slice(start, this.#cursor.position))
      : undefined;
    if (typeof name !== 'string') return undefined;
    const end = this.#cursor.position;
    this.#cursor.skipSpace();
    const hasColon = this.#cursor.takeCharacter(':');
    this.#cursor.skipSpace();
    return { name, end, hasColon };
  }

  /** Takes a member that ends here, as its brackets tell. */
  #takeWhole(part: Part, valueStart: number): boolean {
    const facts = factsOfData(parsed(this.#text.slice(valueStart, this.#cursor.position)), part.name);
    const hasValue = this.#cursor.position > valueStart;
    const end = hasValue ? this.#cursor.position : this.#trimmed(part.start, valueStart);
    const place = { offset: part.start };
    if (facts !== undefined) {
      this.#push(part, end, { facts }, place);
      return true;
    }
    // Of one with a mistake no use is made there, and to tell whether it has one would take long.
    if (this.#isAgain && end - part.start > longestBroken) return false;
    const text = this.#text.slice(part.start, end);
    const spanAt = placedAt(place);
    const problems = firstMistakes(`{${text}}`, behind(1, text.length, spanAt));
    if (this.#endsByMistake(problems, part.start, end)) return false;
    const isUnread = problems.length > 0 && text.length > longestBroken;
    this.#push(part, end, isUnread ? { value: unread(spanAt), problems } : readEntry(text, spanAt), place);
    return true;
  }

  /** With a mistake in it, and a landmark, a member ends where it does only because another bracket is wrong, too. */
  #endsByMistake(problems: readonly ParseProblem[], start: number, end: number): boolean {
    return problems.length > 0 && this.#limitOf(this.#landmarks.from(start + 1)) < end;
  }

  /**
   * Takes what stands up to a landmark, or to the end, as a part with mistakes; false where it has none.
   *
   * @param before JSON that is in order and goes on with the part.
   */
  #takeUpTo(landmark: Landmark | undefined, part: Part, before: string): boolean {
    const to = this.#limitOf(landmark);
    const end = this.#trimmed(part.start, to);
    const place = { offset: part.start };
    const spanAt = placedAt(place);
    const after = landmark === undefined ? '' : landmark.kind === 'entry' ? '"":0}}' : '"":0}';
    const inContext = `${before}${this.#text.slice(part.start, to)}${after}`;
    const spanInContext = behind(before.length, end - part.start, spanAt);
    const isLong = end - part.start > longestBroken;
    const problems = isLong
      ? firstMistakes(inContext, spanInContext)
      : readJson(inContext, spanInContext).problems;
    if (problems.length === 0) return false;
    const text = this.#text.slice(part.start, end);
    const value = part.kind === 'stray' ? undefined : isLong ? unread(spanAt) : readEntry(text, spanAt).value;
    this.#push(part, end, { value, problems, isOpen: true }, place);
    this.#cursor.position = to;
    this.#isInside = landmark?.kind === 'entry';
    this.#expected = landmark === undefined ? 'end' : 'member';
    return true;
  }

  /** Takes what is wrong behind the last piece. */
  #takeMistake(): boolean {
    if (this.#areBracketsTrusted || this.isDoubtful) return false;
    const landmark = this.#landmarkFrom(this.#cursor.position);
    if (landmark?.kind === 'entry' && !this.#isInside) {
      // A bracket too many had what follows it taken for sections.
      const isOfEntries = ({ piece: { kind } }: Taken): boolean => kind === 'header' || kind === 'entry';
      this.#taken.splice(this.#taken.findLastIndex(isOfEntries) + 1);
      if (this.#taken.length === 0) return false;
    }
    const last = this.#taken.at(-1);
    const start = last?.end ?? this.#beginning;
    const stray: Part = { kind: 'stray', name: '', start, keyEnd: start };
    return this.#takeUpTo(landmark, stray, this.#contextBehind(last?.piece.kind));
  }

  /** JSON that is in order and ends with a piece of that kind; behind a space, nothing goes on with its number. */
  #contextBehind(kind: PieceKind | undefined): string {
    switch (kind) {
      case undefined:
        return '';
      case 'header':
        return '{""';
      case 'section':
        return '{"":0 ';
      case 'entry':
        return '{"":{"":0 ';
      case 'stray':
        return this.#contextOfMember;
    }
  }

  get #contextOfMember(): string {
    return this.#isInside ? '{"":{' : '{';
  }

  #push(part: Part, end: number, found: Partial<FoundPiece>, place: Place): void {
    const { kind, name, start, keyEnd } = part;
    const { value, problems = [], isOpen = false } = found;
    const facts = found.facts ?? (value === undefined ? noFacts : factsIn(name, value));
    const key = { start: 0, end: keyEnd - start };
    const piece = new Piece(
      { kind, name, length: end - start, key, indentation: 0, facts, value, problems, isOpen },
      place,
      this.#textNow,
      readValue,
    );
    this.#taken.push({ piece, start, end });
  }

  #trimmed(start: number, end: number): number {
    return start + this.#text.slice(start, end).trimEnd().length;
  }

  #limitOf(next: Landmark | undefined): number {
    return next?.start ?? this.#text.length;
  }

  /** None where brackets are trusted. */
  #landmarkFrom(offset: number): Landmark | undefined {
    return this.#areBracketsTrusted ? undefined : this.#landmarks.from(offset);
  }
}

/**
 * Of longer ones with a mistake, no more than the first is told, and nothing is read: what the parser does cannot be
 * done in steps.
 */
const longestBroken = 100_000;

function unread(spanAt: SpanMaker): SyntaxNode {
  return { kind: 'scalar', span: spanAt(0, 0), text: '', isNull: true };
}

/** The length of a piece, which may not have moved yet. */
function lengthOf(piece: Piece): number {
  return piece.end - piece.start;
}

/** Where something is nested too deeply, the reading of the whole will say so. */
function undefinedIfTooDeep(error: unknown): undefined {
  if (!(error instanceof RangeError)) throw error;
}
