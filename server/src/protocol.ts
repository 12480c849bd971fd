/**
 * What client and server say to each other beyond the Language Server Protocol.
 * The only file of the server that the client imports.
 */

/** Sent by the server whenever it has looked at an open document; shown by the client's status item. */
export const documentStatusNotification = 'flowLogGuard/documentStatus';

export interface DocumentStatus {
  readonly uri: string;
  readonly version: number;
  readonly state: DocumentState;
}

export type DocumentState =
  | { readonly kind: 'not-a-template' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'template'; readonly vpcs: number; readonly covered: number };
