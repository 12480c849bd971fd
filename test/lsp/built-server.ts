import { fork, spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { onTestFinished } from 'vitest';
import { TestClient } from './test-client.ts';

const bundle = path.resolve(import.meta.dirname, '../../dist/server.cjs');

export interface RunningServer {
  readonly client: TestClient;
  readonly process: ChildProcess;
  /** The exit code, once the process has ended. */
  readonly exitCode: Promise<number | null>;
}

/** Starts the built server and talks to it over its standard streams, as most editors do. */
export function startOverStdio(program = bundle): RunningServer {
  const child = spawn(process.execPath, [program, '--stdio'], { stdio: 'pipe' });
  const reader = new StreamMessageReader(child.stdout);
  const connection = createMessageConnection(reader, new StreamMessageWriter(child.stdin));
  return running(child, new TestClient(connection));
}

/** Starts the built server and talks to it over Node's own channel, as VS Code does. */
export function startOverIpc(): RunningServer {
  const child = fork(bundle, ['--node-ipc'], { stdio: 'pipe', execArgv: [] });
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  return running(child, new TestClient(connection));
}

/** Runs the built server's program to its end, with nothing to read. */
export async function runServer(
  ...args: string[]
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [bundle, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  killAfterTest(child);
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    exitCodeOf(child),
  ]);
  return { code, stdout, stderr };
}

function running(child: ChildProcess, client: TestClient): RunningServer {
  onTestFinished(() => client.dispose());
  killAfterTest(child);
  return { client, process: child, exitCode: exitCodeOf(child) };
}

function killAfterTest(child: ChildProcess): void {
  onTestFinished(() => {
    if (child.exitCode === null) child.kill('SIGKILL');
  });
}

function exitCodeOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code));
  });
}
