/**
 * Runs in the extension host. Has two extensions activated, one after the other, and says how long each took from the
 * loading of its bundle until it started its server.
 */
import childProcess from 'node:child_process';
import Module from 'node:module';
import { extensions, workspace } from 'vscode';

/** What a module loads others with, and VS Code an extension. */
const loading = Module.prototype as { require: (this: unknown, request: string) => unknown };

const started = new Map<string, number>();
const asked = new Map<string, (time: number) => void>();

export async function run(): Promise<void> {
  watch();
  const floorFirst = process.env['FLOW_LOG_GUARD_BENCH_FIRST'] === 'floor';
  const floor = (): Promise<number> =>
    timeUntilAsked('floor-extension.cjs', 'floor-server.cjs', async () => {
      await extensions.getExtension('flow-log-guard-bench.floor')!.activate();
    });
  const ours = (): Promise<number> =>
    timeUntilAsked('client.cjs', 'server.cjs', async () => {
      await workspace.openTextDocument({ language: 'yaml', content: 'Resources: {}\n' });
    });
  const times: Record<string, number> = {};
  for (const [name, measure] of floorFirst
    ? ([
        ['floor', floor],
        ['ours', ours],
      ] as const)
    : ([
        ['ours', ours],
        ['floor', floor],
      ] as const)) {
    times[name] = await measure();
  }
  console.log(`activation ${JSON.stringify(times)}`);
}

function watch(): void {
  const load = loading.require;
  loading.require = function (request) {
    const name = request.slice(request.lastIndexOf('/') + 1);
    if (!started.has(name)) started.set(name, performance.now());
    return load.call(this, request);
  };
  const { fork } = childProcess;
  childProcess.fork = ((module: string, ...rest: never[]) => {
    asked.get(module.slice(module.lastIndexOf('/') + 1))?.(performance.now());
    return fork(module, ...rest);
  }) as typeof fork;
}

async function timeUntilAsked(
  bundle: string,
  server: string,
  activate: () => Promise<void>,
): Promise<number> {
  const isAsked = new Promise<number>((resolve) => asked.set(server, resolve));
  await activate();
  const end = await isAsked;
  return end - started.get(bundle)!;
}
