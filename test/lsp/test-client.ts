import { CancellationToken, type MessageConnection } from 'vscode-jsonrpc/node';
import {
  FileChangeType,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  type ConfigurationParams,
  type DocumentDiagnosticReport,
  type Hover,
  type InitializeParams,
  type InitializeResult,
  type LogMessageParams,
  type Position,
  type PublishDiagnosticsParams,
  type Range,
  type ShowMessageParams,
  type RegistrationParams,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { documentStatusNotification, type DocumentStatus } from '../../server/src/protocol.ts';
import { Inbox } from './inbox.ts';

/** A client as its server sees it: speaks the protocol, does nothing by itself. */
export class TestClient {
  readonly published = new Inbox<PublishDiagnosticsParams>();
  readonly statuses = new Inbox<DocumentStatus>();
  readonly logged = new Inbox<LogMessageParams>();
  readonly shown = new Inbox<ShowMessageParams>();
  readonly registrations = new Inbox<RegistrationParams>();
  readonly refreshes = new Inbox<'refresh'>();
  readonly settingsRequests = new Inbox<ConfigurationParams>();
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
    locale?: string,
  ): Promise<InitializeResult> {
    const params: InitializeParams = {
      processId: null,
      rootUri: null,
      capabilities,
      initializationOptions,
      workspaceFolders,
      ...(locale !== undefined && { locale }),
    };
    const result = await this.#connection.sendRequest<InitializeResult>('initialize', params);
    await this.#connection.sendNotification('initialized', {});
    return result;
  }

  open(uri: string, text: string, version = 1, languageId = 'yaml'): Promise<void> {
    const textDocument = { uri, languageId, version, text };
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

  codeActions(uri: string, range: Range, context: CodeActionContext): Promise<CodeAction[]> {
    const params = { textDocument: { uri }, range, context };
    return this.#connection.sendRequest('textDocument/codeAction', params);
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.#connection.sendRequest('codeAction/resolve', action);
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
