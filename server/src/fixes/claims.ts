import { claimsOfDeployment } from '../coverage/assess.ts';
import type { Claim } from '../coverage/flow-log.ts';
import type { Finding } from '../coverage/model.ts';
import type { Resource, Template } from '../template/model.ts';
import { rootScope } from '../template/scope.ts';
import { oncePerTemplate } from './once-per-template.ts';

/** What the flow logs of a template on its own do, by Security Hub's control. */
export const claimsIn: (template: Template) => readonly Claim[] = oncePerTemplate((template) =>
  claimsOfDeployment(rootScope(template), 'ec2.6'),
);

/** What the flow logs of a template do for one of its VPCs. */
export function claimsOn(vpc: Resource, template: Template): readonly Claim[] {
  return claimsIn(template).filter(
    ({ outcome }) => 'vpc' in outcome && outcome.vpc?.resource.logicalId === vpc.logicalId,
  );
}

/** The resource that a finding is about. */
export function resourceOf({ logicalId }: Finding, { resources }: Template): Resource | undefined {
  return resources.get(logicalId);
}

/**
 * The flow logs that count for a VPC wherever they exist, so that nothing but their `Condition` leaves it bare;
 * undefined where something else does.
 */
export function countingByCondition(vpc: Resource, template: Template): readonly Resource[] | undefined {
  const claims = claimsOn(vpc, template).filter(({ outcome }) => outcome.kind === 'counts');
  const flowLogs = new Set(claims.map(({ flowLog }) => flowLog));
  const isPlain =
    flowLogs.size > 0 &&
    flowLogs.size === claims.length &&
    [...flowLogs].every(({ condition, loop }) => condition !== undefined && loop === undefined);
  return isPlain ? [...flowLogs] : undefined;
}
