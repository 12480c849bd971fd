import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import { median, type Row } from './rows.ts';
import { ServerProcess } from './server-process.ts';
import { makeTemplate } from './templates.ts';
import { stepsAt, type Servers } from './typing.ts';

export interface Programs extends Servers {
  readonly cli: string;
  /** Parses all files of a folder with `yaml`. */
  readonly parseAll: string;
  /** Preloaded into a program, has it tell how much memory it had. */
  readonly peakMemory: string;
}

/** How long it takes until `initialize` is answered, from the start of the process. */
export async function startRows({ floor, ours }: Servers): Promise<Row[]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < 15; round += 1) {
    for (const index of [0, 1] as const) {
      const start = performance.now();
      const server = new ServerProcess([floor, ours][index]!);
      await server.initialize();
      times[index].push(performance.now() - start);
      server.stop();
    }
  }
  return [
    { work: 'initialize answered', floor: median(times[0]), ours: median(times[1]), unit: 'ms', bar: 1.3 },
  ];
}

/** The length of the shortest and of the longest of some templates, in bytes. */
interface Lengths {
  readonly from: number;
  readonly to: number;
}

const small: Lengths = { from: 2000, to: 8000 };
const usual: Lengths = { from: 10_000, to: 20_000 };

/** Templates of which a fifth have VPCs. */
export function writeTemplates(count: number, { from, to }: Lengths = small): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-bench-'));
  // Few texts, written often: to make each of them would take longer than all that is measured.
  const variants = Array.from({ length: 100 }, (_, index) =>
    makeTemplate({
      seed: index,
      format: index % 3 === 0 ? 'json' : 'yaml',
      bytes: from + ((index % 10) * (to - from)) / 10,
      vpcs: index % 5 === 0 ? 1 : 0,
      flowLogs: index % 10 === 0 ? 1 : 0,
    }),
  );
  for (let index = 0; index < count; index += 1) {
    const directory = path.join(folder, `service-${Math.floor(index / 100)}`);
    mkdirSync(directory, { recursive: true });
    const text = variants[index % variants.length]!;
    // No two files are the same, as in life; nothing can be told from one of another.
    const own = text.replace('A service and its network', `Service ${index} and its network`);
    writeFileSync(path.join(directory, `template-${index}.${index % 3 === 0 ? 'json' : 'yaml'}`), own);
  }
  return folder;
}

export function removeTemplates(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** `check` of many files, against parsing them. */
export function checkRows(programs: Programs, counts: readonly number[]): Row[] {
  return [small, usual].flatMap((lengths) => checkRowsOf(programs, counts, lengths));
}

function checkRowsOf(
  { cli, parseAll, peakMemory }: Programs,
  counts: readonly number[],
  lengths: Lengths,
): Row[] {
  const of = `of ${lengths.from / 1000} to ${lengths.to / 1000} KB`;
  const rows: Row[] = [];
  const measured: { readonly count: number; readonly time: number; readonly memory: number }[] = [];
  for (const count of counts) {
    const folder = writeTemplates(count, lengths);
    const runs = [0, 1, 2].map(() => ({
      parse: timeProgram(peakMemory, [parseAll, folder]),
      check: timeProgram(peakMemory, [cli, 'check', folder]),
    }));
    const ours = median(runs.map(({ check }) => check.time));
    const parse = median(runs.map((run) => run.parse.time));
    rows.push({
      work: `check, ${count} files ${of}, against yaml`,
      floor: parse,
      ours,
      unit: 'ms',
      bar: 0.1,
    });
    measured.push({ count, time: ours, memory: median(runs.map(({ check }) => check.memory)) });
    removeTemplates(folder);
  }
  const [few, many] = measured;
  if (few === undefined || many === undefined) return rows;
  const exponentRow = (what: 'time' | 'memory', unit: 'ms' | 'MB'): Row => ({
    work: `check, files ${of}, exponent of the ${what}`,
    floor: few[what],
    ours: many[what],
    unit,
    bar: 1.1,
    figure: Math.log(many[what] / few[what]) / Math.log(many.count / few.count),
  });
  return [...rows, exponentRow('time', 'ms'), exponentRow('memory', 'MB')];
}

/** Milliseconds, and megabytes at most. */
function timeProgram(
  peakMemory: string,
  args: readonly string[],
): { readonly time: number; readonly memory: number } {
  const start = performance.now();
  const { stderr } = spawnSync(process.execPath, ['--require', peakMemory, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return { time: performance.now() - start, memory: Number(/maxRSS (\d+)/.exec(stderr)?.[1]) / 1024 };
}

/** Memory of the server when it has read a folder, and after long typing. */
export async function memoryRows({ floor, ours }: Servers, count: number, edits: number): Promise<Row[]> {
  const folder = writeTemplates(count);
  const uri = 'untitled:bench-memory';
  const text = makeTemplate({ seed: 3, format: 'yaml', bytes: 100_000, vpcs: 5, flowLogs: 3 });
  const steps = stepsAt(text, ['EnableDnsHos'], 'x')!;
  const flowLog = stepsAt(text, ['ResourceType: V'], 'x')!;
  const megabyte = 1024 * 1024;
  const read = async (program: string): Promise<[ServerProcess, number]> => {
    const server = new ServerProcess(program, ['--stdio'], ['--expose-gc']);
    await server.initialize(pathToFileURL(folder).href);
    await server.open(uri, 'yaml', text);
    await server.diagnostics(uri);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await server.diagnostics(uri);
    return [server, server.memory() / megabyte];
  };
  const [empty, floorMemory] = await read(floor);
  empty.stop();
  const [server, memory] = await read(ours);
  const type = async (times: number): Promise<number> => {
    for (let index = 0; index < times; index += 1) {
      await server.timeChange(uri, (index % 20 < 2 ? flowLog : steps)[index % 2]!);
    }
    return server.memory() / megabyte;
  };
  const early = await type(edits / 4);
  const late = await type((edits * 3) / 4);
  server.stop();
  removeTemplates(folder);
  return [
    {
      work: `memory, ${count} templates read, above the empty server`,
      floor: floorMemory,
      ours: memory,
      unit: 'MB',
      bar: 60,
      figure: memory - floorMemory,
    },
    {
      work: `memory, after ${edits} edits, against a quarter of them`,
      floor: early,
      ours: late,
      unit: 'MB',
      bar: 1.1,
    },
  ];
}

/**
 * Quick fixes for the largest template, which has fewer resources than CloudFormation takes: listed and resolved
 * while nobody types, and each right after an edit in a flow log, on which what is known of all flow logs rests.
 */
export async function resolveRows({ floor, ours }: Servers): Promise<Row[]> {
  const rows: Row[] = [];
  for (const format of ['yaml', 'json', 'compact-json'] as const) {
    const shape = { vpcs: 10, flowLogs: 6, fill: format === 'compact-json' ? 10 : 7, isOfCdk: false };
    const text = makeTemplate({ seed: 9, format, bytes: 1_000_000, ...shape });
    const uri = `untitled:bench-fix-${format}`;
    const pair = [new ServerProcess(floor), new ServerProcess(ours)] as const;
    for (const server of pair) {
      await server.initialize();
      await server.open(uri, format === 'yaml' ? 'yaml' : 'json', text);
    }
    const elsewhere = stepsAt(text, ['BlockPublicAc'], 'x')!;
    const inFlowLog = stepsAt(text, ['ResourceType: V', 'ResourceType": "V', 'ResourceType":"V'], 'x')!;
    const list = async (): Promise<{ readonly time: number; readonly action: CodeAction }> => {
      const items = await pair[1].diagnostics(uri);
      missing = items.find(({ code }) => code === 'vpc-no-flow-log') ?? missing;
      const start = performance.now();
      const actions = await pair[1].codeActions(uri, missing!);
      const time = performance.now() - start;
      return { time, action: actions.find(({ isPreferred }) => isPreferred === true) ?? actions[0]! };
    };
    let missing: Diagnostic | undefined;
    const changes: number[] = [];
    const times: Record<Asked, number[]> = { listed: [], resolved: [], listedAfter: [], resolvedAfter: [] };
    for (let round = 0; round < 30; round += 1) {
      changes.push(await pair[0].timeChange(uri, elsewhere[round % 2]!));
      const { time, action } = await list();
      times.listed.push(time);
      times.resolved.push(await pair[1].timeResolve(action));
      await pair[1].timeChange(uri, inFlowLog[round % 2]!);
      const after = await list();
      times.listedAfter.push(after.time);
      times.resolvedAfter.push(await pair[1].timeResolve(after.action));
    }
    for (const server of pair) server.stop();
    for (const [asked, name] of Object.entries(namesOfAsked)) {
      rows.push({
        work: `${name}, 1 MB ${format}`,
        floor: median(changes),
        ours: median(times[asked as Asked]),
        unit: 'ms',
        bar: 10,
      });
    }
  }
  return rows;
}

type Asked = 'listed' | 'resolved' | 'listedAfter' | 'resolvedAfter';

const namesOfAsked: Readonly<Record<Asked, string>> = {
  listed: 'quick fixes listed',
  resolved: 'quick fix resolved',
  listedAfter: 'quick fixes listed after an edit',
  resolvedAfter: 'quick fix resolved after an edit',
};
