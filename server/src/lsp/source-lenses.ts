import { t } from '@vscode/l10n';
import type { CodeLens } from 'vscode-languageserver';
import type { SourceFindings } from '../cdk/source-findings.ts';
import { runCdkSynthCommand } from '../protocol.ts';
import { toRange } from './diagnostic.ts';
import type { Feature } from './features.ts';
import { fileOf, uriOf } from './files.ts';
import type { CurrentSourceFindings } from './source-diagnostics.ts';
import { isSourceDocument } from './source-documents.ts';

/**
 * Offers to synthesise anew, above each finding that is of an older text, or at the top where none of them is to
 * be found any more. For clients alone that have the command.
 */
export function synthesisLenses(currentFindings: CurrentSourceFindings, findings: SourceFindings): Feature {
  return {
    codeLenses: async (document, isStale): Promise<CodeLens[]> => {
      if (!isSourceDocument(document)) return [];
      const current = await currentFindings(document, isStale);
      if (current === undefined || !current.settings.enable) return [];
      const [application] = await findings.staleApplications(fileOf(document.uri), document.getText());
      if (application === undefined) return [];
      const command = {
        title: t('Run cdk synth: this file has changed since the last synthesis'),
        command: runCdkSynthCommand,
        arguments: [uriOf(application)],
      };
      const stale = current.findings.filter((finding) => finding.isStale);
      const spans =
        stale.length > 0 ? stale.map(({ expression }) => expression.span) : [{ start: 0, end: 0 }];
      return spans.map((span) => ({ range: toRange(span, document), command }));
    },
  };
}
