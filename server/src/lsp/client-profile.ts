import { InsertTextMode, MarkupKind, type ClientCapabilities } from 'vscode-languageserver';
import type { ExperimentalCapabilities, OtherTools } from '../protocol.ts';

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
  /** Can synthesise a CDK application when its user asks for it. */
  readonly runCdkSynth: boolean;
  /** Shows the templates of the workspace with their VPCs. */
  readonly templates: boolean;
  /** Asks for the diagnostics of the workspace only when a user wants them. */
  readonly workspaceDiagnosticsOnDemand: boolean;
  /** Its command that shows places. */
  readonly revealCommand: string | undefined;
  readonly otherTools: OtherTools | undefined;
  /** Reads files for us that are on no disk of ours. */
  readonly readsFiles: boolean;
  readonly markdownHovers: boolean;
  readonly markdownCompletions: boolean;
  readonly snippetCompletions: boolean;
  /** Indents further lines of a completion as deep as the first when it is told to. */
  readonly adjustsIndentation: boolean;
  /** Makes edits that the server sends. */
  readonly appliesEdits: boolean;
  /** Shows a document when the server asks for it. */
  readonly showsDocuments: boolean;
  /** Takes definitions that say from which of its text they lead away. */
  readonly definitionLinks: boolean;
  /** Can be told to ask again for the code lenses of all documents. */
  readonly refreshesCodeLenses: boolean;
  /** Takes code actions; before LSP 3.8 there were only commands. */
  readonly codeActions: boolean;
  /** Asks for the edit of a code action when the user has chosen it. */
  readonly resolvesEdits: boolean;
  /** Shows code actions that cannot be chosen, with the reason. */
  readonly disabledCodeActions: boolean;
  /** Takes edits that hold for one version of a document. */
  readonly documentChanges: boolean;
  /** Takes edits with tab stops. */
  readonly snippetEdits: boolean;
  /** Can show edits before they are made, each with what it is about. */
  readonly changeAnnotations: boolean;
  /** Can be asked to show the progress of something that it did not ask for. */
  readonly workDoneProgress: boolean;
  /** Tells the user itself what a fix of the workspace did. */
  readonly workspaceFix: boolean;
}

/** Reads a client's capabilities. What a client does not mention, it cannot do. */
export function clientProfile(capabilities: ClientCapabilities): ClientProfile {
  const { textDocument, window, workspace } = capabilities;
  const push = textDocument?.publishDiagnostics;
  const pull = textDocument?.diagnostic;
  const action = textDocument?.codeAction;
  const edit = workspace?.workspaceEdit;
  const completion = textDocument?.completion?.completionItem;
  const experimental: ExperimentalCapabilities | undefined = capabilities.experimental;
  const own = experimental?.flowLogGuard;
  return {
    pullsDiagnostics: pull !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    // Until LSP 3.18 a client told what its diagnostics can hold under `publishDiagnostics` alone.
    relatedInformation: (pull?.relatedInformation ?? push?.relatedInformation) === true,
    codeDescription: (pull?.codeDescriptionSupport ?? push?.codeDescriptionSupport) === true,
    diagnosticData: (pull?.dataSupport ?? push?.dataSupport) === true,
    configuration: workspace?.configuration === true,
    registersConfigurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    documentStatus: own?.documentStatus === true,
    runCdkSynth: own?.runCdkSynth === true,
    templates: own?.templates === true,
    workspaceDiagnosticsOnDemand: own?.workspaceDiagnosticsOnDemand === true,
    revealCommand: own?.revealCommand,
    otherTools: own?.otherTools,
    readsFiles: own?.files === true,
    markdownHovers: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    markdownCompletions: completion?.documentationFormat?.includes(MarkupKind.Markdown) === true,
    snippetCompletions: completion?.snippetSupport === true,
    adjustsIndentation:
      completion?.insertTextModeSupport?.valueSet.includes(InsertTextMode.adjustIndentation) === true,
    appliesEdits: workspace?.applyEdit === true,
    showsDocuments: window?.showDocument?.support === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    codeActions: action?.codeActionLiteralSupport !== undefined,
    resolvesEdits:
      action?.dataSupport === true && action.resolveSupport?.properties.includes('edit') === true,
    disabledCodeActions: action?.disabledSupport === true,
    documentChanges: edit?.documentChanges === true,
    snippetEdits: edit?.documentChanges === true && edit.snippetEditSupport === true,
    changeAnnotations: edit?.documentChanges === true && edit.changeAnnotationSupport !== undefined,
    workDoneProgress: window?.workDoneProgress === true,
    workspaceFix: experimental?.flowLogGuard?.workspaceFix === true,
  };
}
