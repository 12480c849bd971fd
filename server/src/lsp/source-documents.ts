import {
  BulkRegistration,
  CodeActionRequest,
  CodeLensRequest,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  DocumentLinkRequest,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type DocumentSelector,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { sourceLanguageOf } from '../cdk/creating-expression.ts';
import type { ClientProfile } from './client-profile.ts';
import { codeActionKinds, diagnosticSource } from './names.ts';
import type { Log } from './log.ts';

/** The languages that CDK applications are written in, by their identifiers in LSP. */
const languages = [
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
  'python',
  'java',
  'csharp',
  'go',
];

const documentSelector: DocumentSelector = languages.map((language) => ({ scheme: 'file', language }));

/** Whether a document is source code, of which a CDK application may be made. */
export function isSourceDocument({ uri }: Pick<TextDocument, 'uri'>): boolean {
  return sourceLanguageOf(uri) !== undefined;
}

/**
 * Makes a function that asks the client for its source files, the first time that it is called. Before there is
 * a cloud assembly nobody needs them, so nobody sends them. A client that cannot be asked shows what it likes.
 */
export function createSourceDocumentRequest(
  connection: Pick<Connection, 'client'>,
  { textDocument }: ClientCapabilities,
  { pullsDiagnostics, codeActions }: ClientProfile,
  log: Log,
): () => void {
  let isDone = textDocument?.synchronization?.dynamicRegistration !== true;
  return () => {
    if (isDone) return;
    isDone = true;
    const registrations = BulkRegistration.create();
    registrations.add(DidOpenTextDocumentNotification.type, { documentSelector });
    registrations.add(DidChangeTextDocumentNotification.type, {
      documentSelector,
      syncKind: TextDocumentSyncKind.Incremental,
    });
    registrations.add(DidCloseTextDocumentNotification.type, { documentSelector });
    if (pullsDiagnostics && textDocument?.diagnostic?.dynamicRegistration === true) {
      registrations.add(DocumentDiagnosticRequest.type, {
        documentSelector,
        identifier: `${diagnosticSource}-source`,
        interFileDependencies: true,
        workspaceDiagnostics: false,
      });
    }
    if (codeActions && textDocument?.codeAction?.dynamicRegistration === true) {
      registrations.add(CodeActionRequest.type, { documentSelector, codeActionKinds, resolveProvider: true });
    }
    if (textDocument?.codeLens?.dynamicRegistration === true) {
      registrations.add(CodeLensRequest.type, { documentSelector });
    }
    if (textDocument?.definition?.dynamicRegistration === true) {
      registrations.add(DefinitionRequest.type, { documentSelector });
    }
    if (textDocument?.documentLink?.dynamicRegistration === true) {
      registrations.add(DocumentLinkRequest.type, { documentSelector });
    }
    connection.client.register(registrations).catch((error: unknown) => {
      log.warn(`Source files will show no findings: ${String(error)}`);
    });
  };
}
