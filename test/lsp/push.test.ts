import { expect, test, vi } from 'vitest';
import { oldest, pulling, pushing } from './capabilities.ts';
import { connect, fakeCheck } from './in-process.ts';
import { Inbox } from './inbox.ts';

const uri = 'file:///template.yaml';

test('a client that cannot pull is not offered it', async () => {
  const { capabilities } = await connect(fakeCheck).initialize(oldest);
  expect(capabilities.diagnosticProvider).toBeUndefined();
});

test('diagnostics are sent with their version after opening and changing, and cleared on closing', async () => {
  const client = connect(fakeCheck);
  await client.initialize(pushing);
  await client.open(uri, 'Bare', 7);
  expect(await client.published.next()).toMatchObject({
    uri,
    version: 7,
    diagnostics: [{ code: 'vpc-no-flow-log', message: 'No flow log', severity: 2, source: 'flow-log-guard' }],
  });
  await client.change(uri, 8, { text: 'Covered' });
  expect(await client.published.next()).toEqual({ uri, version: 8, diagnostics: [] });
  await client.close(uri);
  expect(await client.published.next()).toEqual({ uri, diagnostics: [] });
});

test('of several changes in a row the last alone is checked', async () => {
  const checkText = vi.fn<typeof fakeCheck>(fakeCheck);
  const client = connect(checkText);
  await client.initialize({ ...pushing, workspace: { configuration: true } });
  const answers = new Inbox<null>();
  client.settingsOf = () => answers.next();
  await client.open(uri, 'Bare');
  await client.change(uri, 2, { text: 'Bare Bare' });
  await client.change(uri, 3, { text: 'Bare Bare Bare' });
  await client.settingsRequests.next();
  answers.put(null);

  const { version, diagnostics } = await client.published.next();
  expect(version).toBe(3);
  expect(diagnostics).toHaveLength(3);
  expect(checkText.mock.calls).toEqual([['Bare Bare Bare']]);
});

test('nothing is sent for a file after it was closed', async () => {
  const client = connect(fakeCheck);
  await client.initialize({ ...pushing, workspace: { configuration: true } });
  const answers = new Inbox<null>();
  client.settingsOf = () => answers.next();
  await client.open(uri, 'Bare');
  await client.settingsRequests.next();
  await client.close(uri);
  answers.put(null);
  expect(await client.published.next()).toEqual({ uri, diagnostics: [] });

  // What the server still does for the first file, it does before it is done with another.
  await client.open('file:///other.yaml', 'Covered');
  await client.settingsRequests.next();
  answers.put(null);
  expect(await client.published.next()).toMatchObject({ uri: 'file:///other.yaml' });
});

test('a client that pulls is sent nothing of its own accord', async () => {
  const client = connect(fakeCheck);
  await client.initialize(pulling);
  await client.open(uri, 'Bare');
  await client.pull(uri);
  await client.close(uri);
  await client.shutdown();
  expect(client.published.all).toEqual([]);
});

test('without being asked to, the server tells no status', async () => {
  const client = connect(fakeCheck);
  await client.initialize(pushing);
  await client.open(uri, 'Bare');
  await client.published.next();
  await client.shutdown();
  expect(client.statuses.all).toEqual([]);
});
