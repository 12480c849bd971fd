import { assess } from '../coverage/assess.ts';
import type { Assessment } from '../coverage/model.ts';
import type { ParseProblem } from '../template/document.ts';
import { FileEntry } from './file-entry.ts';
import { Links } from './links.ts';
import type { TemplateFile } from './template-file.ts';

/**
 * What became of one file.
 * - `not-a-template`: no CloudFormation, nothing to say.
 * - `unreadable`: it was meant as a template, but cannot be read or is too large; `message` says why.
 * - `template`: assessed; `problems` holds what the reader could not make sense of (data, not exceptions).
 */
export type FileCheck =
  | { readonly kind: 'not-a-template' }
  | { readonly kind: 'unreadable'; readonly message: string }
  | ({ readonly kind: 'template'; readonly problems: readonly ParseProblem[] } & Assessment);

/**
 * Many templates looked at together: nested stacks, exports and imports.
 *
 * It holds the text of each file that may be linked to others, and parses a file when a question first needs
 * it. Texts of the editor win over those of the disk. It reads nothing itself, so it can never look at a file
 * that it was not given. Files are absolute paths, or URIs for what is not on a disk.
 */
export class Workspace {
  readonly #entries = new Map<string, FileEntry>();
  readonly #checks = new Map<string, KnownCheck>();
  #links: Links | undefined;

  /** Takes what is on the disk; an open document of that file goes on winning. */
  setDiskText(file: string, text: string): void {
    const entry = this.#entryOf(file);
    if (entry.setDiskText(text)) this.#changed(file, entry);
  }

  /** Forgets what is on the disk. */
  removeDiskText(file: string): void {
    const entry = this.#entries.get(file);
    if (entry === undefined) return;
    if (entry.setDiskText(undefined)) this.#changed(file, entry);
    this.#forgetIfGone(file, entry);
  }

  /** Takes the text of an open document. */
  openDocument(file: string, text: string): void {
    const entry = this.#entryOf(file);
    if (entry.setEditorText(text)) this.#changed(file, entry);
  }

  /** From now on the disk counts again. */
  closeDocument(file: string): void {
    const entry = this.#entries.get(file);
    if (entry === undefined) return;
    if (entry.setEditorText(undefined)) this.#changed(file, entry);
    this.#forgetIfGone(file, entry);
  }

  /** Checks one of the files; `not-a-template` for one that was not given. Never throws. */
  check(file: string): FileCheck {
    const entry = this.#entries.get(file);
    if (entry === undefined) return { kind: 'not-a-template' };
    const links = this.#currentLinks();
    const known = this.#checks.get(file);
    if (known?.links === links && known.version === entry.version) return known.check;
    const check = checkFile(file, entry.read(), links);
    this.#checks.set(file, { links, version: entry.version, check });
    return check;
  }

  /** The text of a file as it counts now. */
  textOf(file: string): string | undefined {
    return this.#entries.get(file)?.text;
  }

  /**
   * Stands for all that one file can say of another: as long as it is the same object, no other file's check
   * has changed by an edit elsewhere.
   */
  get linkState(): unknown {
    return this.#currentLinks();
  }

  #entryOf(file: string): FileEntry {
    const known = this.#entries.get(file);
    if (known !== undefined) return known;
    const entry = new FileEntry(file);
    this.#entries.set(file, entry);
    return entry;
  }

  /** Forgets the links where other files' checks may be different now. */
  #changed(file: string, { mayBeLinked }: FileEntry): void {
    if (mayBeLinked || this.#links?.isNested(file) === true) this.#links = undefined;
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
  readonly version: number;
  readonly check: FileCheck;
}

function checkFile(file: string, read: TemplateFile, links: Links): FileCheck {
  if (read.kind !== 'templates') return read;
  const claims = links.claimsOn(file);
  const assessments = read.templates.map((template) => {
    const stacks = links.stacksOf(template);
    return assess(template, stacks, claims);
  });
  return {
    kind: 'template',
    problems: read.problems,
    vpcs: assessments.flatMap(({ vpcs }) => vpcs),
    findings: assessments.flatMap(({ findings }) => findings),
  };
}
