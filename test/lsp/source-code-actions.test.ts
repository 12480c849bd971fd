import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, test } from 'vitest';
import {
  TextDocumentEdit,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type TextEdit,
} from 'vscode-languageserver/node';
import { copyApplication, synthesise } from '../cdk/synthesis.ts';
import { resolvingActions, takingActions } from './capabilities.ts';
import { connect } from './in-process.ts';
import { positionOf, type TestClient } from './test-client.ts';

const fixAllKind = 'source.fixAll.flowLogGuard';

interface Opened {
  readonly client: TestClient;
  readonly folder: string;
  readonly uri: string;
  readonly text: string;
}

/** A client with the source of an application that was synthesised as it was, and opened as it is now. */
async function opened(
  name: string,
  capabilities: ClientCapabilities,
  changed: (text: string) => string = (text) => text,
): Promise<Opened> {
  const folder = await copyApplication(name);
  await synthesise(folder, 'app.ts');
  const file = path.join(folder, 'app.ts');
  const text = changed(await readFile(file, 'utf8'));
  await writeFile(file, text);
  const client = connect();
  const folderUri = pathToFileURL(folder).href;
  await client.initialize(capabilities, undefined, [{ uri: folderUri, name }]);
  const uri = pathToFileURL(file).href;
  await client.open(uri, text);
  return { client, folder, uri, text };
}

async function findingsOf({ client, uri }: Opened): Promise<Diagnostic[]> {
  const report = await client.pull(uri);
  return report.kind === 'full' ? report.items : [];
}

async function actionsAt(
  { client, uri, text }: Opened,
  needle: string,
  diagnostics: Diagnostic[] = [],
  only?: string[],
): Promise<CodeAction[]> {
  const start = positionOf(needle, text);
  return client.codeActions(uri, { start, end: start }, { diagnostics, ...(only !== undefined && { only }) });
}

function applied({ uri, text }: Opened, { edit }: CodeAction): string {
  const changes = edit?.documentChanges?.filter((change) => TextDocumentEdit.is(change)) ?? [];
  const edits = [...changes.flatMap((change) => change.edits as TextEdit[]), ...(edit?.changes?.[uri] ?? [])];
  return TextDocument.applyEdits(TextDocument.create(uri, 'typescript', 1, text), edits);
}

describe('in the source of an application', () => {
  test('a finding has its fixes, and none after the fix and another synthesis', async () => {
    const it = await opened('single', resolvingActions);
    const findings = await findingsOf(it);
    expect(findings.map(({ code }) => code)).toEqual(['vpc-no-flow-log']);
    const actions = await actionsAt(it, 'new ec2.Vpc(stack', findings);
    expect(actions.map(({ title, kind, isPreferred }) => [title, kind, isPreferred])).toEqual([
      ['Add flow log to CloudWatch Logs', 'quickfix', true],
      ['Add flow log to S3: new bucket', 'quickfix', false],
    ]);
    expect(actions[0]?.diagnostics).toEqual(findings);
    expect(actions[0]?.edit).toBeUndefined();
    const resolved = await it.client.resolve(actions[0]!);
    const fixed = applied(it, resolved);
    expect(fixed).toContain("import * as logs from 'aws-cdk-lib/aws-logs';");
    expect(fixed).toContain('destination: ec2.FlowLogDestination.toCloudWatchLogs(');

    await writeFile(path.join(it.folder, 'app.ts'), fixed);
    await it.client.change(it.uri, 2, { text: fixed });
    // The finding is of the last synthesis; there is nothing left to fix.
    expect(await actionsAt({ ...it, text: fixed }, 'new ec2.Vpc(stack')).toEqual([]);
    await synthesise(it.folder, 'app.ts');
    const output = ['manifest.json', 'Network.template.json', 'Network.metadata.json', 'tree.json'];
    await it.client.changeFiles(
      ...output.map((file) => pathToFileURL(path.join(it.folder, 'cdk.out', file)).href),
    );
    // A new assembly is read once nobody writes it any more.
    while ((await findingsOf(it)).length > 0) await it.client.refreshes.next();
    expect(await findingsOf(it)).toEqual([]);
  });

  test('all of a file is fixed at once', async () => {
    const it = await opened('l1', resolvingActions);
    const [action, ...others] = await actionsAt(it, 'import', [], ['source.fixAll']);
    expect(others).toEqual([]);
    expect(action?.kind).toBe(fixAllKind);
    const fixed = applied(it, await it.client.resolve(action!));
    await writeFile(path.join(it.folder, 'app.ts'), fixed);
    await synthesise(it.folder, 'app.ts');
    const again = connect();
    const folderUri = pathToFileURL(it.folder).href;
    await again.initialize(resolvingActions, undefined, [{ uri: folderUri, name: 'l1' }]);
    await again.open(it.uri, fixed);
    expect(await findingsOf({ ...it, client: again })).toEqual([]);
  });

  test('what another version was asked for is not resolved', async () => {
    const it = await opened('single', resolvingActions);
    const [action] = await actionsAt(it, 'new ec2.Vpc(stack');
    await it.client.change(it.uri, 2, { text: `\n${it.text}` });
    expect((await it.client.resolve(action!)).edit).toBeUndefined();
  });

  test('a client that resolves nothing gets the edits, and where there is none the reason', async () => {
    const older = await opened('single', takingActions);
    const [action] = await actionsAt(older, 'new ec2.Vpc(stack');
    expect(applied(older, action!)).toContain('flowLogs: {');

    const disabling: ClientCapabilities = {
      ...takingActions,
      textDocument: {
        ...takingActions.textDocument,
        codeAction: { ...takingActions.textDocument?.codeAction, disabledSupport: true },
      },
    };
    const half = await opened('single', disabling, (text) => text.replace('natGateways: 0', 'natGateways: '));
    const [disabled] = await actionsAt(half, 'new ec2.Vpc(stack');
    expect(disabled?.disabled?.reason).toBe('The call is not complete; correct it first.');
  });

  test('a refused edit says why', async () => {
    const it = await opened('single', resolvingActions, (text) =>
      text.replace('natGateways: 0', 'natGateways: '),
    );
    const [action] = await actionsAt(it, 'new ec2.Vpc(stack');
    expect((await it.client.resolve(action!)).edit).toBeUndefined();
    expect((await it.client.shown.next()).message).toBe('The call is not complete; correct it first.');
  });
});
