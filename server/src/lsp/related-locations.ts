import type { Location } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../template/syntax.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { uriOf } from './files.ts';

/** Finds a place in another file of the workspace; undefined where that file is gone. */
export type Locate = (file: string, span: Span) => Location | undefined;

export function relatedLocations(workspace: Pick<Workspace, 'textOf'>): Locate {
  return (file, { start, end }) => {
    const text = workspace.textOf(file);
    if (text === undefined) return undefined;
    const uri = uriOf(file);
    const document = TextDocument.create(uri, '', 0, text);
    return { uri, range: { start: document.positionAt(start), end: document.positionAt(end) } };
  };
}
