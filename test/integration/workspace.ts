import * as vscode from 'vscode';

const LIMIT_MS = 30_000;
const source = 'flow-log-guard';

/** A file of the workspace that the window shows. */
export function fileUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

export function ownExtension(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('flow-log-guard.flow-log-guard');
  if (extension === undefined) throw new Error('the extension is not installed');
  return extension;
}

export async function show(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(uri, { preview: false });
}

/** Asks again and again: for what VS Code has no event for. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`not within ${LIMIT_MS / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What the extension says about a file at this moment. */
export function findings(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === source);
}

/** The readable code; VS Code makes an object of it when the diagnostic links to documentation. */
export function codeOf({ code }: vscode.Diagnostic): string | number | undefined {
  return typeof code === 'object' ? code.value : code;
}

/** Resolves when exactly these codes are reported for the file, in this order. */
export function untilFindings(
  uri: vscode.Uri,
  codes: readonly string[],
): Promise<readonly vscode.Diagnostic[]> {
  const wanted = codes.join();
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      listener.dispose();
      reject(new Error(`after ${LIMIT_MS / 1000} s ${uri.path} has [${codesOf(uri)}], not [${wanted}]`));
    }, LIMIT_MS);
    const listener = vscode.languages.onDidChangeDiagnostics(look);
    look();

    function look(): void {
      if (codesOf(uri) !== wanted) return;
      clearTimeout(limit);
      listener.dispose();
      resolve(findings(uri));
    }
  });
}

function codesOf(uri: vscode.Uri): string {
  return findings(uri).map(codeOf).join();
}
