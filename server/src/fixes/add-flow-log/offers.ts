import { t } from '@vscode/l10n';
import type { Configuration } from '../../coverage/flow-log-findings/configuration.ts';
import type { Finding } from '../../coverage/model.ts';
import type { Resource } from '../../template/model.ts';
import type { Change } from '../writer/changes.ts';
import { countingByCondition, resourceOf } from '../claims.ts';
import { isPlanned, type FixContext, type Offer } from '../fix.ts';
import type { NameGiver } from '../names.ts';
import { defaultDestination, type Destination } from '../options.ts';
import type { Refused, Outline } from '../writer/written-template.ts';
import { cloudWatchLogsDeliveries } from './cloud-watch-logs.ts';
import type { Delivery } from './delivery.ts';
import { firehoseDeliveries } from './firehose.ts';
import { planDelivery, type Target } from './flow-logs.ts';
import { s3Deliveries } from './s3.ts';
import { uncoveredCase } from './uncovered-case.ts';

const codes: ReadonlySet<string> = new Set([
  'vpc-no-flow-log',
  'vpc-flow-log-accept-only',
  'vpc-flow-log-conditional',
]);

/** Flow logs that a bare or partly bare VPC may get, those to the destination of the options first. */
export function addFlowLogOffers(finding: Finding, context: FixContext): readonly Offer[] {
  const vpc = resourceOf(finding, context.template);
  if (vpc === undefined || !codes.has(finding.code)) return [];
  return inPreferredOrder(context)
    .flatMap((destination) => deliveriesTo(destination, [finding], context))
    .map((delivery) => ({
      id: `add-flow-log-${delivery.id}`,
      title: t('Add flow log to {0}', delivery.label),
      plan: (written, names) => planFlowLogs([finding], delivery, context, written, names),
    }));
}

const destinations: readonly Destination[] = ['cloud-watch-logs', 's3', 'kinesis-data-firehose'];

/** All destinations, that of the options first. */
export function inPreferredOrder({ options }: FixContext): readonly Destination[] {
  const preferred = options.destination ?? defaultDestination;
  return [preferred, ...destinations.filter((destination) => destination !== preferred)];
}

/** The ways in which flow logs for the VPCs of some findings can deliver, the best first. */
export function deliveriesTo(
  destination: Destination,
  findings: readonly Finding[],
  context: FixContext,
): readonly Delivery[] {
  const deliveries = allDeliveriesTo(destination, findings, context);
  // Where one flow log may be there beside the other, EC2 refuses two of one destination.
  const isBeside = findings.some(
    ({ code, logicalId }) =>
      code === 'vpc-flow-log-conditional' &&
      coveringFlowLogs(context.template.resources.get(logicalId), context) === undefined,
  );
  return isBeside ? deliveries.filter(({ id }) => !id.endsWith('-of-template')) : deliveries;
}

function coveringFlowLogs(
  vpc: Resource | undefined,
  { template }: FixContext,
): readonly Resource[] | undefined {
  return vpc === undefined ? undefined : countingByCondition(vpc, template);
}

function allDeliveriesTo(
  destination: Destination,
  findings: readonly Finding[],
  context: FixContext,
): readonly Delivery[] {
  return deliveriesUnder(sharedConditionOf(findings, context), destination, context);
}

/** The ways in which what exists under a condition can deliver, the best first. */
export function deliveriesUnder(
  condition: string | undefined,
  destination: Destination,
  context: FixContext,
): readonly Delivery[] {
  switch (destination) {
    case 'cloud-watch-logs':
      return cloudWatchLogsDeliveries(context, condition);
    case 's3':
      return s3Deliveries(context, condition);
    case 'kinesis-data-firehose':
      return firehoseDeliveries(context, condition);
  }
}

/**
 * Flow logs for the VPCs of some findings, which share where they deliver to.
 *
 * @param undelivered Flow logs without a destination, which share it, too.
 */
export function planFlowLogs(
  findings: readonly Finding[],
  delivery: Delivery,
  context: FixContext,
  written: Outline,
  names: NameGiver,
  undelivered: readonly Configuration[] = [],
): readonly Change[] | Refused {
  const changes: Change[] = [];
  const targets = findings.flatMap((finding): Target[] => {
    const vpc = resourceOf(finding, context.template);
    if (vpc === undefined) return [];
    const flowLogs = finding.code === 'vpc-flow-log-conditional' ? coveringFlowLogs(vpc, context) : undefined;
    const uncovered = flowLogs && uncoveredCase(vpc, flowLogs, context.template, names);
    if (uncovered === undefined) return [{ vpc }];
    changes.push(...uncovered.changes);
    return [{ vpc, condition: uncovered.condition }];
  });
  const added = planDelivery({ targets, undelivered }, delivery, context, written, names);
  return isPlanned(added) ? [...added, ...changes] : added;
}

/** The condition under which the VPCs of all findings exist; undefined where there is none, or it varies. */
export function sharedConditionOf(findings: readonly Finding[], context: FixContext): string | undefined {
  return sharedCondition(vpcsOf(findings, context));
}

function vpcsOf(findings: readonly Finding[], { template }: FixContext): Resource[] {
  return findings.flatMap((finding) => resourceOf(finding, template) ?? []);
}

/** The condition under which all of them exist; undefined where there is none, or it varies. */
export function sharedCondition(resources: readonly Resource[]): string | undefined {
  const [first] = resources;
  return resources.every(({ condition, loop }) => loop === undefined && condition === first?.condition)
    ? first?.condition
    : undefined;
}
