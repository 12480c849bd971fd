import { expect, test, vi } from 'vitest';
import type { AccountStore } from '../../../client/src/explorer/model/account-store.ts';
import type { TreeNode } from '../../../client/src/explorer/model/nodes.ts';
import { childNodes, rootNodes } from '../../../client/src/explorer/model/tree.ts';
import {
  nodesMeant,
  oneFlowLog,
  oneVpc,
  pickBareVpcs,
  vpcsToEnable,
  type TargetParts,
} from '../../../client/src/explorer/targets.ts';
import { flowLog, openAccount, ready, vpc } from './made.ts';
import { ScriptedPrompts, type Reply } from './scripted-prompts.ts';

vi.mock('vscode', () => import('../fake-vscode.ts'));

const state = openAccount({
  'eu-1': ready(
    vpc('vpc-1', { region: 'eu-1', name: 'shop' }),
    vpc('vpc-2', { region: 'eu-1', state: { kind: 'logged' }, flowLogs: [flowLog('fl-1'), flowLog('fl-2')] }),
  ),
  'us-1': ready(
    vpc('vpc-3', { region: 'us-1', state: { kind: 'accept-only' }, flowLogs: [flowLog('fl-3')] }),
  ),
});
const store = { state } as AccountStore;
const all = { onlyBare: false, hideEmptyRegions: false };

const below = (top: TreeNode): TreeNode[] => [top, ...childNodes(top, state, all).flatMap(below)];
const nodes = rootNodes(state, all).flatMap(below);

function node(text: string): TreeNode {
  const found = nodes.find(({ id }) => id.endsWith(text));
  if (found === undefined) throw new Error(`no node ${text}`);
  return found;
}

function parts(...replies: readonly Reply[]): TargetParts {
  return {
    store,
    session: { wholeAccount: async () => state } as unknown as TargetParts['session'],
    prompts: new ScriptedPrompts(...replies),
    view: { selection: [node('vpc-1')] },
  };
}

const idsOf = (...of: readonly TreeNode[]) => vpcsToEnable(of, store).map(({ id }) => id);

test('a menu on a selected node means the whole selection, on another one that alone', () => {
  const selected = [node('vpc-1'), node('vpc-3')];
  expect(nodesMeant([node('vpc-1'), selected])).toEqual(selected);
  expect(nodesMeant([node('vpc-2'), selected])).toEqual([node('vpc-2')]);
  expect(nodesMeant([])).toEqual([]);
});

test('a region and an account stand for their bare VPCs, each once', () => {
  expect(idsOf(node('/eu-1'))).toEqual(['vpc-1']);
  const [account] = nodes;
  if (account !== undefined) expect(idsOf(account, node('/us-1'), node('vpc-1'))).toEqual(['vpc-1', 'vpc-3']);
  expect(idsOf(node('fl-1'))).toEqual([]);
});

test('from the palette VPCs are picked; only bare ones are offered for enabling', async () => {
  expect(await oneVpc(parts({ pick: 'vpc-2' }), [], 'Copy')).toMatchObject({ id: 'vpc-2' });
  expect(await oneVpc(parts('cancel'), [], 'Copy')).toBeUndefined();
  expect(await pickBareVpcs(parts({ check: ['shop', 'vpc-2', 'vpc-3'] }), 'Enable')).toMatchObject([
    { id: 'vpc-1' },
    { id: 'vpc-3' },
  ]);
});

test('a node below a VPC means that VPC', async () => {
  expect(await oneVpc(parts(), [node('fl-2')], 'Copy')).toMatchObject({ id: 'vpc-2' });
});

test('the flow log is that of the node, the only one of its VPC, or one that is picked', async () => {
  expect(await oneFlowLog(parts(), [node('fl-2')], 'Delete')).toMatchObject({ flowLog: { id: 'fl-2' } });
  expect(await oneFlowLog(parts(), [node('vpc-3')], 'Delete')).toMatchObject({ flowLog: { id: 'fl-3' } });
  const picked = await oneFlowLog(parts({ pick: 'S3: records/network/' }), [node('vpc-2')], 'Delete');
  expect(picked).toMatchObject({ flowLog: { id: 'fl-1' } });
});
