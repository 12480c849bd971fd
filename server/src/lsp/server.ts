import {
  TextDocuments,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { serverCapabilities } from './capabilities.ts';
import { clientProfile, type ClientProfile } from './client-profile.ts';
import { useTexts, type Texts } from './texts.ts';

/** A client that has been told what the server can do. */
export interface Session {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly client: ClientProfile;
  readonly params: InitializeParams;
}

export interface ServerOptions {
  /** Told to the client in `serverInfo`. */
  readonly version: string;
  /** Reads the texts of a language tag; without it, texts are English unless the client brings them. */
  readonly readTexts?: (locale: string) => Texts | undefined;
  /**
   * Serves the session from now on. It is called when the client has its answer to `initialize`, so that nobody waits
   * for what is loaded only then.
   */
  readonly serve: (session: Session) => void;
}

/** Serves one client over the connection, from `initialize` to `exit`. */
export function startServer(connection: Connection, { version, readTexts, serve }: ServerOptions): void {
  const documents = new TextDocuments(TextDocument);

  connection.onInitialize((params): InitializeResult => {
    useTexts(params, readTexts);
    const client = clientProfile(params.capabilities);
    connection.onInitialized(() => serve({ connection, documents, client, params }));
    return {
      capabilities: serverCapabilities(client),
      serverInfo: { name: 'flow-log-guard-language-server', version },
    };
  });

  documents.listen(connection);
  connection.listen();
}
