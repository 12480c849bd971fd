import type { ClientCapabilities } from 'vscode-languageserver/node';
import type { ExperimentalCapabilities } from '../protocol.ts';

/** The few things about a client that change what the server sends. */
export interface ClientProfile {
  /** Asks with `textDocument/diagnostic`; other clients are sent `textDocument/publishDiagnostics`. */
  readonly pullsDiagnostics: boolean;
  /** Can be told to ask again for all documents. */
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticData: boolean;
  /** Answers `workspace/configuration`. */
  readonly configuration: boolean;
  /** Must be asked before it reports changed settings. */
  readonly registersConfigurationChanges: boolean;
  readonly documentStatus: boolean;
}

/** Reads a client's capabilities. What a client does not mention, it cannot do. */
export function clientProfile(capabilities: ClientCapabilities): ClientProfile {
  const { textDocument, workspace } = capabilities;
  const push = textDocument?.publishDiagnostics;
  const pull = textDocument?.diagnostic;
  const experimental: ExperimentalCapabilities | undefined = capabilities.experimental;
  return {
    pullsDiagnostics: pull !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    // Until LSP 3.18 a client told what its diagnostics can hold under `publishDiagnostics` alone.
    relatedInformation: (pull?.relatedInformation ?? push?.relatedInformation) === true,
    codeDescription: (pull?.codeDescriptionSupport ?? push?.codeDescriptionSupport) === true,
    diagnosticData: (pull?.dataSupport ?? push?.dataSupport) === true,
    configuration: workspace?.configuration === true,
    registersConfigurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    documentStatus: experimental?.flowLogGuard?.documentStatus === true,
  };
}
