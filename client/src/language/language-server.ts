import {
  CancellationTokenSource,
  EventEmitter,
  type CancellationToken,
  type Diagnostic,
  type Disposable,
} from 'vscode';
import {
  State,
  WorkDoneProgress,
  type BaseLanguageClient,
  type Diagnostic as ProtocolDiagnostic,
  type ProgressType,
} from 'vscode-languageclient';
import {
  documentStatusNotification,
  templatesChangedNotification,
  type DocumentStatus,
} from '../../../server/src/protocol.ts';
import { answerFileRequests } from './workspace-files.ts';

export type ServerState = 'starting' | 'running' | 'stopped';

interface PartListeners<P> {
  readonly type: ProgressType<P>;
  readonly onPart: (part: P) => void;
  readonly onPercentage?: ((percentage: number) => void) | undefined;
}

/** The server as the rest of the extension sees it: one for the window's life, whatever becomes of its process. */
export class LanguageServer implements Disposable {
  readonly #createClient: () => BaseLanguageClient;
  readonly #stateChange = new EventEmitter<ServerState>();
  readonly #documentStatus = new EventEmitter<DocumentStatus>();
  readonly #templatesChange = new EventEmitter<void>();
  #client: BaseLanguageClient | undefined;
  #lastStep: Promise<void> = Promise.resolve();

  /** Fired with the new state. */
  readonly onDidChangeState = this.#stateChange.event;
  /** Fired whenever the server has looked at a document. */
  readonly onDidInspectDocument = this.#documentStatus.event;
  /** Fired when the templates of the workspace, or what is said of them, may be other ones. */
  readonly onDidChangeTemplates = this.#templatesChange.event;

  /** @param createClient makes a client that has not been started; called for each start */
  constructor(createClient: () => BaseLanguageClient) {
    this.#createClient = createClient;
  }

  get state(): ServerState {
    return this.#client === undefined ? 'stopped' : serverState(this.#client.state);
  }

  /**
   * Starts the server where it does not run. Never rejects: a failed start has been told to the user and leaves
   * the state `stopped`.
   */
  start(): Promise<void> {
    return this.#after(async () => {
      if (this.state === 'stopped') await this.#start();
    });
  }

  restart(): Promise<void> {
    return this.#after(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  stop(): Promise<void> {
    return this.#after(() => this.#stop());
  }

  /**
   * Asks the server, which is started for it where it does not run.
   *
   * @returns undefined where it does not start; the user has been told then
   * @throws where the request fails
   */
  async request<R>(
    method: string,
    params?: object,
    // One that is undefined would be sent as a parameter.
    token: CancellationToken = new CancellationTokenSource().token,
  ): Promise<R | undefined> {
    const client = await this.#running();
    return params === undefined
      ? client?.sendRequest<R>(method, token)
      : client?.sendRequest<R>(method, params, token);
  }

  /**
   * Like {@link request}, for what is answered in parts: `onPart` is given those before the answer itself, and
   * `onPercentage` how much of the work is done, from 0 to 100 (LSP's work done progress), where the server tells.
   */
  async requestInParts<R, P>(
    method: string,
    params: object,
    { type, onPart, onPercentage }: PartListeners<P>,
    token: CancellationToken,
  ): Promise<R | undefined> {
    const client = await this.#running();
    if (client === undefined) return undefined;
    const partialResultToken = crypto.randomUUID();
    const workDoneToken = crypto.randomUUID();
    const parts = client.onProgress(type, partialResultToken, onPart);
    const work = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind === 'report' && value.percentage !== undefined) onPercentage?.(value.percentage);
    });
    try {
      const tokens = { partialResultToken, ...(onPercentage !== undefined && { workDoneToken }) };
      return await client.sendRequest<R>(method, { ...params, ...tokens }, token);
    } finally {
      parts.dispose();
      work.dispose();
    }
  }

  /** LSP's diagnostics in the words of VS Code. */
  async toDiagnostics(diagnostics: readonly ProtocolDiagnostic[]): Promise<Diagnostic[]> {
    return (await this.#client?.protocol2CodeConverter.asDiagnostics([...diagnostics])) ?? [];
  }

  async #running(): Promise<BaseLanguageClient | undefined> {
    await this.start();
    return this.#client?.isRunning() === true ? this.#client : undefined;
  }

  dispose(): void {
    this.#stateChange.dispose();
    this.#documentStatus.dispose();
    this.#templatesChange.dispose();
  }

  /** One step at a time: the library refuses to stop what is starting and to start what is stopping. */
  #after(step: () => Promise<void>): Promise<void> {
    this.#lastStep = this.#lastStep.then(step);
    return this.#lastStep;
  }

  async #start(): Promise<void> {
    const client = this.#createClient();
    this.#client = client;
    client.onDidChangeState(({ newState }) => {
      if (this.#client === client) this.#stateChange.fire(serverState(newState));
    });
    client.onNotification(documentStatusNotification, (status: DocumentStatus) =>
      this.#documentStatus.fire(status),
    );
    answerFileRequests(client);
    client.onNotification(templatesChangedNotification, () => this.#templatesChange.fire());
    // The client itself logs why it could not and tells the user.
    await client.start().catch(() => undefined);
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    if (client === undefined) return;
    this.#client = undefined;
    this.#stateChange.fire('stopped');
    try {
      // After a crash the client may be starting by itself.
      if (client.state === State.Starting) await client.start();
      if (client.isRunning()) await client.dispose();
    } catch {
      // The client has logged it; a process that does not end is killed by the client.
    }
  }
}

function serverState(state: State): ServerState {
  if (state === State.Starting) return 'starting';
  return state === State.Running ? 'running' : 'stopped';
}
