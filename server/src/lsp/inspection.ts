import type { Connection, Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { documentStatusNotification, type DocumentStatus } from '../protocol.ts';
import type { DiagnosticsOf } from './check-diagnostics.ts';
import type { ClientProfile } from './client-profile.ts';
import type { CurrentCheck, WantedCheck } from './current-check.ts';
import { documentState } from './document-state.ts';

/**
 * Looks at an open document: its settings, its check, its findings in the words of the protocol. Tells the
 * client the document's status on the way.
 *
 * @param isStale asked right before the work is done: whether nobody waits for the answer any more
 * @returns the diagnostics, or undefined where the answer had become stale
 */
export type Inspect = (document: TextDocument, isStale: () => boolean) => Promise<Diagnostic[] | undefined>;

export interface InspectionParts {
  readonly connection: Pick<Connection, 'sendNotification'>;
  readonly client: ClientProfile;
  readonly currentCheck: CurrentCheck;
  readonly diagnosticsOf: DiagnosticsOf;
}

export function createInspect({ connection, client, currentCheck, diagnosticsOf }: InspectionParts): Inspect {
  function tellStatus({ uri, version }: TextDocument, check: WantedCheck): void {
    if (!client.documentStatus) return;
    const state = check.kind === 'disabled' ? check : documentState(check);
    const status: DocumentStatus = { uri, version, state };
    // A failed send means that the connection is gone, and with it whoever would want to know.
    connection.sendNotification(documentStatusNotification, status).catch(() => undefined);
  }

  return async (document, isStale) => {
    const current = await currentCheck(document, isStale);
    if (current === undefined) return undefined;
    const { check, settings } = current;
    tellStatus(document, check);
    return diagnosticsOf(check, document, settings);
  };
}
