import type { Finding, VpcReport } from '../../server/src/coverage/model.ts';
import type { Span } from '../../server/src/template/syntax.ts';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';

/** 1-based, as editors show it. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where an offset is in a text; a byte order mark takes no column. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset).replace(/^\uFEFF/, '');
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

/**
 * A check as text, for golden files. One line for a VPC, `line:column logicalId verdict - reason [flow logs]`,
 * and one for a finding, `line:column-line:column severity code message`, with its related places below it.
 */
export function describeCheck(text: string, check: FileCheck): string {
  if (check.kind === 'not-a-template') return 'not a template\n';
  if (check.kind === 'unreadable') return `unreadable: ${check.message}\n`;
  if (check.kind !== 'template') return `${check.kind}\n`;
  return [
    ...section(
      'VPCs',
      check.vpcs.map((vpc) => describeVpc(text, vpc)),
    ),
    ...section(
      'Findings',
      check.findings.flatMap((finding) => describeFinding(text, finding)),
    ),
    ...section(
      'Problems',
      check.problems.map(({ message, span }) => `${range(text, span)} ${message}`),
    ),
  ].join('\n');
}

/** The same without places: what a check says, wherever in the text it stands. */
export function summarizeCheck(check: FileCheck): readonly string[] {
  if (check.kind !== 'template') return [check.kind];
  return [
    ...check.vpcs.map(({ logicalId, verdict, reason, flowLogs }) =>
      [logicalId, verdict, reason, ...flowLogs].join(' | '),
    ),
    ...check.findings.map(({ logicalId, code, severity, message }) =>
      [logicalId, code, severity, message].join(' | '),
    ),
  ].toSorted();
}

function section(title: string, lines: readonly string[]): string[] {
  return [title, ...(lines.length === 0 ? ['none'] : lines).map((line) => `  ${line}`), ''];
}

function describeVpc(text: string, { logicalId, span, verdict, reason, flowLogs }: VpcReport): string {
  return `${place(text, span.start)} ${logicalId} ${verdict} - ${reason} [${flowLogs.join(', ')}]`;
}

function describeFinding(text: string, { span, severity, code, message, related }: Finding): string[] {
  return [
    `${range(text, span)} ${severity} ${code} ${message}`,
    ...related.map((near) => `  ${range(text, near.span)} ${near.message}`),
  ];
}

function range(text: string, { start, end }: Span): string {
  return `${place(text, start)}-${place(text, end)}`;
}

function place(text: string, offset: number): string {
  const { line, column } = placeOf(text, offset);
  return `${line}:${column}`;
}
