import { Disposable, languages, Uri, workspace, type TextDocument } from 'vscode';
import { documentSelector } from './document-selector.ts';
import type { LanguageServer } from './language-server.ts';

/** The CDK puts a file of this name into every cloud assembly, whatever its folder is called. */
const assemblyMarker = '**/cdk.out';
const installed = '**/node_modules/**';
const mostApplications = 100;

/**
 * Starts the server as soon as there is something for it: a document, or a cloud assembly, whose source it shows
 * findings in. The activation alone is no reason: VS Code reads JSON files of its own behind the scenes at every
 * start, and they activate whoever waits for JSON; and a CDK application may not have been synthesised yet.
 */
export function startWhenNeeded(server: Pick<LanguageServer, 'start'>): Disposable {
  const waiting: Disposable[] = [];
  let isStarted = false;

  // Nothing waits for the start: other extensions' activation would wait along.
  function start(): void {
    if (isStarted) return;
    isStarted = true;
    for (const disposable of waiting) disposable.dispose();
    void server.start();
  }

  if (workspace.textDocuments.some(isForServer)) {
    start();
    return Disposable.from();
  }
  const watcher = workspace.createFileSystemWatcher(assemblyMarker, false, true, true);
  waiting.push(
    workspace.onDidOpenTextDocument((document) => {
      if (isForServer(document)) start();
    }),
    watcher,
    watcher.onDidCreate(start),
  );
  void hasAssembly().then((has) => (has ? start() : undefined));
  return Disposable.from(...waiting);
}

function isForServer(document: TextDocument): boolean {
  return languages.match(documentSelector, document) > 0;
}

async function hasAssembly(): Promise<boolean> {
  try {
    if ((await workspace.findFiles(assemblyMarker, installed, 1)).length > 0) return true;
    // Many hide what is generated, from searches, too; an application itself is not hidden.
    const applications = await workspace.findFiles('**/cdk.json', installed, mostApplications);
    const looks = applications.map((file) => exists(Uri.joinPath(file, '../cdk.out/manifest.json')));
    return (await Promise.all(looks)).includes(true);
  } catch {
    return false;
  }
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
