import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileCheck } from '../workspace/check.ts';

/**
 * The one place where the server gets a document's check. A version is checked at most once, however often
 * it is asked for; a check that throws is reported and counts as an unreadable file.
 */
export class DocumentChecks {
  readonly #checkText: (text: string) => FileCheck;
  readonly #reportFailure: (document: TextDocument, error: unknown) => void;
  // Keyed by the document object: a file closed and opened again is another one, even with the same version.
  readonly #latest = new WeakMap<TextDocument, { readonly version: number; readonly check: FileCheck }>();

  constructor(
    checkText: (text: string) => FileCheck,
    reportFailure: (document: TextDocument, error: unknown) => void,
  ) {
    this.#checkText = checkText;
    this.#reportFailure = reportFailure;
  }

  /** The check of the document as it is now. Never throws. */
  of(document: TextDocument): FileCheck {
    const known = this.#latest.get(document);
    if (known?.version === document.version) return known.check;
    const check = this.#run(document);
    this.#latest.set(document, { version: document.version, check });
    return check;
  }

  #run(document: TextDocument): FileCheck {
    try {
      return this.#checkText(document.getText());
    } catch (error) {
      this.#reportFailure(document, error);
      return { kind: 'unreadable', message: 'The check failed. The log says more.' };
    }
  }
}
