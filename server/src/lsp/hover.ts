import { t } from '@vscode/l10n';
import {
  MarkupKind,
  type ClientCapabilities,
  type Connection,
  type Hover,
  type TextDocuments,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Suppression, VpcReport } from '../coverage/model.ts';
import type { FileCheck } from '../workspace/workspace.ts';
import type { DocumentChecks } from './document-checks.ts';

/** Answers `textDocument/hover` on the logical ids of VPCs. */
export function serveHovers(
  connection: Pick<Connection, 'onHover'>,
  { textDocument }: ClientCapabilities,
  documents: TextDocuments<TextDocument>,
  checks: DocumentChecks,
): void {
  const canMarkdown = textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true;
  connection.onHover(({ textDocument: { uri }, position }) => {
    const document = documents.get(uri);
    if (document === undefined) return undefined;
    return hoverAt(document.offsetAt(position), checks.of(document), document, canMarkdown);
  });
}

/** What is said of the VPC whose logical id stands at an offset: its verdict, and who suppressed it and why. */
function hoverAt(
  offset: number,
  check: FileCheck,
  document: TextDocument,
  canMarkdown: boolean,
): Hover | undefined {
  if (check.kind !== 'template') return undefined;
  // The instances of a loop share one key.
  const vpcs = check.vpcs.filter(({ span }) => span.start <= offset && offset <= span.end);
  const [first] = vpcs;
  if (first === undefined) return undefined;
  const lines = [...new Set(vpcs.flatMap(describe))];
  const { start, end } = first.span;
  return {
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    contents: canMarkdown
      ? { kind: MarkupKind.Markdown, value: lines.map(escapeMarkdown).join('\n\n') }
      : { kind: MarkupKind.PlainText, value: lines.join('\n\n') },
  };
}

function describe({ reason, suppressed }: VpcReport): string[] {
  return suppressed === undefined ? [`${reason}.`] : [`${reason}.`, describeSuppression(suppressed)];
}

function describeSuppression({ by, rule, reason }: Suppression): string {
  const source =
    by === 'flow-log-guard' ? t('Suppressed here ({0})', rule) : t('Suppressed for {0} ({1})', by, rule);
  return reason === undefined ? t('{0}, without a reason.', source) : `${source}: ${reason}`;
}

/** Names and reasons are the template's text, not markup. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!<>|~&$]/g, String.raw`\$&`).replaceAll('\n', ' ');
}
