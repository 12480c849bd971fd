import { l10n, type ExtensionContext, type LogOutputChannel } from 'vscode';
import {
  CloseAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  TransportKind,
  type ErrorHandler,
  type InitializeParams,
  type ServerOptions,
} from 'vscode-languageclient/node';
import type { ExperimentalCapabilities, InitializationOptions } from '../../../server/src/protocol.ts';
import { showErrorWithLog } from '../ui/errors.ts';
import { documentSelector } from './document-selector.ts';

/** A client for the server in dist/, not yet started. It starts once; after a failure make another. */
export function createLanguageClient(
  { asAbsolutePath, extensionPath }: Pick<ExtensionContext, 'asAbsolutePath' | 'extensionPath'>,
  log: LogOutputChannel,
): LanguageClient {
  return new GuardLanguageClient(
    {
      module: asAbsolutePath('dist/server.cjs'),
      transport: TransportKind.ipc,
      // The default is the workspace folder, which a running process keeps from being removed on Windows.
      options: { cwd: extensionPath },
    },
    log,
  );
}

/**
 * The library puts up a message for every step of a failure; this one logs each and tells the user once.
 * A server that does not come up is not started again by itself; one that crashes later is, some times.
 */
class GuardLanguageClient extends LanguageClient {
  readonly #log: LogOutputChannel;
  #toldUser = false;

  constructor(server: ServerOptions, log: LogOutputChannel) {
    super('flowLogGuard', 'Flow Log Guard', server, {
      documentSelector,
      initializationOptions: (l10n.bundle === undefined
        ? {}
        : { texts: l10n.bundle }) satisfies InitializationOptions,
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
    });
    this.#log = log;
  }

  override error(message: string, data?: unknown, showNotification?: boolean | 'force'): void {
    super.error(message, data, false);
    // The library forces those alone after which there is no server.
    if (showNotification !== 'force' || this.#toldUser) return;
    this.#toldUser = true;
    void showErrorWithLog(l10n.t('The language server of Flow Log Guard is not running.'), this.#log);
  }

  override createDefaultErrorHandler(maxRestartCount?: number): ErrorHandler {
    const handler = super.createDefaultErrorHandler(maxRestartCount);
    return {
      error: (...parameters) => handler.error(...parameters),
      closed: () =>
        this.state === State.Starting
          ? { action: CloseAction.DoNotRestart, handled: true }
          : handler.closed(),
    };
  }

  protected override fillInitializeParams(params: InitializeParams): void {
    super.fillInitializeParams(params);
    params.capabilities.experimental = {
      flowLogGuard: { documentStatus: true },
    } satisfies ExperimentalCapabilities;
  }
}
