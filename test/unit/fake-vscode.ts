import { vi } from 'vitest';

/**
 * The part of the `vscode` module that the client's tests outside of VS Code need, for
 * `vi.mock('vscode', () => import('./fake-vscode.ts'))`. What VS Code itself does is tested inside it.
 */

export const LanguageStatusSeverity = { Information: 0, Warning: 1, Error: 2 };

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event = (listener: (value: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export const Uri = { parse: (text: string) => ({ toString: () => text }) };

export class CancellationTokenSource {
  readonly #cancelled = new EventEmitter<void>();
  readonly token = {
    isCancellationRequested: false,
    onCancellationRequested: this.#cancelled.event,
  };

  cancel(): void {
    this.token.isCancellationRequested = true;
    this.#cancelled.fire();
  }

  dispose(): void {
    this.#cancelled.dispose();
  }
}

/** What is in the collections of diagnostics that were made, by URI. */
export const shownDiagnostics = new Map<string, readonly unknown[]>();

const diagnosticCollection = {
  set: (uri: { toString(): string }, diagnostics: readonly unknown[] | undefined) => {
    if (diagnostics === undefined) shownDiagnostics.delete(uri.toString());
    else shownDiagnostics.set(uri.toString(), diagnostics);
  },
  clear: () => shownDiagnostics.clear(),
  dispose: () => shownDiagnostics.clear(),
};

export const Disposable = {
  from: (...disposables: { dispose(): unknown }[]) => ({
    dispose: () => disposables.forEach((disposable) => disposable.dispose()),
  }),
};

export const l10n = {
  t: (message: string, ...values: unknown[]) =>
    message.replaceAll(/\{(\d+)\}/g, (_match, index) => String(values[Number(index)])),
};

export const commands = { registerCommand: vi.fn<(command: string) => void>() };

const activeEditorChange = new EventEmitter<unknown>();
const documentClose = new EventEmitter<unknown>();

export const window = {
  activeTextEditor: undefined as { document: FakeDocument } | undefined,
  onDidChangeActiveTextEditor: activeEditorChange.event,
};
const documentOpen = new EventEmitter<FakeDocument>();
export const workspace = {
  textDocuments: [] as FakeDocument[],
  workspaceFolders: undefined,
  /** By their full names. */
  settings: {} as Record<string, unknown>,
  getConfiguration: (section: string) => ({
    get: (name: string): unknown => workspace.settings[`${section}.${name}`],
  }),
  onDidOpenTextDocument: documentOpen.event,
  onDidCloseTextDocument: documentClose.event,
};

/** The extensions that are installed, by their ids. */
export const installed = new Set<string>();
export const extensions = { getExtension: (id: string) => (installed.has(id) ? { id } : undefined) };

export const statusItem: Record<string, unknown> = { dispose: () => undefined };
export const languages = {
  createLanguageStatusItem: () => statusItem,
  createDiagnosticCollection: () => diagnosticCollection,
  match: (_selector: unknown, { uri }: FakeDocument) => (uri.toString().startsWith('file:') ? 10 : 0),
};

interface FakeDocument {
  readonly uri: { toString(): string };
}

/** What the user does. */
export const user = {
  openDocument: (document: FakeDocument) => documentOpen.fire(document),
  shows(uri: string | undefined): void {
    window.activeTextEditor = uri === undefined ? undefined : { document: { uri: { toString: () => uri } } };
    activeEditorChange.fire(window.activeTextEditor);
  },
  closes(uri: string): void {
    documentClose.fire({ uri: { toString: () => uri } } satisfies FakeDocument);
  },
};
