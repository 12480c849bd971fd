import { beforeEach, expect, test, vi } from 'vitest';
import { registerRunCdkSynth } from '../../client/src/commands/run-cdk-synth.ts';
import { commands, window, workspace } from './fake-vscode.ts';

vi.mock('vscode', () => import('./fake-vscode.ts'));

const globs = '**/cdk.json';

beforeEach(() => {
  window.terminals.length = 0;
  workspace.isTrusted = true;
  workspace.found.clear();
  vi.clearAllMocks();
});

async function runCommand(folder?: string): Promise<void> {
  registerRunCdkSynth();
  await commands.registerCommand.mock.calls.at(-1)?.[1]?.(folder);
}

const sent = (): readonly (readonly [string, readonly string[]])[] =>
  window.terminals.map(({ creationOptions, sent: texts }) => [creationOptions.cwd.toString(), texts]);

test('runs the synthesis in a terminal, in the folder of the application', async () => {
  await runCommand('file:///app');
  expect(sent()).toEqual([['file:///app', ['npx cdk synth --quiet']]]);
});

test('runs it in the same terminal again, unless that has ended or is of another application', async () => {
  await runCommand('file:///app');
  await runCommand('file:///app');
  expect(sent()[0]?.[1]).toHaveLength(2);
  await runCommand('file:///other');
  window.terminals[0]!.exitStatus = {};
  await runCommand('file:///app');
  expect(sent().map(([folder]) => folder)).toEqual(['file:///app', 'file:///other', 'file:///app']);
});

test('runs nothing in a workspace that is not trusted, and leads to where trust is given', async () => {
  workspace.isTrusted = false;
  window.showWarningMessage.mockResolvedValueOnce('Manage Workspace Trust');
  await runCommand('file:///app');
  expect(window.terminals).toEqual([]);
  expect(commands.executeCommand).toHaveBeenCalledWith('workbench.trust.manage');
});

test('from the palette, takes the one application or lets the user pick one', async () => {
  workspace.found.set(globs, ['/app/cdk.json']);
  await runCommand();
  expect(sent()).toEqual([['file:///app', ['npx cdk synth --quiet']]]);

  workspace.found.set(globs, ['/b/cdk.json', '/a/cdk.json']);
  window.showQuickPick.mockImplementationOnce((items) => Promise.resolve(items[0]));
  await runCommand();
  expect(sent().at(-1)?.[0]).toBe('file:///a');

  window.showQuickPick.mockResolvedValueOnce(undefined);
  await runCommand();
  expect(sent()).toHaveLength(2);
});

test('from the palette, says so where there is no application', async () => {
  await runCommand();
  expect(window.showInformationMessage).toHaveBeenCalledTimes(1);
  expect(window.terminals).toEqual([]);
});
