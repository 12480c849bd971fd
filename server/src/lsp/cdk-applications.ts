import {
  CodeLensRefreshRequest,
  type ClientCapabilities,
  type Connection,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { AssemblyStates } from '../cdk/assembly-states.ts';
import { SourceFindings } from '../cdk/source-findings.ts';
import { SourceLinks } from '../cdk/source-links.ts';
import type { FolderIndex } from '../workspace/folder-index.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ClientProfile } from './client-profile.ts';
import type { DocumentChecks } from './document-checks.ts';
import type { Feature } from './features.ts';
import { fileOf, uriOf } from './files.ts';
import type { Inspect } from './inspection.ts';
import type { Log } from './log.ts';
import type { Locate } from './related-locations.ts';
import type { SettingsStore } from './settings-store.ts';
import {
  createCurrentSourceFindings,
  createSourceInspect,
  type CurrentSourceFindings,
} from './source-diagnostics.ts';
import { createSourceDocumentRequest, isSourceDocument } from './source-documents.ts';
import { synthesisLenses } from './source-lenses.ts';
import { templateSourceLinks } from './template-source-links.ts';

export interface CdkParts {
  readonly connection: Connection;
  readonly capabilities: ClientCapabilities;
  readonly client: ClientProfile;
  readonly documents: TextDocuments<TextDocument>;
  readonly settings: SettingsStore;
  readonly checks: DocumentChecks;
  readonly workspace: Workspace;
  readonly index: FolderIndex;
  readonly locate: Locate;
  readonly log: Log;
  readonly foldersRead: () => Promise<void>;
  /** To be called when what is said of source files may have changed. */
  readonly changed: () => void;
}

/** What the server knows of the CDK applications in the client's folders. */
export interface CdkApplications {
  /** The index, which tells the assemblies, too, of what it is told. */
  readonly index: Pick<FolderIndex, 'setFolders' | 'filesChanged'>;
  readonly currentFindings: CurrentSourceFindings;
  /**
   * Resolves when the assembly that a template is of is not being written any more, or soon. Never rejects;
   * undefined where none is being written.
   */
  readonly written: (document: TextDocument) => Promise<void> | undefined;
  readonly features: readonly Feature[];
  /** Looks at source files; hands every other document on. */
  readonly inspectOr: (inspect: Inspect) => Inspect;
}

/**
 * In milliseconds. Templates are written within it; a synthesis that only begins may take minutes, in which they
 * stay what they were.
 */
const longestWriting = 2000;

/** Follows the cloud assemblies in the client's folders, and serves the source files that they come from. */
export function followCdkApplications(parts: CdkParts): CdkApplications {
  const { connection, client, documents, workspace, index, locate, log, foldersRead } = parts;
  const assemblies = new AssemblyStates({
    textOf: (file) => workspace.textOf(file),
    reread: async (files) => {
      await index.filesChanged(files).catch((error: unknown) => log.error(String(error)));
    },
    log: log.warn,
  });
  const requestSources = createSourceDocumentRequest(connection, parts.capabilities, client, log);
  assemblies.onChange(() => {
    if (assemblies.assemblies.length > 0) requestSources();
    parts.changed();
    if (client.refreshesCodeLenses)
      connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  });

  const findings = new SourceFindings(assemblies, workspace);
  const links = new SourceLinks(assemblies, workspace, findings, (file) =>
    documents.get(uriOf(file))?.getText(),
  );
  const currentFindings = createCurrentSourceFindings({ ...parts, findings });
  const inspectSource = createSourceInspect(client, currentFindings, locate);
  return {
    index: {
      setFolders: async (folders) => {
        await index.setFolders(folders);
        await assemblies.setFolders(folders, index.filesNamed('manifest.json'));
      },
      filesChanged: (files) => {
        assemblies.filesChanged(files);
        return index.filesChanged(files);
      },
    },
    currentFindings,
    written: ({ uri }) =>
      assemblies.isWaiting ? assemblies.settled(fileOf(uri), longestWriting) : undefined,
    features: [
      templateSourceLinks(links, { workspace, foldersRead }),
      ...(client.runCdkSynth ? [synthesisLenses(currentFindings, findings)] : []),
    ],
    inspectOr: (inspect) => (document, isStale) =>
      isSourceDocument(document) ? inspectSource(document, isStale) : inspect(document, isStale),
  };
}
