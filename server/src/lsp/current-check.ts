import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileCheck } from '../workspace/file-check.ts';
import type { DocumentChecks } from './document-checks.ts';
import type { SettingsStore } from './settings-store.ts';
import type { Settings } from './settings.ts';
import { nextTurn } from './turn.ts';
import type { IndexedFolders } from './workspace-folders.ts';

/** A check, or that the settings do not want one. */
export type WantedCheck = FileCheck | { readonly kind: 'disabled' };

/**
 * Checks an open document as its settings say, once the files have been read that it may depend on.
 *
 * @param isStale asked right before the work is done: whether nobody waits for the answer any more
 * @returns undefined where the answer had become stale
 */
export type CurrentCheck = (
  document: TextDocument,
  isStale: () => boolean,
) => Promise<{ readonly check: WantedCheck; readonly settings: Settings } | undefined>;

export interface CurrentCheckParts {
  readonly settings: SettingsStore;
  readonly checks: DocumentChecks;
  /** The files that a check may depend on. */
  readonly folders: Pick<IndexedFolders, 'areRead' | 'read'>;
  /** Resolves when nobody is writing the document's file any more; undefined where nobody is. */
  readonly written: (document: TextDocument) => Promise<void> | undefined;
}

export function createCurrentCheck({
  settings: store,
  checks,
  folders,
  written,
}: CurrentCheckParts): CurrentCheck {
  return async (document, isStale) => {
    const settings = await store.of(document.uri);
    // A cancellation or newer version that already waits is read before time goes into this one.
    if (!checks.has(document)) await nextTurn();
    if (isStale()) return undefined;

    if (!settings.enable) return { check: { kind: 'disabled' }, settings };
    checks.setPolicy({ standard: settings.standard, severities: settings.severity });
    const writing = written(document);
    if (writing !== undefined) {
      await writing;
      if (isStale()) return undefined;
    }
    const reading = checks.readAhead(document, isStale);
    if (reading !== undefined) {
      await reading;
      if (isStale()) return undefined;
    }
    const check = checks.of(document);
    if (check.kind !== 'template' || folders.areRead()) return { check, settings };
    await folders.read();
    await checks.readAhead(document, isStale);
    return isStale() ? undefined : { check: checks.of(document), settings };
  };
}
