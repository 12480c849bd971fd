import { expect, test } from 'vitest';
import type { Verdict } from '../../server/src/coverage/model.ts';
import { documentState } from '../../server/src/lsp/document-state.ts';
import { pulling, pushing, wantingStatus } from './capabilities.ts';
import { connect, fakeCheck } from './in-process.ts';

const uri = 'file:///template.yaml';

test.each([
  ['pushed', { ...pushing, ...wantingStatus }],
  ['pulled', { ...pulling, ...wantingStatus }],
])('the status of an open file is told when its diagnostics are %s', async (_name, capabilities) => {
  const client = connect(fakeCheck);
  await client.initialize(capabilities);
  await client.open(uri, 'Bare Covered Covered', 4);
  if (capabilities.textDocument?.diagnostic) await client.pull(uri);
  const state = { kind: 'template', vpcs: 3, covered: 2, bare: 1 };
  expect(await client.statuses.next()).toEqual({ uri, version: 4, state });
});

test('a file that is no template is told as such', async () => {
  const client = connect(fakeCheck);
  await client.initialize({ ...pushing, ...wantingStatus });
  await client.open(uri, 'name: Ada');
  expect(await client.statuses.next()).toEqual({ uri, version: 1, state: { kind: 'not-a-template' } });
});

test('why a template cannot be read is told', () => {
  const check = { kind: 'unreadable', message: 'It is too large' } as const;
  expect(documentState(check)).toEqual(check);
});

test('VPCs that lack a flow log in some deployments count as bare, undecided ones do not', () => {
  const verdicts: Verdict[] = ['covered', 'missing', 'wrong-traffic', 'conditional', 'unknown'];
  const vpcs = verdicts.map((verdict) => {
    return { verdict, logicalId: 'Vpc', span: { start: 0, end: 0 }, reason: '', flowLogs: [] };
  });
  expect(documentState({ kind: 'template', problems: [], vpcs, findings: [] })).toEqual({
    kind: 'template',
    vpcs: 5,
    covered: 1,
    bare: 3,
  });
});
