import { TextDocument } from 'vscode-languageserver-textdocument';
import { median, quantile, type Row } from './rows.ts';
import { ServerProcess, type Step } from './server-process.ts';
import { makeTemplate, type TemplateShape } from './templates.ts';

export interface Servers {
  readonly floor: string;
  readonly ours: string;
}

const sizes = [
  { name: '10 KB', bytes: 10_000, vpcs: 2, flowLogs: 1, bar: 1.5, rounds: 150 },
  { name: '100 KB', bytes: 100_000, vpcs: 5, flowLogs: 3, bar: 1.5, rounds: 150 },
  { name: '1 MB', bytes: 1_000_000, vpcs: 20, flowLogs: 15, bar: 2, rounds: 120 },
];

const formats = ['yaml', 'json', 'compact-json'] as const satisfies readonly TemplateShape['format'][];

const warmUp = 40;

/** Where typing happens: the offset behind a text that stands in the template, and behind what is typed there first. */
interface TypingPlace {
  readonly name: string;
  readonly behind: readonly string[];
  readonly first?: string;
  readonly added: string;
}

const places: readonly TypingPlace[] = [
  { name: 'in a VPC', behind: ['EnableDnsHos'], added: 'x' },
  { name: 'in a flow log', behind: ['ResourceType: V', 'ResourceType": "V', 'ResourceType":"V'], added: 'x' },
  {
    name: 'in another resource',
    behind: ['BlockPublicAc', 'AWS/Lamb', 'index.hand', 'alias/aws/sq'],
    added: 'x',
  },
  { name: 'in the type of another resource', behind: ['AWS::CloudWatch::Al', 'AWS::SQS::Q'], added: 'x' },
  {
    name: 'in the logical id of another resource',
    behind: ['\n  Queue', '"Queue', '"Function2'],
    added: 'x',
  },
  { name: 'in the logical id of a VPC', behind: ['\n  Vpc', '"Vpc'], added: 'x' },
  {
    name: 'in a condition',
    behind: ['[!Ref Environment, "pr', '},\n        "pr', '"Environment"},"pr'],
    added: 'x',
  },
  {
    name: 'in the default of a parameter',
    behind: ['Default: d', '"Default": "d', '"Default":"d'],
    added: 'x',
  },
  {
    name: 'in a key without its colon',
    behind: ['EnableDnsSupport: true'],
    first: '\n      Insta',
    added: 'x',
  },
  {
    name: 'in a key without its colon',
    behind: ['"EnableDnsSupport": true,', '"EnableDnsSupport":true,'],
    first: '"Insta',
    added: 'x',
  },
  { name: 'in the name of a new resource', behind: ['\nResources:'], first: '\n  Queu', added: 'x' },
  { name: 'in the name of a new resource', behind: ['"Resources": {'], first: '"Queu', added: 'x' },
  { name: 'in a comment', behind: ['# Func'], added: 'x' },
  { name: 'a new line at the top', behind: [''], added: '\n' },
];

/** Change → diagnostics: each step is made in both servers, one after the other. */
export async function typingRows({ floor, ours }: Servers, quick: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name: size, bytes, vpcs, flowLogs, bar, rounds } of sizes) {
    for (const format of formats) {
      const text = makeTemplate({ seed: bytes, format, bytes, vpcs, flowLogs });
      const uri = `untitled:bench-${format}-${bytes}`;
      const pair = [new ServerProcess(floor), new ServerProcess(ours)] as const;
      for (const server of pair) {
        await server.initialize();
        await server.open(uri, format === 'yaml' ? 'yaml' : 'json', text);
        await server.diagnostics(uri);
      }
      for (const { name: place, behind, first, added } of places) {
        const steps = stepsAt(text, behind, added, first);
        if (steps === undefined) continue;
        const typedFirst = first === undefined ? undefined : stepsAt(text, behind, first);
        for (const server of pair) if (typedFirst !== undefined) await server.timeChange(uri, typedFirst[0]);
        const times: [number[], number[]] = [[], []];
        const count = warmUp + (quick ? 30 : rounds);
        for (let round = 0; round < count; round += 1) {
          const step = steps[round % 2]!;
          // Who goes first changes, so that what one leaves behind in the machine harms both alike.
          for (const index of round % 4 < 2 ? ([0, 1] as const) : ([1, 0] as const)) {
            const time = await pair[index].timeChange(uri, step);
            if (round >= warmUp) times[index].push(time);
          }
        }
        for (const server of pair) if (typedFirst !== undefined) await server.timeChange(uri, typedFirst[1]);
        const work = `change, ${size} ${format}, ${place}`;
        rows.push({ work, floor: median(times[0]), ours: median(times[1]), unit: 'ms', bar });
        if (bytes >= 1_000_000) {
          const [slowest, oursSlowest] = [quantile(times[0], 0.99), quantile(times[1], 0.99)];
          rows.push({ work: `${work}, p99`, floor: slowest, ours: oursSlowest, unit: 'ms', bar: 4 });
        }
      }
      for (const server of pair) server.stop();
    }
  }
  return rows;
}

/** To type something and to take it away again. */
export function stepsAt(
  text: string,
  behind: readonly string[],
  added: string,
  first = '',
): readonly [Step, Step] | undefined {
  const found = behind.find((candidate) => text.includes(candidate));
  if (found === undefined) return undefined;
  const offset = text.indexOf(found) + found.length;
  const before = text.slice(0, offset) + first;
  const document = TextDocument.create('', '', 0, before + added);
  const at = document.positionAt(before.length);
  const end = document.positionAt(before.length + added.length);
  return [
    { at, end: at, added },
    { at, end, added: '' },
  ];
}
