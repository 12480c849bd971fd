import type { Connection, Location, LocationLink } from 'vscode-languageserver';
import type { FilePlace } from '../language/code-lenses.ts';
import { linksIn, type TemplateLink } from '../language/links.ts';
import { definitionsAt, referencesAt } from '../language/navigation.ts';
import { computeOnce } from '../template/kept.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { toRange } from './diagnostic.ts';
import type { Feature } from './features.ts';
import { uriOf } from './files.ts';
import type { Locate } from './related-locations.ts';
import type { TemplateAtHand, TemplateOf } from './template-at-hand.ts';

export interface NavigationParts {
  readonly templateOf: TemplateOf;
  readonly workspace: Pick<Workspace, 'has'>;
  readonly locate: Locate;
}

/** Where names and expressions of a template lead to, and the files that it nests and includes. */
export function navigationFeature({ templateOf, workspace, locate }: NavigationParts): Feature {
  const linksOf = ({ document, analysis }: TemplateAtHand): readonly TemplateLink[] =>
    computeOnce(() => linksIn(document.getText(), analysis, (file) => workspace.has(file)));

  return {
    definitions: async ({ uri }, position) => {
      const found = await templateOf(uri);
      if (found === undefined) return [];
      const { document, analysis } = found;
      const offset = document.offsetAt(position);
      const text = document.getText();
      const places = computeOnce(() => definitionsAt(offset, text, analysis, linksOf(found)));
      return locations(places, locate).map((location): LocationLink => ({
        targetUri: location.uri,
        targetRange: location.range,
        targetSelectionRange: location.range,
      }));
    },
    documentLinks: async ({ uri }, isStale) => {
      const found = await templateOf(uri, isStale);
      if (found === undefined) return [];
      return linksOf(found).map(({ span, file, tooltip }) => ({
        range: toRange(span, found.document),
        target: uriOf(file),
        tooltip,
      }));
    },
  };
}

/** Answers `textDocument/references`. */
export function serveReferences(
  connection: Pick<Connection, 'onReferences'>,
  templateOf: TemplateOf,
  locate: Locate,
): void {
  connection.onReferences(async ({ textDocument: { uri }, position, context }, token) => {
    const found = await templateOf(uri, () => token.isCancellationRequested);
    if (found === undefined) return [];
    const { document, analysis } = found;
    const offset = document.offsetAt(position);
    const text = document.getText();
    const places = computeOnce(() => referencesAt(offset, text, analysis, context.includeDeclaration));
    return locations(places, locate);
  });
}

function locations(places: readonly FilePlace[], locate: Locate): Location[] {
  return places.flatMap(({ file, span }) => locate(file, span) ?? []);
}
