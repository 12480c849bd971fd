import { expect, test, vi } from 'vitest';
import { closeAccount, openAccount } from '../../client/src/aws/account.ts';
import { deleteFlowLog } from '../../client/src/aws/delete-flow-logs.ts';
import { enableFlowLogs } from '../../client/src/aws/enable-flow-logs.ts';
import { readRegion } from '../../client/src/aws/read-region.ts';
import { sweep } from '../../client/src/aws/sweep.ts';
import { isReading } from '../../client/src/explorer/model/account-state.ts';
import { AccountStore } from '../../client/src/explorer/model/account-store.ts';
import { addFlowLog } from '../aws-server/account.mjs';
import { accountWith, vpcId, world } from './aws-world.ts';
import { settings } from './enabling.ts';

/** A sweep that was asked for before a flow log is made or deleted, and answered after that. */

const region = 'eu-west-1';
const vpc = vpcId(region, 0);
const served = () => accountWith([region, 'us-east-1'], 1);

/** A store that has read the account once; the next answer about the flow logs of the region is held back. */
async function storeWithLateAnswer(account = served()) {
  let release: () => void = () => undefined;
  let isHeld = false;
  let toHold = false;
  await world(account, {
    fault: async (call, perform) => {
      if (!toHold || call.operation !== 'DescribeFlowLogs' || call.region !== region) return undefined;
      toHold = false;
      const answer = perform();
      isHeld = true;
      await new Promise<void>((resolve) => (release = resolve));
      return answer;
    },
  });
  const store = new AccountStore(
    async () => ({ openAccount, closeAccount, sweep, readRegion }),
    () => [],
  );
  await store.open({ profile: undefined });
  if (store.account === undefined) throw new Error('The account is not open.');
  toHold = true;
  const refreshing = store.refresh();
  await vi.waitFor(() => expect(isHeld).toBe(true));
  return {
    store,
    account: store.account,
    finish: async () => {
      release();
      await refreshing;
      expect(isReading(store.state)).toBe(false);
    },
  };
}

function stateOf({ state }: AccountStore): string | undefined {
  const known = state.kind === 'open' ? state.regions.get(region)?.state : undefined;
  return known?.kind === 'ready' ? known.vpcs[0]?.state.kind : known?.kind;
}

test('what an enabling has read is not overwritten by an answer of before', async () => {
  const { store, account, finish } = await storeWithLateAnswer();
  expect(stateOf(store)).toBe('none');
  const { regions } = await enableFlowLogs(account, [{ region, id: vpc, name: undefined }], settings);
  store.setRegions(account, regions);
  expect(stateOf(store)).toBe('logged');
  await finish();
  expect(stateOf(store)).toBe('logged');
});

test('a region that is read again after a deletion is not overwritten either', async () => {
  const before = served();
  const { id } = addFlowLog(before, region, { resourceId: vpc });
  const { store, account, finish } = await storeWithLateAnswer(before);
  expect(stateOf(store)).toBe('logged');
  expect(await deleteFlowLog(account, region, id)).toBeUndefined();
  await store.refreshRegion(region);
  expect(stateOf(store)).toBe('none');
  await finish();
  expect(stateOf(store)).toBe('none');
});
