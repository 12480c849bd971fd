import { t } from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultPolicy, type Policy } from '../coverage/policy.ts';
import type { Steps } from '../template/steps.ts';
import type { FileCheck } from '../workspace/file-check.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { fileOf } from './files.ts';
import { inTurns } from './turn.ts';

/** What the server needs of the workspace to check documents; tests put their own in its place. */
export type CheckingWorkspace = Pick<
  Workspace,
  'check' | 'closeDocument' | 'isChecked' | 'linkState' | 'openDocument' | 'readAhead' | 'setBasePolicy'
>;

/**
 * The one place where the server gets a document's check. Each version is given to the workspace once; a
 * check that throws is reported once and counts as an unreadable file.
 */
export class DocumentChecks {
  readonly #workspace: CheckingWorkspace;
  readonly #reportFailure: (document: Pick<TextDocument, 'uri'>, error: unknown) => void;
  // Keyed by the document object: a file closed and opened again is another one, even with the same version.
  readonly #given = new WeakMap<TextDocument, number>();
  readonly #files = new WeakMap<TextDocument, string>();
  readonly #failed = new WeakMap<TextDocument, number>();
  /** What is being read ahead: the first who waits does the work for all, as long as it waits. */
  readonly #reading = new WeakMap<TextDocument, Promise<boolean>>();
  #policy = defaultPolicy;

  constructor(
    workspace: CheckingWorkspace,
    reportFailure: (document: Pick<TextDocument, 'uri'>, error: unknown) => void,
  ) {
    this.#workspace = workspace;
    this.#reportFailure = reportFailure;
  }

  /** The policy of the editor's settings, which holds where no project file says otherwise. */
  setPolicy(policy: Policy): void {
    if (isSamePolicy(policy, this.#policy)) return;
    this.#policy = policy;
    this.#workspace.setBasePolicy(policy);
  }

  /** Whether the check of the document as it is now is at hand. */
  has(document: TextDocument): boolean {
    return (
      this.#given.get(document) === document.version && this.#workspace.isChecked(this.#fileOf(document))
    );
  }

  /** The check of the document as it is now. Never throws. */
  of(document: TextDocument): FileCheck {
    const check = this.#tried(document, () => {
      this.update(document);
      return this.#workspace.check(this.#fileOf(document));
    });
    return check ?? failedCheck();
  }

  /**
   * Does in turns what would take {@link of} long, and takes what is typed meanwhile; leaves it when nobody waits for
   * it any more. Never throws.
   *
   * @returns undefined where there is nothing to do
   */
  readAhead(document: TextDocument, isStale: () => boolean): Promise<void> | undefined {
    return this.#stepsAhead(document) && this.#readAhead(document, isStale);
  }

  async #readAhead(document: TextDocument, isStale: () => boolean): Promise<void> {
    while (!isStale()) {
      const isDone = await (this.#reading.get(document) ?? this.#startReading(document, isStale));
      if (isDone) return;
    }
  }

  /** @returns whether all was done before the one who does it stopped waiting */
  #startReading(document: TextDocument, isStale: () => boolean): Promise<boolean> {
    const read = async (): Promise<boolean> => {
      while (!isStale()) {
        const { version } = document;
        const steps = this.#stepsAhead(document);
        if (steps === undefined) return true;
        await inTurns(steps, () => isStale() || document.version !== version);
      }
      return false;
    };
    const reading = read().finally(() => this.#reading.delete(document));
    this.#reading.set(document, reading);
    return reading;
  }

  #stepsAhead(document: TextDocument): Steps<void> | undefined {
    return this.#tried(document, () => {
      this.update(document);
      return this.#workspace.readAhead(this.#fileOf(document));
    });
  }

  /** The same as {@link readAhead} for a file that is not open. */
  async readFileAhead(file: string): Promise<void> {
    const steps = this.#workspace.readAhead(file);
    if (steps !== undefined) await inTurns(steps);
  }

  /** The check of a file that is not open. Never throws. */
  ofFile(file: string): FileCheck {
    try {
      return this.#workspace.check(file);
    } catch (error) {
      this.#reportFailure({ uri: file }, error);
      return failedCheck();
    }
  }

  /**
   * Gives the workspace the document's text.
   *
   * @returns whether the checks of other files may have changed
   */
  update(document: TextDocument): boolean {
    if (this.#given.get(document) === document.version) return false;
    this.#given.set(document, document.version);
    return this.#changesLinks(() => {
      this.#workspace.openDocument(this.#fileOf(document), document.getText());
    });
  }

  /**
   * To be called when a document is closed: what is on the disk counts again.
   *
   * @returns whether the checks of other files may have changed
   */
  forget(document: TextDocument): boolean {
    return this.#changesLinks(() => this.#workspace.closeDocument(fileOf(document.uri)));
  }

  /** Undefined where it throws, which is told once, or another did with the document as it is. */
  #tried<T>(document: TextDocument, act: () => T): T | undefined {
    if (this.#failed.get(document) === document.version) return undefined;
    try {
      return act();
    } catch (error) {
      this.#failed.set(document, document.version);
      this.#reportFailure(document, error);
      return undefined;
    }
  }

  #fileOf(document: TextDocument): string {
    const known = this.#files.get(document) ?? fileOf(document.uri);
    this.#files.set(document, known);
    return known;
  }

  #changesLinks(act: () => void): boolean {
    const before = this.#workspace.linkState;
    act();
    return this.#workspace.linkState !== before;
  }
}

/** Asked at each keystroke; then the severities are those of the same settings. */
function isSamePolicy(one: Policy, other: Policy): boolean {
  if (one.standard !== other.standard) return false;
  return (
    one.severities === other.severities || JSON.stringify(one.severities) === JSON.stringify(other.severities)
  );
}

function failedCheck(): FileCheck {
  return { kind: 'unreadable', message: t('The check failed. The log says more.') };
}
