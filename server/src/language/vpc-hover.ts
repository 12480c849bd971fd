import { t } from '@vscode/l10n';
import { configRule, frameworks, securityHubControl } from '../aws/control.ts';
import type { Suppression, VpcReport } from '../coverage/model.ts';
import type { Standard } from '../coverage/policy.ts';
import type { FileAnalysis } from '../workspace/file-check.ts';
import { summarise, summaryText } from './flow-log-summary.ts';
import { code, filled, link, list, paragraph, strong, type Block, type Line } from './prose.ts';
import { stateOf, stateWord } from './state.ts';
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
    ...(left > 0 ? [paragraph(t('And {0} more of the same loop.', left))] : []),
    ...describeControl(analysis.standard),
  ];
}

function describeVpc(report: VpcReport, analysis: FileAnalysis): Block[] {
  const { logicalId, reason, suppressed } = report;
  const vpc = reportedVpc(report, analysis)?.vpc;
  const flowLogs = vpc === undefined ? [] : flowLogsOn(vpc, analysis);
  return [
    paragraph(strong(logicalId), `: ${stateWord(stateOf(report))}`),
    paragraph(t('{0}.', reason)),
    ...(suppressed === undefined ? [] : [paragraph(describeSuppression(suppressed))]),
    ...(vpc?.condition === undefined
      ? []
      : [paragraph(...filled(t('{0} exists when {1} holds.'), code(logicalId), code(vpc.condition)))]),
    ...list(flowLogs.map((flowLog) => describeFlowLogOn(flowLog, analysis.file))),
  ];
}

function describeFlowLogOn({ resource, scope, claims }: FlowLogOnVpc, file: string): Line {
  const kinds = new Set(claims.map(({ outcome }) => outcome.kind));
  const doubt = kinds.has('unknown') ? t('may count') : t('does not count');
  return [
    code(resource.logicalId),
    `: ${summaryText(summarise({ resource, scope }))}`,
    ...(scope.template.file === file ? [] : [', ', t('in {0}', baseName(scope.template.file))]),
    ...(resource.condition === undefined
      ? []
      : [', ', ...filled(t('when {0} holds'), code(resource.condition))]),
    ...(kinds.has('counts') ? [] : ['; ', doubt]),
  ];
}

function baseName(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file;
}

function describeSuppression({ by, rule, reason }: Suppression): string {
  if (by === 'flow-log-guard') {
    return reason === undefined
      ? t('Suppressed here ({0}), without a reason.', rule)
      : t('Suppressed here ({0}): {1}', rule, reason);
  }
  return reason === undefined
    ? t('Suppressed for {0} ({1}), without a reason.', by, rule)
    : t('Suppressed for {0} ({1}): {2}', by, rule, reason);
}

function describeControl(standard: Standard): Block[] {
  const { id, severity, url } = securityHubControl;
  if (standard === 'config-rule') {
    return [
      paragraph(...filled(t('Asked for by the AWS Config rule {0}.'), link(configRule.id, configRule.url))),
    ];
  }
  return [
    paragraph(
      ...filled(
        t('Asked for by Security Hub {0} ({1}; severity {2}) and by:'),
        link(id, url),
        t(securityHubControl.title),
        severity,
      ),
    ),
    ...list(frameworks.map(({ name, requirements }): Line => [`${name}, ${requirements}`])),
  ];
}
