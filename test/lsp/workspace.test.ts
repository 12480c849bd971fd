import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver/node';
import { pulling, pushing } from './capabilities.ts';
import { connect } from './in-process.ts';
import { positionOf, type TestClient } from './test-client.ts';

const parent = `Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Monitoring:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: monitoring.yaml
      Parameters:
        VpcId: !Ref Vpc
`;

const monitoring = (traffic: string): string => `Parameters:
  VpcId:
    Type: AWS::EC2::VPC::Id
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref VpcId
      ResourceType: VPC
      TrafficType: ${traffic}
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::logs
`;

let root: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'lsp-workspace-')));
  await writeFile(path.join(root, 'main.yaml'), parent);
  await writeFile(path.join(root, 'monitoring.yaml'), monitoring('ALL'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

function uriOf(name: string): string {
  return pathToFileURL(path.join(root, name)).toString();
}

function folders(): { uri: string; name: string }[] {
  return [{ uri: pathToFileURL(root).toString(), name: 'root' }];
}

async function pullItems(client: TestClient, name: string): Promise<Diagnostic[]> {
  const report = await client.pull(uriOf(name));
  return report.kind === 'full' ? report.items : [];
}

test('a flow log in a nested stack counts, before that file was ever open', async () => {
  const client = connect();
  await client.initialize(pulling, undefined, folders());
  await client.open(uriOf('main.yaml'), parent);
  expect(await pullItems(client, 'main.yaml')).toEqual([]);
});

test('without the folder the same template is bare', async () => {
  const client = connect();
  await client.initialize(pulling);
  await client.open(uriOf('main.yaml'), parent);
  expect((await pullItems(client, 'main.yaml')).map(({ code }) => code)).toEqual(['vpc-no-flow-log']);
});

test('unsaved text of another file wins, and a related place in it is found', async () => {
  const client = connect();
  await client.initialize(pulling, undefined, folders());
  await client.open(uriOf('main.yaml'), parent);
  await client.open(uriOf('monitoring.yaml'), monitoring('ACCEPT'));
  const [only] = await pullItems(client, 'main.yaml');
  expect(only?.code).toBe('vpc-flow-log-accept-only');
  const start = positionOf('FlowLog:', monitoring('ACCEPT'));
  expect(only?.relatedInformation?.map(({ location }) => location)).toEqual([
    {
      uri: uriOf('monitoring.yaml'),
      range: { start, end: { line: start.line, character: start.character + 'FlowLog'.length } },
    },
  ]);
  await client.close(uriOf('monitoring.yaml'));
  expect(await pullItems(client, 'main.yaml')).toEqual([]);
});

test('a change on the disk has the client ask again', async () => {
  const client = connect();
  await client.initialize(pulling, undefined, folders());
  await client.open(uriOf('main.yaml'), parent);
  expect(await pullItems(client, 'main.yaml')).toEqual([]);
  await writeFile(path.join(root, 'monitoring.yaml'), monitoring('ACCEPT'));
  await client.changeFiles(uriOf('monitoring.yaml'));
  await client.refreshes.next();
  expect((await pullItems(client, 'main.yaml')).map(({ code }) => code)).toEqual([
    'vpc-flow-log-accept-only',
  ]);
});

test('an edit republishes the open files that depend on it', async () => {
  const client = connect();
  await client.initialize(pushing, undefined, folders());
  await client.open(uriOf('main.yaml'), parent);
  await client.published.nextWhere(
    ({ uri, diagnostics }) => uri === uriOf('main.yaml') && diagnostics.length === 0,
  );
  await client.open(uriOf('monitoring.yaml'), monitoring('ACCEPT'));
  const { diagnostics } = await client.published.nextWhere(
    ({ uri, diagnostics: items }) => uri === uriOf('main.yaml') && items.length > 0,
  );
  expect(diagnostics.map(({ code }) => code)).toEqual(['vpc-flow-log-accept-only']);
});

test('the project file decides over the settings, also while it is being edited', async () => {
  const client = connect();
  client.settingsOf = () => ({ severity: { 'vpc-no-flow-log': 'error' } });
  await client.initialize(pulling, undefined, folders());
  const bare = 'Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n';
  await client.open(uriOf('bare.yaml'), bare);
  expect((await pullItems(client, 'bare.yaml')).map(({ severity }) => severity)).toEqual([1]);

  await client.open(uriOf('.flow-log-guard.yaml'), 'severities:\n  vpc-no-flow-log: hint\n');
  expect((await pullItems(client, 'bare.yaml')).map(({ severity }) => severity)).toEqual([4]);
  expect(await pullItems(client, '.flow-log-guard.yaml')).toEqual([]);
});

test('a mistake in the project file is shown in it', async () => {
  const client = connect();
  await client.initialize(pulling, undefined, folders());
  await client.open(uriOf('.flow-log-guard.yaml'), 'standard: ec2\n');
  const [only] = await pullItems(client, '.flow-log-guard.yaml');
  expect(only).toMatchObject({
    code: 'project-file-invalid',
    source: 'flow-log-guard',
    range: { start: { line: 0, character: 10 }, end: { line: 0, character: 13 } },
  });
});
