import { vi } from 'vitest';
import { URI, Utils } from 'vscode-uri';

/**
 * The part of the `vscode` module that the client's tests outside of VS Code need, for
 * `vi.mock('vscode', () => import('./fake-vscode.ts'))`. What VS Code itself does is tested inside it.
 */

export const LanguageStatusSeverity = { Information: 0, Warning: 1, Error: 2 };

export const Uri = {
  parse: (text: string) => URI.parse(text),
  file: (path: string) => URI.file(path),
  joinPath: (uri: URI, ...paths: string[]) => Utils.joinPath(uri, ...paths),
};

export class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(start: Position, end: Position) {
    this.start = start;
    this.end = end;
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export class ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeIcon {
  readonly id: string;
  readonly color: ThemeColor | undefined;

  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;

  constructor(label: string, collapsibleState: number) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export class MarkdownString {
  value = '';

  appendText(text: string): this {
    this.value += text.replaceAll(/[\\`*_{}[\]()#+\-!~]/g, String.raw`\$&`);
    return this;
  }

  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
}

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

export const commands = {
  registerCommand: vi.fn<(command: string, run: (...args: unknown[]) => unknown) => void>(),
  executeCommand: vi.fn<(command: string, ...args: unknown[]) => Promise<unknown>>(async () => undefined),
};

export const env = {
  clipboard: { writeText: vi.fn<(text: string) => Promise<void>>(async () => undefined) },
};

const terminalClose = new EventEmitter<unknown>();

const treeVisibility = new EventEmitter<{ visible: boolean }>();

/** The view of an extension, as VS Code shows it. */
export const treeView = {
  description: undefined as string | undefined,
  message: undefined as string | undefined,
  badge: undefined as { value: number; tooltip: string } | undefined,
  visible: false,
  selection: [] as unknown[],
  onDidChangeVisibility: treeVisibility.event,
  reveal: vi.fn<(element: unknown) => Promise<void>>(async () => undefined),
  dispose: () => undefined,
};

type ShowMessage = (message: string, ...buttons: readonly string[]) => Promise<string | undefined>;

const activeEditorChange = new EventEmitter<unknown>();
const documentClose = new EventEmitter<unknown>();

export const window = {
  activeTextEditor: undefined as { document: FakeDocument } | undefined,
  onDidChangeActiveTextEditor: activeEditorChange.event,
  showTextDocument: vi.fn<(uri: unknown, options: object) => Promise<void>>(async () => undefined),
  createTerminal: vi.fn<(options: object) => object>((options) => ({ options, show: () => undefined })),
  onDidCloseTerminal: terminalClose.event,
  createTreeView: vi.fn<(id: string, options: object) => typeof treeView>(() => treeView),
  withProgress: vi.fn<(options: object, task: () => Promise<unknown>) => Promise<unknown>>(
    async (_options, task) => task(),
  ),
  showInformationMessage: vi.fn<ShowMessage>(async () => undefined),
  showWarningMessage: vi.fn<ShowMessage>(async () => undefined),
  showErrorMessage: vi.fn<ShowMessage>(async () => undefined),
};
const documentOpen = new EventEmitter<FakeDocument>();
const fileCreation = new EventEmitter<unknown>();
export const workspace = {
  openTextDocument: vi.fn<(uri: unknown) => Promise<void>>(async () => undefined),
  asRelativePath: ({ path }: { path: string }) => path.replace(/^\/folder\//, ''),
  textDocuments: [] as FakeDocument[],
  workspaceFolders: undefined,
  /** By their full names. */
  settings: {} as Record<string, unknown>,
  getConfiguration: (section: string) => ({
    get: (name: string): unknown => workspace.settings[`${section}.${name}`],
  }),
  onDidOpenTextDocument: documentOpen.event,
  onDidCloseTextDocument: documentClose.event,
  /** By glob, the files that the workspace has. */
  found: new Map<string, readonly string[]>(),
  findFiles: (glob: string) =>
    Promise.resolve((workspace.found.get(glob) ?? []).map((path) => URI.file(path))),
  createFileSystemWatcher: () => ({ onDidCreate: fileCreation.event, dispose: () => undefined }),
  fs: {
    stat: ({ path }: { readonly path: string }) =>
      workspace.onDisk.has(path) ? Promise.resolve({}) : Promise.reject(new Error('no such file')),
  },
  onDisk: new Set<string>(),
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
  closesTerminal: (terminal: unknown) => terminalClose.fire(terminal),
  opensView: () => {
    treeView.visible = true;
    treeVisibility.fire({ visible: true });
  },
  createsFile: (path: string) => fileCreation.fire(URI.file(path)),
  openDocument: (document: FakeDocument) => documentOpen.fire(document),
  shows(uri: string | undefined): void {
    window.activeTextEditor = uri === undefined ? undefined : { document: { uri: { toString: () => uri } } };
    activeEditorChange.fire(window.activeTextEditor);
  },
  closes(uri: string): void {
    documentClose.fire({ uri: { toString: () => uri } } satisfies FakeDocument);
  },
};
