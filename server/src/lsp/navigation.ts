import type { CancellationToken, Connection, Location, Position } from 'vscode-languageserver';
import type { FilePlace } from '../language/code-lenses.ts';
import { linksIn, type TemplateLink } from '../language/links.ts';
import { definitionsAt, referencesAt } from '../language/navigation.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { toRange } from './diagnostic.ts';
import { uriOf } from './files.ts';
import type { Locate } from './related-locations.ts';
import type { TemplateAtHand, TemplateOf } from './template-at-hand.ts';

/** Finds definitions; several can answer for one place, and their answers are put together. */
export type FindDefinitions = (
  uri: string,
  position: Position,
  token: CancellationToken,
) => Promise<readonly Location[]>;

export interface NavigationParts {
  readonly connection: Pick<Connection, 'onDefinition' | 'onDocumentLinks' | 'onReferences'>;
  readonly templateOf: TemplateOf;
  readonly workspace: Pick<Workspace, 'has'>;
  readonly locate: Locate;
  /** Beside those of templates. */
  readonly moreDefinitions?: readonly FindDefinitions[];
}

/** Answers `textDocument/definition`, `textDocument/references` and `textDocument/documentLink`. */
export function serveNavigation({
  connection,
  templateOf,
  workspace,
  locate,
  moreDefinitions = [],
}: NavigationParts): void {
  const locations = (places: readonly FilePlace[]): Location[] =>
    places.flatMap(({ file, span }) => locate(file, span) ?? []);

  const linksOf = ({ document, analysis }: TemplateAtHand): readonly TemplateLink[] =>
    linksIn(document.getText(), analysis, (file) => workspace.has(file));

  const inTemplates: FindDefinitions = async (uri, position, token) => {
    const found = await templateOf(uri, token);
    if (found === undefined) return [];
    const { document, analysis } = found;
    return locations(
      definitionsAt(document.offsetAt(position), document.getText(), analysis, linksOf(found)),
    );
  };

  connection.onDefinition(async ({ textDocument: { uri }, position }, token) => {
    const finders = [inTemplates, ...moreDefinitions];
    return (await Promise.all(finders.map((find) => find(uri, position, token)))).flat();
  });

  connection.onReferences(async ({ textDocument: { uri }, position, context }, token) => {
    const found = await templateOf(uri, token);
    if (found === undefined) return [];
    const { document, analysis } = found;
    return locations(
      referencesAt(document.offsetAt(position), document.getText(), analysis, context.includeDeclaration),
    );
  });

  connection.onDocumentLinks(async ({ textDocument: { uri } }, token) => {
    const found = await templateOf(uri, token);
    if (found === undefined) return [];
    return linksOf(found).map(({ span, file, tooltip }) => ({
      range: toRange(span, found.document),
      target: uriOf(file),
      tooltip,
    }));
  });
}
