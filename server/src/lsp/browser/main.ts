import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { startServer } from '../server.ts';
import { serveDocuments } from '../serving.ts';

/** Put in by the build: a worker reads no files. */
declare const serverVersion: string;

/** The server in a web worker; its client is whoever started it. */
const worker = globalThis as unknown as DedicatedWorkerGlobalScope;
startServer(createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker)), {
  version: serverVersion,
  serve: (session) => serveDocuments(session, {}),
});
