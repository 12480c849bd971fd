import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileAnalysis, FileCheck, Workspace } from '../workspace/workspace.ts';
import type { CurrentCheck } from './current-check.ts';
import { fileOf } from './files.ts';
import type { Settings } from './settings.ts';

/** An open document that is a template, with all that is known of it. */
export interface TemplateAtHand {
  readonly document: TextDocument;
  readonly check: FileCheck & { readonly kind: 'template' };
  readonly analysis: FileAnalysis;
  readonly settings: Settings;
}

/** Finds what a request is about; undefined where that is no template, is not checked, or nobody waits any more. */
export type TemplateOf = (uri: string, isStale?: () => boolean) => Promise<TemplateAtHand | undefined>;

export function createTemplateOf(
  documents: Pick<TextDocuments<TextDocument>, 'get'>,
  currentCheck: CurrentCheck,
  workspace: Pick<Workspace, 'analysisOf'>,
): TemplateOf {
  return async (uri, isStale = () => false) => {
    const document = documents.get(uri);
    if (document === undefined) return undefined;
    const current = await currentCheck(document, isStale);
    if (current?.check.kind !== 'template') return undefined;
    const { check, settings } = current;
    return { document, check, settings, analysis: workspace.analysisOf(fileOf(uri)) };
  };
}
