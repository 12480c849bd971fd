/**
 * Runs a command as long as the one who started it lives: `node lifeline.mjs COMMAND ARGUMENT…`, as the leader of a process group.
 * The starter holds the other end of the standard input. When the starter goes, even by SIGKILL, the input ends,
 * and with it the whole group. Signals alone do not do that: a server in its own group hears nothing of a Ctrl-C.
 */
import { spawn } from 'node:child_process';

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.once('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.once('exit', (code) => process.exit(code ?? 1));

// A request to end goes to the whole group; this process goes last, because the group is swept when its leader has gone.
process.on('SIGTERM', () => {});

process.stdin.resume();
process.stdin.once('end', () => process.kill(-process.pid, 'SIGKILL'));
