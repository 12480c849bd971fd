import { parseDocument } from 'yaml';
import { Bench } from 'tinybench';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import type { Row } from './rows.ts';
import { makeTemplate } from './templates.ts';

const file = '/bench/template';

/** Reading in this process: against the parser, or against what cannot be done without. */
export async function readingRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const format of ['yaml', 'json', 'compact-json'] as const) {
    const text = makeTemplate({ seed: 1, format, bytes: 1_000_000, vpcs: 20, flowLogs: 15 });
    const [parse, open] = await medians({
      parse: () =>
        parseDocument(text, { version: '1.1', merge: true, uniqueKeys: false, logLevel: 'silent' }),
      open: () => {
        const workspace = new Workspace();
        workspace.openDocument(file, text);
        return workspace.check(file);
      },
    });
    rows.push({
      work: `open, 1 MB ${format}, against yaml`,
      floor: parse!,
      ours: open!,
      unit: 'ms',
      bar: 0.1,
    });
  }
  const other = makeTemplate({ seed: 1, format: 'json', bytes: 1_000_000, vpcs: 0, flowLogs: 0 })
    .replaceAll('Resources', 'Services')
    .replaceAll('AWSTemplateFormatVersion', 'FormatVersion');
  const texts = [other, `${other} `];
  let turn = 0;
  const workspace = new Workspace();
  const [scan, edit, open] = await medians({
    scan: () => {
      turn += 1;
      return texts[turn % 2]!.includes('AWSTemplateFormatVersion');
    },
    edit: () => {
      turn += 1;
      workspace.openDocument(file, texts[turn % 2]!);
      return workspace.check(file);
    },
    open: () => {
      turn += 1;
      const fresh = new Workspace();
      fresh.openDocument(file, texts[turn % 2]!);
      return fresh.check(file);
    },
  });
  for (const [what, ours] of Object.entries({ edit, open })) {
    const work = `${what}, 1 MB, no template, against a search`;
    rows.push({ work, floor: scan!, ours: ours!, unit: 'ms', bar: 3 });
  }
  return rows;
}

async function medians(tasks: Readonly<Record<string, () => unknown>>): Promise<number[]> {
  const bench = new Bench({ time: 1500, warmupTime: 500, iterations: 12, warmupIterations: 3, throws: true });
  for (const [name, run] of Object.entries(tasks)) bench.add(name, () => void run());
  await bench.run();
  return bench.tasks.map(({ result }) => ('latency' in result ? result.latency.p50 : Number.NaN));
}
