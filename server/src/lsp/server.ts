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
import { FolderIndex } from '../workspace/folder-index.ts';
import { Workspace } from '../workspace/workspace.ts';
import type { CdkApplications, CdkParts } from './cdk-applications.ts';
import { clientProfile, type ClientProfile } from './client-profile.ts';
import { codeActionKinds, serveCodeActions } from './code-actions.ts';
import { createCurrentCheck } from './current-check.ts';
import { diagnosticSource } from './diagnostic.ts';
import { relatedLocations } from './related-locations.ts';
import { DocumentChecks, type CheckingWorkspace } from './document-checks.ts';
import { serveFeatures } from './features.ts';
import { serveHovers } from './hover.ts';
import { createInspect } from './inspection.ts';
import { createLog } from './log.ts';
import { serveDiagnosticPulls } from './pull-diagnostics.ts';
import { pushDiagnostics } from './push-diagnostics.ts';
import { SettingsStore } from './settings-store.ts';
import { settingsSection } from './settings.ts';
import { sourceActions } from './source-code-actions.ts';
import { isSourceDocument } from './source-documents.ts';
import { indexFolders } from './workspace-folders.ts';

export interface ServerOptions {
  /** Told to the client in `serverInfo`. */
  readonly version: string;
  /** Serves CDK applications, too; undefined where there is no disk to read assemblies from. */
  readonly cdk?: (parts: CdkParts) => CdkApplications;
  /** Stands in for the real workspace in tests; without it, the client's folders are read. */
  readonly workspace?: CheckingWorkspace;
}

/** Serves one client over the connection, from `initialize` to `exit`. */
export function startServer(connection: Connection, options: ServerOptions): void {
  const documents = new TextDocuments(TextDocument);

  connection.onInitialize((params): InitializeResult => {
    const client = clientProfile(params.capabilities);
    serveDocuments(connection, documents, client, params, options);
    return {
      capabilities: serverCapabilities(client),
      serverInfo: { name: 'flow-log-guard-language-server', version: options.version },
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
    hoverProvider: true,
    definitionProvider: true,
    documentLinkProvider: {},
    codeLensProvider: {},
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
  if (client.pullsDiagnostics) {
    capabilities.diagnosticProvider = {
      identifier: diagnosticSource,
      interFileDependencies: true,
      workspaceDiagnostics: false,
    };
  }
  if (client.codeActions) {
    capabilities.codeActionProvider = { codeActionKinds, resolveProvider: true };
  }
  return capabilities;
}

function serveDocuments(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  client: ClientProfile,
  params: InitializeParams,
  { workspace: givenWorkspace, cdk: followCdk }: ServerOptions,
): void {
  const log = createLog(connection);
  const settings = new SettingsStore(
    client.configuration
      ? {
          kind: 'asked',
          ask: (scopeUri) => connection.workspace.getConfiguration({ scopeUri, section: settingsSection }),
        }
      : { kind: 'told', initially: params.initializationOptions },
    log.warn,
  );
  const workspace = new Workspace();
  const checks = new DocumentChecks(givenWorkspace ?? workspace, ({ uri }, error) => {
    log.error(`Checking ${uri} failed: ${describeError(error)}`);
  });
  const locate = relatedLocations(workspace);
  const index = new FolderIndex(workspace);
  const cdk = followCdk?.({
    connection,
    capabilities: params.capabilities,
    client,
    documents,
    settings,
    checks,
    workspace,
    index,
    locate,
    log,
    foldersRead: () => folders.read(),
    changed: () => refresh(),
  });
  const folders = indexFolders(connection, params, cdk?.index ?? index, log, () => refresh());
  const currentCheck = createCurrentCheck({
    settings,
    checks,
    foldersRead: folders.read,
    written: async (document) => cdk?.written(document),
  });
  const inspectTemplate = createInspect({ connection, client, currentCheck, locate });
  const inspect = cdk?.inspectOr(inspectTemplate) ?? inspectTemplate;
  const ofSource =
    cdk && sourceActions({ connection, client, currentFindings: cdk.currentFindings, workspace });
  serveCodeActions({ connection, client, documents, currentCheck, workspace, ofSource });
  const refresh = client.pullsDiagnostics
    ? serveDiagnosticPulls(connection, client, documents, inspect)
    : pushDiagnostics(connection, documents, inspect);

  serveFeatures(connection, client, documents, cdk?.features ?? []);
  serveHovers(connection, params.capabilities, documents, checks);

  // Also where nobody asks about this document: others may depend on it.
  documents.onDidChangeContent(({ document }) => {
    if (isSourceDocument(document)) return;
    const othersChanged = checks.update(document);
    if (othersChanged && !client.pullsDiagnostics) refresh();
  });
  documents.onDidClose(({ document }) => {
    settings.forget(document.uri);
    if (checks.forget(document)) refresh();
  });
  connection.onDidChangeConfiguration(async ({ settings: payload }) => {
    if (await settings.change(payload)) refresh();
  });
  connection.onInitialized(() => {
    folders.start();
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
