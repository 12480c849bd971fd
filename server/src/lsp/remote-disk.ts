import { t } from '@vscode/l10n';
import type { Connection } from 'vscode-languageserver';
import { findFilesRequest, readFileRequest, type FoundFiles, type ReadFile } from '../protocol.ts';
import type { Disk } from '../workspace/disk.ts';
import type { FoundFile } from '../workspace/files.ts';
import { fileOf, uriOf } from './files.ts';
import type { Log } from './log.ts';

/** Reading one may be a request to a server far away. */
const mostFiles = 1000;

/** How many are asked for at once. */
const filesAhead = 8;

/** The files of folders that are on no disk of ours: the client is asked for each. */
export function createRemoteDisk(connection: Pick<Connection, 'sendRequest'>, log: Log): Disk {
  async function filesBelow(folder: string): Promise<readonly FoundFile[]> {
    const parameters = { folder: uriOf(folder), limit: mostFiles };
    const { uris, isComplete } = await connection.sendRequest<FoundFiles>(findFilesRequest, parameters);
    if (!isComplete) {
      log.warn(
        `${uriOf(folder)} has more than ${mostFiles} files that may be templates; the rest count when open.`,
      );
    }
    return uris.map(fileOf).map((file) => ({ path: file, realPath: file, named: false }));
  }

  async function read(file: FoundFile): Promise<string | undefined> {
    try {
      const answer = await connection.sendRequest<ReadFile>(readFileRequest, { uri: uriOf(file.path) });
      return answer.text ?? undefined;
    } catch {
      // Gone meanwhile; a watcher tells of it, too.
      return undefined;
    }
  }

  return {
    findFiles: async (folders) => ({ files: (await Promise.all(folders.map(filesBelow))).flat() }),
    readFiles: async function* (files) {
      for (let start = 0; start < files.length; start += filesAhead) {
        const some = files.slice(start, start + filesAhead);
        const texts = await Promise.all(some.map(read));
        for (const [index, file] of some.entries()) {
          const text = texts[index];
          yield {
            file,
            content:
              text === undefined
                ? { kind: 'unreadable', message: t('It cannot be read') }
                : { kind: 'text', text },
          };
        }
      }
    },
    realPath: (file) => Promise.resolve(file),
    isFoundBelow: (file) => Promise.resolve(!/\/(?:node_modules|\.git)\//.test(file)),
    rereader: () => undefined,
  };
}
