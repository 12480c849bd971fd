import { EventEmitter, type Disposable } from 'vscode';
import { State, type LanguageClient } from 'vscode-languageclient/node';
import { documentStatusNotification, type DocumentStatus } from '../../../server/src/protocol.ts';

export type ServerState = 'starting' | 'running' | 'stopped';

/** The server as the rest of the extension sees it: one for the window's life, whatever becomes of its process. */
export class LanguageServer implements Disposable {
  readonly #createClient: () => LanguageClient;
  readonly #stateChange = new EventEmitter<ServerState>();
  readonly #documentStatus = new EventEmitter<DocumentStatus>();
  #client: LanguageClient | undefined;
  #lastStep: Promise<void> = Promise.resolve();

  /** Fired with the new state. */
  readonly onDidChangeState = this.#stateChange.event;
  /** Fired whenever the server has looked at a document. */
  readonly onDidInspectDocument = this.#documentStatus.event;

  /** @param createClient makes a client that has not been started; called for each start */
  constructor(createClient: () => LanguageClient) {
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
  async request<R>(method: string, params: object): Promise<R | undefined> {
    await this.start();
    const client = this.#client;
    return client?.isRunning() === true ? client.sendRequest<R>(method, params) : undefined;
  }

  dispose(): void {
    this.#stateChange.dispose();
    this.#documentStatus.dispose();
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
