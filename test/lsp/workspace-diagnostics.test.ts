import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { expect, onTestFinished, test } from 'vitest';
import type { ClientCapabilities, WorkspaceDocumentDiagnosticReport } from 'vscode-languageserver';
import type { ExperimentalCapabilities } from '../../server/src/protocol.ts';
import { pulling, pushing } from './capabilities.ts';
import { connect } from './in-process.ts';
import type { TestClient } from './test-client.ts';

const bare = 'Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n';
const flowLog = `  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Vpc
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::amzn-s3-demo-bucket
      MaxAggregationInterval: 60
`;

interface Opened {
  readonly client: TestClient;
  readonly write: (name: string, text: string) => string;
  readonly uriOf: (name: string) => string;
}

async function inFolder(
  files: Readonly<Record<string, string>>,
  capabilities: ClientCapabilities = pulling,
): Promise<Opened> {
  const folder = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-workspace-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).toString();
  const write = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text);
    return uriOf(name);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const client = connect();
  await client.initialize(capabilities, undefined, [{ uri: pathToFileURL(folder).toString(), name: 'w' }]);
  return { client, write, uriOf };
}

function codesOf(items: readonly WorkspaceDocumentDiagnosticReport[]): unknown {
  return Object.fromEntries(
    items.map((report) => [
      path.posix.basename(report.uri),
      report.kind === 'full' ? report.items.map(({ code }) => code) : report.kind,
    ]),
  );
}

function idsOf(items: readonly WorkspaceDocumentDiagnosticReport[]) {
  return items.map(({ uri, resultId = '' }) => ({ uri, value: resultId }));
}

test('files that were never opened are reported, with progress, and clean ones are passed over', async () => {
  const { client } = await inFolder({
    'bare.yaml': bare,
    'covered.yaml': bare + flowLog,
    'notes.yaml': 'Resources: none\n',
    '.flow-log-guard.yaml': 'standard: ec2.6\n',
  });
  const { items } = await client.pullWorkspace();
  expect(codesOf(items)).toEqual({ 'bare.yaml': ['vpc-no-flow-log'] });
  expect(await client.work.next()).toMatchObject({ kind: 'begin', cancellable: true });
  expect(client.work.all.at(-1)).toEqual({ kind: 'end' });
});

test('an open document counts with its own text', async () => {
  const { client, uriOf } = await inFolder({ 'a.yaml': bare, 'b.yaml': bare });
  await client.open(uriOf('a.yaml'), bare + flowLog, 3);
  const { items } = await client.pullWorkspace();
  expect(codesOf(items)).toEqual({ 'b.yaml': ['vpc-no-flow-log'] });
});

test('of many files, parts are sent before the answer', async () => {
  const names = Array.from({ length: 120 }, (_, index) => `t${index}.yaml`);
  const { client } = await inFolder(Object.fromEntries(names.map((name) => [name, bare])));
  const parts: WorkspaceDocumentDiagnosticReport[][] = [];
  const { items } = await client.pullWorkspace([], undefined, (part) => parts.push(part.items));
  expect(parts.map(({ length }) => length)).toEqual([50, 50]);
  expect(new Set([...parts.flat(), ...items].map(({ uri }) => uri)).size).toBe(120);
});

test('the progress of many files is in whole per cent, each told once, to the end', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `t${index}.yaml`);
  const { client } = await inFolder(Object.fromEntries(names.map((name) => [name, bare])));
  await client.pullWorkspace();
  const told = client.work.all.flatMap((value) => (value.kind === 'report' ? [value.percentage] : []));
  expect(told).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
});

test('who has all results is answered when a file has changed, with what is other', async () => {
  const { client, write } = await inFolder({ 'a.yaml': bare, 'b.yaml': bare });
  const first = await client.pullWorkspace();
  const second = client.pullWorkspace(idsOf(first.items));
  await client.changeFiles(write('a.yaml', bare + flowLog));
  expect(codesOf((await second).items)).toEqual({ 'a.yaml': [], 'b.yaml': 'unchanged' });
});

test('the findings of a file that is gone are cleared', async () => {
  const { client, uriOf } = await inFolder({ 'a.yaml': bare });
  const { items } = await client.pullWorkspace();
  const gone = { uri: uriOf('gone.yaml'), value: 'x' };
  const answer = await client.pullWorkspace([...idsOf(items), gone]);
  expect(codesOf(answer.items)).toEqual({ 'a.yaml': 'unchanged', 'gone.yaml': [] });
});

test('a request that waits can be cancelled', async () => {
  const { client } = await inFolder({ 'a.yaml': bare });
  const { items } = await client.pullWorkspace();
  const source = new CancellationTokenSource();
  const waiting = client.pullWorkspace(idsOf(items), source.token);
  source.cancel();
  await expect(waiting).rejects.toThrow('cancelled');
});

test('what is turned off for the folder is not reported', async () => {
  const { client } = await inFolder({ 'a.yaml': bare });
  client.settingsOf = () => ({ enable: false });
  expect((await client.pullWorkspace()).items).toEqual([]);
});

test('is offered to clients that ask by themselves, and to no others', async () => {
  const own: ExperimentalCapabilities = { flowLogGuard: { workspaceDiagnosticsOnDemand: true } };
  const onDemand = await connect().initialize({ ...pulling, experimental: own });
  expect(onDemand.capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: false });
  const pushed = await connect().initialize(pushing);
  expect(pushed.capabilities).not.toHaveProperty('diagnosticProvider');
});

const listing: ClientCapabilities = {
  ...pulling,
  experimental: { flowLogGuard: { templates: true } } satisfies ExperimentalCapabilities,
};

test('templates are listed with their VPCs, and a client is told once when that changes', async () => {
  const { client, uriOf, write } = await inFolder(
    { 'bare.yaml': bare, 'covered.yaml': bare + flowLog, 'none.yaml': 'Resources: {}\n' },
    listing,
  );
  expect(await client.templates()).toEqual([
    {
      uri: uriOf('bare.yaml'),
      vpcs: [
        {
          logicalId: 'Vpc',
          state: 'none',
          reason: 'Vpc has no flow log',
          flowLogs: [],
          range: { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } },
        },
      ],
    },
    {
      uri: uriOf('covered.yaml'),
      vpcs: [expect.objectContaining({ state: 'logged', flowLogs: ['S3, ALL, 60 s'] })],
    },
  ]);
  await client.changeFiles(write('bare.yaml', bare + flowLog));
  expect(await client.templateChanges.next()).toBe('changed');
  const [changed] = await client.templates();
  expect(changed?.vpcs).toMatchObject([{ state: 'logged' }]);
});

test('a suppressed VPC says by whom', async () => {
  const metadata = `    Metadata:
      cfn_nag: { rules_to_suppress: [{ id: W60, reason: alone }] }
`;
  const { client } = await inFolder({ 'a.yaml': bare + metadata }, listing);
  const [template] = await client.templates();
  expect(template?.vpcs).toMatchObject([{ state: 'suppressed', suppressed: 'cfn_nag W60: alone' }]);
});
