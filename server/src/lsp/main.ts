import { Console } from 'node:console';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createConnection, StreamMessageReader, type Connection } from 'vscode-languageserver/node';
import { startServer, type Session } from './server.ts';
import type { serveHere } from './serving-here.ts';
import type { Texts } from './texts.ts';
import { WholeMessageWriter } from './whole-messages.ts';

const usage = `Usage: flow-log-guard-language-server --stdio | --node-ipc

Finds VPCs without flow logs in CloudFormation templates, for editors that speak
the Language Server Protocol.

  --stdio                 talk over standard input and output
  --node-ipc              talk over the channel of a Node.js parent process
  --clientProcessId=<pid> end when that process is gone
  -h, --help              show this text
  -v, --version           show the version
`;

type Mode =
  | { kind: 'print'; text: string }
  | { kind: 'serve'; over: 'stdio' | 'ipc' }
  | { kind: 'refuse'; reason: string };

function modeOf(args: readonly string[]): Mode {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        stdio: { type: 'boolean', default: false },
        'node-ipc': { type: 'boolean', default: false },
        clientProcessId: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', short: 'v', default: false },
      },
    }));
  } catch (error) {
    return { kind: 'refuse', reason: error instanceof Error ? error.message : String(error) };
  }
  if (values.help) return { kind: 'print', text: usage };
  if (values.version) return { kind: 'print', text: `${readVersion()}\n` };
  if (values.stdio === values['node-ipc'])
    return { kind: 'refuse', reason: 'Give one of --stdio and --node-ipc.' };
  if (values['node-ipc'] && process.send === undefined) {
    return { kind: 'refuse', reason: '--node-ipc needs a Node.js parent process.' };
  }
  return { kind: 'serve', over: values.stdio ? 'stdio' : 'ipc' };
}

function readVersion(): string {
  const manifest = readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}

/** The texts that ship beside the bundle. */
function readTexts(locale: string): Texts | undefined {
  const file = path.join(__dirname, '..', 'l10n', `bundle.l10n.${locale}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Texts) : undefined;
}

/** From a bundle of its own, which is twice as large as all that it takes to answer `initialize`. */
function serve(session: Session): void {
  const bundle = createRequire(__filename)('./serving.cjs') as { readonly serveHere: typeof serveHere };
  bundle.serveHere(session);
}

/** One that ends the process with its client, as the library does for plain streams alone. */
function connectionOver(transport: 'stdio' | 'ipc'): Connection {
  if (transport === 'ipc') {
    process.once('disconnect', () => process.exit(1));
    // The library finds IPC on the command line that was just found good.
    return createConnection();
  }
  // Whatever a library has to say must not get between the messages.
  globalThis.console = new Console(process.stderr);
  const { stdin, stdout } = process;
  const connection = createConnection(new StreamMessageReader(stdin), new WholeMessageWriter(stdout));
  let isShutDown = false;
  connection.onShutdown(() => {
    isShutDown = true;
  });
  const leave = () => process.exit(isShutDown ? 0 : 1);
  stdin.once('end', leave).once('close', leave);
  return connection;
}

const mode = modeOf(process.argv.slice(2));
switch (mode.kind) {
  case 'print':
    process.stdout.write(mode.text);
    break;
  case 'refuse':
    process.stderr.write(`flow-log-guard-language-server: ${mode.reason}\n\n${usage}`);
    process.exitCode = 1;
    break;
  case 'serve':
    startServer(connectionOver(mode.over), { version: readVersion(), readTexts, serve });
    break;
}
