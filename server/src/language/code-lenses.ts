import { t } from '@vscode/l10n';
import type { Finding, VpcReport } from '../coverage/model.ts';
import { codeOfVerdict } from '../coverage/model.ts';
import type { Span } from '../template/syntax.ts';
import type { FileAnalysis, FileCheck } from '../workspace/file-check.ts';
import { summarise, summaryText } from './flow-log-summary.ts';
import { stateOf, statesByUrgency } from './state.ts';
import { flowLogsOn, reportedVpc } from './vpc-flow-logs.ts';

/** A place in a file of the workspace. */
export interface FilePlace {
  readonly file: string;
  readonly span: Span;
}

/** A line above a VPC. */
export interface VpcLens {
  /** The VPC's logical id. */
  readonly span: Span;
  readonly title: string;
  readonly action: LensAction;
}

export type LensAction =
  | { readonly kind: 'fix'; readonly finding: Finding }
  | { readonly kind: 'reveal'; readonly places: readonly FilePlace[] }
  | { readonly kind: 'none' };

/**
 * One lens for each key in the text that makes VPCs.
 *
 * @param canFix Whether a fix can be made for a finding.
 */
export function vpcLenses(
  { vpcs, findings }: FileCheck & { readonly kind: 'template' },
  analysis: FileAnalysis,
  canFix: (finding: Finding) => boolean,
): readonly VpcLens[] {
  // The instances of a loop share one key; the one that needs a look most speaks for all.
  const groups = new Map<number, VpcReport>();
  for (const report of vpcs) {
    const known = groups.get(report.span.start);
    if (known === undefined || urgency(report) < urgency(known)) groups.set(report.span.start, report);
  }
  const findingsAt = new Map(findings.map((finding) => [`${finding.code} ${finding.span.start}`, finding]));
  return Array.from(groups.values(), (report): VpcLens => {
    const code = report.verdict === 'covered' ? undefined : codeOfVerdict[report.verdict];
    const finding = findingsAt.get(`${code} ${report.span.start}`);
    return lensOf(report, analysis, finding !== undefined && canFix(finding) ? finding : undefined);
  });
}

function urgency(report: VpcReport): number {
  return statesByUrgency.indexOf(stateOf(report));
}

function lensOf(report: VpcReport, analysis: FileAnalysis, fixable: Finding | undefined): VpcLens {
  const vpc = reportedVpc(report, analysis)?.vpc;
  const flowLogs = vpc === undefined ? [] : flowLogsOn(vpc, analysis);
  const places = flowLogs.map(({ resource, scope }): FilePlace => ({
    file: scope.template.file,
    span: resource.span,
  }));
  const reveal: LensAction = places.length === 0 ? { kind: 'none' } : { kind: 'reveal', places };
  const { span, suppressed } = report;
  const fixLens = (state: string, stateAndOffer: string): VpcLens =>
    fixable === undefined
      ? { span, title: state, action: reveal }
      : { span, title: stateAndOffer, action: { kind: 'fix', finding: fixable } };
  if (suppressed !== undefined) {
    const place = { file: analysis.file, span: suppressed.span };
    return { span, title: t('No flow log: suppressed'), action: { kind: 'reveal', places: [place] } };
  }
  switch (report.verdict) {
    case 'covered': {
      const counting = flowLogs.filter(({ claims }) =>
        claims.some(({ outcome }) => outcome.kind === 'counts'),
      );
      const [first] = counting;
      if (first === undefined)
        return { span, title: t('Flow log: in no deployment'), action: { kind: 'none' } };
      const summary = summaryText(summarise(first));
      const others = counting.length - 1;
      const title =
        others === 0 ? t('Flow log: {0}', summary) : t('Flow log: {0} and {1} more', summary, others);
      return { span, title, action: reveal };
    }
    case 'missing':
      return fixLens(t('No flow log'), t('No flow log: add one'));
    case 'wrong-traffic':
      return fixLens(
        t('Flow log records ACCEPT only'),
        t('Flow log records ACCEPT only: record all traffic'),
      );
    case 'conditional':
      return fixLens(t('No flow log in some deployments'), t('No flow log in some deployments: cover them'));
    case 'unknown':
      return { span, title: t('Flow log: unknown'), action: reveal };
  }
}
