import { configRule, frameworks, securityHubControl } from '../aws/control.ts';
import type { Suppression, VpcReport } from '../coverage/model.ts';
import type { Standard } from '../coverage/policy.ts';
import type { FileAnalysis } from '../workspace/workspace.ts';
import { summarise, summaryText } from './flow-log-summary.ts';
import { code, link, list, paragraph, strong, type Block, type Line } from './prose.ts';
import { stateOf, stateWords } from './state.ts';
import { flowLogsOn, reportedVpc, type FlowLogOnVpc } from './vpc-flow-logs.ts';

/** More than a reader takes in at one place. */
const mostVpcs = 4;

/**
 * The verdict on a VPC and why, its flow logs and conditions, who suppressed it, and what asks for flow logs.
 *
 * @param reports One, or all that one loop makes.
 */
export function describeVpcs(reports: readonly VpcReport[], analysis: FileAnalysis): Block[] {
  const shown = reports.slice(0, mostVpcs);
  const left = reports.length - shown.length;
  return [
    ...shown.flatMap((report) => describeVpc(report, analysis)),
    ...(left > 0 ? [paragraph(`And ${left} more of the same loop.`)] : []),
    ...describeControl(analysis.standard),
  ];
}

function describeVpc(report: VpcReport, analysis: FileAnalysis): Block[] {
  const { logicalId, reason, suppressed } = report;
  const vpc = reportedVpc(report, analysis)?.vpc;
  const flowLogs = vpc === undefined ? [] : flowLogsOn(vpc, analysis);
  return [
    paragraph(strong(logicalId), `: ${stateWords[stateOf(report)]}`),
    paragraph(`${reason}.`),
    ...(suppressed === undefined ? [] : [paragraph(describeSuppression(suppressed))]),
    ...(vpc?.condition === undefined
      ? []
      : [paragraph(code(logicalId), ' exists when ', code(vpc.condition), ' holds.')]),
    ...list(flowLogs.map((flowLog) => describeFlowLogOn(flowLog, analysis.file))),
  ];
}

function describeFlowLogOn({ resource, scope, claims }: FlowLogOnVpc, file: string): Line {
  const kinds = new Set(claims.map(({ outcome }) => outcome.kind));
  const doubt = kinds.has('counts') ? '' : kinds.has('unknown') ? '; may count' : '; does not count';
  const elsewhere = scope.template.file === file ? '' : `, in ${baseName(scope.template.file)}`;
  return [
    code(resource.logicalId),
    `: ${summaryText(summarise({ resource, scope }))}${elsewhere}`,
    ...(resource.condition === undefined ? [] : [', when ', code(resource.condition), ' holds']),
    doubt,
  ];
}

function baseName(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}

function describeSuppression({ by, rule, reason }: Suppression): string {
  const source = by === 'flow-log-guard' ? `Suppressed here (${rule})` : `Suppressed for ${by} (${rule})`;
  return reason === undefined ? `${source}, without a reason.` : `${source}: ${reason}`;
}

function describeControl(standard: Standard): Block[] {
  const { id, title, severity, url } = securityHubControl;
  if (standard === 'config-rule') {
    return [paragraph('Asked for by the AWS Config rule ', link(configRule.id, configRule.url), '.')];
  }
  return [
    paragraph('Asked for by Security Hub ', link(id, url), ` (${title}; severity ${severity}) and by:`),
    ...list(frameworks.map(({ name, requirements }): Line => [`${name}, ${requirements}`])),
  ];
}
