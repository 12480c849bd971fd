import { assess, isConcerned } from '../coverage/assess.ts';
import type { Policy } from '../coverage/policy.ts';
import { computeOnce } from '../template/kept.ts';
import type { Steps } from '../template/steps.ts';
import type { Template } from '../template/model.ts';
import type { FileAnalysis, FileCheck } from './file-check.ts';
import { FileEntry, type ReadAgain, type Reading, type TextEffect } from './file-entry.ts';
import { Links } from './links.ts';
import { isProjectFile } from './project-file.ts';
import { ProjectFiles, type FileSettings } from './project-files.ts';
import { settledCheck } from './settled-check.ts';

/**
 * Many templates looked at together: nested stacks, exports and imports, and the project files that say how
 * they are checked.
 *
 * It parses a file when a question first needs it, and holds the text of those that cannot be read again at once.
 * Texts of the editor win over those of the disk. It finds nothing itself, so it can never look at a file that it
 * was not given. Files are absolute paths, or URIs for what is not on a disk.
 */
export class Workspace {
  readonly #entries = new Map<string, FileEntry>();
  readonly #reading: Reading;
  readonly #checks = new Map<string, KnownCheck>();
  readonly #projectFiles = new ProjectFiles();
  /** Counts the texts that were taken of files into which the checks of others may point. */
  #linkedMoves = 0;
  /** Counts those of them that leave the links as they are, but may say something else of what is linked. */
  #linkedTouches = 0;
  #links: Links | undefined;
  #linkState: { readonly links: Links; readonly settings: unknown } | undefined;

  /** @param reading How templates are read; what is found is the same. */
  constructor(reading: Reading = 'pieces') {
    this.#reading = reading;
  }

  /** The policy where no project file says otherwise; those of a project file go before it one by one. */
  setBasePolicy(policy: Policy): void {
    this.#projectFiles.setBasePolicy(policy);
  }

  /** The folders, absolute, in which project files apply; none at first. */
  setFolders(folders: readonly string[]): void {
    this.#projectFiles.setFolders(folders);
  }

  /** What is set for a file: the policy under which it is checked, and the defaults for fixes. */
  settingsFor(file: string): FileSettings {
    return this.#projectFiles.settingsFor(file);
  }

  /**
   * Takes what is on the disk; an open document of that file goes on winning.
   *
   * @param readAgain With it, the text is not kept in memory.
   */
  setDiskText(file: string, text: string, readAgain?: ReadAgain): void {
    if (isProjectFile(file)) return this.#projectFiles.setDiskText(file, text);
    const entry = this.#entryOf(file);
    this.#took(entry.setDiskText(text, readAgain), file, entry);
  }

  /** Forgets what is on the disk. */
  removeDiskText(file: string): void {
    if (isProjectFile(file)) return this.#projectFiles.setDiskText(file, undefined);
    const entry = this.#entries.get(file);
    if (entry === undefined) return;
    this.#took(entry.setDiskText(undefined), file, entry);
    this.#forgetIfGone(file, entry);
  }

  /** Takes the text of an open document. */
  openDocument(file: string, text: string): void {
    if (isProjectFile(file)) return this.#projectFiles.setEditorText(file, text);
    const entry = this.#entryOf(file);
    this.#took(entry.setEditorText(text), file, entry);
  }

  /** From now on the disk counts again. */
  closeDocument(file: string): void {
    if (isProjectFile(file)) return this.#projectFiles.setEditorText(file, undefined);
    const entry = this.#entries.get(file);
    if (entry === undefined) return;
    this.#took(entry.setEditorText(undefined), file, entry);
    this.#forgetIfGone(file, entry);
  }

  /** Checks one of the files; `not-a-template` for one that was not given. Never throws. */
  check(file: string): FileCheck {
    if (isProjectFile(file)) {
      return { kind: 'project-file', problems: this.#projectFiles.problemsIn(file) };
    }
    const entry = this.#entries.get(file);
    if (entry === undefined) return { kind: 'not-a-template' };
    const links = this.#currentLinks();
    const settings = this.settingsFor(file);
    const known = this.#known(file, entry, settings);
    const moves = `${entry.moves} ${this.#linkedMoves}`;
    if (known?.moves === moves) return known.settled;
    const check = known?.check ?? computeOnce(() => checkFile(file, entry, links, settings));
    const settled = settledCheck(check, entry.isRead ? links.read(entry) : undefined);
    this.#checks.set(file, {
      links,
      settings,
      version: entry.version,
      linkedTouches: this.#linkedTouches,
      moves,
      check,
      settled,
    });
    return settled;
  }

  /** See {@link Links.readLinked}. */
  readLinked(): Steps<void> {
    return this.#currentLinks().readLinked();
  }

  /** Does in steps what {@link check} of a file would else do at one go; undefined where that takes no time. */
  readAhead(file: string): Steps<void> | undefined {
    return this.#entries.get(file)?.readAhead();
  }

  /** Forgets what was found out about a file that is neither open nor linked, until it is asked for again. */
  forgetReading(file: string): void {
    if (this.#currentLinks().isLinked(file)) return;
    this.#entries.get(file)?.forgetReading();
    this.#checks.delete(file);
  }

  /**
   * Keeps the text of a file only where its own check, or another's, may look at it: not of one that is ignored or has
   * nothing to tell, which is most of them. All project files must have been given before.
   */
  dropIdleText(file: string, readAgain: ReadAgain): void {
    const entry = this.#entries.get(file);
    if (entry === undefined || entry.mayBeLinked) return;
    if (this.settingsFor(file).isIgnored(file) || entry.hasNothingToTell) entry.dropText(readAgain);
  }

  /** Whether the check of a file is at hand, so that it takes no time. */
  isChecked(file: string): boolean {
    const entry = this.#entries.get(file);
    return entry === undefined || this.#known(file, entry, this.settingsFor(file)) !== undefined;
  }

  /** All files but project files, in the order of their names. */
  get files(): readonly string[] {
    return [...this.#entries.keys()].toSorted();
  }

  /** The templates that a file holds, in the order of its text; none where it cannot be read. */
  templatesIn(file: string): readonly Template[] {
    const entry = this.#entries.get(file);
    if (entry === undefined) return [];
    const read = this.#currentLinks().read(entry);
    return read.kind === 'templates' ? read.templates : [];
  }

  /** The files that may hold a template and have a word in their text, so that others need not be parsed. */
  filesWith(word: string): string[] {
    return this.candidates().filter((file) => this.#entries.get(file)?.text.includes(word) === true);
  }

  /**
   * What the check of a file rests on, as long as its text is what it is; without templates where it has none.
   * Reuses what {@link check} made.
   */
  analysisOf(file: string): FileAnalysis {
    const links = this.#currentLinks();
    const { standard } = this.settingsFor(file).policy;
    const templates = this.templatesIn(file);
    return {
      file,
      templates,
      standard,
      claims: templates.length === 0 ? [] : computeOnce(() => links.claimsOn(file, standard)),
      stacksOf: (template) => links.stacksOf(template),
    };
  }

  /** The files that it was given and that may hold templates, in no order. */
  candidates(): readonly string[] {
    return [...this.#entries].filter(([, entry]) => entry.mayBeTemplate).map(([file]) => file);
  }

  /** Whether it was given that file. */
  has(file: string): boolean {
    return this.#entries.has(file);
  }

  /** The text of a file as it counts now. */
  textOf(file: string): string | undefined {
    return isProjectFile(file) ? this.#projectFiles.textOf(file) : this.#entries.get(file)?.text;
  }

  /**
   * Stands for all that one file can say of another: as long as it is the same object, no other file's check
   * has changed by an edit elsewhere.
   */
  get linkState(): unknown {
    const links = this.#currentLinks();
    const settings = this.#projectFiles.state;
    if (this.#linkState?.links !== links || this.#linkState.settings !== settings) {
      this.#linkState = { links, settings };
    }
    return this.#linkState;
  }

  /** The check that was made of all that counts now, though perhaps of other places. */
  #known(file: string, { version }: FileEntry, settings: FileSettings): KnownCheck | undefined {
    const known = this.#checks.get(file);
    const isCurrent =
      known?.links === this.#currentLinks() &&
      known.settings === settings &&
      known.version === version &&
      known.linkedTouches === this.#linkedTouches;
    return isCurrent ? known : undefined;
  }

  #entryOf(file: string): FileEntry {
    const known = this.#entries.get(file);
    if (known !== undefined) return known;
    const entry = new FileEntry(file, this.#reading);
    this.#entries.set(file, entry);
    return entry;
  }

  /** Forgets the links where other files' checks may be different now. */
  #took(effect: TextEffect, file: string, { mayBeLinked }: FileEntry): void {
    if (effect === 'none') return;
    const isPart = this.#links?.isPartOfOthers(file) === true;
    if (!mayBeLinked && !isPart) return;
    this.#linkedMoves += 1;
    // Where nothing but places changed, those of other files' checks that are in this one did, too.
    this.#linkState = undefined;
    if (effect === 'touched') this.#linkedTouches += 1;
    // What includes a file holds a copy of what was in it.
    if (effect === 'changed' || this.#links?.isIncluded(file) === true) this.#links = undefined;
  }

  #forgetIfGone(file: string, entry: FileEntry): void {
    if (!entry.isGone) return;
    this.#entries.delete(file);
    this.#checks.delete(file);
  }

  #currentLinks(): Links {
    this.#links ??= new Links(this.#entries);
    return this.#links;
  }
}

/** A check, with what it was made from. */
interface KnownCheck {
  readonly links: Links;
  readonly settings: FileSettings;
  readonly version: number;
  readonly linkedTouches: number;
  /** What may have moved its spans. */
  readonly moves: string;
  /** Its spans move with the text. */
  readonly check: FileCheck;
  /** The same, with its spans as they were then. */
  readonly settled: FileCheck;
}

function checkFile(file: string, entry: FileEntry, links: Links, settings: FileSettings): FileCheck {
  if (settings.projectFile !== undefined && entry.mayBeTemplate && settings.isIgnored(file)) {
    return { kind: 'ignored', by: settings.projectFile };
  }
  const wasRead = entry.isRead;
  if (!wasRead && !links.haveIncludes && entry.hasNothingToTell) {
    if (!links.isLinked(file)) entry.forgetReading();
    return { kind: 'template', problems: [], vpcs: [], findings: [] };
  }
  const read = links.read(entry);
  if (read.kind !== 'templates') return read;
  if (links.isFragment(file, read.templates)) return { kind: 'not-a-template' };
  const { policy } = settings;
  const assessments = read.templates.map((template) =>
    assess(template, links.stacksOf(template), links.claimsOn(file, policy.standard), policy),
  );
  // Most files of a folder have no VPC. What was read of them only for this check is not worth its memory.
  if (!wasRead && !read.templates.some(isConcerned) && !links.isLinked(file)) entry.forgetReading();
  return {
    kind: 'template',
    problems: read.problems,
    vpcs: assessments.flatMap(({ vpcs }) => vpcs),
    findings: assessments.flatMap(({ findings }) => findings),
  };
}
