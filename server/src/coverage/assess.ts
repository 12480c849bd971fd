import { rootScope } from '../template/scope.ts';
import type { Resource, Template } from '../template/template.ts';
import { claimsOf, isFlowLog, type Claim } from './flow-log.ts';
import { describeClaim, nearMisses, reasonFor } from './messages.ts';
import { codeOfVerdict, type Assessment, type Finding, type Severity, type VpcReport } from './model.ts';
import { nearestName } from './names.ts';
import { isVpc } from './targets.ts';
import { judge, type Judgement } from './verdict.ts';

/** Assesses every VPC and every flow log of a template that is deployed on its own. */
export function assess(template: Template): Assessment {
  const scope = rootScope(template);
  const resources = [...template.resources.values()];
  const claims = resources.filter(isFlowLog).flatMap((flowLog) => claimsOf(flowLog, scope));
  const vpcs: VpcReport[] = [];
  const findings: Finding[] = [];
  for (const vpc of resources.filter(isVpc)) {
    const judgement = judge(vpc, scope, claims);
    const reason = reasonFor(vpc, judgement, claims);
    vpcs.push({
      logicalId: vpc.logicalId,
      span: vpc.span,
      verdict: judgement.verdict,
      reason,
      flowLogs: flowLogsOn(vpc, claims),
    });
    if (judgement.verdict !== 'covered') findings.push(vpcFinding(vpc, judgement, reason, claims));
  }
  findings.push(...targetFindings(template, claims));
  return { vpcs, findings: findings.toSorted((a, b) => a.span.start - b.span.start) };
}

function flowLogsOn(vpc: Resource, claims: readonly Claim[]): string[] {
  const on = claims.filter(({ outcome }) => {
    const isOnVpc = outcome.kind === 'counts' || outcome.kind === 'accept-only' || outcome.kind === 'refused';
    return isOnVpc && outcome.vpc === vpc;
  });
  return [...new Set(on.map(({ flowLog }) => flowLog.logicalId))];
}

function vpcFinding(
  vpc: Resource,
  judgement: Exclude<Judgement, { verdict: 'covered' }>,
  message: string,
  claims: readonly Claim[],
): Finding {
  return {
    code: codeOfVerdict[judgement.verdict],
    severity: severityOf(judgement),
    message,
    logicalId: vpc.logicalId,
    span: vpc.span,
    related: nearMisses(claims, vpc).map((claim) => ({
      message: describeClaim(claim),
      span: claim.flowLog.span,
    })),
  };
}

function severityOf(judgement: Judgement): Severity {
  if (judgement.verdict === 'unknown') return 'information';
  return judgement.verdict === 'conditional' && !judgement.byDefault ? 'information' : 'warning';
}

/** A flow log whose `ResourceId` names something that is no VPC. */
function targetFindings(template: Template, claims: readonly Claim[]): Finding[] {
  const found = new Map<unknown, Finding>();
  const vpcNames = [...template.resources.values()].filter(isVpc).map(({ logicalId }) => logicalId);
  for (const { flowLog, outcome } of claims) {
    if (outcome.kind !== 'invalid-target') continue;
    const nearest = outcome.type === undefined ? nearestName(outcome.name, vpcNames) : undefined;
    const problem =
      outcome.type === undefined
        ? `${outcome.name}, which does not exist in this template`
        : `${outcome.name} of type ${outcome.type}, but its ResourceType is VPC`;
    const suggestion = nearest === undefined ? '' : `; did you mean ${nearest}?`;
    found.set(outcome.node, {
      code: 'flow-log-target-invalid',
      severity: 'error',
      message: `${flowLog.logicalId} is on ${problem}${suggestion}`,
      logicalId: flowLog.logicalId,
      span: outcome.node.span,
      related: [],
    });
  }
  return [...found.values()];
}
