import { Uri, workspace, type ExtensionContext, type LogOutputChannel } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type ErrorHandler,
  type InitializeParams,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import {
  addCapabilities,
  clientId,
  clientName,
  clientOptions,
  errorHandler,
  FailureNotice,
} from '../language/client-options.ts';

/** A client for the server in dist/ where there is no Node: in a worker. Not yet started; it starts once. */
export function createBrowserClient(
  { extensionUri }: Pick<ExtensionContext, 'extensionUri'>,
  log: LogOutputChannel,
): LanguageClient {
  return new BrowserClient(Uri.joinPath(extensionUri, 'dist', 'server-browser.js'), log);
}

/** The server in a worker beside the extension's own. */
class BrowserClient extends LanguageClient {
  readonly #notice: FailureNotice;
  readonly #workers: Worker[];

  constructor(script: Uri, log: LogOutputChannel) {
    const workers: Worker[] = [];
    // Not the worker itself, which the library would not know for one: VS Code puts a function of its own in the
    // place of `Worker`, and what that makes is no instance of it.
    const start = async (): Promise<MessageTransports> => {
      const worker = new Worker(await addressOf(script));
      workers.push(worker);
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    };
    super(clientId, clientName, start, clientOptions(log));
    this.#notice = new FailureNotice(log);
    this.#workers = workers;
  }

  /** Unlike a process, a worker does not end by itself. */
  override async stop(timeout?: number): Promise<void> {
    try {
      await super.stop(timeout);
    } finally {
      for (const worker of this.#workers) worker.terminate();
    }
  }

  override error(message: string, data?: unknown, showNotification?: boolean | 'force'): void {
    super.error(message, data, false);
    this.#notice.tell(showNotification);
  }

  override createDefaultErrorHandler(maxRestartCount?: number): ErrorHandler {
    // Called by the library's constructor, before this object has its own fields.
    return errorHandler(super.createDefaultErrorHandler(maxRestartCount), () => this.state);
  }

  protected override fillInitializeParams(params: InitializeParams): void {
    super.fillInitializeParams(params);
    addCapabilities(params, { runCdkSynth: false });
  }
}

/** Workers start from the web alone; an extension that lies on a remote machine is read, and started from memory. */
async function addressOf(script: Uri): Promise<string> {
  if (/^https?$/.test(script.scheme)) return script.toString(true);
  const source = await workspace.fs.readFile(script);
  return URL.createObjectURL(new Blob([Uint8Array.from(source)], { type: 'text/javascript' }));
}
