import type { CancellationToken, Connection } from 'vscode-languageserver';

/** Runs a command with its first argument; what it resolves to is the answer to the client. */
export type CommandHandler = (argument: unknown, token: CancellationToken) => Promise<unknown>;

/** Commands of the server by their names. */
export type Commands = Readonly<Record<string, CommandHandler>>;

/** Answers `workspace/executeCommand`; a command that is not ours is answered with null. */
export function serveCommands(connection: Pick<Connection, 'onExecuteCommand'>, commands: Commands): void {
  connection.onExecuteCommand(async ({ command, arguments: [argument] = [] }, token) => {
    const handler = Object.hasOwn(commands, command) ? commands[command] : undefined;
    return (await handler?.(argument, token)) ?? null;
  });
}
