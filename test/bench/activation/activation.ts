import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { median, type Row } from '../rows.ts';

interface Times {
  readonly floor: number;
  readonly ours: number;
}

const runs = 6;

/**
 * From the loading of an extension until it starts its server, in the extension host: ours, and one that has the same
 * client and nothing else. Each run is a VS Code of its own; who goes first changes.
 *
 * @param root The project, built.
 * @param cache Where the bundles of the benchmark are.
 */
export function activationRows(root: string, cache: string): Row[] {
  // Set up by `npm run test:vscode`; without it there is nothing to measure in.
  if (!existsSync(path.join(root, 'test/host/node_modules/.installed'))) return [];
  const times = Array.from({ length: runs }, (_, run) =>
    measure(root, cache, run % 2 === 0 ? 'floor' : 'ours'),
  );
  return [
    {
      work: 'activation until the server is asked',
      floor: median(times.map(({ floor }) => floor)),
      ours: median(times.map(({ ours }) => ours)),
      unit: 'ms',
      bar: 1.3,
    },
  ];
}

function measure(root: string, cache: string, first: keyof Times): Times {
  const home = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-bench-activation-'));
  try {
    installFloor(cache, path.join(home, 'extensions/flow-log-guard-bench.floor-1.0.0'));
    mkdirSync(path.join(home, 'workspace'));
    const args = [
      path.join(root, 'test/host/code.mjs'),
      path.join(home, 'workspace'),
      `--extensionDevelopmentPath=${root}`,
      `--extensionTestsPath=${path.join(cache, 'activation/suite.cjs')}`,
      `--user-data-dir=${path.join(home, 'user-data')}`,
      `--extensions-dir=${path.join(home, 'extensions')}`,
    ];
    const { stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: { ...process.env, FLOW_LOG_GUARD_BENCH_FIRST: first },
    });
    const found = /^activation (.*)$/m.exec(stdout)?.[1];
    if (found === undefined) throw new Error(`The extension host measured nothing:\n${stdout}${stderr}`);
    return JSON.parse(found) as Times;
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

function installFloor(cache: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of ['activation/floor-extension.cjs', 'floor-server.cjs']) {
    cpSync(path.join(cache, name), path.join(folder, path.basename(name)));
  }
  const manifest = {
    name: 'floor',
    publisher: 'flow-log-guard-bench',
    version: '1.0.0',
    engines: { vscode: '^1.100.0' },
    main: './floor-extension.cjs',
    activationEvents: [],
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
}
