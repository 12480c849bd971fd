import { posix } from 'node:path';
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
  registerCommand: vi.fn<(command: string, run?: (...parameters: unknown[]) => unknown) => void>(),
  executeCommand: vi.fn<(command: string) => Promise<void>>(() => Promise.resolve()),
};

const activeEditorChange = new EventEmitter<unknown>();
const documentClose = new EventEmitter<unknown>();

export const window = {
  activeTextEditor: undefined as { document: FakeDocument } | undefined,
  onDidChangeActiveTextEditor: activeEditorChange.event,
  terminals: [] as FakeTerminal[],
  createTerminal(creationOptions: FakeTerminal['creationOptions']): FakeTerminal {
    const terminal: FakeTerminal = {
      name: creationOptions.name,
      creationOptions,
      exitStatus: undefined,
      sent: [],
      show: () => undefined,
      sendText: (text) => terminal.sent.push(text),
    };
    window.terminals.push(terminal);
    return terminal;
  },
  showWarningMessage: vi.fn<(message: string) => Promise<string | undefined>>(() =>
    Promise.resolve(undefined),
  ),
  showInformationMessage: vi.fn<(message: string) => Promise<undefined>>(() => Promise.resolve(undefined)),
  showQuickPick: vi.fn<(items: readonly { readonly label: string }[]) => Promise<unknown>>(),
};
const documentOpen = new EventEmitter<FakeDocument>();
const fileCreation = new EventEmitter<unknown>();
export const workspace = {
  textDocuments: [] as FakeDocument[],
  onDidOpenTextDocument: documentOpen.event,
  onDidCloseTextDocument: documentClose.event,
  isTrusted: true,
  getConfiguration: () => ({ get: <T>(_key: string, otherwise: T): T => otherwise }),
  asRelativePath: ({ path }: { readonly path: string }) => path.replace(/^\//, ''),
  /** By glob, the files that the workspace has. */
  found: new Map<string, readonly string[]>(),
  findFiles: (glob: string) => Promise.resolve((workspace.found.get(glob) ?? []).map(fakeUri)),
  createFileSystemWatcher: () => ({ onDidCreate: fileCreation.event, dispose: () => undefined }),
  fs: {
    stat: ({ path }: { readonly path: string }) =>
      workspace.onDisk.has(path) ? Promise.resolve({}) : Promise.reject(new Error('no such file')),
  },
  onDisk: new Set<string>(),
};

export const Uri = {
  joinPath: ({ path }: { readonly path: string }, relative: string) => fakeUri(posix.join(path, relative)),
  parse: (uri: string) => fakeUri(uri.replace('file://', '')),
};

function fakeUri(path: string) {
  return { path, toString: () => `file://${path}` };
}

export const statusItem: Record<string, unknown> = { dispose: () => undefined };
export const languages = {
  createLanguageStatusItem: () => statusItem,
  match: (_selector: unknown, { uri }: FakeDocument) => (uri.toString().startsWith('file:') ? 10 : 0),
};

interface FakeTerminal {
  readonly name: string;
  readonly creationOptions: { readonly name: string; readonly cwd: { toString(): string } };
  exitStatus: object | undefined;
  readonly sent: string[];
  readonly show: () => void;
  readonly sendText: (text: string) => void;
}

interface FakeDocument {
  readonly uri: { toString(): string };
}

/** What the user does. */
export const user = {
  createsFile: (path: string) => fileCreation.fire(fakeUri(path)),
  openDocument: (document: FakeDocument) => documentOpen.fire(document),
  shows(uri: string | undefined): void {
    window.activeTextEditor = uri === undefined ? undefined : { document: { uri: { toString: () => uri } } };
    activeEditorChange.fire(window.activeTextEditor);
  },
  closes(uri: string): void {
    documentClose.fire({ uri: { toString: () => uri } } satisfies FakeDocument);
  },
};
