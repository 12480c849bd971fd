import { beforeEach, expect, test, vi } from 'vitest';
import { registerCopyArn } from '../../../client/src/commands/copy-arn.ts';
import { registerCopyId } from '../../../client/src/commands/copy-id.ts';
import type { AccountParts } from '../../../client/src/account-parts.ts';
import type { TreeNode } from '../../../client/src/explorer/model/nodes.ts';
import { commands, env } from '../fake-vscode.ts';
import { flowLog, vpc } from './made.ts';
import { ScriptedPrompts } from './scripted-prompts.ts';

vi.mock('vscode', () => import('../fake-vscode.ts'));

beforeEach(() => {
  vi.clearAllMocks();
});

const shop = vpc('vpc-1');
const vpcNode: TreeNode = { kind: 'vpc', id: '1', vpc: shop };
const flowLogNode: TreeNode = { kind: 'flow-log', id: '2', vpc: shop, flowLog: flowLog('fl-1') };
const parts = {
  session: { wholeAccount: async () => undefined },
  prompts: new ScriptedPrompts(),
} as unknown as AccountParts;

async function copied(
  register: (given: AccountParts) => unknown,
  ...target: readonly unknown[]
): Promise<string | undefined> {
  register(parts);
  await commands.registerCommand.mock.calls.at(-1)?.[1](...target);
  return env.clipboard.writeText.mock.calls.at(-1)?.[0];
}

test('the ids of all that is selected, one a line', async () => {
  expect(await copied(registerCopyId, vpcNode, [vpcNode, flowLogNode])).toBe('vpc-1\nfl-1');
});

test('the ARN of a VPC, and that of a flow log, which is made alike', async () => {
  expect(await copied(registerCopyArn, vpcNode)).toBe('arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-1');
  expect(await copied(registerCopyArn, flowLogNode)).toBe(
    'arn:aws:ec2:eu-central-1:123456789012:vpc-flow-log/fl-1',
  );
});

test('nothing where there is nothing to copy: what was copied before stays', async () => {
  expect(await copied(registerCopyArn)).toBeUndefined();
});
