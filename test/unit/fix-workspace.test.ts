import { beforeEach, expect, test, vi } from 'vitest';
import type { LogOutputChannel } from 'vscode';
import { registerFixWorkspace } from '../../client/src/commands/fix-workspace.ts';
import type { LanguageServer } from '../../client/src/language/language-server.ts';
import type { WorkspaceFixReport } from '../../server/src/protocol.ts';

const { run, show } = vi.hoisted(() => ({
  run: { command: undefined as (() => Promise<unknown>) | undefined },
  show: {
    information: vi.fn<(...texts: string[]) => Promise<string | undefined>>(),
    warning: vi.fn<(...texts: string[]) => Promise<string | undefined>>(),
    error: vi.fn<(...texts: string[]) => Promise<string | undefined>>(),
  },
}));

vi.mock('vscode', async () => ({
  l10n: (await import('./fake-vscode.ts')).l10n,
  commands: {
    registerCommand: (_name: string, command: () => Promise<unknown>) => {
      run.command = command;
    },
  },
  window: {
    showInformationMessage: show.information,
    showWarningMessage: show.warning,
    showErrorMessage: show.error,
  },
}));

const log = { show: vi.fn<() => void>(), error: vi.fn<(message: string) => void>() };
const report: WorkspaceFixReport = { outcome: 'applied', files: 1, fixed: 2, left: [] };
const left = [{ uri: 'file:///a.yaml', logicalId: 'Vpc', why: 'It is generated.' }];

beforeEach(() => {
  vi.resetAllMocks();
  for (const message of Object.values(show)) message.mockResolvedValue(undefined);
});

/** Runs the command with a server that answers so. */
async function fixWith(request: () => Promise<unknown>): Promise<void> {
  registerFixWorkspace({ request } as unknown as LanguageServer, log as unknown as LogOutputChannel);
  await run.command?.();
  await Promise.resolve();
}

test('what was done is told', async () => {
  await fixWith(async () => report);
  expect(show.information.mock.calls).toEqual([
    ['Made the selected changes, of fixes for 2 findings in 1 file.'],
  ]);
});

test('what is left is told, with a way to the reasons', async () => {
  show.warning.mockResolvedValue('Show Log');
  await fixWith(async () => ({ ...report, left }));
  expect(show.warning).toHaveBeenCalledWith(
    'Made the selected changes, of fixes for 2 findings in 1 file. 1 finding cannot be fixed; the log says why.',
    'Show Log',
  );
  await vi.waitFor(() => expect(log.show).toHaveBeenCalled());
});

test('that nothing was fixed since a template changed is told', async () => {
  await fixWith(async () => ({ ...report, outcome: 'outdated' }));
  expect(show.information).toHaveBeenCalledWith(
    'A template was changed meanwhile, so nothing was fixed. Try again.',
  );
});

test('that there is nothing to fix is told', async () => {
  await fixWith(async () => ({ outcome: 'nothing', files: 0, fixed: 0, left: [] }));
  expect(show.information).toHaveBeenCalledWith(
    'There is nothing to fix in the templates of this workspace.',
  );
});

test.each([
  { outcome: 'discarded', files: 1, fixed: 1, left },
  { outcome: 'cancelled', files: 0, fixed: 0, left: [] },
  undefined,
] satisfies (WorkspaceFixReport | undefined)[])('nothing is told that the user knows: %j', async (answer) => {
  await fixWith(async () => answer);
  for (const message of Object.values(show)) expect(message).not.toHaveBeenCalled();
});

test('a failure is told, and logged', async () => {
  await fixWith(async () => {
    throw new Error('no connection');
  });
  expect(show.error).toHaveBeenCalledWith('The templates could not be fixed.', 'Show Log');
  expect(log.error).toHaveBeenCalledWith(expect.stringContaining('no connection'));
});
