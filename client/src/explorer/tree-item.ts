import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, type Command } from 'vscode';
import { isBare, type Failure, type Vpc, type VpcState } from '../aws/model.ts';
import type {
  AccountNode,
  FailureNode,
  FlowLogNode,
  NoteNode,
  RegionNode,
  TreeNode,
  VpcNode,
} from './model/nodes.ts';
import { stateIcon, stateWord, type StateLook } from './state-icons.ts';
import {
  accountTitle,
  countAccountInWords,
  countVpcsInWords,
  destinationTitle,
  failureInWords,
  formatTitle,
  interval,
} from './words.ts';

/** How a node is shown, but for its tooltip. The context value says by words what can be done with it. */
export function treeItem(node: TreeNode): TreeItem {
  const item = describe(node);
  item.id = node.id;
  return item;
}

function describe(node: TreeNode): TreeItem {
  switch (node.kind) {
    case 'account':
      return accountItem(node);
    case 'failure':
      return failureItem(node);
    case 'region':
      return regionItem(node);
    case 'vpc':
      return vpcItem(node);
    case 'flow-log':
      return flowLogItem(node);
    case 'note':
      return noteItem(node);
  }
}

function accountItem({ identity, counts, isReading }: AccountNode): TreeItem {
  const item = new TreeItem(accountTitle(identity), TreeItemCollapsibleState.Expanded);
  item.description = countAccountInWords(counts);
  item.iconPath = new ThemeIcon(isReading ? 'loading~spin' : identity.isDemo ? 'beaker' : 'account');
  item.contextValue = words('account', counts.bare > 0 && 'bare');
  return item;
}

function failureItem({ failure }: FailureNode): TreeItem {
  const item = new TreeItem(l10n.t('Reading ended early'), TreeItemCollapsibleState.None);
  item.description = `${failureInWords(failure)} · ${remedy(failure).title}`;
  item.iconPath = errorIcon;
  item.contextValue = words('failure', failure.kind);
  item.command = remedy(failure);
  return item;
}

/** What a click on a failure of the account does: what most likely mends it. */
function remedy({ kind }: Failure): Command {
  if (kind === 'credentials-expired')
    return { title: l10n.t('Sign In with AWS SSO'), command: 'flowLogGuard.signIn' };
  if (kind === 'credentials-missing' || kind === 'credentials-invalid')
    return { title: l10n.t('Choose AWS Profile'), command: 'flowLogGuard.chooseProfile' };
  return { title: l10n.t('Try Again'), command: 'flowLogGuard.refreshAccount' };
}

function regionItem({ region, known: { state, isReading }, counts }: RegionNode): TreeItem {
  const collapsible = counts.vpcs > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  const item = new TreeItem(region, collapsible);
  const reading = isReading ? new ThemeIcon('loading~spin') : undefined;
  switch (state.kind) {
    case 'loading':
      item.description = l10n.t('loading');
      item.iconPath = new ThemeIcon('loading~spin');
      break;
    case 'not-read':
      item.description = l10n.t('not loaded');
      item.iconPath = new ThemeIcon('circle-outline');
      break;
    case 'failed':
      item.description = failureInWords(state.failure);
      item.iconPath = reading ?? errorIcon;
      break;
    case 'ready':
      item.description = countVpcsInWords(counts);
      item.iconPath = reading ?? stateIcon(regionLook(counts));
      break;
  }
  item.contextValue = words('region', state.kind, counts.bare > 0 && 'bare');
  return item;
}

function regionLook({ bare, failing, unknown }: RegionNode['counts']): StateLook {
  if (bare > 0) return 'none';
  if (failing > 0) return 'delivery-failed';
  return unknown > 0 ? 'unknown' : 'logged';
}

function vpcItem({ vpc }: VpcNode): TreeItem {
  const hasChildren = vpc.flowLogs.length > 0 || hasNotes(vpc);
  const item = new TreeItem(
    vpc.name ?? vpc.id,
    hasChildren ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
  );
  const look = lookOf(vpc.state);
  // The word comes first, because a narrow side bar cuts off the end.
  item.description = [
    stateWord(look),
    ...(vpc.name === undefined ? [] : [vpc.id]),
    ...vpc.cidrBlocks.slice(0, 1),
    ...(vpc.isDefault ? [l10n.t('default')] : []),
  ].join(' · ');
  item.iconPath = stateIcon(look);
  item.contextValue = words(
    'vpc',
    vpc.state.kind,
    isBare(vpc) && 'bare',
    vpc.origin !== undefined && 'stack',
    vpc.flowLogs.length > 0 && 'logs',
  );
  return item;
}

export function lookOf({ kind }: VpcState): StateLook {
  return kind === 'unreadable' ? 'unknown' : kind;
}

function hasNotes({ state, logsElsewhere: { subnets, interfaces } }: Vpc): boolean {
  return state.kind === 'shared' || state.kind === 'unreadable' || subnets + interfaces > 0;
}

function flowLogItem({ flowLog }: FlowLogNode): TreeItem {
  const item = new TreeItem(destinationTitle(flowLog), TreeItemCollapsibleState.None);
  item.description = [
    ...(flowLog.deliveryError === undefined ? [] : [l10n.t('delivery failed: {0}', flowLog.deliveryError)]),
    ...(flowLog.isActive ? [] : [l10n.t('inactive')]),
    flowLog.trafficType ?? '',
    flowLog.maxAggregationInterval === undefined ? '' : interval(flowLog.maxAggregationInterval),
    formatTitle(flowLog.logFormat),
  ]
    .filter((part) => part !== '')
    .join(' · ');
  item.iconPath =
    flowLog.deliveryError === undefined ? new ThemeIcon('output') : stateIcon('delivery-failed');
  item.contextValue = words('flowLog', flowLog.destination);
  return item;
}

function noteItem({ note }: NoteNode): TreeItem {
  const item = new TreeItem('', TreeItemCollapsibleState.None);
  item.iconPath = new ThemeIcon('info');
  item.contextValue = 'note';
  switch (note.kind) {
    case 'logs-elsewhere':
      item.label = l10n.t('Flow logs on {0}', countElsewhere(note));
      item.description = l10n.t('do not count for the VPC');
      break;
    case 'shared':
      item.label = l10n.t('Shared by account {0}', note.ownerId);
      item.description = l10n.t('AWS shows its flow logs to the owner only');
      break;
    case 'unreadable':
      item.label = l10n.t('Flow logs could not be read');
      item.description = failureInWords(note.failure);
      item.iconPath = errorIcon;
      break;
  }
  return item;
}

function countElsewhere({ subnets, interfaces }: { subnets: number; interfaces: number }): string {
  const ofSubnets = subnets === 1 ? l10n.t('1 subnet') : l10n.t('{0} subnets', subnets);
  const ofInterfaces =
    interfaces === 1 ? l10n.t('1 network interface') : l10n.t('{0} network interfaces', interfaces);
  if (interfaces === 0) return ofSubnets;
  return subnets === 0 ? ofInterfaces : l10n.t('{0} and {1}', ofSubnets, ofInterfaces);
}

const errorIcon = new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground'));

/** What menus look for, such as `vpc none bare stack`. */
function words(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false).join(' ');
}
