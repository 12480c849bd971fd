import { CodeLensRefreshRequest, type Connection, type TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Workspace } from '../workspace/workspace.ts';
import type { ClientProfile } from './client-profile.ts';
import { vpcLensFeature } from './code-lens.ts';
import { serveCommands, type Commands } from './commands.ts';
import { serveCompletions } from './completion.ts';
import { serveFeatures, type Feature } from './features.ts';
import { serveHovers } from './hover.ts';
import { lensCommands } from './lens-commands.ts';
import { navigationFeature, serveReferences } from './navigation.ts';
import { serveRecordHovers } from './record-hover.ts';
import type { Locate } from './related-locations.ts';
import type { TemplateOf } from './template-at-hand.ts';

export interface LanguageFeatureParts {
  readonly connection: Connection;
  readonly client: ClientProfile;
  readonly documents: TextDocuments<TextDocument>;
  readonly templateOf: TemplateOf;
  readonly workspace: Workspace;
  readonly locate: Locate;
  /** What others have to say to the same requests. */
  readonly more: readonly Feature[];
  /** The server's commands beside those of the features. */
  readonly commands: Commands;
}

/**
 * Serves hovers, code lenses, completions, definitions, references and document links.
 *
 * @returns a function that has the client ask for its lenses again
 */
export function serveLanguageFeatures(parts: LanguageFeatureParts): () => void {
  const { connection, client, documents, templateOf, locate, more, commands } = parts;
  serveHovers(serveRecordHovers(connection, documents), client, templateOf);
  serveCommands(connection, { ...lensCommands(parts), ...commands });
  serveCompletions(parts);
  serveReferences(connection, templateOf, locate);
  const own = [vpcLensFeature(parts), navigationFeature(parts)];
  serveFeatures(connection, client, documents, [...own, ...more]);
  return () => {
    if (client.refreshesCodeLenses)
      connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  };
}
