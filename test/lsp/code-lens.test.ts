import { expect, test } from 'vitest';
import type { ClientCapabilities, CodeLens } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ExperimentalCapabilities } from '../../server/src/protocol.ts';
import { oldest, pulling } from './capabilities.ts';
import { connect } from './in-process.ts';
import type { TestClient } from './test-client.ts';

const uri = 'file:///network.yaml';
const bare = `Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
`;
const covered = `${bare}  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Vpc
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::amzn-s3-demo-bucket
`;

const capable: ClientCapabilities = {
  ...pulling,
  workspace: {
    ...pulling.workspace,
    applyEdit: true,
    codeLens: { refreshSupport: true },
    workspaceEdit: { documentChanges: true },
  },
  window: { showDocument: { support: true } },
};

async function opened(capabilities: ClientCapabilities, text: string): Promise<TestClient> {
  const client = connect();
  await client.initialize(capabilities);
  await client.open(uri, text);
  return client;
}

async function onlyLens(client: TestClient): Promise<Required<CodeLens>['command']> {
  const lenses = await client.lenses(uri);
  expect(lenses).toHaveLength(1);
  return lenses[0]!.command!;
}

test('a click on the lens of a bare VPC writes a flow log and shows it', async () => {
  const client = await opened(capable, bare);
  const { command, arguments: args = [] } = await onlyLens(client);
  await client.execute(command, ...args);

  const { edit } = await client.edits.next();
  const [change] = edit.documentChanges ?? [];
  if (change === undefined || !('edits' in change)) throw new Error('no edit of a document');
  const edits = change.edits.filter((one) => 'newText' in one);
  const after = TextDocument.applyEdits(TextDocument.create(uri, 'yaml', 1, bare), edits);
  expect(after).toContain('AWS::EC2::FlowLog');
  expect(change.textDocument).toEqual({ uri, version: 1 });
  expect(await client.documentsShown.next()).toMatchObject({ uri, takeFocus: true });
});

test('a lens of an older text changes nothing and says so', async () => {
  const client = await opened(capable, bare);
  const { command, arguments: args = [] } = await onlyLens(client);
  await client.change(uri, 2, { text: covered });
  await client.execute(command, ...args);
  expect(await client.shown.next()).toMatchObject({ message: 'The template has changed meanwhile.' });
  expect(client.edits.all).toEqual([]);
});

test('a click on the lens of a covered VPC shows its flow log', async () => {
  const client = await opened(capable, covered);
  const { command, arguments: args = [] } = await onlyLens(client);
  await client.execute(command, ...args);
  expect(await client.documentsShown.next()).toMatchObject({
    uri,
    selection: { start: { line: 5, character: 2 } },
  });
});

test('a client with a command of its own for places is given that', async () => {
  const own: ExperimentalCapabilities = { flowLogGuard: { revealCommand: 'client.reveal' } };
  const client = await opened({ ...capable, experimental: own }, covered);
  expect(await onlyLens(client)).toMatchObject({
    command: 'client.reveal',
    arguments: [[{ uri, range: { start: { line: 5, character: 2 } } }]],
  });
});

test('a client that can neither edit nor show is given text alone', async () => {
  const client = await opened(oldest, bare);
  expect(await onlyLens(client)).toEqual({ title: 'No flow log', command: '' });
});

test('a command that is none of ours, or has arguments of another, does nothing', async () => {
  const client = await opened(capable, bare);
  await client.execute('flowLogGuard.server.applyFix', { uri: 7 });
  await client.execute('flowLogGuard.server.reveal', [{ uri }]);
  await client.execute('unheard.of');
  expect(client.edits.all).toEqual([]);
  expect(client.documentsShown.all).toEqual([]);
});

test('a setting turns the lenses off', async () => {
  const client = connect();
  client.settingsOf = () => ({ codeLens: { enable: false } });
  await client.initialize(capable);
  await client.open(uri, bare);
  expect(await client.lenses(uri)).toEqual([]);
});

test('lenses are asked for again when the settings change', async () => {
  const client = await opened(capable, bare);
  await client.lenses(uri);
  client.settingsOf = () => ({ codeLens: { enable: false } });
  await client.changeSettings(null);
  expect(await client.lensRefreshes.next()).toBe('refresh');
});
