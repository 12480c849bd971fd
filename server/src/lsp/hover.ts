import type { Connection } from 'vscode-languageserver';
import { explain } from '../language/hover.ts';
import { computeOnce } from '../template/kept.ts';
import type { ClientProfile } from './client-profile.ts';
import { toRange } from './diagnostic.ts';
import { toMarkup } from './markup.ts';
import type { TemplateOf } from './template-at-hand.ts';

/** Answers `textDocument/hover` on VPCs and inside flow logs. */
export function serveHovers(
  connection: Pick<Connection, 'onHover'>,
  { markdownHovers }: Pick<ClientProfile, 'markdownHovers'>,
  templateOf: TemplateOf,
): void {
  connection.onHover(async ({ textDocument, position }, token) => {
    const found = await templateOf(textDocument.uri, () => token.isCancellationRequested);
    if (found === undefined) return undefined;
    const { document, check, analysis } = found;
    const offset = document.offsetAt(position);
    const explanation = computeOnce(() => explain(offset, document.getText(), check, analysis));
    return (
      explanation && {
        range: toRange(explanation.span, document),
        contents: toMarkup(explanation.blocks, markdownHovers),
      }
    );
  });
}
