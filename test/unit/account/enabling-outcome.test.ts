import { beforeEach, describe, expect, test, vi } from 'vitest';
import { AccountStore } from '../../../client/src/explorer/model/account-store.ts';
import { commands, window } from '../fake-vscode.ts';
import { bare, create, createTwo, EnablingWorld, other, outcome, toBucket } from './enabling-world.ts';
import { account, failure } from './made.ts';
import { ScriptedPrompts } from './scripted-prompts.ts';

vi.mock('vscode', () => import('../fake-vscode.ts'));

let world: EnablingWorld;

beforeEach(async () => {
  vi.clearAllMocks();
  world = await new EnablingWorld().open();
});

describe('afterwards', () => {
  const partly = () =>
    outcome({
      failed: [
        { vpc: other, failure: failure({ operation: 'CreateFlowLogs', code: 'FlowLogsLimitExceeded' }) },
      ],
    });

  test('the tree shows what AWS says', async () => {
    await world.enable([...toBucket, create]);
    expect(world.store.state).toMatchObject({ kind: 'open' });
    const known = world.store.state.kind === 'open' ? world.store.state.regions.get(bare.region) : undefined;
    expect(known?.state).toMatchObject({ vpcs: [{ state: { kind: 'logged' } }] });
  });

  test('the summary counts, and says in AWS’s words what failed', async () => {
    world.enableFlowLogs.mockResolvedValue(partly());
    await world.enable([...toBucket, createTwo], [bare, other]);
    const [message, ...buttons] = window.showWarningMessage.mock.calls[0] ?? [];
    expect(message).toContain('1 created, 1 failed');
    expect(message).toContain('FlowLogsLimitExceeded');
    expect(buttons).toEqual(['Retry Failed', 'Details', 'Undo']);
  });

  test('the details name each VPC', async () => {
    world.enableFlowLogs.mockResolvedValue(partly());
    window.showWarningMessage.mockResolvedValueOnce('Details');
    await world.enable([...toBucket, createTwo], [bare, other]);
    expect(world.shown.at(-1)?.text).toContain('us-east-1: vpc-2');
    expect(world.shown.at(-1)?.text).toContain('shop (vpc-1): fl-1');
  });

  test('a retry takes only what failed, as it was asked for, and an undo takes both', async () => {
    world.enableFlowLogs.mockResolvedValueOnce(partly());
    world.enableFlowLogs.mockResolvedValueOnce(
      outcome({ made: [{ region: other.region, flowLogId: 'fl-2', vpc: other }] }),
    );
    const enabling = world.flow(new ScriptedPrompts(...toBucket, createTwo));
    await enabling.enable([bare, other]);
    await enabling.retry();
    expect(world.enableFlowLogs.mock.calls[1]?.[1]).toEqual([other]);
    expect(world.enableFlowLogs.mock.calls[1]?.[2]).toEqual(world.enableFlowLogs.mock.calls[0]?.[2]);
    await enabling.undo();
    expect(world.undoEnabling.mock.calls[0]?.[1].map(({ flowLogId }) => flowLogId)).toEqual(['fl-1', 'fl-2']);
    expect(world.regionsRead).toEqual([bare.region, other.region]);
    await enabling.undo();
    expect(world.undoEnabling).toHaveBeenCalledTimes(1);
  });

  test('the buttons of an earlier summary belong to the enabling that it tells of', async () => {
    let answerFirst: (answer: string) => void = () => undefined;
    window.showInformationMessage.mockReturnValueOnce(new Promise((resolve) => (answerFirst = resolve)));
    const enabling = world.flow(new ScriptedPrompts(...toBucket, create, ...toBucket, create));
    const first = enabling.enable([bare]);
    await vi.waitFor(() => expect(window.showInformationMessage).toHaveBeenCalledTimes(1));
    world.enableFlowLogs.mockResolvedValueOnce(
      outcome({ made: [{ region: other.region, flowLogId: 'fl-2', vpc: other }] }),
    );
    await enabling.enable([other]);
    answerFirst('Undo');
    await first;
    const undone = () => world.undoEnabling.mock.calls.map(([, made]) => made.map((log) => log.flowLogId));
    expect(undone()).toEqual([['fl-1']]);
    await enabling.undo();
    expect(undone()).toEqual([['fl-1'], ['fl-2']]);
  });

  test('what an undo could not delete can be undone again', async () => {
    world.undoEnabling.mockResolvedValueOnce({
      deleted: [],
      alreadyGone: [],
      failed: [{ flowLogId: 'fl-1', failure: failure({ operation: 'DeleteFlowLogs' }) }],
      notTried: [],
      isCancelled: false,
    });
    const enabling = world.flow(new ScriptedPrompts(...toBucket, create));
    await enabling.enable([bare]);
    await enabling.undo();
    expect(window.showWarningMessage.mock.calls.at(-1)?.[0]).toContain('1 failed');
    await enabling.undo();
    expect(world.undoEnabling).toHaveBeenCalledTimes(2);
  });

  test('in another account nothing is undone', async () => {
    const enabling = world.flow(new ScriptedPrompts(...toBucket, create));
    await enabling.enable([bare]);
    const another = new AccountStore(
      async () => ({
        openAccount: async () => ({ kind: 'open', account: account('another') }),
        closeAccount: () => undefined,
        sweep: async function* sweep() {
          yield { kind: 'regions', regions: [] };
        },
        readRegion: async () => ({ kind: 'ready', vpcs: [] }),
      }),
      () => [],
    );
    await another.open({ profile: 'another' });
    vi.spyOn(world.store, 'state', 'get').mockReturnValue(another.state);
    await enabling.undo();
    expect(world.undoEnabling).not.toHaveBeenCalled();
    expect(window.showWarningMessage.mock.calls.at(-1)?.[0]).toContain('production');
  });

  test('the menus know whether there is something to undo or to try again', async () => {
    await world.enable([...toBucket, create]);
    expect(commands.executeCommand).toHaveBeenCalledWith('setContext', 'flowLogGuard.canUndo', true);
    expect(commands.executeCommand).toHaveBeenCalledWith('setContext', 'flowLogGuard.canRetry', false);
  });
});
