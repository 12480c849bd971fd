import {
  DidChangeConfigurationNotification,
  PositionEncodingKind,
  TextDocuments,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { checkText as checkTextOfFile, type FileCheck } from '../workspace/check.ts';
import { clientProfile, type ClientProfile } from './client-profile.ts';
import { diagnosticSource } from './diagnostic.ts';
import { DocumentChecks } from './document-checks.ts';
import { createInspect } from './inspection.ts';
import { createLog } from './log.ts';
import { serveDiagnosticPulls } from './pull-diagnostics.ts';
import { pushDiagnostics } from './push-diagnostics.ts';
import { SettingsStore } from './settings-store.ts';
import { settingsSection } from './settings.ts';

export interface ServerOptions {
  /** Told to the client in `serverInfo`. */
  readonly version: string;
  /** Stands in for the real check in tests. */
  readonly checkText?: (text: string) => FileCheck;
}

/** Serves one client over the connection, from `initialize` to `exit`. */
export function startServer(
  connection: Connection,
  { version, checkText = checkTextOfFile }: ServerOptions,
): void {
  const documents = new TextDocuments(TextDocument);

  connection.onInitialize((params): InitializeResult => {
    const client = clientProfile(params.capabilities);
    serveDocuments(connection, documents, client, params, checkText);
    return {
      capabilities: serverCapabilities(client),
      serverInfo: { name: 'flow-log-guard-language-server', version },
    };
  });

  documents.listen(connection);
  connection.listen();
}

function serverCapabilities(client: ClientProfile): ServerCapabilities {
  const capabilities: ServerCapabilities = {
    // The one encoding that every client has to offer, and the one of our spans.
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  };
  if (client.pullsDiagnostics) {
    capabilities.diagnosticProvider = {
      identifier: diagnosticSource,
      interFileDependencies: true,
      workspaceDiagnostics: false,
    };
  }
  return capabilities;
}

function serveDocuments(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  client: ClientProfile,
  { initializationOptions }: InitializeParams,
  checkText: (text: string) => FileCheck,
): void {
  const log = createLog(connection);
  const settings = new SettingsStore(
    client.configuration
      ? {
          kind: 'asked',
          ask: (scopeUri) => connection.workspace.getConfiguration({ scopeUri, section: settingsSection }),
        }
      : { kind: 'told', initially: initializationOptions },
    log.warn,
  );
  const checks = new DocumentChecks(checkText, ({ uri }, error) => {
    log.error(`Checking ${uri} failed: ${describeError(error)}`);
  });
  const inspect = createInspect({ connection, client, settings, checks });
  const refresh = client.pullsDiagnostics
    ? serveDiagnosticPulls(connection, client, documents, inspect)
    : pushDiagnostics(connection, documents, inspect);

  documents.onDidClose(({ document }) => settings.forget(document.uri));
  connection.onDidChangeConfiguration(async ({ settings: payload }) => {
    if (await settings.change(payload)) refresh();
  });
  connection.onInitialized(() => {
    if (!client.configuration || !client.registersConfigurationChanges) return;
    connection.client
      .register(DidChangeConfigurationNotification.type, { section: settingsSection })
      .catch((error: unknown) => {
        log.warn(`Changed settings will not be seen before a restart: ${describeError(error)}`);
      });
  });
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
