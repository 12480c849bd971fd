import { window, type LogOutputChannel } from 'vscode';

/** The channel that the client, the server and the library between them write to. */
export function createLog(): LogOutputChannel {
  return window.createOutputChannel('Flow Log Guard', { log: true });
}
