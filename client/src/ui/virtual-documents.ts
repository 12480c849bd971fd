import { Uri, ViewColumn, window, workspace, type Disposable } from 'vscode';

const scheme = 'flow-log-guard';

/** Shows a text that is no file, and cannot be edited. */
export type ShowDocument = (name: string, markdown: string) => Promise<void>;

export interface VirtualDocuments extends Disposable {
  readonly show: ShowDocument;
}

export function createVirtualDocuments(): VirtualDocuments {
  const texts = new Map<string, string>();
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? '',
  });
  const closing = workspace.onDidCloseTextDocument(({ uri }) => {
    if (uri.scheme === scheme) texts.delete(uri.path);
  });
  let count = 0;
  return {
    show: async (name, markdown) => {
      // A path of its own for each, because VS Code keeps the text of one that it has seen.
      count += 1;
      const path = `/${count}/${name}.md`;
      texts.set(path, markdown);
      const document = await workspace.openTextDocument(Uri.from({ scheme, path }));
      await window.showTextDocument(document, { viewColumn: ViewColumn.Active, preview: true });
    },
    dispose: () => {
      provider.dispose();
      closing.dispose();
    },
  };
}
