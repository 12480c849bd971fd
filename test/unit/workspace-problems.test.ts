import { afterEach, expect, test, vi } from 'vitest';
import type { CancellationToken, Diagnostic } from 'vscode';
import type { WorkspaceDiagnosticReport } from 'vscode-languageclient';
import { WorkspaceProblems } from '../../client/src/language/workspace-problems.ts';
import type { ServerState } from '../../client/src/language/language-server.ts';
import { CancellationTokenSource, EventEmitter, shownDiagnostics, user, workspace } from './fake-vscode.ts';

vi.mock('vscode', () => import('./fake-vscode.ts'));
// The real library needs VS Code.
vi.mock('vscode-languageclient', () => ({
  WorkspaceDiagnosticRequest: { method: 'workspace/diagnostic', partialResult: {} },
}));

interface Asked {
  readonly previous: readonly { readonly uri: string; readonly value: string }[];
  readonly token: CancellationToken;
  readonly part: (report: WorkspaceDiagnosticReport) => void;
  readonly percentage: ((percentage: number) => void) | undefined;
  readonly answer: (report: WorkspaceDiagnosticReport) => void;
}

/** A server whose answers a test gives; it refuses what is cancelled, as the protocol has it. */
function fakeServer() {
  const states = new EventEmitter<ServerState>();
  const asked: Asked[] = [];
  const waiting: ((request: Asked) => void)[] = [];
  const server = {
    onDidChangeState: states.event,
    toDiagnostics: (items: readonly unknown[]) => Promise.resolve(items as Diagnostic[]),
    requestInParts: (
      _method: string,
      { previousResultIds }: { readonly previousResultIds: Asked['previous'] },
      on: { readonly onPart: Asked['part']; readonly onPercentage: Asked['percentage'] },
      token: CancellationToken,
    ) =>
      new Promise<WorkspaceDiagnosticReport>((answer, refuse) => {
        token.onCancellationRequested(() => refuse(new Error('cancelled')));
        const request = {
          previous: previousResultIds,
          token,
          part: on.onPart,
          percentage: on.onPercentage,
          answer,
        };
        asked.push(request);
        waiting.shift()?.(request);
      }),
  };
  return {
    asked,
    stop: () => states.fire('stopped'),
    /** The next request that is not there yet. */
    next: () => new Promise<Asked>((resolve) => waiting.push(resolve)),
    problems: new WorkspaceProblems(server as unknown as ConstructorParameters<typeof WorkspaceProblems>[0]),
  };
}

function report(uri: string, resultId: string, ...messages: string[]): WorkspaceDiagnosticReport {
  const items = messages.map((message) => ({ message }));
  return { items: [{ kind: 'full', uri, version: null, resultId, items } as never] };
}

function shown(): unknown {
  return Object.fromEntries(
    Array.from(shownDiagnostics, ([uri, items]) => [
      uri,
      items.map((item) => (item as { readonly message: string }).message),
    ]),
  );
}

afterEach(() => {
  shownDiagnostics.clear();
  workspace.textDocuments.length = 0;
});

const unheard = { reported: () => undefined, percentage: () => undefined };

async function checked() {
  const server = fakeServer();
  const { token } = new CancellationTokenSource();
  const check = server.problems.check(token, unheard);
  const [first] = server.asked;
  first?.part(report('file:///a', '1', 'bare'));
  const following = server.next();
  first?.answer(report('file:///b', '2', 'accept only'));
  expect(await check).toBe(true);
  return { ...server, following: await following };
}

test('what comes in parts and at the end is shown', async () => {
  const { problems } = await checked();
  expect(shown()).toEqual({ 'file:///a': ['bare'], 'file:///b': ['accept only'] });
  problems.dispose();
  expect(shown()).toEqual({});
});

test('who checks is told how far it is; what goes on afterwards tells nobody', async () => {
  const { problems, asked, next } = fakeServer();
  const told: string[] = [];
  const check = problems.check(new CancellationTokenSource().token, {
    reported: (files) => told.push(`files with findings: ${files}`),
    percentage: (percentage) => told.push(`${percentage} %`),
  });
  asked[0]?.percentage?.(50);
  const following = next();
  asked[0]?.answer(report('file:///a', '1', 'bare'));
  await check;
  expect(told[0]).toBe('50 %');
  expect((await following).percentage).toBeUndefined();
});

test('what changes afterwards is asked for with the ids of what is known', async () => {
  const { following, next } = await checked();
  expect(following.previous).toEqual([
    { uri: 'file:///a', value: '1' },
    { uri: 'file:///b', value: '2' },
  ]);
  const third = next();
  following.answer(report('file:///a', '3'));
  expect((await third).previous).toEqual([{ uri: 'file:///b', value: '2' }]);
  expect(shown()).toEqual({ 'file:///b': ['accept only'] });
});

test('an open document has its findings from elsewhere, and they are back when it is closed', async () => {
  await checked();
  const document = { uri: { toString: () => 'file:///a' } };
  workspace.textDocuments.push(document);
  user.openDocument(document);
  expect(shown()).toEqual({ 'file:///b': ['accept only'] });
  workspace.textDocuments.length = 0;
  user.closes('file:///a');
  expect(shown()).toEqual({ 'file:///a': ['bare'], 'file:///b': ['accept only'] });
});

test('a check that is cancelled keeps what was found, and asks no more', async () => {
  const { problems, asked } = fakeServer();
  const source = new CancellationTokenSource();
  const check = problems.check(source.token, unheard);
  asked[0]?.part(report('file:///a', '1', 'bare'));
  source.cancel();
  await expect(check).rejects.toThrow('cancelled');
  expect(shown()).toEqual({ 'file:///a': ['bare'] });
  expect(asked).toHaveLength(1);
});

test('findings go with the server that made them', async () => {
  const { stop, following } = await checked();
  stop();
  expect(shown()).toEqual({});
  expect(following.token.isCancellationRequested).toBe(true);
});
