import type { Connection } from 'vscode-languageserver';

/** Messages for whoever looks into the client's log. */
export interface Log {
  readonly info: (message: string) => void;
  readonly warn: (message: string) => void;
  readonly error: (message: string) => void;
}

/** Logs over `window/logMessage`. Never throws: the connection may be gone by the time there is something to say. */
export function createLog({ console }: Pick<Connection, 'console'>): Log {
  return {
    info: (message) => attempt(() => console.info(message)),
    warn: (message) => attempt(() => console.warn(message)),
    error: (message) => attempt(() => console.error(message)),
  };
}

function attempt(send: () => void): void {
  try {
    send();
  } catch {
    // Nobody is left to be told.
  }
}
