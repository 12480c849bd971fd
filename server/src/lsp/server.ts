import {
  DidChangeConfigurationNotification,
  PositionEncodingKind,
  TextDocuments,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fixWorkspaceCommand } from '../protocol.ts';
import type { Disk } from '../workspace/disk.ts';
import { FolderIndex } from '../workspace/folder-index.ts';
import { Workspace } from '../workspace/workspace.ts';
import type { CdkApplications, CdkParts } from './cdk-applications.ts';
import { clientProfile, type ClientProfile } from './client-profile.ts';
import { codeActionKinds, serveCodeActions } from './code-actions.ts';
import { createDiagnosticsOf } from './check-diagnostics.ts';
import { createCurrentCheck } from './current-check.ts';
import { diagnosticSource } from './diagnostic.ts';
import { createRemoteDisk } from './remote-disk.ts';
import { relatedLocations } from './related-locations.ts';
import { DocumentChecks, type CheckingWorkspace } from './document-checks.ts';
import { isElsewhere } from './files.ts';
import { serveFindResource } from './find-resource.ts';
import { createInspect } from './inspection.ts';
import { joinDisks } from './joined-disk.ts';
import { languageCapabilities, serveLanguageFeatures } from './language-features.ts';
import { createLog } from './log.ts';
import { serveDiagnosticPulls } from './pull-diagnostics.ts';
import { pushDiagnostics } from './push-diagnostics.ts';
import { SettingsStore } from './settings-store.ts';
import { settingsSection } from './settings.ts';
import { sourceActions } from './source-code-actions.ts';
import { isSourceDocument } from './source-documents.ts';
import { createTemplateOf } from './template-at-hand.ts';
import { serveTemplates } from './templates.ts';
import { useTexts, type Texts } from './texts.ts';
import { createCheckAll } from './workspace-checks.ts';
import { serveWorkspaceDiagnostics } from './workspace-diagnostics.ts';
import { workspaceFix } from './workspace-fix.ts';
import { indexFolders } from './workspace-folders.ts';

export interface ServerOptions {
  /** Told to the client in `serverInfo`. */
  readonly version: string;
  /** Serves CDK applications, too; undefined where there is no disk to read assemblies from. */
  readonly cdk?: (parts: CdkParts) => CdkApplications;
  /** Reads the texts of a language tag; without it, texts are English unless the client brings them. */
  readonly readTexts?: (locale: string) => Texts | undefined;
  /** Stands in for the real workspace in tests; without it, the client's folders are read. */
  readonly workspace?: CheckingWorkspace;
  /** The disk of this machine; undefined where there is none, as in a browser. */
  readonly disk?: Disk;
}

/** Serves one client over the connection, from `initialize` to `exit`. */
export function startServer(connection: Connection, options: ServerOptions): void {
  const documents = new TextDocuments(TextDocument);

  connection.onInitialize((params): InitializeResult => {
    useTexts(params, options.readTexts);
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
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
  Object.assign(capabilities, languageCapabilities(client));
  if (client.pullsDiagnostics) {
    capabilities.diagnosticProvider = {
      identifier: diagnosticSource,
      interFileDependencies: true,
      workspaceDiagnostics: !client.workspaceDiagnosticsOnDemand,
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
  { workspace: givenWorkspace, disk: localDisk, cdk: followCdk }: ServerOptions,
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
  const disk = joinDisks(localDisk, client.readsFiles ? createRemoteDisk(connection, log) : undefined);
  const isReachable = (folder: string): boolean =>
    isElsewhere(folder) ? client.readsFiles : localDisk !== undefined;
  const locate = relatedLocations(workspace);
  const index = new FolderIndex(workspace, disk);
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
  const folders = indexFolders(connection, params, cdk?.index ?? index, isReachable, log, () => refresh());
  const currentCheck = createCurrentCheck({
    settings,
    checks,
    folders,
    written: (document) => cdk?.written(document),
  });
  const diagnosticsOf = createDiagnosticsOf(client, locate);
  const inspectTemplate = createInspect({ connection, client, currentCheck, diagnosticsOf });
  const inspect = cdk?.inspectOr(inspectTemplate) ?? inspectTemplate;
  const ofSource =
    cdk && sourceActions({ connection, client, currentFindings: cdk.currentFindings, workspace });
  const templateOf = createTemplateOf(documents, currentCheck, workspace);
  serveCodeActions({ connection, client, documents, templateOf, ofSource });
  const refreshDiagnostics = client.pullsDiagnostics
    ? serveDiagnosticPulls(connection, client, documents, inspect)
    : pushDiagnostics(connection, documents, inspect);
  const checkAll = createCheckAll({
    workspace,
    documents,
    checks,
    settings,
    folders: folders.uris,
    foldersRead: folders.read,
  });
  const refreshLenses = serveLanguageFeatures({
    connection,
    client,
    documents,
    templateOf,
    workspace,
    locate,
    more: cdk?.features ?? [],
    commands: {
      [fixWorkspaceCommand]: workspaceFix({ connection, client, documents, workspace, checkAll, log }),
    },
  });
  const tellWorkspace = client.pullsDiagnostics
    ? serveWorkspaceDiagnostics({ connection, checkAll, diagnosticsOf })
    : () => undefined;
  const tellTemplates = client.templates ? serveTemplates(connection, checkAll, workspace) : () => undefined;

  serveFindResource({ connection, workspace, locate, foldersRead: folders.read });

  /** The checks of some files may have changed: of those on the disk, or of any. */
  function tellOfFiles(): void {
    tellWorkspace();
    tellTemplates();
  }

  function refresh(): void {
    refreshDiagnostics();
    refreshLenses();
    tellOfFiles();
  }

  // Also where nobody asks about this document: others may depend on it.
  documents.onDidChangeContent(({ document }) => {
    if (isSourceDocument(document)) return;
    const othersChanged = checks.update(document);
    tellTemplates();
    if (!othersChanged) return;
    tellWorkspace();
    if (!client.pullsDiagnostics) refreshDiagnostics();
  });
  documents.onDidClose(({ document }) => {
    settings.forget(document.uri);
    if (checks.forget(document)) refresh();
    else tellOfFiles();
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
