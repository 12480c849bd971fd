import { Disposable, languages, workspace, type TextDocument } from 'vscode';
import { documentSelector } from './document-selector.ts';
import type { LanguageServer } from './language-server.ts';

/**
 * Starts the server as soon as there is a document for it. The activation alone is no reason: VS Code reads
 * JSON files of its own behind the scenes at every start, and they activate whoever waits for JSON.
 */
export function startWithFirstDocument(server: Pick<LanguageServer, 'start'>): Disposable {
  // Nothing waits for the start: other extensions' activation would wait along.
  if (workspace.textDocuments.some(isForServer)) {
    void server.start();
    return Disposable.from();
  }
  const opening = workspace.onDidOpenTextDocument((document) => {
    if (!isForServer(document)) return;
    opening.dispose();
    void server.start();
  });
  return opening;
}

function isForServer(document: TextDocument): boolean {
  return languages.match(documentSelector, document) > 0;
}
