import { expect, test } from 'vitest';
import type { ClientCapabilities } from 'vscode-languageserver';
import { fileOf, isElsewhere, uriOf } from '../../server/src/lsp/files.ts';
import type { ExperimentalCapabilities } from '../../server/src/protocol.ts';
import { pulling } from './capabilities.ts';
import { connect } from './in-process.ts';
import { positionOf, type TestClient } from './test-client.ts';

const folder = 'vscode-vfs://github/owner/repository';
const parent = `Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Monitoring:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./stacks/monitoring.yaml
      Parameters:
        VpcId: !Ref Vpc
`;
const child = `Parameters:
  VpcId:
    Type: String
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref VpcId
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::amzn-s3-demo-bucket
      MaxAggregationInterval: 60
`;

const reading: ClientCapabilities = {
  ...pulling,
  experimental: { flowLogGuard: { files: true } } satisfies ExperimentalCapabilities,
};

async function opened(
  files: Readonly<Record<string, string>>,
  capabilities: ClientCapabilities = reading,
): Promise<TestClient> {
  const client = connect();
  for (const [name, text] of Object.entries(files)) client.files.set(`${folder}/${name}`, text);
  await client.initialize(capabilities, undefined, [{ uri: folder, name: 'repository' }]);
  return client;
}

async function codesOf(client: TestClient, uri: string): Promise<unknown> {
  const report = await client.pull(uri);
  return report.kind === 'full' ? report.items.map(({ code }) => code) : report.kind;
}

test('a nested stack of a repository that is on no disk is followed, and each file read once', async () => {
  const client = await opened({ 'network.yaml': parent, 'stacks/monitoring.yaml': child });
  const uri = `${folder}/network.yaml`;
  await client.open(uri, parent);
  expect(await codesOf(client, uri)).toEqual([]);
  expect(client.filesRead.toSorted()).toEqual([uri, `${folder}/stacks/monitoring.yaml`]);
  const [definition] = await client.definition(uri, positionOf('monitoring.yaml', parent));
  expect(definition?.uri).toBe(`${folder}/stacks/monitoring.yaml`);
  const { items } = await client.pullWorkspace();
  expect(items).toEqual([]);
});

test('its project file is heeded', async () => {
  const client = await opened({
    'network.yaml': parent,
    '.flow-log-guard.yaml': 'severities:\n  vpc-no-flow-log: off\n',
  });
  await client.open(`${folder}/network.yaml`, parent);
  expect(await codesOf(client, `${folder}/network.yaml`)).toEqual([]);
});

test('a changed file is read again', async () => {
  const client = await opened({ 'network.yaml': parent, 'stacks/monitoring.yaml': child });
  const uri = `${folder}/network.yaml`;
  await client.open(uri, parent);
  expect(await codesOf(client, uri)).toEqual([]);
  client.files.set(`${folder}/stacks/monitoring.yaml`, child.replace('ALL', 'ACCEPT'));
  await client.changeFiles(`${folder}/stacks/monitoring.yaml`);
  await client.refreshes.next();
  expect(await codesOf(client, uri)).toEqual(['vpc-flow-log-accept-only']);
});

test('a client that reads nothing has its open documents checked one by one', async () => {
  const client = await opened({ 'network.yaml': parent, 'stacks/monitoring.yaml': child }, pulling);
  await client.open(`${folder}/network.yaml`, parent);
  expect(await codesOf(client, `${folder}/network.yaml`)).toEqual(['vpc-no-flow-log']);
  expect(client.filesRead).toEqual([]);
});

test('of too many files, some are read and the log says so', async () => {
  const names = Array.from({ length: 1001 }, (_, index) => `t${index}.yaml`);
  const client = await opened(Object.fromEntries(names.map((name) => [name, 'Resources: {}'])));
  await client.open(`${folder}/network.yaml`, parent);
  await codesOf(client, `${folder}/network.yaml`);
  expect(client.filesRead).toHaveLength(1000);
  expect(await client.logged.next()).toMatchObject({ message: expect.stringContaining('more than 1000') });
});

test.each([
  'vscode-vfs://github/owner/repository/a%20b.yaml',
  'memfs:/a.yaml',
  'vscode-remote://ssh-remote%2Bhost/home/me/template.yaml',
  'untitled:Untitled-1',
  'scheme://authority/path?query',
])('%s is itself again after it was made a file', (uri) => {
  const file = fileOf(uri);
  expect(uriOf(file)).toBe(uri);
  expect(isElsewhere(file)).toBe(true);
});

test('a path on the disk is a path on the disk', () => {
  expect(isElsewhere('/home/me/template.yaml')).toBe(false);
  expect(isElsewhere('C:\\Users\\me\\template.yaml')).toBe(false);
  expect(uriOf('/home/me/template.yaml')).toBe('file:///home/me/template.yaml');
});
