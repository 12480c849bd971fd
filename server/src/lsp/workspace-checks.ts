import type { TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { WantedCheck } from './current-check.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { DocumentChecks } from './document-checks.ts';
import { fileOf, uriOf } from './files.ts';
import type { SettingsStore } from './settings-store.ts';
import type { Settings } from './settings.ts';
import { isSourceDocument } from './source-documents.ts';
import { longestStretch, nextTurn } from './turn.ts';

/** The check of one file of the workspace, open or not. */
export interface CheckedFile {
  readonly uri: string;
  /** Undefined for a file that is not open. */
  readonly version: number | undefined;
  /** The text that was checked. */
  readonly document: TextDocument;
  readonly check: WantedCheck;
  readonly settings: Settings;
  /** How many files there are, and how many have been checked with this one. */
  readonly total: number;
  readonly done: number;
}

/** Checks all files of the workspace, one after the other, in the order of their URIs; stops when it is told to. */
export type CheckAll = (isStale: () => boolean) => AsyncGenerator<CheckedFile>;

export interface WorkspaceCheckParts {
  readonly workspace: Pick<Workspace, 'candidates' | 'check' | 'textOf'>;
  readonly documents: Pick<TextDocuments<TextDocument>, 'all'>;
  readonly checks: DocumentChecks;
  readonly settings: SettingsStore;
  /** The folders' URIs; what is set for the files of one that are not open is asked for once, as it is the same. */
  readonly folders: () => readonly string[];
  readonly foldersRead: () => Promise<void>;
}

export function createCheckAll(parts: WorkspaceCheckParts): CheckAll {
  const { workspace, documents, checks, settings, folders, foldersRead } = parts;
  return async function* checkAll(isStale) {
    await foldersRead();
    const templates = documents.all().filter((document) => !isSourceDocument(document));
    const open = new Map(templates.map((document) => [fileOf(document.uri), document]));
    for (const document of open.values()) checks.update(document);
    const files = [...new Set([...workspace.candidates(), ...open.keys()])].toSorted();
    let last = Date.now();
    for (const [index, file] of files.entries()) {
      if (Date.now() - last > longestStretch) {
        await nextTurn();
        last = Date.now();
      }
      if (isStale()) return;
      const opened = open.get(file);
      const uri = opened?.uri ?? uriOf(file);
      const document = opened ?? TextDocument.create(uri, '', 0, workspace.textOf(file) ?? '');
      const held = await settings.of(opened?.uri ?? folderOf(uri) ?? uri);
      if (held.enable)
        await (opened === undefined ? checks.readFileAhead(file) : checks.readAhead(opened, isStale));
      yield {
        uri,
        version: opened?.version,
        document,
        check: checkFile(file, opened, held),
        settings: held,
        total: files.length,
        done: index + 1,
      };
    }
  };

  /** The innermost of the folders that it is in. */
  function folderOf(uri: string): string | undefined {
    const around = folders().filter((folder) => uri.startsWith(`${folder}/`));
    return around.toSorted((a, b) => b.length - a.length)[0];
  }

  function checkFile(file: string, opened: TextDocument | undefined, held: Settings): CheckedFile['check'] {
    if (!held.enable) return { kind: 'disabled' };
    checks.setPolicy({ standard: held.standard, severities: held.severity });
    return opened === undefined ? checks.ofFile(file) : checks.of(opened);
  }
}
