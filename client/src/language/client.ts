import type { ExtensionContext, LogOutputChannel } from 'vscode';
import {
  LanguageClient,
  TransportKind,
  type ErrorHandler,
  type InitializeParams,
  type ServerOptions,
} from 'vscode-languageclient/node';
import {
  addCapabilities,
  clientId,
  clientName,
  clientOptions,
  errorHandler,
  FailureNotice,
} from './client-options.ts';

/** A client for the server in dist/, not yet started. It starts once; after a failure make another. */
export function createLanguageClient(
  { asAbsolutePath, extensionPath }: Pick<ExtensionContext, 'asAbsolutePath' | 'extensionPath'>,
  log: LogOutputChannel,
): LanguageClient {
  return new NodeClient(
    {
      module: asAbsolutePath('dist/server.cjs'),
      transport: TransportKind.ipc,
      // The default is the workspace folder, which a running process keeps from being removed on Windows.
      options: { cwd: extensionPath },
    },
    log,
  );
}

/** The server in a process of its own. */
class NodeClient extends LanguageClient {
  readonly #notice: FailureNotice;

  constructor(server: ServerOptions, log: LogOutputChannel) {
    super(clientId, clientName, server, clientOptions(log));
    this.#notice = new FailureNotice(log);
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
    addCapabilities(params, { runCdkSynth: true });
  }
}
