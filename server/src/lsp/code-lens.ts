import type { Command } from 'vscode-languageserver';
import type { Finding } from '../coverage/model.ts';
import { isGenerated } from '../fixes/generated.ts';
import { vpcLenses, type LensAction } from '../language/code-lenses.ts';
import { computeOnce } from '../template/kept.ts';
import type { ClientProfile } from './client-profile.ts';
import { toActionData } from './code-action-data.ts';
import { toRange } from './diagnostic.ts';
import type { Feature } from './features.ts';
import { applyFixCommand, revealCommand } from './names.ts';
import type { Locate } from './related-locations.ts';
import type { TemplateAtHand, TemplateOf } from './template-at-hand.ts';

export interface CodeLensParts {
  readonly client: Pick<ClientProfile, 'appliesEdits' | 'showsDocuments' | 'revealCommand'>;
  readonly templateOf: TemplateOf;
  readonly locate: Locate;
}

/** One lens above each VPC. */
export function vpcLensFeature({ client, templateOf, locate }: CodeLensParts): Feature {
  /** Which fix fits best is found out when it is asked for: that takes far longer than all else about a lens. */
  function fixability({ analysis }: TemplateAtHand): (finding: Finding) => boolean {
    if (!client.appliesEdits) return () => false;
    const written = analysis.templates.filter((template) => !isGenerated(template));
    return ({ span }) =>
      written.some(({ root }) => root.span.start <= span.start && span.start <= root.span.end);
  }

  function commandOf({ document, analysis }: TemplateAtHand, title: string, action: LensAction): Command {
    switch (action.kind) {
      case 'none':
        return inert(title);
      case 'fix':
        return {
          title,
          command: applyFixCommand,
          arguments: [toActionData(document, { finding: action.finding })],
        };
      case 'reveal': {
        // To locate a place elsewhere is to read a text for its lines.
        const places = action.places.flatMap(({ file, span }) =>
          file === analysis.file
            ? { uri: document.uri, range: toRange(span, document) }
            : (locate(file, span) ?? []),
        );
        const command = client.revealCommand ?? (client.showsDocuments ? revealCommand : undefined);
        return command === undefined || places.length === 0
          ? inert(title)
          : { title, command, arguments: [places] };
      }
    }
  }

  return {
    codeLenses: async ({ uri }, isStale) => {
      const found = await templateOf(uri, isStale);
      if (found === undefined || !found.settings.codeLens) return [];
      const { document, check, analysis } = found;
      const lenses = computeOnce(() => vpcLenses(check, analysis, fixability(found)));
      return lenses.map(({ span, title, action }) => ({
        range: toRange(span, document),
        command: commandOf(found, title, action),
      }));
    },
  };
}

/** What editors show without a link. */
function inert(title: string): Command {
  return { title, command: '' };
}
