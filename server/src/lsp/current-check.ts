import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileCheck } from '../workspace/file-check.ts';
import type { DocumentChecks } from './document-checks.ts';
import type { SettingsStore } from './settings-store.ts';
import type { Settings } from './settings.ts';
import { nextTurn } from './turn.ts';

/**
 * Checks an open document as its settings say, once the files have been read that it may depend on.
 *
 * @param isStale asked right before the work is done: whether nobody waits for the answer any more
 * @returns undefined where the answer had become stale
 */
export type CurrentCheck = (
  document: TextDocument,
  isStale: () => boolean,
) => Promise<
  { readonly check: FileCheck | { readonly kind: 'disabled' }; readonly settings: Settings } | undefined
>;

export interface CurrentCheckParts {
  readonly settings: SettingsStore;
  readonly checks: DocumentChecks;
  /** Resolves when the files that a check may depend on have been read. */
  readonly foldersRead: () => Promise<void>;
  /** Resolves when nobody is writing the document's file any more; at once for most. */
  readonly written: (document: TextDocument) => Promise<void>;
}

export function createCurrentCheck({
  settings: store,
  checks,
  foldersRead,
  written,
}: CurrentCheckParts): CurrentCheck {
  return async (document, isStale) => {
    const settings = await store.of(document.uri);
    // A cancellation or newer version that already waits is read before time goes into this one.
    await nextTurn();
    if (isStale()) return undefined;

    if (!settings.enable) return { check: { kind: 'disabled' }, settings };
    checks.setPolicy({ standard: settings.standard, severities: settings.severity });
    await written(document);
    if (isStale()) return undefined;
    if (checks.of(document).kind === 'template') {
      await foldersRead();
      if (isStale()) return undefined;
    }
    return { check: checks.of(document), settings };
  };
}
