import type { Claim } from '../coverage/flow-log.ts';
import type { VpcReport } from '../coverage/model.ts';
import type { Resource, Template } from '../template/model.ts';
import type { ResourceInStack } from '../template/value.ts';
import type { FileAnalysis } from '../workspace/file-check.ts';

/** A flow log that is on a VPC, or may be. */
export interface FlowLogOnVpc extends ResourceInStack {
  /** By whose claims it is there; one at least. */
  readonly claims: readonly Claim[];
}

/** The resource that a report is about, with its template. */
export function reportedVpc(
  { logicalId, span }: Pick<VpcReport, 'logicalId' | 'span'>,
  { templates }: Pick<FileAnalysis, 'templates'>,
): { readonly vpc: Resource; readonly template: Template } | undefined {
  for (const template of templates) {
    const vpc = template.resources.get(logicalId);
    if (vpc?.span.start === span.start) return { vpc, template };
  }
  return undefined;
}

const kindsOnVpc: ReadonlySet<string> = new Set(['counts', 'accept-only', 'refused', 'unknown']);

/** The flow logs that claim to be on a VPC, in any file, each once. */
export function flowLogsOn(vpc: Resource, { claims }: Pick<FileAnalysis, 'claims'>): readonly FlowLogOnVpc[] {
  const found = new Map<Resource, { readonly scope: Claim['scope']; readonly claims: Claim[] }>();
  for (const claim of claims) {
    const { outcome, flowLog, scope } = claim;
    if (!kindsOnVpc.has(outcome.kind) || !('vpc' in outcome) || outcome.vpc?.resource !== vpc) continue;
    const known = found.get(flowLog);
    if (known === undefined) found.set(flowLog, { scope, claims: [claim] });
    else known.claims.push(claim);
  }
  return Array.from(found, ([resource, rest]) => ({ resource, ...rest }));
}

/** The VPCs that a flow log is on, or may be, in any file, each once. */
export function vpcsOf(
  flowLog: Resource,
  { claims }: Pick<FileAnalysis, 'claims'>,
): readonly ResourceInStack[] {
  const found = new Map<Resource, ResourceInStack>();
  for (const { flowLog: one, outcome } of claims) {
    if (one.span.start !== flowLog.span.start || one.logicalId !== flowLog.logicalId) continue;
    if ('vpc' in outcome && outcome.vpc !== undefined) found.set(outcome.vpc.resource, outcome.vpc);
  }
  return [...found.values()];
}
