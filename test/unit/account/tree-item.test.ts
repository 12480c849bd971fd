import type { TreeItem } from 'vscode';
import { describe, expect, test, vi } from 'vitest';
import type { FlowLog, RegionState, Vpc } from '../../../client/src/aws/model.ts';
import type { RegionNode, TreeNode } from '../../../client/src/explorer/model/nodes.ts';
import { childNodes, rootNodes } from '../../../client/src/explorer/model/tree.ts';
import { treeItem } from '../../../client/src/explorer/tree-item.ts';
import { tooltip } from '../../../client/src/explorer/tree-tooltip.ts';
import { defaultLogFormat } from '../../../client/src/aws/log-format.ts';
import { failure, flowLog, identity, openAccount, ready, vpc } from './made.ts';

vi.mock('vscode', () => import('../fake-vscode.ts'));

function shown(node: TreeNode): { text: string; icon: string; context: string | undefined } {
  const { label, description, iconPath, contextValue }: TreeItem = treeItem(node);
  return {
    text: `${label as string} | ${String(description)}`,
    icon: (iconPath as { id: string }).id,
    context: contextValue,
  };
}

const vpcNode = (changes: Partial<Vpc> = {}): TreeNode => ({
  kind: 'vpc',
  id: 'id',
  vpc: vpc('vpc-1', { name: 'shop', ...changes }),
});

const flowLogNode = (changes: Partial<FlowLog> = {}): TreeNode => ({
  kind: 'flow-log',
  id: 'id',
  vpc: vpc('vpc-1'),
  flowLog: flowLog('fl-1', changes),
});

test.each<[Vpc['state'], string, string]>([
  [{ kind: 'logged' }, 'logged', 'pass'],
  [{ kind: 'accept-only' }, 'accept only', 'warning'],
  [{ kind: 'delivery-failed', error: 'Access error' }, 'delivery failed', 'error'],
  [{ kind: 'none' }, 'no flow log', 'circle-slash'],
  [{ kind: 'shared', ownerId: '999999999999' }, 'shared, unknown', 'question'],
  [{ kind: 'unreadable', failure: failure() }, 'unknown', 'question'],
])('the state $kind is a word and a shape', (state, word, icon) => {
  const item = shown(vpcNode({ state }));
  expect(item.text).toBe(`shop | ${word} · vpc-1 · 10.0.0.0/16`);
  expect(item.icon).toBe(icon);
});

describe('a VPC', () => {
  test('without a name is called by its id, once', () => {
    expect(shown(vpcNode({ name: undefined, isDefault: true })).text).toBe(
      'vpc-1 | no flow log · 10.0.0.0/16 · default',
    );
  });

  test('tells menus what can be done with it', () => {
    expect(shown(vpcNode()).context).toBe('vpc none bare');
    const origin = { stackName: 'network', stackId: 'arn', logicalId: 'Vpc' };
    expect(shown(vpcNode({ state: { kind: 'logged' }, origin, flowLogs: [flowLog('fl-1')] })).context).toBe(
      'vpc logged stack logs',
    );
  });

  test('has a tooltip in which nothing of the account is markup', () => {
    expect(tooltip(vpcNode({ name: '[x](command:evil)' }))?.value).toContain(
      String.raw`\[x\]\(command:evil\)`,
    );
  });
});

describe('a flow log', () => {
  test('says where to, what, how often and in which format', () => {
    expect(shown(flowLogNode()).text).toBe('S3: records/network/ | ALL · 10 min · default format');
    expect(shown(flowLogNode({ logFormat: defaultLogFormat })).text).toContain('default format');
    const other = flowLogNode({
      destination: 'cloud-watch-logs',
      destinationName: '/network/flow-logs',
      trafficType: 'REJECT',
      maxAggregationInterval: 60,
      logFormat: '${version} ${vpc-id}',
    });
    expect(shown(other).text).toBe(
      'CloudWatch Logs: /network/flow-logs | REJECT · 1 min · custom format, 2 fields',
    );
    const stream = 'arn:aws:firehose:eu-central-1:123456789012:deliverystream/records';
    expect(
      shown(flowLogNode({ destination: 'kinesis-data-firehose', destinationName: stream })).text,
    ).toContain('Firehose: records |');
  });

  test('whose delivery fails says why, first', () => {
    const item = shown(flowLogNode({ deliveryError: 'Access error' }));
    expect(item.text).toMatch(/\| delivery failed: Access error · ALL/);
    expect(item.icon).toBe('error');
  });
});

describe('the account', () => {
  const failed: RegionState = { kind: 'failed', failure: failure() };

  test.each<[string, Record<string, RegionState>, string]>([
    ['all of which was read', { 'eu-1': ready(vpc('vpc-1')) }, '1 of 1 without flow log'],
    [
      'with a region that could not be read',
      { 'eu-1': ready(vpc('vpc-1')), 'eu-2': failed },
      '1 of 1 without flow log, 1 region could not be read',
    ],
    [
      'in which no VPC is known',
      { 'eu-1': ready(), 'eu-2': failed, 'eu-3': failed },
      '2 regions could not be read',
    ],
  ])('%s', (_name, regions, description) => {
    const [account] = rootNodes(openAccount(regions), { onlyBare: false, hideEmptyRegions: false });
    expect(account && treeItem(account).description).toBe(description);
  });
});

describe('a region', () => {
  const node = (state: RegionNode['known']['state'], isReading = false): TreeNode => {
    const [account] = rootNodes(openAccount({ 'eu-1': state }), { onlyBare: false, hideEmptyRegions: false });
    if (account === undefined) throw new Error('no account');
    const open = openAccount({ 'eu-1': state });
    const [region] = childNodes(account, open, { onlyBare: false, hideEmptyRegions: false });
    if (region?.kind !== 'region') throw new Error('no region');
    return { ...region, known: { state, isReading } };
  };

  test.each<[string, TreeNode, string, string]>([
    ['that is read', node({ kind: 'loading' }), 'eu-1 | loading', 'loading~spin'],
    ['that was not read', node({ kind: 'not-read' }), 'eu-1 | not loaded', 'circle-outline'],
    [
      'that is denied',
      node({ kind: 'failed', failure: failure() }),
      'eu-1 | access denied: ec2:DescribeVpcs',
      'error',
    ],
    ['without VPCs', node(ready()), 'eu-1 | no VPCs', 'pass'],
    [
      'with bare VPCs and unknown ones',
      node(ready(vpc('vpc-1'), vpc('vpc-2', { state: { kind: 'shared', ownerId: '9' } }))),
      'eu-1 | 1 of 2 without flow log, 1 unknown',
      'circle-slash',
    ],
    [
      'in which one does not deliver',
      node(ready(vpc('vpc-1', { state: { kind: 'delivery-failed', error: 'Rate limited' } }))),
      'eu-1 | 1 VPC, 1 not delivering',
      'error',
    ],
    ['that is read again', node(ready(vpc('vpc-1')), true), 'eu-1 | 1 of 1 without flow log', 'loading~spin'],
  ])('%s', (_name, region, text, icon) => {
    expect(shown(region)).toMatchObject({ text, icon });
  });

  test('shows in full what AWS said', () => {
    expect(tooltip(node({ kind: 'failed', failure: failure() }))?.value).toContain(
      'DescribeVpcs: UnauthorizedOperation',
    );
  });
});

test('the account says profile, number and how many are bare, and that a demo is one', () => {
  const counts = { vpcs: 5, bare: 2, failing: 0, unknown: 1, failedRegions: 0 };
  const node = { kind: 'account', id: 'id', identity, counts, isReading: false, hiddenRegions: 0 } as const;
  expect(shown(node).text).toBe('production · 123456789012 | 2 of 5 without flow log, 1 unknown');
  const demo = shown({ ...node, identity: { ...identity, isDemo: true } });
  expect(demo).toMatchObject({ icon: 'beaker' });
  expect(demo.text).toMatch(/^demo · /);
});

test.each([
  ['credentials-expired', 'flowLogGuard.signIn'],
  ['credentials-missing', 'flowLogGuard.chooseProfile'],
  ['mfa-needed', 'flowLogGuard.refreshAccount'],
  ['network', 'flowLogGuard.refreshAccount'],
] as const)('a click on the failure %s runs %s', (kind, command) => {
  expect(treeItem({ kind: 'failure', id: 'id', failure: failure({ kind }) }).command?.command).toBe(command);
});

test('notes say what does not count, and why', () => {
  const note = (changes: Partial<Vpc>) => {
    const node: TreeNode = { kind: 'vpc', id: 'id', vpc: vpc('vpc-1', changes) };
    const [first] = childNodes(node, openAccount({}), { onlyBare: false, hideEmptyRegions: false });
    return first === undefined ? undefined : shown(first).text;
  };
  expect(note({ logsElsewhere: { subnets: 1, interfaces: 2 } })).toBe(
    'Flow logs on 1 subnet and 2 network interfaces | do not count for the VPC',
  );
  expect(note({ state: { kind: 'shared', ownerId: '999999999999' } })).toContain('999999999999');
  expect(
    note({ state: { kind: 'unreadable', failure: failure({ permission: 'ec2:DescribeFlowLogs' }) } }),
  ).toContain('access denied: ec2:DescribeFlowLogs');
});
