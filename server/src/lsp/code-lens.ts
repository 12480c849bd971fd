import type { Command } from 'vscode-languageserver';
import type { Finding } from '../coverage/model.ts';
import { fixesFor } from '../fixes/catalogue.ts';
import { contextAt } from '../fixes/fix-file.ts';
import { vpcLenses, type LensAction } from '../language/code-lenses.ts';
import type { ClientProfile } from './client-profile.ts';
import { toActionData } from './code-action-data.ts';
import { toRange } from './diagnostic.ts';
import type { Feature } from './features.ts';
import { applyFixCommand, revealCommand } from './lens-commands.ts';
import type { Locate } from './related-locations.ts';
import type { TemplateAtHand, TemplateOf } from './template-at-hand.ts';

export interface CodeLensParts {
  readonly client: Pick<ClientProfile, 'appliesEdits' | 'showsDocuments' | 'revealCommand'>;
  readonly templateOf: TemplateOf;
  readonly locate: Locate;
}

/** One lens above each VPC. */
export function vpcLensFeature({ client, templateOf, locate }: CodeLensParts): Feature {
  /** The fix that fits best; undefined where there is none, or the client could not have it made. */
  function preferredFix({ fixContext }: TemplateAtHand, finding: Finding): string | undefined {
    if (!client.appliesEdits) return undefined;
    const context = contextAt(fixContext, finding.span.start);
    const fixes = context === undefined ? [] : fixesFor(finding, context);
    return fixes.find(({ isPreferred }) => isPreferred)?.id;
  }

  function commandOf(found: TemplateAtHand, title: string, action: LensAction): Command {
    switch (action.kind) {
      case 'none':
        return inert(title);
      case 'fix': {
        const fix = preferredFix(found, action.finding);
        if (fix === undefined) return inert(title);
        const data = toActionData(found.document, { fix, finding: action.finding });
        return { title, command: applyFixCommand, arguments: [data] };
      }
      case 'reveal': {
        const places = action.places.flatMap(({ file, span }) => locate(file, span) ?? []);
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
      const canFix = (finding: Finding): boolean => preferredFix(found, finding) !== undefined;
      return vpcLenses(check, analysis, canFix).map(({ span, title, action }) => ({
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
