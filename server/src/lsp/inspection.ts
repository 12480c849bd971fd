import type { Connection, Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { documentStatusNotification, type DocumentState, type DocumentStatus } from '../protocol.ts';
import type { ClientProfile } from './client-profile.ts';
import { toDiagnostic, toProjectFileDiagnostic } from './diagnostic.ts';
import type { DocumentChecks } from './document-checks.ts';
import { documentState } from './document-state.ts';
import type { Locate } from './related-locations.ts';
import type { SettingsStore } from './settings-store.ts';

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
  readonly settings: SettingsStore;
  readonly checks: DocumentChecks;
  /** Resolves when the files that a check may depend on have been read. */
  readonly foldersRead: () => Promise<void>;
  readonly locate: Locate;
}

export function createInspect(parts: InspectionParts): Inspect {
  const { connection, client, settings, checks, foldersRead, locate } = parts;

  function tellStatus({ uri, version }: TextDocument, state: DocumentState): void {
    if (!client.documentStatus) return;
    const status: DocumentStatus = { uri, version, state };
    // A failed send means that the connection is gone, and with it whoever would want to know.
    connection.sendNotification(documentStatusNotification, status).catch(() => undefined);
  }

  return async (document, isStale) => {
    const { enable, standard, severity } = await settings.of(document.uri);
    // A cancellation or newer version that already waits is read before time goes into this one.
    await new Promise(setImmediate);
    if (isStale()) return undefined;

    if (!enable) {
      tellStatus(document, { kind: 'disabled' });
      return [];
    }
    checks.setPolicy({ standard, severities: severity });
    if (checks.of(document).kind === 'template') {
      await foldersRead();
      if (isStale()) return undefined;
    }
    const check = checks.of(document);
    tellStatus(document, documentState(check));
    if (check.kind === 'project-file') {
      return check.problems.map((problem) => toProjectFileDiagnostic(problem, document));
    }
    if (check.kind !== 'template') return [];
    return check.findings.map((finding) => toDiagnostic(finding, document, client, { standard, locate }));
  };
}
