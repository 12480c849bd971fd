import { URI } from 'vscode-uri';

/** How the workspace knows a document: by its path where it is on the disk, else by its URI. */
export function fileOf(uri: string): string {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : uri;
}

/** The URI of what {@link fileOf} made a file of. */
export function uriOf(file: string): string {
  return /^[a-z][\w+.-]+:/i.test(file) ? file : URI.file(file).toString();
}
