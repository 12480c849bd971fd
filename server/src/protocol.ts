/**
 * What client and server say to each other beyond the Language Server Protocol.
 * The only file of the server that the client imports.
 */

/**
 * Sent by the server whenever it has looked at an open document; shown by the client's status item.
 * Only for clients that ask for it, see {@link ExperimentalCapabilities}: others would log it as unknown.
 */
export const documentStatusNotification = 'flowLogGuard/documentStatus';

/**
 * The command of the client that synthesises an application in a terminal. Its one argument is the URI of the
 * application's folder, as a string. Offered only to clients that have it, see {@link ExperimentalCapabilities}.
 */
export const runCdkSynthCommand = 'flowLogGuard.runCdkSynth';

/** What a client may put under `capabilities.experimental` when it initialises the server. */
export interface ExperimentalCapabilities {
  readonly flowLogGuard?: {
    readonly documentStatus?: boolean;
    /** The client has {@link runCdkSynthCommand}. */
    readonly runCdkSynth?: boolean;
  };
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
