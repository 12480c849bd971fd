import { t } from '@vscode/l10n';
import type { Configuration } from '../coverage/flow-log-findings/configuration.ts';
import type { Finding } from '../coverage/model.ts';
import { child, entriesOf, entry, textOf } from '../template/syntax.ts';
import { addDestinationOffers } from './add-flow-log/add-destination.ts';
import { deliveryRole } from './add-flow-log/cloud-watch-logs.ts';
import type { Change } from './writer/changes.ts';
import { resourceOf } from './claims.ts';
import { changesAt, type FixContext, type Offer } from './fix.ts';
import { configurationsIn } from './once-per-template.ts';
import { logGroupOf } from './log-group.ts';
import { destinationOffers } from './log-destination.ts';
import { defaultTrafficType } from './options.ts';
import { getAtt } from './writer/values.ts';
import { resourcePath } from './writer/written-template.ts';

/** Mends a combination of properties that EC2 refuses. */
export function propertyOffers(finding: Finding, context: FixContext): readonly Offer[] {
  if (finding.code !== 'flow-log-property-invalid') return [];
  const configuration = configurationOf(finding, context);
  if (configuration === undefined) return [];
  const wrong = entriesOf(configuration.properties).find(
    ({ keySpan }) => keySpan.start === finding.span.start,
  );
  return wrong === undefined
    ? missingOffers(finding, configuration, context)
    : wrongOffers(wrong.name, configuration);
}

/**
 * Of the flow log that a finding is about. Undefined where its properties depend on a condition: what is right in
 * one case may be wrong in the other.
 */
export function configurationOf(finding: Finding, { template }: FixContext): Configuration | undefined {
  const flowLog = resourceOf(finding, template);
  if (flowLog === undefined) return undefined;
  const [configuration, ...others] = configurationsIn(template).filter((one) => one.flowLog === flowLog);
  return others.length === 0 && configuration?.properties === flowLog.properties ? configuration : undefined;
}

function wrongOffers(property: string, configuration: Configuration): readonly Offer[] {
  switch (property) {
    case 'ResourceType':
      return [setOffer(configuration, property, 'VPC')];
    case 'MaxAggregationInterval':
      return [setOffer(configuration, property, intervalFor(configuration))];
    case 'LogDestination':
      return destinationOffers(configuration);
    case 'TrafficType':
    case 'DeliverLogsPermissionArn':
    case 'LogGroupName':
    case 'DestinationOptions':
      return [removeOffer(configuration, property)];
    default:
      return [];
  }
}

/** The nearer of the two that EC2 takes, in seconds. */
function intervalFor({ properties }: Configuration): number {
  const isTransitGateway = textOf(child(properties, 'ResourceType'))?.startsWith('TransitGateway') === true;
  const seconds = Number(textOf(child(properties, 'MaxAggregationInterval')));
  return !isTransitGateway && seconds > 330 ? 600 : 60;
}

function missingOffers(
  { lacks }: Finding,
  configuration: Configuration,
  context: FixContext,
): readonly Offer[] {
  const { options } = context;
  const { properties } = configuration;
  if (lacks === undefined || entry(properties, lacks) !== undefined) return [];
  if (lacks === 'ResourceType') {
    return [setOffer(configuration, 'ResourceType', 'VPC')];
  }
  if (lacks === 'TrafficType') {
    return [setOffer(configuration, 'TrafficType', options.trafficType ?? defaultTrafficType)];
  }
  if (lacks === 'LogDestination') {
    return entry(properties, 'LogGroupName') === undefined
      ? addDestinationOffers(configuration, context)
      : [];
  }
  return lacks === 'DeliverLogsPermissionArn'
    ? roleOffers(configuration, options.cloudWatchLogs?.deliverLogsPermissionArn)
    : [];
}

/** A role that writes to the log group, be it one of the template or not. */
function roleOffers(configuration: Configuration, arn: string | undefined): readonly Offer[] {
  const property = 'DeliverLogsPermissionArn';
  if (arn !== undefined) return [setOffer(configuration, property, arn)];
  const { flowLog } = configuration;
  const group = logGroupOf(configuration);
  if (group === undefined || flowLog.loop !== undefined) return [];
  return [
    {
      id: 'add-delivery-role',
      title: t('Add delivery role: to {0}', group.label),
      plan: (written, names) =>
        changesAt(resourcePath(written, flowLog), (path): readonly Change[] => {
          const role = names.resource('FlowLogRole');
          return [
            { kind: 'set', at: [...path, 'Properties', property], value: getAtt(role, 'Arn') },
            {
              kind: 'add-resources',
              beside: path,
              resources: { [role]: deliveryRole(flowLog.condition, group.arn) },
            },
          ];
        }),
    },
  ];
}

function setOffer({ flowLog }: Configuration, property: string, value: string | number): Offer {
  return {
    id: `set-property:${property}`,
    title: t('Set {0}: {1}', property, value),
    plan: (written) =>
      changesAt(resourcePath(written, flowLog), (path) => [
        { kind: 'set', at: [...path, 'Properties', property], value },
      ]),
  };
}

function removeOffer({ flowLog }: Configuration, property: string): Offer {
  return {
    id: `remove-property:${property}`,
    title: t('Remove {0}', property),
    plan: (written) =>
      changesAt(resourcePath(written, flowLog), (path) => [
        { kind: 'remove', at: [...path, 'Properties', property] },
      ]),
  };
}
