import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { CodeAction, Diagnostic, Position } from 'vscode-languageserver/node';

/** One step of typing: `added` in place of `removed` characters of one line. */
export interface Step {
  readonly at: Position;
  readonly end: Position;
  readonly added: string;
}

/** A server as its client sees it, to be timed. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #versions = new Map<string, number>();
  readonly #results = new Map<string, string | undefined>();
  readonly #published = new Map<string, () => void>();
  /** What it is told when it asks for its settings, by section. */
  settings: Readonly<Record<string, unknown>> = {};

  constructor(program: string, args: readonly string[] = ['--stdio'], nodeArgs: readonly string[] = []) {
    const child = spawn(process.execPath, [...nodeArgs, program, ...args], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#child = child;
    this.#connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.#connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri }: { readonly uri: string }) => {
        this.#published.get(uri)?.();
      },
    );
    this.#connection.onRequest(
      'workspace/configuration',
      ({ items }: { readonly items: readonly { readonly section?: string }[] }) =>
        items.map(({ section = '' }) => this.settings[section] ?? null),
    );
    this.#connection.onRequest('client/registerCapability', () => null);
    this.#connection.listen();
  }

  /** @param folder URI of the workspace folder, where there is one */
  async initialize(folder?: string, pulls = true): Promise<void> {
    await this.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: folder ?? null,
      workspaceFolders: folder === undefined ? null : [{ uri: folder, name: 'bench' }],
      capabilities: {
        workspace: { workspaceFolders: true },
        textDocument: {
          ...(pulls && { diagnostic: {} }),
          codeAction: {
            dataSupport: true,
            resolveSupport: { properties: ['edit'] },
            codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } },
          },
        },
      },
    });
    await this.#connection.sendNotification('initialized', {});
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.#connection.sendNotification(method, params);
  }

  async open(uri: string, languageId: string, text: string): Promise<void> {
    this.#versions.set(uri, 1);
    await this.#connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async diagnostics(uri: string): Promise<readonly Diagnostic[]> {
    const previousResultId = this.#results.get(uri);
    const answer: { readonly resultId?: string; readonly items?: readonly Diagnostic[] } =
      await this.#connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri },
        ...(previousResultId !== undefined && { previousResultId }),
      });
    this.#results.set(uri, answer.resultId);
    return answer.items ?? [];
  }

  /** Types, and waits for the diagnostics. Milliseconds. */
  async timeChange(uri: string, step: Step): Promise<number> {
    const start = performance.now();
    await this.#change(uri, step);
    await this.diagnostics(uri);
    return performance.now() - start;
  }

  /** The same for a server that sends diagnostics without being asked. */
  async timePushedChange(uri: string, step: Step): Promise<number> {
    const start = performance.now();
    const answered = this.nextPublished(uri);
    await this.#change(uri, step);
    await answered;
    return performance.now() - start;
  }

  nextPublished(uri: string): Promise<void> {
    return new Promise((resolve) => {
      this.#published.set(uri, resolve);
    });
  }

  #change(uri: string, { at, end, added }: Step): Promise<void> {
    const version = (this.#versions.get(uri) ?? 1) + 1;
    this.#versions.set(uri, version);
    return this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: at, end }, text: added }],
    });
  }

  codeActions(uri: string, { range }: Diagnostic): Promise<readonly CodeAction[]> {
    return this.#connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [], only: ['quickfix'] },
    });
  }

  async timeResolve(action: CodeAction): Promise<number> {
    const start = performance.now();
    await this.#connection.sendRequest('codeAction/resolve', action);
    return performance.now() - start;
  }

  /** Resident memory in bytes, where the system tells (Linux). */
  memory(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
  }

  stop(): void {
    this.#connection.dispose();
    this.#child.kill('SIGKILL');
  }
}
