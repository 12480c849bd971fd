import { t } from '@vscode/l10n';
import type { Configuration } from '../../coverage/flow-log-findings/configuration.ts';
import { child, entry, textOf } from '../../template/syntax.ts';
import type { FixContext, Offer } from '../fix.ts';
import type { NameGiver } from '../names.ts';
import type { Change } from '../writer/changes.ts';
import { fieldEntries } from '../writer/values.ts';
import { isPath, resourcePath, type Refused, type Outline } from '../writer/written-template.ts';
import type { Delivery } from './delivery.ts';
import { deliveriesUnder, inPreferredOrder, sharedCondition } from './offers.ts';

/** Of the ids of these offers; the rest names the delivery. */
export const addDestinationPrefix = 'add-destination-';

/**
 * Gives a flow log somewhere to deliver to: of the type that it names, where it names one.
 *
 * @param configuration One that has neither `LogDestination` nor `LogGroupName`.
 */
export function addDestinationOffers(configuration: Configuration, context: FixContext): readonly Offer[] {
  const { flowLog, properties } = configuration;
  if (flowLog.loop !== undefined) return [];
  const typeNode = child(properties, 'LogDestinationType');
  const type = textOf(typeNode);
  const fits = (destination: string): boolean =>
    // A role is for CloudWatch Logs.
    typeNode === undefined
      ? !hasRole(configuration) || destination === 'cloud-watch-logs'
      : destination === type;
  return inPreferredOrder(context)
    .filter(fits)
    .flatMap((destination) => deliveriesUnder(flowLog.condition, destination, context))
    .map((delivery) => offer(delivery, configuration, context));
}

function offer(delivery: Delivery, configuration: Configuration, context: FixContext): Offer {
  return {
    id: `${addDestinationPrefix}${delivery.id}`,
    title: t('Add destination: {0}', delivery.label),
    plan: (written, names) => planDestinations([configuration], delivery, context, written, names),
  };
}

/** The way to deliver that an offer of {@link addDestinationOffers} stands for, where it suits several flow logs. */
export function sharedDelivery(
  offerId: string,
  flowLogs: readonly Configuration[],
  context: FixContext,
): Delivery | undefined {
  const condition = sharedCondition(flowLogs.map(({ flowLog }) => flowLog));
  return inPreferredOrder(context)
    .flatMap((destination) => deliveriesUnder(condition, destination, context))
    .find(({ id }) => offerId === `${addDestinationPrefix}${id}`);
}

/** Gives flow logs one destination, which they share. */
export function planDestinations(
  configurations: readonly Configuration[],
  delivery: Delivery,
  context: FixContext,
  written: Outline,
  names: NameGiver,
): readonly Change[] | Refused {
  const arrangement = delivery.arrange({
    context: configurations.every(hasRole) ? withRole(context) : context,
    written,
    names,
    condition: sharedCondition(configurations.map(({ flowLog }) => flowLog)),
    nameOf: (role) => names.resource(role),
  });
  if ('kind' in arrangement) return arrangement;
  const { dependsOn, resources } = arrangement;
  const changes: Change[] = [];
  for (const [index, { flowLog, properties }] of configurations.entries()) {
    const at = resourcePath(written, flowLog);
    if (!isPath(at)) return at;
    for (const { name, value } of fieldEntries(arrangement.properties)) {
      if (entry(properties, name) !== undefined) continue;
      changes.push({ kind: 'set', at: [...at, 'Properties', name], value });
    }
    if (dependsOn !== undefined)
      changes.push({ kind: 'append', to: [...at, 'DependsOn'], items: [dependsOn] });
    if (index === 0 && Object.keys(resources).length > 0) {
      changes.push({ kind: 'add-resources', beside: at, resources });
    }
  }
  return [...changes, ...arrangement.changes];
}

function hasRole({ properties }: Configuration): boolean {
  return entry(properties, 'DeliverLogsPermissionArn') !== undefined;
}

/** The flow log keeps the role that it has, so none is made. */
function withRole(context: FixContext): FixContext {
  const { options } = context;
  const cloudWatchLogs = { ...options.cloudWatchLogs, deliverLogsPermissionArn: '' };
  return { ...context, options: { ...options, cloudWatchLogs } };
}
