import { t } from '@vscode/l10n';
import type { Finding } from '../coverage/model.ts';
import type { Resource } from '../template/model.ts';
import { entriesOf, entry } from '../template/syntax.ts';
import { claimsOn, resourceOf } from './claims.ts';
import { changesAt, type FixContext, type Offer } from './fix.ts';
import { valueOfNode } from './writer/copies.ts';
import { isPath, resourcePath } from './writer/written-template.ts';

/** What can be done about flow logs that record ACCEPT only: make one record all, or add one for the rest. */
export function trafficTypeOffers(finding: Finding, { template }: FixContext): readonly Offer[] {
  const vpc = resourceOf(finding, template);
  if (vpc === undefined || finding.code !== 'vpc-flow-log-accept-only') return [];
  const acceptOnly = new Set(
    claimsOn(vpc, template)
      .filter(({ outcome }) => outcome.kind === 'accept-only')
      .map(({ flowLog }) => flowLog),
  );
  const flowLogs = [...acceptOnly].filter(
    ({ properties, loop }) => loop === undefined && entry(properties, 'TrafficType') !== undefined,
  );
  return [...flowLogs.map(setToAll), ...flowLogs.slice(0, 1).map(addForReject)];
}

function setToAll(flowLog: Resource): Offer {
  return {
    id: `set-traffic-type-all:${flowLog.logicalId}`,
    title: t('Set TrafficType to ALL: {0}', flowLog.logicalId),
    plan: (written) =>
      changesAt(resourcePath(written, flowLog), (path) => [
        { kind: 'set', at: [...path, 'Properties', 'TrafficType'], value: 'ALL' },
      ]),
  };
}

function addForReject(flowLog: Resource): Offer {
  return {
    id: 'add-flow-log-for-reject',
    title: t('Add a second flow log for REJECT: beside {0}', flowLog.logicalId),
    plan: (written, names) => {
      const path = resourcePath(written, flowLog);
      if (!isPath(path)) return path;
      const attributes = Object.fromEntries(
        entriesOf(flowLog.body).map(({ name, value }) => [name, valueOfNode(value)]),
      );
      const properties = Object.fromEntries(
        entriesOf(flowLog.properties).map(({ name, value }) => [
          name,
          name === 'TrafficType' ? 'REJECT' : valueOfNode(value),
        ]),
      );
      const logicalId = names.ofResource(flowLog.logicalId, 'Reject');
      return [
        {
          kind: 'add-resources',
          beside: path,
          resources: { [logicalId]: { ...attributes, Properties: properties } },
        },
      ];
    },
  };
}
