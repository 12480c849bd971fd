import type { ClientCapabilities } from 'vscode-languageserver';
import type { ExperimentalCapabilities } from '../../server/src/protocol.ts';

/** A client that says of nothing that it can do it. */
export const oldest: ClientCapabilities = {};

/** As LSP 3.16 had it: diagnostics are pushed, with all that they can hold. */
export const pushing: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      versionSupport: true,
      codeDescriptionSupport: true,
      dataSupport: true,
    },
  },
};

/** As LSP 3.17 has it: diagnostics and settings are pulled, and the client can be told to pull again. */
export const pulling: ClientCapabilities = {
  general: { positionEncodings: ['utf-8', 'utf-16'] },
  textDocument: { ...pushing.textDocument, diagnostic: {} },
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
  },
};

/** Added to the others: the client wants the status of its documents. */
export const wantingStatus: ClientCapabilities = {
  experimental: { flowLogGuard: { documentStatus: true } } satisfies ExperimentalCapabilities,
};

/** Code actions as LSP 3.8 brought them: with their edits, for whatever version the document has. */
export const takingActions: ClientCapabilities = {
  ...pulling,
  textDocument: {
    ...pulling.textDocument,
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
  },
};

/** Code actions with all that LSP 3.18 has for them. */
export const resolvingActions: ClientCapabilities = {
  ...pulling,
  textDocument: {
    ...pulling.textDocument,
    codeAction: {
      ...takingActions.textDocument?.codeAction,
      isPreferredSupport: true,
      disabledSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
  workspace: {
    ...pulling.workspace,
    workspaceEdit: { documentChanges: true, snippetEditSupport: true, changeAnnotationSupport: {} },
  },
};

/** A client that sends source files when it is asked for them, and runs syntheses. */
export const servingSources: ClientCapabilities = {
  ...resolvingActions,
  textDocument: {
    ...resolvingActions.textDocument,
    synchronization: { dynamicRegistration: true },
    diagnostic: { dynamicRegistration: true },
    codeAction: { ...resolvingActions.textDocument?.codeAction, dynamicRegistration: true },
    codeLens: { dynamicRegistration: true },
    definition: { dynamicRegistration: true, linkSupport: true },
    documentLink: { dynamicRegistration: true },
  },
  workspace: { ...resolvingActions.workspace, codeLens: { refreshSupport: true } },
  experimental: { flowLogGuard: { runCdkSynth: true } } satisfies ExperimentalCapabilities,
};
