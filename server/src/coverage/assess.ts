import { t } from '@vscode/l10n';
import { keep } from '../template/kept.ts';
import type { StackScope } from '../template/scope.ts';
import type { Resource, Template } from '../template/model.ts';
import type { ResourceInStack } from '../template/value.ts';
import { claimsOf, concerns, flowLogsIn, type Claim } from './flow-log.ts';
import { doubtsIn, type Doubt } from './doubts.ts';
import { flowLogFindings } from './flow-log-findings/findings.ts';
import { describeClaim, nearMisses, reasonFor, type JudgedVpc } from './messages.ts';
import {
  codeOfVerdict,
  type Assessment,
  type Finding,
  type RelatedPlace,
  type Severity,
  type VpcReport,
} from './model.ts';
import { nearestName } from './names.ts';
import { applySeverities, type Policy, type Standard } from './policy.ts';
import { recall } from './recall.ts';
import { withoutRepeats } from './repeats.ts';
import { applySuppressions } from './suppression/apply.ts';
import { effortForTemplate, type Effort } from './solver.ts';
import { vpcsIn } from './targets.ts';
import { judge, rootsOf, type Judgement } from './verdict.ts';

/** What all flow logs of a deployment do: those of the stack itself and of the stacks that it nests. */
export function claimsOfDeployment(root: StackScope, standard: Standard): readonly Claim[] {
  return keep(root, `claims/${standard}`, () =>
    [...root.stacks()].flatMap((scope) =>
      flowLogsIn(scope.template).flatMap((flowLog) =>
        keep(scope, `claims/${standard}/${flowLog.logicalId}`, () => claimsOf(flowLog, scope, standard)),
      ),
    ),
  );
}

/** Whether a template has anything to assess: a VPC or a flow log. */
export function isConcerned(template: Template): boolean {
  return vpcsIn(template).length > 0 || flowLogsIn(template).length > 0;
}

/**
 * Assesses every VPC and every flow log of a template.
 *
 * @param stacks The stacks that deploy it: one of its own, or those in which other templates nest it.
 * @param claims What the flow logs in reach do by the policy's standard, this template's among them.
 */
export function assess(
  template: Template,
  stacks: readonly StackScope[],
  claims: readonly Claim[],
  policy: Policy,
): Assessment {
  const { standard } = policy;
  const doubts = new Map(
    stacks.map((scope) => [scope, keep(scope, `doubts/${standard}`, () => doubtsIn(scope, standard))]),
  );
  const effort = effortForTemplate();
  const judged = vpcsIn(template).map((vpc) => judgeInAll(vpc, doubts, claims, standard, effort));
  const findings = [
    ...byTemplateKey(judged).flatMap((group) => vpcFindings(group, claims, standard)),
    ...targetFindings(template, claims),
  ];
  const vpcs = judged.map(({ report }) => report);
  const sorted = [...withoutRepeats(findings), ...flowLogFindings(stacks)].toSorted(
    (a, b) => a.span.start - b.span.start,
  );
  const assessment = applySuppressions(template, { vpcs, findings: sorted });
  return { ...assessment, findings: applySeverities(assessment.findings, policy) };
}

/** From the best verdict to the worst. */
const verdictOrder: readonly Judgement['verdict'][] = [
  'covered',
  'unknown',
  'conditional',
  'wrong-traffic',
  'missing',
];

/** A VPC with all that is said of it. */
interface ReportedVpc extends JudgedVpc {
  readonly report: VpcReport;
  /** The flow logs that explain best why it is bare; none where it is not. */
  readonly nearMisses: readonly RelatedPlace[];
}

/** The worst that happens to a VPC in any of the stacks that make it. */
function judgeInAll(
  resource: Resource,
  stacks: ReadonlyMap<StackScope, readonly Doubt[]>,
  claims: readonly Claim[],
  standard: Standard,
  effort: Effort,
): ReportedVpc {
  const judged = Array.from(stacks, ([scope, doubts]) => {
    const place = { resource, scope };
    const concerning = claims.filter((claim) => concerns(claim, place));
    // Where none concerns it, a few on others tell where to look.
    const telling = concerning.length > 0 ? concerning : nearMisses(claims, place);
    const assumptions = rootsOf(place, concerning).map(({ assumptions: { length } }) => length);
    const { condition } = resource;
    // Not what it comes to in the stack, which is another formula each time.
    const exists = condition === undefined ? undefined : scope.condition(condition);
    const inputs = [resource, exists, doubts, ...assumptions, ...telling];
    return recall(scope, `${standard} ${resource.logicalId}`, inputs, effort, () =>
      reportOn({ place, judgement: judge(place, concerning, doubts, effort) }, telling, standard),
    );
  });
  return judged.reduce((worst, next) =>
    verdictOrder.indexOf(next.judgement.verdict) > verdictOrder.indexOf(worst.judgement.verdict)
      ? next
      : worst,
  );
}

/** @param claims Those that concern the VPC, if there are any. */
function reportOn(vpc: JudgedVpc, claims: readonly Claim[], standard: Standard): ReportedVpc {
  const { place, judgement } = vpc;
  const { logicalId, span } = place.resource;
  const near = judgement.verdict === 'covered' ? [] : nearMisses(claims, place);
  return {
    ...vpc,
    report: {
      logicalId,
      span,
      verdict: judgement.verdict,
      reason: reasonFor([vpc], claims, standard),
      flowLogs: flowLogsOn(place, claims),
    },
    nearMisses: near.map((claim) => ({
      message: describeClaim(claim),
      ...(claim.scope.template !== place.scope.template && { file: claim.scope.template.file }),
      span: claim.flowLog.span,
    })),
  };
}

/** What flow logs do that are on a VPC. */
const kinds: ReadonlySet<string> = new Set(['counts', 'accept-only', 'refused']);

function flowLogsOn(vpc: ResourceInStack, claims: readonly Claim[]): string[] {
  const on = claims.filter((claim) => kinds.has(claim.outcome.kind) && concerns(claim, vpc));
  return [...new Set(on.map(({ flowLog }) => flowLog.logicalId))];
}

/** Those of one loop that have one verdict share a finding, on the key that stands in the template. */
function byTemplateKey(judged: readonly ReportedVpc[]): ReportedVpc[][] {
  const groups = new Map<unknown, ReportedVpc[]>();
  for (const vpc of judged) {
    const { resource } = vpc.place;
    const key = resource.loop === undefined ? resource : `${vpc.judgement.verdict} ${resource.span.start}`;
    groups.set(key, [...(groups.get(key) ?? []), vpc]);
  }
  return [...groups.values()];
}

/** @param group VPCs of one verdict. */
function vpcFindings(
  group: readonly ReportedVpc[],
  claims: readonly Claim[],
  standard: Standard,
): readonly Finding[] {
  const [first] = group;
  if (first === undefined || first.judgement.verdict === 'covered') return [];
  const { logicalId, span } = first.place.resource;
  const severities = group.map(({ judgement }) => severityOf(judgement));
  return [
    {
      code: codeOfVerdict[first.judgement.verdict],
      severity: severities.includes('warning') ? 'warning' : 'information',
      message: group.length === 1 ? first.report.reason : reasonFor(group, claims, standard),
      logicalId,
      span,
      related: first.nearMisses,
    },
  ];
}

function severityOf(judgement: Judgement): Severity {
  if (judgement.verdict === 'unknown') return 'information';
  return judgement.verdict === 'conditional' && !judgement.byDefault ? 'information' : 'warning';
}

/** A flow log whose `ResourceId` names something that is no VPC. */
function targetFindings(template: Template, claims: readonly Claim[]): Finding[] {
  const found = new Map<string, Finding>();
  // Where a loop makes many at one place, one suggestion will do.
  const places = new Set<number>();
  for (const { flowLog, scope, outcome } of claims) {
    if (outcome.kind !== 'invalid-target' || scope.template !== template) continue;
    const { start } = outcome.node.span;
    const isNew = outcome.type === undefined && !places.has(start);
    places.add(start);
    const vpcNames = isNew ? vpcsIn(template).map((vpc) => vpc.logicalId) : [];
    const nearest = nearestName(outcome.name, vpcNames);
    const { logicalId } = flowLog;
    const problem =
      outcome.type === undefined
        ? t('{0} is on {1}, which does not exist in this template', logicalId, outcome.name)
        : t('{0} is on {1} of type {2}, but its ResourceType is VPC', logicalId, outcome.name, outcome.type);
    const suggestion = nearest === undefined ? '' : `; ${t('did you mean {0}?', nearest)}`;
    found.set(`${logicalId} ${start}`, {
      code: 'flow-log-target-invalid',
      severity: 'error',
      message: `${problem}${suggestion}`,
      logicalId,
      span: outcome.node.span,
      related: [],
    });
  }
  return [...found.values()];
}
