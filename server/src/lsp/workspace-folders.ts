import {
  DidChangeWatchedFilesNotification,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
} from 'vscode-languageserver';
import type { FolderIndex } from '../workspace/folder-index.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { fileOf } from './files.ts';
import type { Log } from './log.ts';
import { inTurns } from './turn.ts';

/** What may be a template, or says how templates are to be read. */
const watched = '**/*.{yaml,yml,json,template}';

export interface IndexedFolders {
  /** Begins to read; to be called once the client is ready for requests. */
  readonly start: () => void;
  /** Resolves when the folders have been read; never rejects. */
  readonly read: () => Promise<void>;
  /** Whether there is nothing left to be read. */
  readonly areRead: () => boolean;
  /** The folders' URIs, without a slash at the end. */
  readonly uris: () => readonly string[];
}

export interface IndexedFolderParts {
  readonly connection: Connection;
  readonly params: InitializeParams;
  readonly index: Pick<FolderIndex, 'setFolders' | 'filesChanged'>;
  readonly workspace: Pick<Workspace, 'readLinked'>;
  /** Whether the files of a folder can be read. */
  readonly isReachable: (folder: string) => boolean;
  readonly log: Log;
  /** Called when files of the index changed on the disk. */
  readonly changed: () => void;
}

/** Keeps the index true to the client's folders. */
export function indexFolders({
  connection,
  params: { capabilities, workspaceFolders, rootUri },
  index,
  workspace,
  isReachable,
  log,
  changed,
}: IndexedFolderParts): IndexedFolders {
  const folders = new Set(
    (workspaceFolders ?? (rootUri === null ? [] : [{ uri: rootUri }])).map(({ uri }) => uri),
  );
  let ready = Promise.resolve();
  let waiting = 0;

  /** One after the other, as each may be about what the one before found. */
  function whenReady(read: () => Promise<void>, failed: (error: unknown) => void): void {
    waiting += 1;
    ready = ready
      .then(read)
      .catch(failed)
      .finally(() => (waiting -= 1));
  }

  function load(): void {
    const paths = Array.from(folders, fileOf).filter(isReachable);
    whenReady(
      async () => {
        await index.setFolders(paths);
        await inTurns(workspace.readLinked());
      },
      (error) => log.error(`The folders cannot be read: ${String(error)}`),
    );
  }

  function takeChanges(files: readonly string[]): void {
    whenReady(
      async () => {
        if (await index.filesChanged(files)) changed();
      },
      (error) => log.error(`Changed files cannot be read: ${String(error)}`),
    );
  }

  connection.onDidChangeWatchedFiles(({ changes }) => takeChanges(changes.map(({ uri }) => fileOf(uri))));
  return {
    read: () => ready,
    areRead: () => waiting === 0,
    uris: () => Array.from(folders, (uri) => uri.replace(/\/$/, '')),
    start: () => {
      load();
      watchFiles(connection, capabilities, log);
      if (capabilities.workspace?.workspaceFolders !== true) return;
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) folders.delete(uri);
        for (const { uri } of added) folders.add(uri);
        load();
        void ready.then(changed);
      });
    },
  };
}

function watchFiles(connection: Connection, { workspace }: ClientCapabilities, log: Log): void {
  if (workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return;
  connection.client
    .register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: watched }] })
    .catch((error: unknown) => {
      log.warn(`Changes on the disk will not be seen before a restart: ${String(error)}`);
    });
}
