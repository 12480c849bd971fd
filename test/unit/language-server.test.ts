import { expect, test, vi } from 'vitest';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { LanguageServer } from '../../client/src/language/language-server.ts';
import { documentStatusNotification, type DocumentStatus } from '../../server/src/protocol.ts';
import { CancellationTokenSource, EventEmitter } from './fake-vscode.ts';

vi.mock('vscode', () => import('./fake-vscode.ts'));
// The real library needs VS Code.
const { State } = vi.hoisted(() => ({
  State: { Stopped: 1, Running: 2, Starting: 3, StartFailed: 4 } as const,
}));
vi.mock('vscode-languageclient', () => ({ State, WorkDoneProgress: { type: 'work' } }));

/** A client as the library has it: it starts once, and refuses to be stopped unless it runs. */
class FakeClient {
  readonly #states = new EventEmitter<{ newState: number }>();
  readonly notified = new Map<string, (params: unknown) => void>();
  /** Who listens to progress, by its token. */
  readonly listening = new Map<string, (value: unknown) => void>();
  readonly #comesUp: boolean;
  state: number = State.Stopped;

  constructor(comesUp: boolean) {
    this.#comesUp = comesUp;
  }

  readonly onDidChangeState = this.#states.event;

  onNotification(method: string, handler: (params: unknown) => void): void {
    this.notified.set(method, handler);
  }

  sendRequest(method: string, ...given: unknown[]): Promise<unknown> {
    return Promise.resolve({ asked: method, given });
  }

  onProgress(_type: unknown, token: string, handler: (value: unknown) => void): { dispose(): void } {
    this.listening.set(token, handler);
    return { dispose: () => void this.listening.delete(token) };
  }

  onRequest(): void {
    // What the client reads for the server is tried in VS Code.
  }

  enter(newState: number): void {
    this.state = newState;
    this.#states.fire({ newState });
  }

  async start(): Promise<void> {
    this.enter(State.Starting);
    await Promise.resolve();
    this.enter(this.#comesUp ? State.Running : State.StartFailed);
    if (!this.#comesUp) throw new Error('It did not come up');
  }

  isRunning(): boolean {
    return this.state === State.Running;
  }

  async dispose(): Promise<void> {
    if (this.state !== State.Running) throw new Error('Only a running client can be stopped');
    await Promise.resolve();
    this.enter(State.Stopped);
  }
}

function serverWith(...comeUp: boolean[]) {
  const clients: FakeClient[] = [];
  const server = new LanguageServer(() => {
    const client = new FakeClient(comeUp[clients.length] ?? true);
    clients.push(client);
    return client as unknown as BaseLanguageClient;
  });
  const states: string[] = [];
  server.onDidChangeState((state) => states.push(state));
  return { server, clients, states };
}

test('a request in parts hears how far the work is, until it is answered', async () => {
  const { server, clients } = serverWith();
  await server.start();
  const [client] = clients;
  const told: unknown[] = [];
  client!.sendRequest = (_method, params) => {
    const { workDoneToken, partialResultToken } = params as Record<string, string>;
    client!.listening.get(workDoneToken!)?.({ kind: 'begin', title: 'x', percentage: 0 });
    client!.listening.get(workDoneToken!)?.({ kind: 'report', percentage: 40 });
    client!.listening.get(partialResultToken!)?.({ items: [] });
    return Promise.resolve('answer');
  };
  const listeners = {
    type: {} as never,
    onPart: (part: unknown) => told.push(part),
    onPercentage: (percentage: number) => told.push(percentage),
  };
  const { token } = new CancellationTokenSource();
  expect(await server.requestInParts('x', {}, listeners, token)).toBe('answer');
  expect(told).toEqual([40, { items: [] }]);
  expect(client!.listening.size).toBe(0);
});

test('the server starts and stops', async () => {
  const { server, states } = serverWith();
  expect(server.state).toBe('stopped');
  await server.start();
  expect(server.state).toBe('running');
  await server.stop();
  expect(server.state).toBe('stopped');
  expect(states).toEqual(['starting', 'running', 'stopped']);
});

test('a failed start does not reject, and a restart brings up another client', async () => {
  const { server, clients } = serverWith(false, true);
  await server.start();
  expect(server.state).toBe('stopped');
  await server.restart();
  expect(server.state).toBe('running');
  expect(clients).toHaveLength(2);
});

test('who starts it twice, or asks it while it starts, has one server', async () => {
  const { server, clients } = serverWith();
  const [answer] = await Promise.all([server.request('ask', {}), server.start(), server.start()]);
  expect(answer).toEqual({ asked: 'ask', given: [{}, expect.anything()] });
  expect(clients).toHaveLength(1);
});

test('a request without parameters has a token alone, for an undefined one would be a parameter', async () => {
  const { server } = serverWith();
  const token = { isCancellationRequested: false, onCancellationRequested: expect.any(Function) };
  expect(await server.request('ask')).toEqual({ asked: 'ask', given: [token] });
});

test('restarts asked for at once come one after the other, and one server is left', async () => {
  const { server, clients } = serverWith();
  await Promise.all([server.start(), server.restart(), server.restart()]);
  expect(clients.map(({ state }) => state)).toEqual([State.Stopped, State.Stopped, State.Running]);
});

test('stopping waits for a client that is starting by itself after a crash', async () => {
  const { server, clients } = serverWith();
  await server.start();
  clients[0]!.enter(State.Starting);
  await server.stop();
  expect(clients[0]!.state).toBe(State.Stopped);
});

test('a client that was given up no longer has a say', async () => {
  const { server, clients, states } = serverWith();
  await server.start();
  await server.restart();
  states.length = 0;
  clients[0]!.enter(State.StartFailed);
  expect(states).toEqual([]);
  expect(server.state).toBe('running');
});

test('what the server says of a document is passed on', async () => {
  const { server, clients } = serverWith();
  const received: DocumentStatus[] = [];
  server.onDidInspectDocument((status) => received.push(status));
  await server.start();
  const status: DocumentStatus = { uri: 'file:///a.yaml', version: 1, state: { kind: 'not-a-template' } };
  clients[0]!.notified.get(documentStatusNotification)!(status);
  expect(received).toEqual([status]);
});

test('a start while it runs is none', async () => {
  const { server, clients } = serverWith();
  await server.start();
  await server.start();
  expect(clients).toHaveLength(1);
});

test('a request starts the server for it', async () => {
  const { server, clients } = serverWith();
  expect(await server.request('some/request', {})).toMatchObject({ asked: 'some/request' });
  expect(clients).toHaveLength(1);
});

test('a request to a server that does not start has no answer', async () => {
  const { server } = serverWith(false);
  expect(await server.request('some/request', {})).toBeUndefined();
});
