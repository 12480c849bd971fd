import type { Configuration } from '../../coverage/flow-log-findings/configuration.ts';
import { child, entry, textOf } from '../../template/syntax.ts';
import { changesAt, type FixContext, type Offer } from '../fix.ts';
import type { Change } from '../writer/changes.ts';
import { fieldEntries } from '../writer/values.ts';
import { isPath, resourcePath } from '../writer/written-template.ts';
import type { Delivery } from './delivery.ts';
import { deliveriesUnder, inPreferredOrder } from './offers.ts';

/**
 * Gives a flow log somewhere to deliver to: of the type that it names, where it names one.
 *
 * @param configuration One that has neither `LogDestination` nor `LogGroupName`.
 */
export function addDestinationOffers(
  { flowLog, properties }: Configuration,
  context: FixContext,
): readonly Offer[] {
  if (flowLog.loop !== undefined) return [];
  const typeNode = child(properties, 'LogDestinationType');
  const type = textOf(typeNode);
  const hasRole = entry(properties, 'DeliverLogsPermissionArn') !== undefined;
  const fits = (destination: string): boolean =>
    // A role is for CloudWatch Logs.
    typeNode === undefined ? !hasRole || destination === 'cloud-watch-logs' : destination === type;
  return inPreferredOrder(context)
    .filter(fits)
    .flatMap((destination) => deliveriesUnder(flowLog.condition, destination, context))
    .map((delivery) => offer(delivery, { flowLog, properties, hasRole }, context));
}

function offer(
  delivery: Delivery,
  {
    flowLog,
    properties,
    hasRole,
  }: Pick<Configuration, 'flowLog' | 'properties'> & { readonly hasRole: boolean },
  context: FixContext,
): Offer {
  return {
    id: `add-destination-${delivery.id}`,
    title: `Add destination: ${delivery.label}`,
    plan: (written, names) => {
      const path = resourcePath(written, flowLog);
      if (!isPath(path)) return path;
      const arrangement = delivery.arrange({
        context: hasRole ? withRole(context) : context,
        written,
        names,
        condition: flowLog.condition,
        nameOf: (role) => names.resource(role),
      });
      if ('kind' in arrangement) return arrangement;
      const { dependsOn, resources } = arrangement;
      const missing = fieldEntries(arrangement.properties).filter(
        ({ name }) => entry(properties, name) === undefined,
      );
      return changesAt(path, (at): readonly Change[] => [
        ...missing.map(({ name, value }): Change => ({
          kind: 'set',
          at: [...at, 'Properties', name],
          value,
        })),
        ...(dependsOn === undefined
          ? []
          : [{ kind: 'append', to: [...at, 'DependsOn'], items: [dependsOn] } as const]),
        ...(Object.keys(resources).length === 0
          ? []
          : [{ kind: 'add-resources', beside: at, resources } as const]),
        ...arrangement.changes,
      ]);
    },
  };
}

/** The flow log keeps the role that it has, so none is made. */
function withRole(context: FixContext): FixContext {
  const { options } = context;
  const cloudWatchLogs = { ...options.cloudWatchLogs, deliverLogsPermissionArn: '' };
  return { ...context, options: { ...options, cloudWatchLogs } };
}
