import { RequestType0, type Connection } from 'vscode-languageserver';
import type { Suppression, VpcReport } from '../coverage/model.ts';
import { summarise, summaryText } from '../language/flow-log-summary.ts';
import { stateOf } from '../language/state.ts';
import { flowLogsOn, reportedVpc } from '../language/vpc-flow-logs.ts';
import {
  templatesChangedNotification,
  templatesRequest,
  type TemplateSummary,
  type VpcSummary,
} from '../protocol.ts';
import { computeOnce } from '../template/kept.ts';
import type { FileAnalysis } from '../workspace/file-check.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { toRange } from './diagnostic.ts';
import { fileOf } from './files.ts';
import type { CheckAll, CheckedFile } from './workspace-checks.ts';

const request = new RequestType0<TemplateSummary[], void>(templatesRequest);

/**
 * Answers the request for all templates with their VPCs.
 *
 * @returns a function that tells the client that there may be another answer
 */
export function serveTemplates(
  connection: Pick<Connection, 'onRequest' | 'sendNotification'>,
  checkAll: CheckAll,
  workspace: Pick<Workspace, 'analysisOf'>,
): () => void {
  let isTold = true;
  connection.onRequest(request, async (token): Promise<TemplateSummary[]> => {
    isTold = false;
    const templates: TemplateSummary[] = [];
    for await (const file of checkAll(() => token.isCancellationRequested)) {
      if (file.check.kind !== 'template' || file.check.vpcs.length === 0) continue;
      const analysis = workspace.analysisOf(fileOf(file.uri));
      const { vpcs: reports } = file.check;
      const vpcs = computeOnce(() => reports.map((report) => toSummary(report, file, analysis)));
      templates.push({ uri: file.uri, vpcs });
    }
    return templates;
  });
  return () => {
    // Who has not asked since has been told already.
    if (isTold) return;
    isTold = true;
    connection.sendNotification(templatesChangedNotification).catch(() => undefined);
  };
}

function toSummary(report: VpcReport, { document }: CheckedFile, analysis: FileAnalysis): VpcSummary {
  const { logicalId, reason, suppressed, span } = report;
  const vpc = reportedVpc(report, analysis)?.vpc;
  const counting = (vpc === undefined ? [] : flowLogsOn(vpc, analysis)).filter(({ claims }) =>
    claims.some(({ outcome }) => outcome.kind === 'counts'),
  );
  return {
    logicalId,
    state: stateOf(report),
    reason,
    ...(suppressed !== undefined && { suppressed: suppressionText(suppressed) }),
    flowLogs: counting.map((flowLog) => summaryText(summarise(flowLog))),
    range: toRange(span, document),
  };
}

function suppressionText({ by, rule, reason }: Suppression): string {
  return `${by} ${rule}${reason === undefined ? '' : `: ${reason}`}`;
}
