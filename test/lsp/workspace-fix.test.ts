import { mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  TextDocumentEdit,
  type ClientCapabilities,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { fixWorkspaceCommand, type ExperimentalCapabilities } from '../../server/src/protocol.ts';
import { checkText } from '../../server/src/workspace/check.ts';
import { resolvingActions } from './capabilities.ts';
import { connect } from './in-process.ts';
import type { TestClient } from './test-client.ts';

const bare = `Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
`;

const applying: ClientCapabilities = {
  ...resolvingActions,
  workspace: { ...resolvingActions.workspace, applyEdit: true },
};
const withProgress: ClientCapabilities = { ...applying, window: { workDoneProgress: true } };
const reportsItself: ClientCapabilities = {
  ...applying,
  experimental: { flowLogGuard: { workspaceFix: true } } satisfies ExperimentalCapabilities,
};

let root: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'lsp-workspace-fix-')));
  await mkdir(path.join(root, 'cdk.out'));
  await writeFile(path.join(root, 'one.yaml'), bare);
  await writeFile(path.join(root, 'two.yaml'), bare.replaceAll('\n', '\r\n'));
  await writeFile(
    path.join(root, 'cdk.out', 'App.template.json'),
    JSON.stringify({ Resources: { Made: { Type: 'AWS::EC2::VPC' } } }),
  );
});

afterEach(() => rm(root, { recursive: true }));

const uriOf = (name: string): string => pathToFileURL(path.join(root, name)).toString();

async function started(capabilities: ClientCapabilities): Promise<TestClient> {
  const client = connect();
  await client.initialize(capabilities, undefined, [{ uri: pathToFileURL(root).toString(), name: 'root' }]);
  return client;
}

function documentEdits({ documentChanges = [] }: WorkspaceEdit): TextDocumentEdit[] {
  return documentChanges.filter((change) => TextDocumentEdit.is(change));
}

function applied(text: string, { edits }: TextDocumentEdit): string {
  return TextDocument.applyEdits(TextDocument.create('', '', 1, text), edits as TextEdit[]);
}

test('files that are not open are fixed, each change waiting to be confirmed, and the rest is told', async () => {
  const client = await started(applying);
  const report = await client.executeCommand(fixWorkspaceCommand);
  const why = expect.stringContaining('generated');
  expect(report).toEqual({
    outcome: 'applied',
    files: 2,
    fixed: 2,
    left: [{ uri: uriOf('cdk.out/App.template.json'), logicalId: 'Made', why }],
  });
  const { edit } = await client.edits.next();
  const changes = documentEdits(edit);
  expect(changes.map(({ textDocument }) => textDocument)).toEqual([
    { uri: uriOf('one.yaml'), version: null },
    { uri: uriOf('two.yaml'), version: null },
  ]);
  for (const change of changes) {
    const name = path.basename(change.textDocument.uri);
    const check = checkText(applied(await readFile(path.join(root, name), 'utf8'), change));
    expect(check).toMatchObject({ kind: 'template', findings: [] });
  }
  expect(Object.values(edit.changeAnnotations ?? {})).toMatchObject([{ needsConfirmation: true }]);
  expect(await client.logged.next()).toMatchObject({
    message: expect.stringContaining('Made: The template'),
  });
  expect(await client.shown.next()).toMatchObject({
    message:
      'Made the selected changes, of fixes for 2 findings in 2 files. 1 finding cannot be fixed; the log says why.',
  });
});

test('a client that reports itself is asked once for all, with changes that are chosen already', async () => {
  const client = await started(reportsItself);
  await client.executeCommand(fixWorkspaceCommand);
  const { edit } = await client.edits.next();
  const annotations = Object.entries(edit.changeAnnotations ?? {});
  const asking = annotations.filter(([, { needsConfirmation }]) => needsConfirmation === true);
  const edits = documentEdits(edit).flatMap((change) => change.edits);
  const asked = edits.filter((one) => 'annotationId' in one && one.annotationId === asking[0]?.[0]);
  expect(asking).toHaveLength(1);
  expect(asked).toMatchObject([{ newText: '' }]);
  expect(client.shown.all).toEqual([]);
});

test.each([
  ['versions', { documentChanges: true }, 'documentChanges'],
  ['nothing but text', {}, 'changes'],
])('a client that takes %s gets the same changes without more', async (_what, workspaceEdit, key) => {
  const client = await started({ workspace: { applyEdit: true, workspaceEdit } });
  await client.executeCommand(fixWorkspaceCommand);
  const { edit } = await client.edits.next();
  expect(Object.keys(edit)).toEqual([key]);
  expect(JSON.stringify(edit).split('AWS::EC2::FlowLog')).toHaveLength(3);
  expect(JSON.stringify(edit)).not.toContain('annotationId');
});

test('an open document counts as it is in the editor, with its version', async () => {
  const client = await started(applying);
  await client.open(uriOf('one.yaml'), `# typed\n${bare}`, 7);
  await client.executeCommand(fixWorkspaceCommand);
  const [change] = documentEdits((await client.edits.next()).edit);
  expect(change!.textDocument.version).toBe(7);
  expect(applied(`# typed\n${bare}`, change!)).toMatch(/^# typed\nResources:\n {2}Vpc:/);
});

test('settings and project file say where to', async () => {
  await writeFile(path.join(root, '.flow-log-guard.yaml'), 'flowLog:\n  trafficType: REJECT\n');
  const client = connect();
  client.settingsOf = () => ({ flowLog: { destination: 's3', trafficType: 'ALL' } });
  await client.initialize(applying, undefined, [{ uri: pathToFileURL(root).toString(), name: 'root' }]);
  await client.executeCommand(fixWorkspaceCommand);
  const text = JSON.stringify((await client.edits.next()).edit);
  expect(text).toContain('AWS::S3::Bucket');
  expect(text).toContain('REJECT');
});

test('what is ignored, or in a folder that is switched off, is left alone', async () => {
  await writeFile(path.join(root, '.flow-log-guard.yaml'), 'ignore:\n  - one.yaml\n');
  await mkdir(path.join(root, 'off'));
  await rename(path.join(root, 'two.yaml'), path.join(root, 'off', 'two.yaml'));
  const client = connect();
  client.settingsOf = (uri) => ({ enable: uri !== uriOf('off') });
  await client.initialize(applying, undefined, [
    { uri: pathToFileURL(root).toString(), name: 'root' },
    { uri: uriOf('off'), name: 'off' },
  ]);
  expect(await client.executeCommand(fixWorkspaceCommand)).toMatchObject({ outcome: 'nothing', fixed: 0 });
  expect(client.edits.all).toEqual([]);
});

test('what the user discards is told as such', async () => {
  const client = await started(applying);
  client.appliesEdits = async () => false;
  expect(await client.executeCommand(fixWorkspaceCommand)).toMatchObject({ outcome: 'discarded' });
});

test('what is refused because a document has changed is told as such', async () => {
  const client = await started(applying);
  await client.open(uriOf('one.yaml'), bare, 1);
  client.appliesEdits = async () => {
    await client.change(uriOf('one.yaml'), 2, { text: `# typed\n${bare}` });
    return false;
  };
  expect(await client.executeCommand(fixWorkspaceCommand)).toMatchObject({ outcome: 'outdated' });
});

test('progress is shown, and can be cancelled', async () => {
  const client = await started(withProgress);
  const running = client.executeCommand(fixWorkspaceCommand);
  const begun = await client.progress.next();
  expect(begun.value).toMatchObject({ kind: 'begin', cancellable: true });
  await client.cancelProgress(begun);
  expect(await running).toMatchObject({ outcome: 'cancelled' });
  expect(client.edits.all).toEqual([]);
  await client.progress.nextWhere(({ value }) => (value as { kind: string }).kind === 'end');
});

test('the command is offered to clients that apply edits', async () => {
  const { capabilities } = await connect().initialize(applying);
  expect(capabilities.executeCommandProvider?.commands).toContain(fixWorkspaceCommand);
  expect((await connect().initialize(resolvingActions)).capabilities).not.toHaveProperty(
    'executeCommandProvider',
  );
});
