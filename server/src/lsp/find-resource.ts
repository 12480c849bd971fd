import type { Connection } from 'vscode-languageserver';
import { findResourceRequest, type FindResourceParams, type FoundResource } from '../protocol.ts';
import { findResource } from '../workspace/find-resource.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Locate } from './related-locations.ts';

interface FindResourceParts {
  readonly connection: Pick<Connection, 'onRequest'>;
  readonly workspace: Workspace;
  readonly locate: Locate;
  /** Resolves when the folders have been read. */
  readonly foldersRead: () => Promise<void>;
}

/** Answers where the workspace's templates have a resource of a stack in the account. */
export function serveFindResource({ connection, workspace, locate, foldersRead }: FindResourceParts): void {
  connection.onRequest(findResourceRequest, async (wanted: FindResourceParams): Promise<FoundResource[]> => {
    await foldersRead();
    return findResource(workspace, wanted).flatMap(({ file, span, isOfStack }) => {
      const location = locate(file, span);
      return location === undefined ? [] : [{ ...location, isOfStack }];
    });
  });
}
