import { isLinked, linkHints, type LinkHints } from './link-hints.ts';
import { mayBeTemplate, readTemplateFile, type TemplateFile } from './template-file.ts';

const noHints: LinkHints = { nests: false, exports: false, imports: false, includes: false };

/** Resources that a template may include, or properties of a flow log. */
const mayBePart = /AWS::|Fn::|\b(?:ResourceId|ResourceType|TrafficType)\b/;

/** One file: its texts, what they hint at, and, once a question needed it, what is in them. */
export class FileEntry {
  readonly #file: string;
  #diskText: string | undefined;
  #editorText: string | undefined;
  #read: TemplateFile | undefined;
  #hints = noHints;
  #mayBeLinked = false;
  #version = 0;
  /** The files that were included at the last reading, each with its version then. */
  readonly #included = new Map<string, number | undefined>();

  constructor(file: string) {
    this.#file = file;
  }

  /** The editor's text wins over the disk's. */
  get text(): string {
    return this.#editorText ?? this.#diskText ?? '';
  }

  /** Neither on the disk nor open. */
  get isGone(): boolean {
    return this.#diskText === undefined && this.#editorText === undefined;
  }

  /** Told from the text alone, before it is parsed. */
  get mayBeTemplate(): boolean {
    return mayBeTemplate(this.text);
  }

  get hints(): LinkHints {
    return this.#hints;
  }

  /** Whether this text or the one before it hints at links to other files. */
  get mayBeLinked(): boolean {
    return this.#mayBeLinked;
  }

  /** Counts the texts it has had. */
  get version(): number {
    return this.#version;
  }

  /** Returns whether the text that counts has changed. */
  setDiskText(text: string | undefined): boolean {
    const before = this.text;
    // What neither is a template nor can be a part of one is not worth its memory.
    const isWorthIt = text === undefined || mayBeTemplate(text) || mayBePart.test(text);
    this.#diskText = isWorthIt ? text : '';
    return this.#changedFrom(before);
  }

  /** Returns whether the text that counts has changed. */
  setEditorText(text: string | undefined): boolean {
    const before = this.text;
    this.#editorText = text;
    return this.#changedFrom(before);
  }

  /** @param others Where the files are that it may include. */
  read(others: ReadonlyMap<string, FileEntry>): TemplateFile {
    const isOld = Array.from(this.#included).some(([file, version]) => others.get(file)?.version !== version);
    if (this.#read === undefined || isOld) this.#read = this.#readAnew(others);
    return this.#read;
  }

  /** Whether the file was included, or looked for to be, when this one was last read. */
  hasIncluded(file: string): boolean {
    return this.#included.has(file);
  }

  #readAnew(others: ReadonlyMap<string, FileEntry>): TemplateFile {
    this.#included.clear();
    return readTemplateFile(this.text, this.#file, (file) => {
      const other = others.get(file);
      this.#included.set(file, other?.version);
      return other?.text;
    });
  }

  #changedFrom(before: string): boolean {
    if (before === this.text) return false;
    this.#read = undefined;
    this.#version += 1;
    const hints = linkHints(this.text);
    this.#mayBeLinked = isLinked(this.#hints) || isLinked(hints);
    this.#hints = hints;
    return true;
  }
}
