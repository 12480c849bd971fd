import { beforeEach, expect, test, vi } from 'vitest';
import type { FoundResource } from '../../../server/src/protocol.ts';
import { showInTemplate } from '../../../client/src/language/template-place.ts';
import { commands, Position, Range, Uri, window } from '../fake-vscode.ts';
import { ScriptedPrompts, type Reply } from './scripted-prompts.ts';

vi.mock('vscode', () => import('../fake-vscode.ts'));

const origin = { stackName: 'network', stackId: 'arn', logicalId: 'Vpc' };

beforeEach(() => {
  vi.clearAllMocks();
});

const place = (file: string, line: number, isOfStack = false): FoundResource => ({
  uri: `file:///folder/${file}`,
  range: { start: { line, character: 2 }, end: { line, character: 5 } },
  isOfStack,
});

/** What is shown, such as `file:///folder/a.yaml:3:2`. */
async function shown(
  found: readonly FoundResource[] | undefined,
  ...replies: readonly Reply[]
): Promise<string[]> {
  const prompts = new ScriptedPrompts(...replies);
  await showInTemplate({ request: async <R>() => found as R | undefined }, prompts, origin);
  expect(prompts.unused).toEqual([]);
  return window.showTextDocument.mock.calls.map(([uri, options]) => {
    const { selection } = options as { selection: Range };
    return `${String(uri)}:${selection.start.line}:${selection.start.character}`;
  });
}

test('the only template is shown, the cursor where the quick fix is offered', async () => {
  expect(await shown([place('a.yaml', 3)])).toEqual(['file:///folder/a.yaml:3:2']);
});

test('the one that is named like the stack is meant', async () => {
  expect(await shown([place('network.yaml', 1, true), place('a.yaml', 3)])).toEqual([
    'file:///folder/network.yaml:1:2',
  ]);
});

test('of several the user picks one, or none', async () => {
  const found = [place('a.yaml', 3), place('b.yaml', 4)];
  expect(await shown(found, { pick: 'b.yaml' })).toEqual(['file:///folder/b.yaml:4:2']);
  vi.clearAllMocks();
  expect(await shown(found, 'cancel')).toEqual([]);
});

test('where there is none, that is said, with the names that were looked for', async () => {
  expect(await shown([])).toEqual([]);
  expect(window.showInformationMessage.mock.calls[0]?.[0]).toMatch(/Vpc.*network/);
});

test('where the server does not start, nothing more is said', async () => {
  expect(await shown(undefined)).toEqual([]);
  expect(window.showInformationMessage).not.toHaveBeenCalled();
});

test('a VPC that no stack made has no template', async () => {
  await showInTemplate({ request: async () => undefined }, new ScriptedPrompts(), undefined);
  expect(window.showInformationMessage).toHaveBeenCalledTimes(1);
});

test('what the CDK made leads to the line of code, where that is known', async () => {
  const uri = Uri.parse('file:///folder/app.ts');
  const at = new Position(7, 4);
  commands.executeCommand.mockResolvedValueOnce([{ targetUri: uri, targetRange: new Range(at, at) }]);
  expect(await shown([place('cdk.out/A.template.json', 9)])).toEqual(['file:///folder/app.ts:7:4']);
  vi.clearAllMocks();
  commands.executeCommand.mockResolvedValueOnce([]);
  expect(await shown([place('cdk.out/A.template.json', 9)])).toEqual([
    'file:///folder/cdk.out/A.template.json:9:2',
  ]);
});
