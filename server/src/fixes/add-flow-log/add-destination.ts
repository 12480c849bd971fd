import { t } from '@vscode/l10n';
import type { Configuration } from '../../coverage/flow-log-findings/configuration.ts';
import { child, textOf } from '../../template/syntax.ts';
import type { FixContext, Offer } from '../fix.ts';
import type { Delivery } from './delivery.ts';
import { hasRole, planDelivery } from './flow-logs.ts';
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
    plan: (written, names) =>
      planDelivery({ targets: [], undelivered: [configuration] }, delivery, context, written, names),
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
