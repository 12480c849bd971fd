import { l10n, MarkdownString } from 'vscode';
import { adviceOn } from '../aws/advice.ts';
import type { Failure, Vpc } from '../aws/model.ts';
import type { FlowLogNode, TreeNode } from './model/nodes.ts';
import { stateWord } from './state-icons.ts';
import { lookOf } from './tree-item.ts';
import { failureInFull, interval } from './words.ts';

/** What the mouse shows over a node. */
export function tooltip(node: TreeNode): MarkdownString | undefined {
  switch (node.kind) {
    case 'account':
      return table([
        [l10n.t('Profile'), node.identity.profile],
        [l10n.t('Account'), node.identity.accountId],
        [l10n.t('Caller'), node.identity.callerArn],
        [l10n.t('Partition'), node.identity.partition],
        [l10n.t('Hidden regions'), node.hiddenRegions === 0 ? undefined : String(node.hiddenRegions)],
      ]);
    case 'failure':
      return failureTooltip(node.failure);
    case 'region':
      return node.known.state.kind === 'failed' ? failureTooltip(node.known.state.failure) : undefined;
    case 'vpc':
      return vpcTooltip(node.vpc);
    case 'flow-log':
      return flowLogTooltip(node);
    case 'note':
      return node.note.kind === 'unreadable' ? failureTooltip(node.note.failure) : undefined;
  }
}

function vpcTooltip({
  id,
  name,
  region,
  cidrBlocks,
  isDefault,
  state,
  origin,
  ownerId,
}: Vpc): MarkdownString {
  return table([
    [l10n.t('Name'), name],
    [l10n.t('VPC'), id],
    [l10n.t('State'), stateWord(lookOf(state))],
    [l10n.t('Region'), region],
    [l10n.t('CIDR'), cidrBlocks.join(', ')],
    [l10n.t('Default VPC'), isDefault ? l10n.t('yes') : undefined],
    [l10n.t('Owner'), ownerId],
    [l10n.t('Stack'), origin && `${origin.stackName} / ${origin.logicalId}`],
  ]);
}

function flowLogTooltip({ flowLog }: FlowLogNode): MarkdownString {
  return table([
    [l10n.t('Flow log'), flowLog.id],
    [l10n.t('Destination'), flowLog.destinationName],
    [l10n.t('Traffic'), flowLog.trafficType],
    [
      l10n.t('Aggregation interval'),
      flowLog.maxAggregationInterval === undefined ? undefined : interval(flowLog.maxAggregationInterval),
    ],
    [l10n.t('Format'), flowLog.logFormat],
    [
      l10n.t('Delivery'),
      flowLog.deliveryError === undefined
        ? l10n.t('no error reported')
        : l10n.t('failed: {0}', flowLog.deliveryError),
    ],
    [l10n.t('Delivery role'), flowLog.deliveryRoleArn],
    [l10n.t('Created'), flowLog.createdAt?.toLocaleString()],
  ]);
}

function failureTooltip(failure: Failure): MarkdownString {
  const text = new MarkdownString();
  text.appendText(failureInFull(failure));
  const advice = adviceOn(failure);
  if (advice !== undefined) {
    text.appendMarkdown('\n\n');
    text.appendText(advice);
  }
  return text;
}

/** Names and tags are the account's text, never markup. */
function table(rows: readonly (readonly [string, string | undefined])[]): MarkdownString {
  const text = new MarkdownString();
  for (const [name, value] of rows) {
    if (value === undefined || value === '') continue;
    text.appendMarkdown(`**${name}:** `);
    text.appendText(value);
    text.appendMarkdown('  \n');
  }
  return text;
}
