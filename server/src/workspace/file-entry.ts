import { isLinked, linkHints, type LinkHints } from './link-hints.ts';
import { mayBeTemplate, readTemplateFile, type TemplateFile } from './template-file.ts';

const noHints: LinkHints = { nests: false, exports: false, imports: false };

/** One file: its texts, what they hint at, and, once a question needed it, what is in them. */
export class FileEntry {
  readonly #file: string;
  #diskText: string | undefined;
  #editorText: string | undefined;
  #read: TemplateFile | undefined;
  #hints = noHints;
  #mayBeLinked = false;
  #version = 0;

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
    // What can be no template is not worth its memory.
    this.#diskText = text === undefined || mayBeTemplate(text) ? text : '';
    return this.#changedFrom(before);
  }

  /** Returns whether the text that counts has changed. */
  setEditorText(text: string | undefined): boolean {
    const before = this.text;
    this.#editorText = text;
    return this.#changedFrom(before);
  }

  read(): TemplateFile {
    this.#read ??= readTemplateFile(this.text, this.#file);
    return this.#read;
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
