import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import { fixWorkspaceCommand } from '../protocol.ts';
import type { Disk } from '../workspace/disk.ts';
import { FolderIndex } from '../workspace/folder-index.ts';
import { Workspace } from '../workspace/workspace.ts';
import type { CdkApplications, CdkParts } from './cdk-applications.ts';
import { serveCodeActions } from './code-actions.ts';
import { createDiagnosticsOf } from './check-diagnostics.ts';
import { createCurrentCheck } from './current-check.ts';
import { createRemoteDisk } from './remote-disk.ts';
import { relatedLocations } from './related-locations.ts';
import { DocumentChecks, type CheckingWorkspace } from './document-checks.ts';
import { isElsewhere } from './files.ts';
import { serveFindResource } from './find-resource.ts';
import { createInspect } from './inspection.ts';
import { joinDisks } from './joined-disk.ts';
import { serveLanguageFeatures } from './language-features.ts';
import { createLog } from './log.ts';
import { serveDiagnosticPulls } from './pull-diagnostics.ts';
import { pushDiagnostics } from './push-diagnostics.ts';
import { SettingsStore } from './settings-store.ts';
import { settingsSection } from './settings.ts';
import { sourceActions } from './source-code-actions.ts';
import { isSourceDocument } from './source-documents.ts';
import { createTemplateOf } from './template-at-hand.ts';
import { serveTemplates } from './templates.ts';
import type { Session } from './server.ts';
import { createCheckAll } from './workspace-checks.ts';
import { serveWorkspaceDiagnostics } from './workspace-diagnostics.ts';
import { workspaceFix } from './workspace-fix.ts';
import { indexFolders } from './workspace-folders.ts';

/** Where documents are served. */
export interface Surroundings {
  /** Serves CDK applications, too; undefined where there is no disk to read assemblies from. */
  readonly cdk?: (parts: CdkParts) => CdkApplications;
  /** Stands in for the real workspace in tests; without it, the client's folders are read. */
  readonly workspace?: CheckingWorkspace;
  /** The disk of this machine; undefined where there is none, as in a browser. */
  readonly disk?: Disk;
}

/** Serves the documents and files of a client that says it is initialized. */
export function serveDocuments(
  { connection, documents, client, params }: Session,
  { workspace: givenWorkspace, disk: localDisk, cdk: followCdk }: Surroundings,
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
  const folders = indexFolders({
    connection,
    params,
    index: cdk?.index ?? index,
    workspace,
    isReachable,
    log,
    changed: () => refresh(),
  });
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
  folders.start();
  if (!client.configuration || !client.registersConfigurationChanges) return;
  connection.client
    .register(DidChangeConfigurationNotification.type, { section: settingsSection })
    .catch((error: unknown) => {
      log.warn(`Changed settings will not be seen before a restart: ${describeError(error)}`);
    });
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
