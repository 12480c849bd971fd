/**
 * What client and server say to each other beyond the Language Server Protocol.
 * The only file of the server that the client imports.
 */

/**
 * Sent by the server whenever it has looked at an open document; shown by the client's status item.
 * Only for clients that ask for it, see {@link ExperimentalCapabilities}: others would log it as unknown.
 */
export const documentStatusNotification = 'flowLogGuard/documentStatus';

/** What a client may put under `capabilities.experimental` when it initialises the server. */
export interface ExperimentalCapabilities {
  readonly flowLogGuard?: {
    readonly documentStatus?: boolean;
    /**
     * The client tells the user itself what {@link fixWorkspaceCommand} answers. It shows all edits first as
     * soon as one needs confirmation, and has the user tick those that do.
     */
    readonly workspaceFix?: boolean;
  };
}

/**
 * A command for `workspace/executeCommand`, without arguments: computes the fixes of every template of the
 * workspace and asks the client to apply them. Answers a {@link WorkspaceFixReport}.
 */
export const fixWorkspaceCommand = 'flow-log-guard.fixWorkspace';

/**
 * - `applied`, `discarded`: what became of the edits once the client had them.
 * - `outdated`: the client did not take them, and an open template is not what it was.
 * - `nothing`: there were none.
 * - `cancelled`: before the client had them.
 */
export interface WorkspaceFixReport {
  readonly outcome: 'applied' | 'discarded' | 'outdated' | 'nothing' | 'cancelled';
  /** How many files the edits are in. */
  readonly files: number;
  /** How many findings they do away with. */
  readonly fixed: number;
  /** Findings of severity warning or above that stay, each with the reason. */
  readonly left: readonly { readonly uri: string; readonly logicalId: string; readonly why: string }[];
}

/**
 * A request of the client: where the templates of the workspace have a resource that it knows from a stack in
 * the account. Takes {@link FindResourceParams}, answers {@link FoundResource}s, the likeliest first.
 */
export const findResourceRequest = 'flowLogGuard/findResource';

export interface FindResourceParams {
  readonly logicalId: string;
  /** Such as `AWS::EC2::VPC`. */
  readonly type: string;
  /** Of the stack that made it. Templates that are named like it come first. */
  readonly stackName: string;
}

export interface FoundResource {
  readonly uri: string;
  /** Of the logical id; positions as in LSP, UTF-16. */
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  /** Whether the file is named like the stack, so that it is surely the one. */
  readonly isOfStack: boolean;
}

export interface DocumentStatus {
  readonly uri: string;
  /** The version of the document that the server looked at. */
  readonly version: number;
  readonly state: DocumentState;
}

/**
 * How the server sees a document.
 * - `ignored`: the project file `by`, an absolute path, says that it is not to be checked.
 * - `project-file`: it says how templates are checked, and has so many problems.
 * - `template`: of its `vpcs`, `covered` have a flow log that counts and `bare` lack one, always or in some
 *   deployments; on the rest the server cannot decide.
 */
export type DocumentState =
  | { readonly kind: 'not-a-template' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'ignored'; readonly by: string }
  | { readonly kind: 'project-file'; readonly problems: number }
  | { readonly kind: 'template'; readonly vpcs: number; readonly covered: number; readonly bare: number };
