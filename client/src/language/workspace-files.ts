import { RelativePattern, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  findFilesRequest,
  readFileRequest,
  type FindFiles,
  type FoundFiles,
  type ReadFile,
} from '../../../server/src/protocol.ts';

/** What may be a template, or says how templates are read. */
const candidates = '**/*.{yaml,yml,json,template}';
const passedOver = '**/{node_modules,.git}/**';

/** In bytes; five times what CloudFormation takes. */
const largestFile = 5 * 1024 * 1024;

/** Reads for the server what is on no disk of its own: the files of virtual workspaces. */
export function answerFileRequests(client: Pick<BaseLanguageClient, 'onRequest'>): void {
  client.onRequest(findFilesRequest, async ({ folder, limit }: FindFiles): Promise<FoundFiles> => {
    const pattern = new RelativePattern(Uri.parse(folder), candidates);
    const found = await workspace.findFiles(pattern, passedOver, limit + 1);
    return {
      uris: found.slice(0, limit).map((uri) => uri.toString()),
      isComplete: found.length <= limit,
    };
  });
  client.onRequest(readFileRequest, async ({ uri }: { readonly uri: string }): Promise<ReadFile> => {
    const file = Uri.parse(uri);
    // Nothing but what the user has opened as a workspace.
    if (workspace.getWorkspaceFolder(file) === undefined) return { text: null };
    const { size } = await workspace.fs.stat(file);
    if (size > largestFile) return { text: null };
    return { text: new TextDecoder().decode(await workspace.fs.readFile(file)) };
  });
}
