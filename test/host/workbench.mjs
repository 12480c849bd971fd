/** Addresses of the workbench that code-server shows. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** @typedef {import('./code-server.mjs').CodeServer} CodeServer */

/**
 * @param {Pick<CodeServer, 'origin'>} server
 * @param {string | undefined} opened a folder or a `.code-workspace` file; an empty window without
 * @param {readonly (readonly [string, string])[]} [payload] options for the workbench, such as `extensionTestsPath`;
 *   it takes them only from a server that was started for automation
 */
export function workbenchUrl(server, opened, payload = []) {
  const url = new URL(server.origin);
  if (opened === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set(statSync(opened).isDirectory() ? 'folder' : 'workspace', path.resolve(opened));
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/**
 * The URI that the workbench has for a file on the server's machine. Its authority must be the page's own.
 *
 * @param {Pick<CodeServer, 'authority'>} server
 * @param {string} file
 */
export function remoteUri(server, file) {
  return `vscode-remote://${server.authority}${pathToFileURL(file).pathname}`;
}
