import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, test } from 'vitest';
import {
  SnippetTextEdit,
  TextDocumentEdit,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  type Diagnostic,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import { oldest, resolvingActions, takingActions } from './capabilities.ts';
import { connect } from './in-process.ts';
import { positionOf, type TestClient } from './test-client.ts';

const uri = 'file:///network.yaml';
const bareVpc = `Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
`;
const fixAllKind = 'source.fixAll.flowLogGuard';

async function opened(capabilities: ClientCapabilities, text = bareVpc, at = uri): Promise<TestClient> {
  const client = connect();
  await client.initialize(capabilities);
  await client.open(at, text);
  return client;
}

async function pulled(client: TestClient, at = uri): Promise<Diagnostic[]> {
  const report = await client.pull(at);
  return report.kind === 'full' ? report.items : [];
}

function rangeOf(needle: string, text = bareVpc): Range {
  const start = positionOf(needle, text);
  return { start, end: start };
}

/** The quick fixes where the VPC's name stands. */
async function quickFixes(
  client: TestClient,
  context: Partial<CodeActionContext> = {},
  text = bareVpc,
): Promise<CodeAction[]> {
  return client.codeActions(uri, rangeOf('Vpc:', text), { diagnostics: [], ...context });
}

/** What a client makes of an edit with versions; snippets keep their marks. */
function applied({ edit }: CodeAction, text = bareVpc): string {
  const changes = edit?.documentChanges?.filter((change) => TextDocumentEdit.is(change)) ?? [];
  const edits = changes.flatMap((change): TextEdit[] =>
    change.edits.map((one) =>
      SnippetTextEdit.is(one) ? { range: one.range, newText: unmarked(one.snippet.value) } : one,
    ),
  );
  const plain = edit?.changes?.[uri] ?? [];
  return TextDocument.applyEdits(TextDocument.create(uri, 'yaml', 1, text), [...edits, ...plain]);
}

function unmarked(snippet: string): string {
  return snippet.replaceAll(/\$\{\d+:((?:[^\\}]|\\.)*)\}/g, '$1').replaceAll(/\\([\\$}])/g, '$1');
}

async function findingsIn(text: string): Promise<unknown[]> {
  const client = await opened(resolvingActions, text);
  return (await pulled(client)).map(({ code }) => code);
}

describe('capabilities', () => {
  test('name the kinds, and that edits come later', async () => {
    const { capabilities } = await connect().initialize(resolvingActions);
    expect(capabilities.codeActionProvider).toEqual({
      codeActionKinds: ['quickfix', fixAllKind],
      resolveProvider: true,
    });
  });

  test('are silent for a client that takes commands alone', async () => {
    const { capabilities } = await connect().initialize(oldest);
    expect(capabilities).not.toHaveProperty('codeActionProvider');
  });
});

describe('quick fixes', () => {
  test('carry the diagnostic that they are for, and no edit before they are chosen', async () => {
    const client = await opened(resolvingActions);
    const diagnostics = await pulled(client);
    const actions = await quickFixes(client, { diagnostics });
    expect(actions.length).toBeGreaterThan(2);
    for (const action of actions) {
      expect(action).toMatchObject({ kind: 'quickfix', diagnostics });
      expect(action).not.toHaveProperty('edit');
    }
    expect(actions.filter(({ isPreferred }) => isPreferred)).toEqual([actions[0]]);
  });

  test('are there for a client that sends no diagnostics, and only where the finding is', async () => {
    const client = await opened(resolvingActions);
    expect(await quickFixes(client)).not.toEqual([]);
    expect(await client.codeActions(uri, rangeOf('CidrBlock'), { diagnostics: [] })).toEqual([]);
  });

  test('resolved, are versioned, annotated and do away with the finding', async () => {
    const client = await opened(resolvingActions);
    const [preferred] = await quickFixes(client);
    const action = await client.resolve(preferred!);
    expect(action.edit?.documentChanges).toMatchObject([{ textDocument: { uri, version: 1 } }]);
    expect(Object.values(action.edit?.changeAnnotations ?? {})).toEqual([
      { label: preferred!.title, needsConfirmation: false },
    ]);
    expect(await findingsIn(applied(action))).not.toContain('vpc-no-flow-log');
  });

  test('come at once and plain for a client that cannot ask later', async () => {
    const client = await opened(takingActions);
    const [preferred] = await quickFixes(client);
    expect(preferred).not.toHaveProperty('data');
    expect(Object.keys(preferred?.edit ?? {})).toEqual(['changes']);
    expect(await findingsIn(applied(preferred!))).not.toContain('vpc-no-flow-log');
  });

  test('with something to type are snippets that begin where their lines begin', async () => {
    const client = await opened(resolvingActions);
    const actions = await Promise.all((await quickFixes(client)).map((action) => client.resolve(action)));
    const snippets = actions.flatMap(({ edit }) =>
      (edit?.documentChanges ?? [])
        .filter((change) => TextDocumentEdit.is(change))
        .flatMap(({ edits }) => edits.filter((one) => SnippetTextEdit.is(one))),
    );
    expect(snippets).not.toEqual([]);
    for (const { range, snippet } of snippets) {
      if (snippet.value.includes('\n')) expect(range.start.character).toBe(0);
    }
  });

  test('have no edit once the document has changed', async () => {
    const client = await opened(resolvingActions);
    const [preferred] = await quickFixes(client);
    await client.change(uri, 2, { text: `# new\n${bareVpc}` });
    expect(await client.resolve(preferred!)).not.toHaveProperty('edit');
  });

  test('that do not apply say why, and have no edit', async () => {
    const client = await opened(resolvingActions);
    const [preferred] = await quickFixes(client);
    const data = { ...(preferred!.data as object), fix: 'no-such-fix' };
    expect(await client.resolve({ ...preferred!, data })).not.toHaveProperty('edit');
    expect(await client.shown.next()).toMatchObject({ type: 2, message: expect.stringContaining('fix') });
  });

  test('with data of somebody else are left alone', async () => {
    const client = await opened(resolvingActions);
    const action = { title: 'Other', data: { uri: 1 } };
    expect(await client.resolve(action)).toEqual(action);
  });

  test('are not made in what the CDK makes', async () => {
    const generated = 'file:///app/cdk.out/Stack.template.yaml';
    const client = await opened(resolvingActions, bareVpc, generated);
    expect(await pulled(client, generated)).toHaveLength(1);
    const actions = await client.codeActions(generated, rangeOf('Vpc:'), { diagnostics: [] });
    expect(actions.filter(({ disabled }) => disabled === undefined)).toEqual([]);
  });

  test('are there in the second template of a file, and change it alone', async () => {
    const text = `${bareVpc}---\n${bareVpc.replaceAll('Vpc', 'Other')}`;
    const client = await opened(resolvingActions, text);
    const [preferred] = await client.codeActions(uri, rangeOf('Other:', text), { diagnostics: [] });
    const after = applied(await client.resolve(preferred!), text);
    expect(after.startsWith(`${bareVpc}---\n`)).toBe(true);
    expect(await findingsIn(after)).toEqual(['vpc-no-flow-log']);
  });

  test('deliver as the settings say', async () => {
    const client = connect();
    client.settingsOf = () => ({ flowLog: { destination: 's3', s3: { prefix: 'network' } } });
    await client.initialize(resolvingActions);
    await client.open(uri, bareVpc);
    const [preferred] = await quickFixes(client);
    expect(preferred).toMatchObject({ title: 'Add flow log to S3: new bucket', isPreferred: true });
    expect(applied(await client.resolve(preferred!))).toContain('/network/');
  });

  test('are none while the checks are switched off', async () => {
    const client = connect();
    client.settingsOf = () => ({ enable: false });
    await client.initialize(resolvingActions);
    await client.open(uri, bareVpc);
    expect(await quickFixes(client)).toEqual([]);
  });
});

describe('kinds asked for', () => {
  test.each([
    { only: ['quickfix'], kinds: ['quickfix'] },
    { only: ['source.fixAll'], kinds: [fixAllKind] },
    { only: [fixAllKind], kinds: [fixAllKind] },
    { only: ['source'], kinds: [fixAllKind] },
    { only: ['source.fixAll.eslint'], kinds: [] },
    { only: ['refactor'], kinds: [] },
    { only: undefined, kinds: ['quickfix'] },
  ])('$only', async ({ only, kinds }) => {
    const client = await opened(resolvingActions);
    const actions = await quickFixes(client, only === undefined ? {} : { only });
    expect([...new Set(actions.map(({ kind }) => kind))]).toEqual(kinds);
  });
});

describe('fix all', () => {
  test('fixes every VPC of the file, without tab stops', async () => {
    const text = `${bareVpc}  Other:\n    Type: AWS::EC2::VPC\n`;
    const client = await opened(resolvingActions, text);
    const [action] = await quickFixes(client, { only: [fixAllKind] }, text);
    const { edit } = await client.resolve(action!);
    expect(JSON.stringify(edit)).not.toContain('snippet');
    expect(await findingsIn(applied({ title: '', ...(edit && { edit }) }, text))).toEqual([]);
  });

  test('is not offered where nothing is found', async () => {
    const client = await opened(resolvingActions, 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n');
    const range = { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } };
    expect(await client.codeActions(uri, range, { diagnostics: [], only: ['source.fixAll'] })).toEqual([]);
  });
});
