import { PositionEncodingKind, TextDocumentSyncKind, type ServerCapabilities } from 'vscode-languageserver';
import { fixWorkspaceCommand } from '../protocol.ts';
import type { ClientProfile } from './client-profile.ts';
import { applyFixCommand, codeActionKinds, diagnosticSource, revealCommand } from './names.ts';

/** Beside the letters of a word: a field of a log format, a value behind its key. */
const completionTriggers = ['$', '{', ' ', '"'];

/** What a client is told that the server can do. */
export function serverCapabilities(client: ClientProfile): ServerCapabilities {
  const capabilities: ServerCapabilities = {
    // The one encoding that every client has to offer, and the one of our spans.
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    hoverProvider: true,
    codeLensProvider: {},
    completionProvider: { triggerCharacters: completionTriggers },
    definitionProvider: true,
    referencesProvider: true,
    documentLinkProvider: {},
  };
  if (client.appliesEdits || client.showsDocuments) {
    capabilities.executeCommandProvider = { commands: [applyFixCommand, revealCommand, fixWorkspaceCommand] };
  }
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
