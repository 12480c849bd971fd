import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { median, type Row } from './rows.ts';
import { ServerProcess } from './server-process.ts';
import { makeTemplate } from './templates.ts';
import { stepsAt } from './typing.ts';
import { removeTemplates, writeTemplates, type Programs } from './whole-programs.ts';

/**
 * Other tools on the same templates; a peer that is not installed is passed over.
 *
 * @param home The folder of this benchmark, with its modules.
 */
export async function peerRows({ ours, cli }: Programs, home: string): Promise<Row[]> {
  return [...(await yamlLanguageServer(ours, home)), ...checkingPeers(cli, home)];
}

const checkedFiles = 100;

/** From the start of a process to its end, in which it checks a folder. */
function checkingPeers(cli: string, home: string): Row[] {
  const folder = writeTemplates(checkedFiles);
  const guard = path.join(home, 'node_modules/@cdklabs/cdk-validator-cfnguard/bin', guardBinary);
  const peers = {
    '@aws/cloudformation-validate': [
      process.execPath,
      path.join(home, 'peers/cloudformation-validate.mjs'),
      folder,
    ],
    'cfn-guard, one rule': [
      guard,
      'validate',
      '--rules',
      path.join(home, 'peers/flow-log.guard'),
      '--data',
      folder,
    ],
    'cdk-nag': [process.execPath, path.join(home, 'peers/cdk-nag.mjs'), folder],
  };
  const rows = Object.entries(peers).flatMap(([peer, [program, ...args]]): Row[] => {
    if (!existsSync(program!) || !existsSync(path.join(home, 'node_modules/cdk-nag'))) return [];
    const rounds = [0, 1, 2].map(() => ({
      peer: timeProcess(program!, args),
      ours: timeProcess(process.execPath, [cli, 'check', folder]),
    }));
    return [
      {
        work: `check, ${checkedFiles} files, against ${peer}`,
        floor: median(rounds.map((round) => round.peer)),
        ours: median(rounds.map((round) => round.ours)),
        unit: 'ms',
        bar: undefined,
      },
    ];
  });
  removeTemplates(folder);
  return rows;
}

/** As its package names the systems that it has a binary for. */
const guardBinary = path.join(
  process.platform === 'darwin' ? 'macos' : 'ubuntu',
  process.arch === 'arm64' ? 'aarch64' : 'x86_64',
  'cfn-guard',
);

function timeProcess(program: string, args: readonly string[]): number {
  const start = performance.now();
  spawnSync(program, args, { stdio: 'ignore' });
  return performance.now() - start;
}

/** The tags of CloudFormation, as its users tell that server of them. */
const tags = ['Ref', 'Sub', 'GetAtt', 'If', 'Equals', 'Join', 'Select', 'FindInMap', 'ImportValue'].flatMap(
  (name) => ['scalar', 'sequence', 'mapping'].map((kind) => `!${name} ${kind}`),
);

/** With the schema that editors give it for templates. */
async function yamlLanguageServer(ours: string, home: string): Promise<Row[]> {
  const program = path.join(home, 'node_modules/yaml-language-server/bin/yaml-language-server');
  if (!existsSync(program)) return [];
  const folder = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-bench-'));
  const schema = path.join(folder, 'cloudformation.schema.json');
  spawnSync(process.execPath, [path.join(home, 'peers/cloudformation-schema.mjs'), schema]);
  const rows: Row[] = [];
  for (const [size, bytes, rounds] of [
    ['10 KB', 10_000, 6],
    // A minute and more for each change to one of 1 MB.
    ['100 KB', 100_000, 3],
  ] as const) {
    const text = makeTemplate({ seed: bytes, format: 'yaml', bytes, vpcs: 5, flowLogs: 3 });
    const uri = 'file:///bench/template.yaml';
    const steps = stepsAt(text, ['BlockPublicAc'], 'x')!;
    const peer = new ServerProcess(program);
    const own = new ServerProcess(ours);
    await own.initialize();
    await own.open(uri, 'yaml', text);
    await own.diagnostics(uri);
    peer.settings = {
      yaml: {
        validate: true,
        customTags: tags,
        schemaStore: { enable: false },
        schemas: { [pathToFileURL(schema).href]: '*.yaml' },
      },
    };
    await peer.initialize(undefined, false);
    const opened = peer.nextPublished(uri);
    await peer.open(uri, 'yaml', text);
    await opened;
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      times[0].push(await peer.timePushedChange(uri, steps[round % 2]!));
      times[1].push(await own.timeChange(uri, steps[round % 2]!));
    }
    peer.stop();
    own.stop();
    rows.push({
      work: `change, ${size} yaml, against yaml-language-server`,
      floor: median(times[0]),
      ours: median(times[1]),
      unit: 'ms',
      bar: undefined,
    });
  }
  removeTemplates(folder);
  return rows;
}
