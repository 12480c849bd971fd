import { setImmediate as nextTurn } from 'node:timers/promises';
import { l10n } from 'vscode';
import { isBare, type Vpc } from '../aws/model.ts';
import type { Choice, Prompts } from '../ui/prompts.ts';
import type { AccountSession } from './account-session.ts';
import type { AccountStore } from './model/account-store.ts';
import { vpcsOf, vpcsOfAccount } from './model/counts.ts';
import type { FlowLogNode, TreeNode, VpcNode } from './model/nodes.ts';
import { allVpcNodes } from './model/tree.ts';
import { stateWord } from './state-icons.ts';
import { lookOf } from './tree-item.ts';
import { destinationTitle } from './words.ts';

/** What a command is given: by a menu of the tree a node and the selection, by the palette nothing. */
export type CommandTarget = readonly [node?: TreeNode, selected?: readonly TreeNode[]];

export interface TargetParts {
  readonly store: AccountStore;
  readonly session: AccountSession;
  readonly prompts: Prompts;
  readonly view: { readonly selection: readonly TreeNode[] };
}

/** The nodes that a menu was opened on: the whole selection where the node is part of it. */
export function nodesMeant([node, selected = []]: CommandTarget): readonly TreeNode[] {
  if (node === undefined) return [];
  return selected.some(({ id }) => id === node.id) ? selected : [node];
}

/** The VPCs that nodes stand for, each once: of a region or an account, the bare ones. */
export function vpcsToEnable(nodes: readonly TreeNode[], store: AccountStore): Vpc[] {
  const found = new Map<string, Vpc>();
  for (const vpc of nodes.flatMap((node) => vpcsBelow(node, store)))
    found.set(`${vpc.region}/${vpc.id}`, vpc);
  return [...found.values()];
}

function vpcsBelow(node: TreeNode, { state }: AccountStore): readonly Vpc[] {
  if (state.kind !== 'open') return [];
  switch (node.kind) {
    case 'account':
      return vpcsOfAccount(state).filter(isBare);
    case 'region': {
      const known = state.regions.get(node.region);
      return known === undefined ? [] : vpcsOf(known).filter(isBare);
    }
    case 'vpc':
      return [node.vpc];
    case 'failure':
    case 'flow-log':
    case 'note':
      return [];
  }
}

/** One VPC: that of the node or of a node above it, else one that the user picks. */
export async function oneVpc(
  parts: TargetParts,
  [node]: CommandTarget,
  title: string,
): Promise<Vpc | undefined> {
  if (node !== undefined && 'vpc' in node) return node.vpc;
  return (await pickVpc(parts, title))?.vpc;
}

/** A VPC that the user picks by its name, id or address range. */
export async function pickVpc(parts: TargetParts, title: string): Promise<VpcNode | undefined> {
  if ((await parts.session.wholeAccount()) === undefined) return undefined;
  const picked = await parts.prompts.pick({
    title,
    placeholder: l10n.t('Name, id, address range or region of a VPC'),
    choices: vpcChoices(parts.store.state),
  });
  return picked.kind === 'answer' ? picked.value : undefined;
}

/** Bare VPCs that the user picks; those that are selected in the tree are marked. */
export async function pickBareVpcs(parts: TargetParts, title: string): Promise<readonly Vpc[]> {
  if ((await parts.session.wholeAccount()) === undefined) return [];
  const selected = new Set(parts.view.selection.map(({ id }) => id));
  const picked = await parts.prompts.pickMany({
    title,
    placeholder: l10n.t('VPCs without a flow log that counts'),
    needsOne: true,
    choices: allVpcNodes(parts.store.state)
      .filter(({ vpc }) => isBare(vpc))
      .map((node) => ({ ...vpcChoice(node), isChosen: selected.has(node.id) })),
  });
  return picked.kind === 'answer' ? picked.value.map(({ vpc }) => vpc) : [];
}

/** One flow log: that of the node, else one that the user picks, of the node's VPC where there is one. */
export async function oneFlowLog(
  parts: TargetParts,
  [node]: CommandTarget,
  title: string,
): Promise<Pick<FlowLogNode, 'vpc' | 'flowLog'> | undefined> {
  if (node?.kind === 'flow-log') return node;
  const vpcs =
    node?.kind === 'vpc'
      ? [node.vpc]
      : (await parts.session.wholeAccount()) === undefined
        ? []
        : allVpcNodes(parts.store.state).map(({ vpc }) => vpc);
  const choices = vpcs.flatMap((vpc) =>
    vpc.flowLogs.map((flowLog) => ({
      label: destinationTitle(flowLog),
      description: `${vpc.name ?? vpc.id} · ${vpc.region}`,
      detail: flowLog.id,
      value: { vpc, flowLog },
    })),
  );
  if (node?.kind === 'vpc' && choices.length === 1) return choices[0]?.value;
  const picked = await parts.prompts.pick({ title, placeholder: l10n.t('Which flow log?'), choices });
  return picked.kind === 'answer' ? picked.value : undefined;
}

/** There may be thousands: a turn of the event loop for each step. */
async function vpcChoices(state: AccountStore['state']): Promise<Choice<VpcNode>[]> {
  const nodes = allVpcNodes(state);
  await nextTurn();
  const choices = nodes.map(vpcChoice);
  await nextTurn();
  return choices;
}

function vpcChoice(node: VpcNode): Choice<VpcNode> {
  const { vpc } = node;
  return {
    label: vpc.name ?? vpc.id,
    description: [stateWord(lookOf(vpc.state)), vpc.region].join(' · '),
    detail: [vpc.id, ...vpc.cidrBlocks].join(' · '),
    value: node,
  };
}
