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
import { coveredTemplate, newFolder, source, writeApplication } from '../cdk/written-assembly.ts';
import { resolvingActions, takingActions } from './capabilities.ts';
import { connect } from './in-process.ts';
import { positionOf, type TestClient } from './test-client.ts';

const fixAllKind = 'source.fixAll.flowLogGuard';

interface Opened {
  readonly client: TestClient;
  readonly uri: string;
  readonly text: string;
  readonly write: (name: string, content: unknown) => Promise<string>;
  readonly changeFile: (name: string) => Promise<void>;
}

/** A client with the source of an application that was synthesised from another text, perhaps. */
async function opened(
  capabilities: ClientCapabilities,
  text = source,
  projectFile?: string,
): Promise<Opened> {
  const { folder, write } = await newFolder();
  await writeApplication({ write });
  if (projectFile !== undefined) await write('.flow-log-guard.yaml', projectFile);
  const client = connect();
  const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;
  await client.initialize(capabilities, undefined, [{ uri: uriOf(''), name: 'application' }]);
  const uri = uriOf('app.ts');
  await client.open(uri, text);
  return { client, uri, text, write, changeFile: (name) => client.changeFiles(uriOf(name)) };
}

async function findingsOf({ client, uri }: Opened): Promise<Diagnostic[]> {
  const report = await client.pull(uri);
  return report.kind === 'full' ? report.items : [];
}

/** The actions where the VPC is made. */
async function actionsOf(
  { client, uri, text }: Opened,
  diagnostics: Diagnostic[] = [],
  only?: string[],
): Promise<CodeAction[]> {
  const start = positionOf('new ec2.Vpc(stack', text);
  return client.codeActions(uri, { start, end: start }, { diagnostics, ...(only !== undefined && { only }) });
}

function applied({ uri, text }: Opened, { edit }: CodeAction): string {
  const changes = edit?.documentChanges?.filter((change) => TextDocumentEdit.is(change)) ?? [];
  const edits = [...changes.flatMap((change) => change.edits as TextEdit[]), ...(edit?.changes?.[uri] ?? [])];
  return TextDocument.applyEdits(TextDocument.create(uri, 'typescript', 1, text), edits);
}

const halfTyped = source.replace('{}', '{ maxAzs: }');
const complaint = 'The call is not complete; correct it first.';

describe('in the source of an application', () => {
  test('a finding has its fixes, none once they are there, and goes with the next synthesis', async () => {
    const it = await opened(resolvingActions);
    const findings = await findingsOf(it);
    expect(findings.map(({ code }) => code)).toEqual(['vpc-no-flow-log']);
    const actions = await actionsOf(it, findings);
    expect(actions.map(({ title, kind, isPreferred }) => [title, kind, isPreferred])).toEqual([
      ['Add flow log to CloudWatch Logs', 'quickfix', true],
      ['Add flow log to S3: new bucket', 'quickfix', false],
    ]);
    expect(actions[0]?.diagnostics).toEqual(findings);
    expect(actions[0]?.edit).toBeUndefined();
    const fixed = applied(it, await it.client.resolve(actions[0]!));
    expect(fixed).toContain("import * as logs from 'aws-cdk-lib/aws-logs';");
    expect(fixed).toContain('destination: ec2.FlowLogDestination.toCloudWatchLogs(');

    await it.client.change(it.uri, 2, { text: fixed });
    expect(await findingsOf(it)).toHaveLength(1);
    expect(await actionsOf({ ...it, text: fixed })).toEqual([]);
    await it.write('app.ts', fixed);
    await it.write('cdk.out/Network.template.json', coveredTemplate);
    await it.changeFile('cdk.out/Network.template.json');
    // A new assembly is read once nobody writes it any more.
    while ((await findingsOf(it)).length > 0) await it.client.refreshes.next();
    expect(await findingsOf(it)).toEqual([]);
  });

  test('all of a file is fixed at once for who asks for it', async () => {
    const it = await opened(resolvingActions);
    const [action, ...others] = await actionsOf(it, [], ['source.fixAll']);
    expect(others).toEqual([]);
    expect(action?.kind).toBe(fixAllKind);
    expect(applied(it, await it.client.resolve(action!))).toContain('flowLogs: {');
    const older = await opened(takingActions);
    const [made] = await actionsOf(older, [], [fixAllKind]);
    expect(applied(older, made!)).toContain('flowLogs: {');
    expect(await actionsOf(await opened(resolvingActions, halfTyped), [], [fixAllKind])).toEqual([]);
  });

  test('other kinds of actions are not given', async () => {
    expect(await actionsOf(await opened(resolvingActions), [], ['refactor'])).toEqual([]);
  });

  test('what another version was asked for is not resolved', async () => {
    const it = await opened(resolvingActions);
    const [action] = await actionsOf(it);
    await it.client.change(it.uri, 2, { text: `\n${it.text}` });
    expect((await it.client.resolve(action!)).edit).toBeUndefined();
  });

  test('the project file says where to', async () => {
    const projectFile = 'flowLog: { destination: s3, s3: { bucketArn: "arn:aws:s3:::central" } }\n';
    const it = await opened(takingActions, source, projectFile);
    const [action] = await actionsOf(it);
    expect(action?.title).toBe('Add flow log to S3: bucket central');
    expect(applied(it, action!)).toMatch(/s3\.Bucket\.fromBucketArn\([^)]*'arn:aws:s3:::central'/);
  });

  test('a refused edit says why, beforehand where nothing is resolved', async () => {
    const it = await opened(resolvingActions, halfTyped);
    const [action] = await actionsOf(it);
    expect((await it.client.resolve(action!)).edit).toBeUndefined();
    expect((await it.client.shown.next()).message).toBe(complaint);

    const { codeAction } = takingActions.textDocument ?? {};
    const disabling: ClientCapabilities = {
      ...takingActions,
      textDocument: { ...takingActions.textDocument, codeAction: { ...codeAction, disabledSupport: true } },
    };
    const [disabled] = await actionsOf(await opened(disabling, halfTyped));
    expect(disabled?.disabled?.reason).toBe(complaint);
    expect(await actionsOf(await opened(takingActions, halfTyped))).toEqual([]);
  });
});
