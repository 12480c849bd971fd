import { l10n, workspace, type LogOutputChannel } from 'vscode';
import {
  CloseAction,
  RevealOutputChannelOn,
  State,
  type ErrorHandler,
  type InitializeParams,
  type LanguageClientOptions,
  type Middleware,
} from 'vscode-languageclient';
import { runCdkSynthCommand, type ExperimentalCapabilities } from '../../../server/src/protocol.ts';
import { showErrorWithLog } from '../ui/errors.ts';
import { documentSelector } from './document-selector.ts';
import { otherTools } from './other-tools.ts';
import { revealPlacesCommand } from './reveal-places.ts';

/** The client's id, with which settings such as `flowLogGuard.trace.server` begin, and its name. */
export const clientId = 'flowLogGuard';
export const clientName = 'Flow Log Guard';

/** In a workspace that is not trusted nothing is offered that would run its code. */
const withoutUntrusted: NonNullable<Middleware['provideCodeLenses']> = async (document, token, next) => {
  const lenses = await next(document, token);
  if (workspace.isTrusted) return lenses;
  return lenses?.filter(({ command }) => command?.command !== runCdkSynthCommand);
};

/** What the library is told wherever the server runs. */
export function clientOptions(log: LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationFailedHandler: () => false,
    middleware: { provideCodeLenses: withoutUntrusted },
  };
}

/** Adds what we can beyond the protocol; a terminal to synthesise in is not everywhere. */
export function addCapabilities(
  params: InitializeParams,
  { runCdkSynth }: { readonly runCdkSynth: boolean },
): void {
  params.capabilities.experimental = {
    flowLogGuard: {
      documentStatus: true,
      workspaceFix: true,
      runCdkSynth,
      templates: true,
      workspaceDiagnosticsOnDemand: true,
      revealCommand: revealPlacesCommand,
      otherTools: otherTools(),
      files: true,
    },
  } satisfies ExperimentalCapabilities;
}

/** A server that does not come up is not started again by itself; one that crashes later is, some times. */
export function errorHandler(libraryHandler: ErrorHandler, state: () => State): ErrorHandler {
  return {
    error: (...parameters) => libraryHandler.error(...parameters),
    closed: () =>
      state() === State.Starting
        ? { action: CloseAction.DoNotRestart, handled: true }
        : libraryHandler.closed(),
  };
}

/** The library puts up a message for every step of a failure; the user is told once that there is no server. */
export class FailureNotice {
  readonly #log: LogOutputChannel;
  #toldUser = false;

  constructor(log: LogOutputChannel) {
    this.#log = log;
  }

  /** @param showNotification as the library calls `error`: it forces those alone after which there is no server */
  tell(showNotification: boolean | 'force' | undefined): void {
    if (showNotification !== 'force' || this.#toldUser) return;
    this.#toldUser = true;
    void showErrorWithLog(l10n.t('The language server of Flow Log Guard is not running.'), this.#log);
  }
}
