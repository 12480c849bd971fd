/**
 * What client and server say to each other beyond the Language Server Protocol.
 * The only file of the server that the client imports.
 */

/** The language id of files of flow log records, in which the server explains values and checks nothing. */
export const recordsLanguage = 'flow-log-records';

/**
 * Sent by the server whenever it has looked at an open document; shown by the client's status item.
 * Only for clients that ask for it, see {@link ExperimentalCapabilities}: others would log it as unknown.
 */
export const documentStatusNotification = 'flowLogGuard/documentStatus';

/** What a client may put under `capabilities.experimental` when it initialises the server. */
export interface ExperimentalCapabilities {
  readonly flowLogGuard?: { readonly documentStatus?: boolean };
}

/** What our own client puts into `initializationOptions`. */
export interface InitializationOptions {
  /** The texts of the user's language, by the English ones: what VS Code found in l10n/. English without. */
  readonly texts?: Readonly<Record<string, string>>;
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
