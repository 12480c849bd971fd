import { URI } from 'vscode-uri';

/** Stands for no authority, which between slashes would get lost. */
const noAuthority = '~';

/**
 * How the workspace knows a document: by its path where it is on the disk. What is elsewhere and has a path, too,
 * is known by one that begins with its scheme, `/vscode-vfs:/github/owner/template.yaml`, so that paths relative to
 * it can be followed alike. All else, such as what was never saved, is known by its URI.
 */
export function fileOf(uri: string): string {
  const { scheme, authority, path, query, fragment, fsPath } = URI.parse(uri);
  if (scheme === 'file' && !isInBrowser) return fsPath;
  // The root of an authority needs no slash.
  const wholePath = path === '' && authority !== '' ? '/' : path;
  if (!wholePath.startsWith('/') || query !== '' || fragment !== '') return uri;
  return `/${scheme}:/${authority || noAuthority}${wholePath}`;
}

/** The URI of what {@link fileOf} made a file of. */
export function uriOf(file: string): string {
  const [, scheme, authority, path] = /^\/([a-z][\w+.-]*):\/([^/]*)(\/.*)$/i.exec(file) ?? [];
  if (scheme !== undefined && authority !== undefined && path !== undefined) {
    return URI.from({ scheme, authority: authority === noAuthority ? '' : authority, path }).toString();
  }
  return /^[a-z][\w+.-]+:/i.test(file) ? file : URI.file(file).toString();
}

/** Whether {@link fileOf} made it of what is not on this machine's disk. */
export function isElsewhere(file: string): boolean {
  return /^\/?[a-z][\w+.-]+:/i.test(file);
}

/** Where paths are those of URIs, whatever system the browser runs on. */
const isInBrowser = typeof process === 'undefined';
