import { hasNothingToTell } from '../coverage/glance.ts';
import type { ReadDocument } from '../template/document.ts';
import { computeForGood } from '../template/kept.ts';
import { PiecedText } from '../template/pieces/pieced-text.ts';
import { readDocumentsInSteps } from '../template/read.ts';
import { Work, type Steps } from '../template/steps.ts';
import { isLinked, isSameHints, linkHints, linkHintsIn, type LinkHints } from './link-hints.ts';
import {
  hasPlaceholders,
  isTooLong,
  mayBeTemplate,
  notATemplate,
  readTemplateFile,
  type TemplateFile,
} from './template-file.ts';

/** Nearly all files share it. */
const nothingIncluded: ReadonlyMap<string, number | undefined> = new Map();

const noHints: LinkHints = { nests: false, exports: false, imports: false, includes: false };

/** Resources that a template may include, or properties of a flow log. */
const mayBePart = /AWS::|Fn::|\b(?:ResourceId|ResourceType|TrafficType)\b/;

/**
 * What a new text means.
 * - `none`: it is the same, or nobody looks at it.
 * - `moved`: it says the same in all that anybody has looked at, though perhaps at other places.
 * - `touched`: parts of it may say something else; its templates are the same objects.
 * - `changed`: it may say something else.
 */
export type TextEffect = 'none' | 'moved' | 'touched' | 'changed';

/** Reads a file that was read before; undefined where it is not there any more. */
export type ReadAgain = () => string | undefined;

/**
 * How templates are read: in pieces, as far as needed and where they can be cut into such, or always as a
 * whole. The latter is slow and defines what the former must find.
 */
export type Reading = 'pieces' | 'whole';

/** One file: its texts, what they hint at, and, once a question needed it, what is in them. */
export class FileEntry {
  readonly #file: string;
  #diskText: string | undefined;
  /** Set in place of the disk's text where that is not kept. */
  #readAgain: ReadAgain | undefined;
  #editorText: string | undefined;
  #read: TemplateFile | undefined;
  #hints = noHints;
  #mayBeTemplate = false;
  #isTooLong = false;
  #mayBeLinked = false;
  /** Undefined until somebody asks. */
  #hasNothingToTell: boolean | undefined;
  #version = 0;
  #moves = 0;
  /** The text that counts in pieces, or, while `#isLost`, an earlier one. */
  #pieced: PiecedText | undefined;
  /** Whether the text that counts cannot be cut. */
  #isLost = false;
  /** The cutting of the text that counts, until it is done. */
  #cutting: Work<PiecedText | undefined> | undefined;
  /** The reading of the text that counts, where it is read as a whole. */
  #whole: Work<readonly ReadDocument[]> | undefined;
  /** The files that were included at the last reading, each with its moves then. */
  #included: ReadonlyMap<string, number | undefined> = nothingIncluded;

  #placeholders: { readonly text: string; readonly areThere: boolean } | undefined;

  readonly #reading: Reading;

  constructor(file: string, reading: Reading) {
    this.#file = file;
    this.#reading = reading;
  }

  /** The editor's text wins over the disk's. */
  get text(): string {
    return this.#editorText ?? this.#diskText ?? this.#readAgain?.() ?? '';
  }

  /** Neither on the disk nor open. */
  get isGone(): boolean {
    return this.#diskText === undefined && this.#readAgain === undefined && this.#editorText === undefined;
  }

  /** Told from the text alone, before it is parsed. */
  get mayBeTemplate(): boolean {
    return this.#mayBeTemplate;
  }

  get hints(): LinkHints {
    return this.#hints;
  }

  /** Whether this text or the one before it hints at links to other files. */
  get mayBeLinked(): boolean {
    return this.#mayBeLinked;
  }

  /** Counts the texts it has had that may say something else than those before. */
  get version(): number {
    return this.#version;
  }

  /** Counts all texts it has had. */
  get moves(): number {
    return this.#moves;
  }

  /** @param readAgain Given where the text need not be kept. */
  setDiskText(text: string | undefined, readAgain?: ReadAgain): TextEffect {
    const before = this.#textInMemory;
    // What neither is a template nor can be a part of one is not worth its memory.
    const isWorthIt = text === undefined || mayBeTemplate(text) || mayBePart.test(text);
    const kept = isWorthIt ? text : '';
    const isDropped = readAgain !== undefined && text !== undefined && isWorthIt;
    this.#diskText = isDropped ? undefined : kept;
    this.#readAgain = isDropped ? readAgain : undefined;
    return this.#changedFrom(before, this.#editorText ?? kept ?? '');
  }

  setEditorText(text: string | undefined): TextEffect {
    const before = this.#textInMemory;
    this.#editorText = text;
    return this.#changedFrom(before, this.text);
  }

  /** Undefined where it would have to be read again. */
  get #textInMemory(): string | undefined {
    return this.#editorText ?? (this.#readAgain === undefined ? (this.#diskText ?? '') : undefined);
  }

  /** Keeps what was found out about the text of a file that is not open, but not the text. */
  dropText(readAgain: ReadAgain): void {
    this.#diskText = undefined;
    this.#readAgain = readAgain;
    this.forgetReading();
  }

  /** Whether a glance shows it to be a template of which there is nothing to tell; looked at once for a text. */
  get hasNothingToTell(): boolean {
    if (this.#hasNothingToTell === undefined) {
      const pieces = this.cut();
      this.#hasNothingToTell = pieces !== undefined && hasNothingToTell(pieces);
    }
    return this.#hasNothingToTell;
  }

  /** @param others Where the files are that it may include. */
  read(others: ReadonlyMap<string, FileEntry>): TemplateFile {
    const isOld =
      this.#included.size > 0 &&
      Array.from(this.#included).some(([file, moves]) => others.get(file)?.moves !== moves);
    if (this.#read === undefined || isOld) this.#read = computeForGood(() => this.#readAnew(others));
    return this.#read;
  }

  /** Whether it has been read since its text last changed. */
  get isRead(): boolean {
    return this.#read !== undefined;
  }

  /**
   * Does in steps, of which all who ask do some, what {@link read} would else do at one go; undefined where that takes
   * no time.
   */
  readAhead(): Steps<void> | undefined {
    const isCut = this.#pieced !== undefined && !this.#isLost;
    const isReady = this.#read !== undefined || isCut || this.#whole?.isDone === true;
    return isReady || !this.#isWorthReading ? undefined : this.#stepsAhead();
  }

  *#stepsAhead(): Steps<void> {
    yield 'long';
    if (this.#mayBeCut && this.#pieced === undefined) yield* this.#cutInSteps();
    if (this.cut() === undefined) yield* this.#readWhole();
  }

  get #isWorthReading(): boolean {
    return this.#mayBeTemplate && !this.#isTooLong;
  }

  get #mayBeCut(): boolean {
    return this.#isWorthReading && this.#reading === 'pieces' && !this.#isLost;
  }

  /** The text in pieces, none of which need be read for it; undefined where it cannot be cut, or is not to be. */
  cut(): PiecedText | undefined {
    if (!this.#mayBeCut) return undefined;
    if (this.#pieced === undefined) {
      this.#pieced = this.#cutInSteps().result();
      this.#cutting = undefined;
      this.#isLost = this.#pieced === undefined;
    }
    return this.#pieced;
  }

  #cutInSteps(): Work<PiecedText | undefined> {
    this.#cutting ??= new Work(PiecedText.of(this.text));
    return this.#cutting;
  }

  #readWhole(): Work<readonly ReadDocument[]> {
    this.#whole ??= new Work(readDocumentsInSteps(this.text));
    return this.#whole;
  }

  /** Has a file that is not open read again when it is next asked for. */
  forgetReading(): void {
    if (this.#editorText !== undefined) return;
    this.#read = undefined;
    this.#cutting = undefined;
    this.#whole = undefined;
    this.#pieced = undefined;
    this.#isLost = false;
  }

  /** Whether the file was included, or looked for to be, when this one was last read. */
  hasIncluded(file: string): boolean {
    return this.#included.has(file);
  }

  #readAnew(others: ReadonlyMap<string, FileEntry>): TemplateFile {
    const included = new Map<string, number | undefined>();
    this.#included = nothingIncluded;
    if (!this.#mayBeTemplate) return notATemplate;
    const pieced = this.cut();
    return readTemplateFile(pieced?.text ?? this.text, this.#file, {
      documents: () => (pieced === undefined ? this.#readWhole().result() : [pieced.document]),
      mayInclude: this.#hints.includes,
      textOf: (file) => {
        const other = others.get(file);
        included.set(file, other?.moves);
        this.#included = included;
        return other?.text;
      },
    });
  }

  #changedFrom(before: string | undefined, text: string): TextEffect {
    if (before === text) return 'none';
    this.#moves += 1;
    this.#isTooLong = isTooLong(text);
    this.#cutting = undefined;
    this.#whole = undefined;
    this.#hasNothingToTell = undefined;
    const effect = this.#updatePieces(text);
    // What has just been cut into pieces as before is still what it was.
    if (effect === 'changed') this.#mayBeTemplate = mayBeTemplate(text);
    const hints = this.#hintsOf(text);
    const isLaidOutAlike = effect !== 'changed' && isSameHints(hints, this.#hints);
    if (isLaidOutAlike && effect === 'moved') return 'moved';
    this.#version += 1;
    if (isLaidOutAlike) return 'touched';
    this.#read = undefined;
    this.#mayBeLinked = isLinked(this.#hints) || isLinked(hints);
    this.#hints = hints;
    return 'changed';
  }

  #updatePieces(text: string): Exclude<TextEffect, 'none'> {
    if (this.#pieced === undefined) {
      this.#isLost = false;
      return 'changed';
    }
    const wasUnfilled = this.#isUnfilled(this.#pieced);
    const effect = this.#isTooLong ? 'long' : this.#pieced.update(text);
    if (effect === 'long') {
      this.#pieced = undefined;
      this.#isLost = false;
      return 'changed';
    }
    const wasLost = this.#isLost;
    this.#isLost = effect === 'lost';
    const isAnother = wasLost || effect === 'lost' || wasUnfilled !== this.#isUnfilled(this.#pieced);
    return isAnother ? 'changed' : effect;
  }

  /** Whether a template engine has yet to fill it in, so that its mistakes are none. */
  #isUnfilled(pieced: PiecedText): boolean {
    return pieced.problems.length > 0 && this.#hasPlaceholders(pieced);
  }

  /** Looked for once in a text. */
  #hasPlaceholders({ text, mayHavePlaceholders }: PiecedText): boolean {
    if (this.#placeholders?.text !== text) {
      this.#placeholders = { text, areThere: mayHavePlaceholders && hasPlaceholders(text) };
    }
    return this.#placeholders.areThere;
  }

  #hintsOf(text: string): LinkHints {
    const pieced = this.#isLost ? undefined : this.#pieced;
    if (pieced !== undefined) return linkHints((word) => pieced.mentions(word));
    return this.#mayBeTemplate ? linkHintsIn(text) : noHints;
  }
}
