import type { StackScope } from '../template/scope.ts';
import type { Resource, Template } from '../template/template.ts';
import type { ResourceInStack } from '../template/value.ts';
import { claimsOf, concerns, isFlowLog, type Claim } from './flow-log.ts';
import { describeClaim, nearMisses, reasonFor } from './messages.ts';
import { codeOfVerdict, type Assessment, type Finding, type Severity, type VpcReport } from './model.ts';
import { nearestName } from './names.ts';
import { isVpc } from './targets.ts';
import { judge, type Judgement } from './verdict.ts';

/** What all flow logs of a deployment do: those of the stack itself and of the stacks that it nests. */
export function claimsOfDeployment(root: StackScope): Claim[] {
  return [...root.stacks()].flatMap((scope) =>
    [...scope.template.resources.values()].filter(isFlowLog).flatMap((flowLog) => claimsOf(flowLog, scope)),
  );
}

/**
 * Assesses every VPC and every flow log of a template.
 *
 * @param stacks The stacks that deploy it: one of its own, or those in which other templates nest it.
 * @param claims What the flow logs in reach do, this template's among them.
 */
export function assess(
  template: Template,
  stacks: readonly StackScope[],
  claims: readonly Claim[],
): Assessment {
  const vpcs: VpcReport[] = [];
  const findings: Finding[] = [];
  for (const vpc of [...template.resources.values()].filter(isVpc)) {
    const { place, judgement } = judgeInAll(vpc, stacks, claims);
    const reason = reasonFor(place, judgement, claims);
    vpcs.push({
      logicalId: vpc.logicalId,
      span: vpc.span,
      verdict: judgement.verdict,
      reason,
      flowLogs: flowLogsOn(place, claims),
    });
    if (judgement.verdict !== 'covered') findings.push(vpcFinding(place, judgement, reason, claims));
  }
  findings.push(...targetFindings(template, claims));
  return { vpcs, findings: findings.toSorted((a, b) => a.span.start - b.span.start) };
}

/** From the best verdict to the worst. */
const verdictOrder: readonly Judgement['verdict'][] = [
  'covered',
  'unknown',
  'conditional',
  'wrong-traffic',
  'missing',
];

/** The worst that happens to a VPC in any of the stacks that make it. */
function judgeInAll(
  resource: Resource,
  stacks: readonly StackScope[],
  claims: readonly Claim[],
): { readonly place: ResourceInStack; readonly judgement: Judgement } {
  const judged = stacks.map((scope) => {
    const place = { resource, scope };
    return { place, judgement: judge(place, claims) };
  });
  return judged.reduce((worst, next) =>
    verdictOrder.indexOf(next.judgement.verdict) > verdictOrder.indexOf(worst.judgement.verdict)
      ? next
      : worst,
  );
}

function flowLogsOn(vpc: ResourceInStack, claims: readonly Claim[]): string[] {
  const kinds = new Set<string>(['counts', 'accept-only', 'refused']);
  const on = claims.filter((claim) => kinds.has(claim.outcome.kind) && concerns(claim, vpc));
  return [...new Set(on.map(({ flowLog }) => flowLog.logicalId))];
}

function vpcFinding(
  vpc: ResourceInStack,
  judgement: Exclude<Judgement, { verdict: 'covered' }>,
  message: string,
  claims: readonly Claim[],
): Finding {
  return {
    code: codeOfVerdict[judgement.verdict],
    severity: severityOf(judgement),
    message,
    logicalId: vpc.resource.logicalId,
    span: vpc.resource.span,
    related: nearMisses(claims, vpc).map((claim) => ({
      message: describeClaim(claim),
      ...(claim.scope.template !== vpc.scope.template && { file: claim.scope.template.file }),
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
  for (const { flowLog, scope, outcome } of claims) {
    if (outcome.kind !== 'invalid-target' || scope.template !== template) continue;
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
