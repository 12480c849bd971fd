import { CancellationToken, type MessageConnection } from 'vscode-jsonrpc/node';
import {
  FileChangeType,
  WorkDoneProgress,
  WorkspaceDiagnosticRequest,
  type ApplyWorkspaceEditParams,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  type CodeLens,
  type CompletionItem,
  type ConfigurationParams,
  type DocumentDiagnosticReport,
  type DocumentLink,
  type Hover,
  type InitializeParams,
  type InitializeResult,
  type Location,
  type LocationLink,
  type LogMessageParams,
  type Position,
  type PreviousResultId,
  type PublishDiagnosticsParams,
  type Range,
  type ShowDocumentParams,
  type ShowMessageParams,
  type RegistrationParams,
  type TextDocumentContentChangeEvent,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
} from 'vscode-languageserver';
import {
  documentStatusNotification,
  findFilesRequest,
  findResourceRequest,
  readFileRequest,
  templatesChangedNotification,
  templatesRequest,
  type DocumentStatus,
  type FindFiles,
  type FindResourceParams,
  type FoundResource,
  type FoundFiles,
  type ReadFile,
  type TemplateSummary,
} from '../../server/src/protocol.ts';
import { Inbox } from './inbox.ts';

/** https://microsoft.github.io/language-server-protocol/specifications/lsp/3.18/specification/#progress */
interface ProgressParams<T> {
  readonly token: number | string;
  readonly value: T;
}

/** A client as its server sees it: speaks the protocol, does nothing by itself. */
export class TestClient {
  readonly published = new Inbox<PublishDiagnosticsParams>();
  readonly statuses = new Inbox<DocumentStatus>();
  readonly logged = new Inbox<LogMessageParams>();
  readonly shown = new Inbox<ShowMessageParams>();
  readonly registrations = new Inbox<RegistrationParams>();
  readonly refreshes = new Inbox<'refresh'>();
  readonly lensRefreshes = new Inbox<'refresh'>();
  readonly templateChanges = new Inbox<'changed'>();
  /** Edits that the server asked to apply. */
  readonly edits = new Inbox<ApplyWorkspaceEditParams>();
  /** Whether the user takes the edits that the server asks to apply; a test may put another in its place. */
  appliesEdits: () => Promise<boolean> = async () => true;
  readonly documentsShown = new Inbox<ShowDocumentParams>();
  /** Of work that the server began. */
  readonly progress = new Inbox<ProgressParams<unknown>>();
  /** Of work that this client asked for. */
  readonly work = new Inbox<WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd>();
  readonly settingsRequests = new Inbox<ConfigurationParams>();
  /** What is in the files that the server cannot read itself, by their URIs. */
  readonly files = new Map<string, string>();
  /** The files that were read. */
  readonly filesRead: string[] = [];
  /** Answers `workspace/configuration`; a test may put another in its place. */
  settingsOf: (uri: string | undefined) => unknown = () => null;
  readonly #connection: MessageConnection;

  constructor(connection: MessageConnection) {
    this.#connection = connection;
    connection.onNotification('textDocument/publishDiagnostics', (params) => this.published.put(params));
    connection.onNotification(documentStatusNotification, (params) => this.statuses.put(params));
    connection.onNotification('window/logMessage', (params) => this.logged.put(params));
    connection.onNotification('window/showMessage', (params) => this.shown.put(params));
    connection.onRequest('client/registerCapability', (params) => this.registrations.put(params));
    connection.onRequest('workspace/diagnostic/refresh', () => this.refreshes.put('refresh'));
    connection.onRequest('workspace/codeLens/refresh', () => this.lensRefreshes.put('refresh'));
    connection.onNotification(templatesChangedNotification, () => this.templateChanges.put('changed'));
    connection.onRequest('workspace/applyEdit', async (params: ApplyWorkspaceEditParams) => {
      this.edits.put(params);
      return { applied: await this.appliesEdits() };
    });
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('window/showDocument', (params: ShowDocumentParams) => {
      this.documentsShown.put(params);
      return { success: true };
    });
    connection.onRequest(findFilesRequest, ({ folder, limit }: FindFiles): FoundFiles => {
      const uris = [...this.files.keys()].filter((uri) => uri.startsWith(folder));
      return { uris: uris.slice(0, limit), isComplete: uris.length <= limit };
    });
    connection.onRequest(readFileRequest, ({ uri }: { readonly uri: string }): ReadFile => {
      this.filesRead.push(uri);
      return { text: this.files.get(uri) ?? null };
    });
    connection.onProgress(WorkDoneProgress.type, 'work', (params) => this.work.put(params));
    connection.onUnhandledProgress((params) => this.progress.put(params));
    connection.onRequest('workspace/configuration', (params: ConfigurationParams) => {
      this.settingsRequests.put(params);
      return Promise.all(params.items.map(({ scopeUri }) => this.settingsOf(scopeUri)));
    });
    connection.listen();
  }

  async initialize(
    capabilities: ClientCapabilities,
    initializationOptions?: InitializeParams['initializationOptions'],
    workspaceFolders: InitializeParams['workspaceFolders'] = null,
  ): Promise<InitializeResult> {
    const params: InitializeParams = {
      processId: null,
      rootUri: null,
      capabilities,
      initializationOptions,
      workspaceFolders,
    };
    const result = await this.#connection.sendRequest<InitializeResult>('initialize', params);
    await this.#connection.sendNotification('initialized', {});
    return result;
  }

  open(uri: string, text: string, version = 1): Promise<void> {
    const textDocument = { uri, languageId: 'yaml', version, text };
    return this.#connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  change(uri: string, version: number, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    return this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  close(uri: string): Promise<void> {
    return this.#connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  changeSettings(settings: unknown): Promise<void> {
    return this.#connection.sendNotification('workspace/didChangeConfiguration', { settings });
  }

  pull(
    uri: string,
    previousResultId?: string,
    token = CancellationToken.None,
  ): Promise<DocumentDiagnosticReport> {
    const params = { textDocument: { uri }, previousResultId };
    return this.#connection.sendRequest('textDocument/diagnostic', params, token);
  }

  hover(uri: string, position: Position): Promise<Hover | null> {
    return this.#connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
  }

  lenses(uri: string): Promise<CodeLens[]> {
    return this.#connection.sendRequest('textDocument/codeLens', { textDocument: { uri } });
  }

  links(uri: string): Promise<DocumentLink[]> {
    return this.#connection.sendRequest('textDocument/documentLink', { textDocument: { uri } });
  }

  definition<T extends Location | LocationLink = Location>(uri: string, position: Position): Promise<T[]> {
    return this.#connection.sendRequest('textDocument/definition', { textDocument: { uri }, position });
  }

  references(uri: string, position: Position): Promise<Location[]> {
    const context = { includeDeclaration: false };
    return this.#connection.sendRequest('textDocument/references', {
      textDocument: { uri },
      position,
      context,
    });
  }

  completion(uri: string, position: Position): Promise<CompletionItem[]> {
    return this.#connection.sendRequest('textDocument/completion', { textDocument: { uri }, position });
  }

  execute(command: string, ...args: unknown[]): Promise<unknown> {
    return this.#connection.sendRequest('workspace/executeCommand', { command, arguments: args });
  }

  /** Asks for the diagnostics of the workspace; `onPart` is given what comes before the answer. */
  async pullWorkspace(
    previousResultIds: readonly PreviousResultId[] = [],
    token = CancellationToken.None,
    onPart?: (part: WorkspaceDiagnosticReportPartialResult) => void,
  ): Promise<WorkspaceDiagnosticReport> {
    const partialResultToken = onPart === undefined ? undefined : 'parts';
    const progress =
      onPart && this.#connection.onProgress(WorkspaceDiagnosticRequest.partialResult, 'parts', onPart);
    try {
      const params = { previousResultIds, partialResultToken, workDoneToken: 'work' };
      return await this.#connection.sendRequest('workspace/diagnostic', params, token);
    } finally {
      progress?.dispose();
    }
  }

  templates(): Promise<TemplateSummary[]> {
    return this.#connection.sendRequest(templatesRequest);
  }

  codeActions(uri: string, range: Range, context: CodeActionContext): Promise<CodeAction[]> {
    const params = { textDocument: { uri }, range, context };
    return this.#connection.sendRequest('textDocument/codeAction', params);
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.#connection.sendRequest('codeAction/resolve', action);
  }

  executeCommand(command: string, token = CancellationToken.None): Promise<unknown> {
    return this.#connection.sendRequest('workspace/executeCommand', { command }, token);
  }

  cancelProgress({ token }: ProgressParams<unknown>): Promise<void> {
    return this.#connection.sendNotification('window/workDoneProgress/cancel', { token });
  }

  findResource(params: FindResourceParams): Promise<FoundResource[]> {
    return this.#connection.sendRequest(findResourceRequest, params);
  }

  changeFiles(...uris: string[]): Promise<void> {
    const changes = uris.map((uri) => ({ uri, type: FileChangeType.Changed }));
    return this.#connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  }

  shutdown(): Promise<void> {
    return this.#connection.sendRequest('shutdown');
  }

  exit(): Promise<void> {
    return this.#connection.sendNotification('exit');
  }

  dispose(): void {
    this.#connection.dispose();
  }
}

/** The first position of `needle` in `text` as the protocol counts: lines, and UTF-16 units in a line. */
export function positionOf(needle: string, text: string): { line: number; character: number } {
  const offset = text.indexOf(needle);
  if (offset < 0) throw new Error(`${JSON.stringify(needle)} is not in the text`);
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length - 1, character: before.at(-1)!.length };
}
