import { existsSync } from 'node:fs';
import path from 'node:path';
import { median, type Row } from './rows.ts';
import { ServerProcess } from './server-process.ts';
import { makeTemplate } from './templates.ts';
import { stepsAt, type Servers } from './typing.ts';

/** Other tools on the same templates; a peer that is not installed is passed over. */
export async function peerRows({ ours }: Servers, modules: string): Promise<Row[]> {
  return yamlLanguageServer(ours, path.join(modules, 'yaml-language-server/bin/yaml-language-server'));
}

async function yamlLanguageServer(ours: string, program: string): Promise<Row[]> {
  if (!existsSync(program)) return [];
  const rows: Row[] = [];
  for (const [size, bytes, rounds] of [
    ['100 KB', 100_000, 10],
    ['1 MB', 1_000_000, 4],
  ] as const) {
    const text = makeTemplate({ seed: bytes, format: 'yaml', bytes, vpcs: 5, flowLogs: 3 });
    const uri = 'file:///bench/template.yaml';
    const steps = stepsAt(text, ['BlockPublicAc'], 'x')!;
    const peer = new ServerProcess(program);
    const own = new ServerProcess(ours);
    await own.initialize();
    await own.open(uri, 'yaml', text);
    await own.diagnostics(uri);
    await peer.initialize(undefined, false);
    await peer.notify('workspace/didChangeConfiguration', {
      settings: { yaml: { validate: true, schemaStore: { enable: false }, schemas: {} } },
    });
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
  return rows;
}
