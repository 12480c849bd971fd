import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { preferring, type FlowLogOptions } from '../fixes/options.ts';
import type { FileFixContext } from '../fixes/fix-file.ts';
import type { FileAnalysis, FileCheck } from '../workspace/file-check.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { CurrentCheck } from './current-check.ts';
import { fileOf } from './files.ts';
import type { Settings } from './settings.ts';

/** An open document that is a template, with all that is known of it. */
export interface TemplateAtHand {
  readonly document: TextDocument;
  readonly check: FileCheck & { readonly kind: 'template' };
  readonly analysis: FileAnalysis;
  readonly fixContext: FileFixContext;
  readonly settings: Settings;
}

/** Finds what a request is about; undefined where that is no template, is not checked, or nobody waits any more. */
export type TemplateOf = (uri: string, isStale?: () => boolean) => Promise<TemplateAtHand | undefined>;

export function createTemplateOf(
  documents: Pick<TextDocuments<TextDocument>, 'get'>,
  currentCheck: CurrentCheck,
  workspace: Pick<Workspace, 'analysisOf' | 'settingsFor'>,
): TemplateOf {
  return async (uri, isStale = () => false) => {
    const document = documents.get(uri);
    if (document === undefined) return undefined;
    const current = await currentCheck(document, isStale);
    if (current?.check.kind !== 'template') return undefined;
    const { check, settings } = current;
    const file = fileOf(uri);
    const analysis = workspace.analysisOf(file);
    const { templates } = analysis;
    const fixContext = {
      text: document.getText(),
      templates,
      options: optionsFor(file, settings, workspace),
    };
    return { document, check, settings, analysis, fixContext };
  };
}

/** What new flow logs of a file are like: as its project file says, else as the settings do. */
export function optionsFor(
  file: string,
  { flowLog }: Pick<Settings, 'flowLog'>,
  workspace: Pick<Workspace, 'settingsFor'>,
): FlowLogOptions {
  return preferring(workspace.settingsFor(file).flowLog, flowLog);
}
