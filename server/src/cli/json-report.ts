import type { Finding, FindingCode, Severity, Suppression, Verdict, VpcReport } from '../coverage/model.ts';
import type { CheckedTemplate, CheckOutcome } from './check.ts';

/** What `--format json` prints. Described by schemas/report.schema.json and docs/json-report.md. */
interface Report {
  readonly version: 1;
  readonly vpcs: readonly VpcEntry[];
  readonly findings: readonly FindingEntry[];
  readonly errors: readonly { readonly file: string; readonly message: string }[];
}

interface VpcEntry {
  readonly file: string;
  readonly logicalId: string;
  readonly line: number;
  readonly column: number;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly flowLogs: readonly string[];
  readonly suppressed?: Omit<Suppression, 'span'>;
}

interface FindingEntry {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly logicalId: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function jsonReport({ templates, errors }: CheckOutcome): string {
  const report: Report = {
    version: 1,
    vpcs: templates.flatMap((template) => template.vpcs.map((vpc) => vpcEntry(vpc, template))),
    findings: templates.flatMap((template) =>
      template.findings.map((finding) => findingEntry(finding, template)),
    ),
    errors: errors.map(({ file, message }) => ({ file, message })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

// Both go property by property, so that nothing gets into the documented shape unnoticed.

function vpcEntry(vpc: VpcReport, { file, positionAt }: CheckedTemplate): VpcEntry {
  const { logicalId, span, verdict, reason, flowLogs, suppressed } = vpc;
  const { line, column } = positionAt(span.start);
  const entry: VpcEntry = { file, logicalId, line, column, verdict, reason, flowLogs };
  if (suppressed === undefined) return entry;
  const { by, rule, reason: suppressionReason } = suppressed;
  return {
    ...entry,
    suppressed: { by, rule, ...(suppressionReason !== undefined && { reason: suppressionReason }) },
  };
}

function findingEntry(finding: Finding, { file, positionAt }: CheckedTemplate): FindingEntry {
  const { code, severity, message, logicalId, span } = finding;
  const { line, column } = positionAt(span.start);
  const { line: endLine, column: endColumn } = positionAt(span.end);
  return { code, severity, message, file, logicalId, line, column, endLine, endColumn };
}
