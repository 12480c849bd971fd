import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Vpc } from '../../../client/src/aws/model.ts';
import type { AccountState } from '../../../client/src/explorer/model/account-state.ts';
import type { TreeNode } from '../../../client/src/explorer/model/nodes.ts';
import {
  allVpcNodes,
  childNodes,
  parentNode,
  rootNodes,
  type Filters,
} from '../../../client/src/explorer/model/tree.ts';
import { failure, flowLog, identity, openAccount, ready, vpc } from './made.ts';

const all: Filters = { onlyBare: false, hideEmptyRegions: false };

function walk(state: AccountState, filters: Filters = all): TreeNode[] {
  const below = (node: TreeNode): TreeNode[] => [node, ...childNodes(node, state, filters).flatMap(below)];
  return rootNodes(state, filters).flatMap(below);
}

function regions(state: AccountState, filters: Filters = all): string[] {
  return walk(state, filters).flatMap((node) => (node.kind === 'region' ? [node.region] : []));
}

function vpcs(state: AccountState, filters: Filters = all): string[] {
  return walk(state, filters).flatMap((node) => (node.kind === 'vpc' ? [node.vpc.id] : []));
}

const logged = (id: string, changes: Partial<Vpc> = {}) => vpc(id, { state: { kind: 'logged' }, ...changes });
const unreadable = (id: string) => vpc(id, { state: { kind: 'unreadable', failure: failure() } });

describe('order', () => {
  test('regions with bare VPCs come first, those not known yet last', () => {
    const state = openAccount({
      'a-loading': { kind: 'loading' },
      'b-empty': ready(),
      'c-logged': ready(logged('vpc-1')),
      'd-failed': { kind: 'failed', failure: failure() },
      'e-bare': ready(vpc('vpc-2')),
      'f-unknown': ready(unreadable('vpc-3')),
      'g-bare': ready(vpc('vpc-4'), logged('vpc-5')),
      'h-not-read': { kind: 'not-read' },
    });
    expect(regions(state)).toEqual([
      'e-bare',
      'g-bare',
      'd-failed',
      'f-unknown',
      'c-logged',
      'b-empty',
      'a-loading',
      'h-not-read',
    ]);
  });

  test('bare VPCs come first, then what needs a look, each by name', () => {
    const state = openAccount({
      'eu-central-1': ready(
        logged('vpc-1', { name: 'a' }),
        vpc('vpc-2', { state: { kind: 'delivery-failed', error: 'Access error' } }),
        vpc('vpc-3'),
        vpc('vpc-4', { name: 'z' }),
        vpc('vpc-5', { state: { kind: 'accept-only' } }),
        vpc('vpc-6', { name: 'b' }),
        vpc('vpc-7', { state: { kind: 'shared', ownerId: '999999999999' } }),
        unreadable('vpc-8'),
      ),
    });
    expect(vpcs(state)).toEqual(['vpc-6', 'vpc-4', 'vpc-3', 'vpc-5', 'vpc-2', 'vpc-8', 'vpc-7', 'vpc-1']);
  });
});

describe('filters', () => {
  const state = openAccount({
    bare: ready(vpc('vpc-1'), logged('vpc-2')),
    done: ready(logged('vpc-3')),
    empty: ready(),
    failed: { kind: 'failed', failure: failure() },
    unknown: ready(unreadable('vpc-4')),
    waiting: { kind: 'loading' },
  });

  test('regions without VPCs can be hidden, and none that has not been read', () => {
    expect(regions(state, { ...all, hideEmptyRegions: true })).not.toContain('empty');
    expect(regions(state, { ...all, hideEmptyRegions: true })).toHaveLength(5);
  });

  test('only bare VPCs: what is known to need nothing goes, what is not known stays', () => {
    const onlyBare = { ...all, onlyBare: true };
    expect(vpcs(state, onlyBare)).toEqual(['vpc-1', 'vpc-4']);
    expect(regions(state, onlyBare)).toEqual(['bare', 'failed', 'unknown', 'waiting']);
  });

  test('the account says how many regions are hidden', () => {
    const [account] = rootNodes(state, { ...all, hideEmptyRegions: true });
    expect(account).toMatchObject({ hiddenRegions: 1, counts: { vpcs: 4, bare: 1, unknown: 1 } });
  });

  test('where all is hidden there is no account either, so that a sentence can stand there', () => {
    const done = openAccount({ done: ready(logged('vpc-3')) });
    expect(rootNodes(done, { ...all, onlyBare: true })).toEqual([]);
    expect(rootNodes(openAccount({ a: ready() }), { ...all, hideEmptyRegions: true })).toEqual([]);
  });

  test('finding looks through the filters', () => {
    expect(allVpcNodes(state)).toHaveLength(4);
  });
});

describe('nodes', () => {
  test('a VPC has its flow logs and what is to be noted', () => {
    const shown = vpc('vpc-1', {
      state: { kind: 'accept-only' },
      flowLogs: [flowLog('fl-1'), flowLog('fl-2')],
      logsElsewhere: { subnets: 2, interfaces: 0 },
    });
    const state = openAccount({ 'eu-central-1': ready(shown) });
    expect(walk(state).map(({ kind }) => kind)).toEqual([
      'account',
      'region',
      'vpc',
      'flow-log',
      'flow-log',
      'note',
    ]);
  });

  test('a sweep that ended early is told once, above the regions', () => {
    const state = openAccount(
      { 'eu-central-1': ready(vpc('vpc-1')), 'us-east-1': { kind: 'not-read' } },
      { failure: failure({ kind: 'credentials-expired' }) },
    );
    expect(walk(state).map(({ kind }) => kind)).toEqual(['account', 'failure', 'region', 'vpc', 'region']);
  });

  test('there is nothing before the account is open', () => {
    expect(rootNodes({ kind: 'unasked' }, all)).toEqual([]);
    expect(rootNodes({ kind: 'connecting', profile: 'a' }, all)).toEqual([]);
  });
});

const arbitraryVpc = fc
  .record({
    number: fc.nat(20),
    name: fc.option(fc.string(), { nil: undefined }),
    state: fc.constantFrom<Vpc['state']>({ kind: 'none' }, { kind: 'logged' }, { kind: 'accept-only' }),
    logs: fc.uniqueArray(fc.nat(5)),
    subnets: fc.nat(1),
  })
  .map(({ number, logs, subnets, ...changes }) =>
    vpc(`vpc-${number}`, {
      ...changes,
      flowLogs: logs.map((log) => flowLog(`fl-${number}-${log}`)),
      logsElsewhere: { subnets, interfaces: 0 },
    }),
  );

const arbitraryAccount = fc
  .dictionary(
    fc.constantFrom('eu-1', 'eu-2', 'us-1', 'us-2'),
    fc.uniqueArray(arbitraryVpc, { selector: ({ id }) => id }),
  )
  .map((found) =>
    openAccount(
      Object.fromEntries(
        Object.entries(found).map(([region, list]) => [
          region,
          ready(...list.map((one) => ({ ...one, region }))),
        ]),
      ),
    ),
  );

describe('whatever an account holds', () => {
  test('no two nodes have one id', () => {
    fc.assert(
      fc.property(arbitraryAccount, (state) => {
        const ids = walk(state).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  test('ids stay when it is read again, and when the account number comes late', () => {
    fc.assert(
      fc.property(arbitraryAccount, (state) => {
        const late = { ...state, identity: { ...identity, accountId: undefined } };
        expect(walk(structuredClone(state)).map(({ id }) => id)).toEqual(walk(state).map(({ id }) => id));
        expect(walk(late).map(({ id }) => id)).toEqual(walk(state).map(({ id }) => id));
      }),
    );
  });

  test('the parent of each child is the node that it was found under', () => {
    fc.assert(
      fc.property(arbitraryAccount, (state) => {
        for (const node of walk(state)) {
          for (const child of childNodes(node, state, all))
            expect(parentNode(child, state)?.id).toBe(node.id);
        }
      }),
    );
  });

  test('a filter never shows what is not there without it', () => {
    fc.assert(
      fc.property(arbitraryAccount, fc.boolean(), fc.boolean(), (state, onlyBare, hideEmptyRegions) => {
        const unfiltered = new Set(walk(state).map(({ id }) => id));
        for (const { id } of walk(state, { onlyBare, hideEmptyRegions })) expect(unfiltered).toContain(id);
      }),
    );
  });
});
