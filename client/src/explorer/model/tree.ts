import { isBare, type Vpc, type VpcState } from '../../aws/model.ts';
import { isReading, type AccountState, type KnownRegion, type OpenAccount } from './account-state.ts';
import { countAccount, countVpcs, vpcsOf, vpcsOfAccount } from './counts.ts';
import {
  nodeId,
  type AccountNode,
  type Note,
  type RegionNode,
  type TreeNode,
  type VpcNode,
} from './nodes.ts';

export interface Filters {
  /** Show no VPC of which it is known that it needs nothing. What could not be read stays in sight. */
  readonly onlyBare: boolean;
  /** Show no region that has been read and has no VPC. */
  readonly hideEmptyRegions: boolean;
}

/** The top of the tree: the account, or nothing where there is nothing to show below it. */
export function rootNodes(state: AccountState, filters: Filters): AccountNode[] {
  if (state.kind !== 'open') return [];
  const regions = Array.from(state.regions.values());
  const hiddenRegions = regions.filter((region) => !isShown(region, filters)).length;
  // Then a sentence stands in its place, with a way on.
  if (hiddenRegions === regions.length && state.failure === undefined) return [];
  return [accountNode(state, hiddenRegions)];
}

/** What is below a node, in the order of showing. */
export function childNodes(node: TreeNode, state: AccountState, filters: Filters): TreeNode[] {
  if (state.kind !== 'open') return [];
  switch (node.kind) {
    case 'account':
      return [...failureNodes(state), ...regionNodes(state, filters)];
    case 'region': {
      const known = state.regions.get(node.region);
      return known === undefined ? [] : vpcNodes(vpcsOf(known), nodeId.account(state.identity), filters);
    }
    case 'vpc':
      return [...flowLogNodes(node), ...noteNodes(node)];
    case 'failure':
    case 'flow-log':
    case 'note':
      return [];
  }
}

/** The node above, so that a node can be revealed whose parents have not been shown yet. */
export function parentNode(node: TreeNode, state: AccountState): TreeNode | undefined {
  if (state.kind !== 'open') return undefined;
  const accountId = nodeId.account(state.identity);
  switch (node.kind) {
    case 'account':
      return undefined;
    case 'failure':
    case 'region':
      return accountNode(state, 0);
    case 'vpc': {
      const known = state.regions.get(node.vpc.region);
      return known === undefined ? undefined : regionNode(accountId, node.vpc.region, known);
    }
    case 'flow-log':
    case 'note':
      return vpcNode(accountId, node.vpc);
  }
}

/** Every VPC that has been read, bare ones first, whatever the filters hide. */
export function allVpcNodes(state: AccountState): VpcNode[] {
  if (state.kind !== 'open') return [];
  const accountId = nodeId.account(state.identity);
  return byUrgency(vpcsOfAccount(state)).map((vpc) => vpcNode(accountId, vpc));
}

function accountNode(state: OpenAccount, hiddenRegions: number): AccountNode {
  return {
    kind: 'account',
    id: nodeId.account(state.identity),
    identity: state.identity,
    counts: countAccount(state),
    isReading: isReading(state),
    hiddenRegions,
  };
}

function failureNodes({ identity, failure }: OpenAccount): TreeNode[] {
  if (failure === undefined) return [];
  return [{ kind: 'failure', id: nodeId.failure(nodeId.account(identity)), failure }];
}

function regionNodes(state: OpenAccount, filters: Filters): RegionNode[] {
  const accountId = nodeId.account(state.identity);
  return Array.from(state.regions)
    .filter(([, known]) => isShown(known, filters))
    .map(([region, known]) => regionNode(accountId, region, known))
    .toSorted(
      (a, b) => regionRank(a) - regionRank(b) || (a.region < b.region ? -1 : Number(a.region > b.region)),
    );
}

function regionNode(accountId: string, region: string, known: KnownRegion): RegionNode {
  return {
    kind: 'region',
    id: nodeId.region(accountId, region),
    region,
    known,
    counts: countVpcs(vpcsOf(known)),
  };
}

/** What has something to do comes first, what is not known yet last: so what stands stays while others arrive. */
function regionRank({ known: { state }, counts }: RegionNode): number {
  switch (state.kind) {
    case 'ready':
      if (counts.bare > 0) return 0;
      if (counts.failing > 0 || counts.unknown > 0) return 2;
      return counts.vpcs > 0 ? 3 : 4;
    case 'failed':
      return 1;
    case 'loading':
    case 'not-read':
      return 5;
  }
}

function isShown(known: KnownRegion, filters: Filters): boolean {
  if (known.state.kind !== 'ready') return true;
  if (filters.onlyBare) return known.state.vpcs.some((vpc) => isVpcShown(vpc, filters));
  return !filters.hideEmptyRegions || known.state.vpcs.length > 0;
}

function isVpcShown(vpc: Vpc, { onlyBare }: Filters): boolean {
  return !onlyBare || isBare(vpc) || vpc.state.kind === 'unreadable';
}

function vpcNodes(vpcs: readonly Vpc[], accountId: string, filters: Filters): VpcNode[] {
  const shown = vpcs.filter((vpc) => isVpcShown(vpc, filters));
  return byUrgency(shown).map((vpc) => vpcNode(accountId, vpc));
}

function vpcNode(accountId: string, vpc: Vpc): VpcNode {
  return { kind: 'vpc', id: nodeId.vpc(accountId, vpc), vpc };
}

const urgency: Readonly<Record<VpcState['kind'], number>> = {
  none: 0,
  'accept-only': 1,
  'delivery-failed': 2,
  unreadable: 3,
  shared: 4,
  logged: 5,
};

function byUrgency(vpcs: readonly Vpc[]): Vpc[] {
  return vpcs.toSorted((a, b) => urgency[a.state.kind] - urgency[b.state.kind] || byName(a, b));
}

/** Named ones first, by their names; the id makes the order certain. No key is made: there may be thousands. */
function byName(a: Vpc, b: Vpc): number {
  if (a.name !== b.name) {
    if (a.name === undefined) return 1;
    return b.name !== undefined && a.name > b.name ? 1 : -1;
  }
  if (a.region !== b.region) return a.region < b.region ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

function flowLogNodes({ id, vpc }: VpcNode): TreeNode[] {
  return vpc.flowLogs.map((flowLog) => ({ kind: 'flow-log', id: nodeId.flowLog(id, flowLog), vpc, flowLog }));
}

function noteNodes({ id, vpc }: VpcNode): TreeNode[] {
  return notesOn(vpc).map((note) => ({ kind: 'note', id: nodeId.note(id, note), vpc, note }));
}

function notesOn({ state, logsElsewhere }: Vpc): Note[] {
  const notes: Note[] = [];
  if (state.kind === 'shared') notes.push({ kind: 'shared', ownerId: state.ownerId });
  if (state.kind === 'unreadable') notes.push({ kind: 'unreadable', failure: state.failure });
  if (logsElsewhere.subnets + logsElsewhere.interfaces > 0)
    notes.push({ kind: 'logs-elsewhere', ...logsElsewhere });
  return notes;
}
