import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import { expect, test, vi } from 'vitest';
import { pulling, wantingStatus } from './capabilities.ts';
import { connect, fakeCheck } from './in-process.ts';
import { Inbox } from './inbox.ts';

const uri = 'file:///template.yaml';

test('the server offers pull diagnostics, incremental changes and UTF-16, and says who it is', async () => {
  const { capabilities, serverInfo } = await connect(fakeCheck).initialize(pulling);
  expect(capabilities.diagnosticProvider).toEqual({
    identifier: 'flow-log-guard',
    interFileDependencies: true,
    workspaceDiagnostics: true,
  });
  expect(capabilities.textDocumentSync).toEqual({ openClose: true, change: 2 });
  expect(capabilities.positionEncoding).toBe('utf-16');
  expect(serverInfo).toEqual({ name: 'flow-log-guard-language-server', version: '1.2.3' });
});

test('a report is full the first time and unchanged as long as the findings are the same', async () => {
  const client = connect(fakeCheck);
  await client.initialize(pulling);
  await client.open(uri, 'Bare # note');
  const first = await client.pull(uri);
  expect(first).toMatchObject({ kind: 'full', items: [{ code: 'vpc-no-flow-log' }] });

  await client.change(uri, 2, { text: 'Bare # another note' });
  expect(await client.pull(uri, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });

  await client.change(uri, 3, { text: '\nBare' });
  const moved = await client.pull(uri, first.resultId);
  expect(moved).toMatchObject({ kind: 'full', items: [{ range: { start: { line: 1 } } }] });
  expect(moved.resultId).not.toBe(first.resultId);
});

test('a version is checked once, however often it is asked for', async () => {
  const checkText = vi.fn<typeof fakeCheck>(fakeCheck);
  const client = connect(checkText);
  await client.initialize(pulling);
  await client.open(uri, 'Bare');
  await client.pull(uri);
  await client.pull(uri);
  expect(checkText).toHaveBeenCalledTimes(1);
  await client.change(uri, 2, { text: 'Covered' });
  await client.pull(uri);
  expect(checkText).toHaveBeenCalledTimes(2);
});

test('a file that is closed and opened again is checked again, even with the same version', async () => {
  const client = connect(fakeCheck);
  await client.initialize(pulling);
  await client.open(uri, 'Bare');
  expect(await client.pull(uri)).toMatchObject({ items: [{ code: 'vpc-no-flow-log' }] });
  await client.close(uri);
  await client.open(uri, 'Covered');
  expect(await client.pull(uri)).toMatchObject({ items: [] });
});

test('a file that is not open has no findings', async () => {
  const client = connect(fakeCheck);
  await client.initialize(pulling);
  expect(await client.pull(uri)).toEqual({ kind: 'full', items: [] });
});

test('a cancelled request is answered as such, and nothing is checked for it', async () => {
  const checkText = vi.fn<typeof fakeCheck>(fakeCheck);
  const client = connect(checkText);
  await client.initialize(pulling);
  const answers = new Inbox<null>();
  client.settingsOf = () => answers.next();
  await client.open(uri, 'Bare');

  const cancellation = new CancellationTokenSource();
  const answer = client.pull(uri, undefined, cancellation.token);
  await client.settingsRequests.next();
  cancellation.cancel();
  answers.put(null);

  await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  expect(checkText).not.toHaveBeenCalled();
});

test('a file closed while it is looked at gets no findings', async () => {
  const checkText = vi.fn<typeof fakeCheck>(fakeCheck);
  const client = connect(checkText);
  await client.initialize(pulling);
  const answers = new Inbox<null>();
  client.settingsOf = () => answers.next();
  await client.open(uri, 'Bare');
  const answer = client.pull(uri);
  await client.settingsRequests.next();
  await client.close(uri);
  answers.put(null);

  expect(await answer).toEqual({ kind: 'full', items: [] });
  expect(checkText).not.toHaveBeenCalled();
});

test('a check that fails is logged and leaves the other files alone', async () => {
  const client = connect((text) => {
    if (text === 'broken') throw new Error('out of luck');
    return fakeCheck(text);
  });
  await client.initialize({ ...pulling, ...wantingStatus });
  await client.open('file:///broken.yaml', 'broken');
  await client.open(uri, 'Bare');
  expect(await client.pull('file:///broken.yaml')).toMatchObject({ kind: 'full', items: [] });
  expect(await client.statuses.next()).toMatchObject({ state: { kind: 'unreadable' } });
  const { type, message } = await client.logged.next();
  expect(type).toBe(1);
  expect(message).toContain('file:///broken.yaml');
  expect(message).toContain('out of luck');
  expect(await client.pull(uri)).toMatchObject({ items: [{ code: 'vpc-no-flow-log' }] });
});
