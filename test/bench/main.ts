/** `npm run bench`: measures, prints the table, writes it as JSON. Every figure is a ratio within this run. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { activationRows } from './activation/activation.ts';
import { blockRows } from './blocks.ts';
import { conditionRows } from './conditions.ts';
import { peerRows } from './peers.ts';
import { readingRows } from './reading.ts';
import { isMet, table, type Row } from './rows.ts';
import { typingRows } from './typing.ts';
import { checkRows, memoryRows, resolveRows, startRows, type Programs } from './whole-programs.ts';

async function measure(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { root: { type: 'string', default: '.' }, quick: { type: 'boolean', default: false } },
  });
  const root = path.resolve(values.root);
  const cache = path.join(root, '.cache/bench');
  const programs: Programs = {
    floor: path.join(cache, 'floor-server.cjs'),
    parseAll: path.join(cache, 'parse-all.cjs'),
    ours: path.join(root, 'dist/server.cjs'),
    cli: path.join(root, 'dist/cli.cjs'),
    peakMemory: path.join(root, 'test/bench/peak-memory.cjs'),
  };

  const groups: Readonly<Record<string, () => Promise<Row[]> | Row[]>> = {
    typing: () => typingRows(programs, values.quick),
    reading: readingRows,
    blocks: blockRows,
    conditions: () => conditionRows(path.join(root, '../shared/corpus/real')),
    start: () => startRows(programs),
    activation: () => activationRows(root, cache),
    check: () => checkRows(programs, values.quick ? [200, 1000] : [1000, 10_000]),
    memory: () => memoryRows(programs, values.quick ? 1000 : 10_000, values.quick ? 2000 : 20_000),
    resolve: () => resolveRows(programs),
    peers: () => peerRows(programs, path.join(root, 'test/bench')),
  };

  const wanted = positionals.length === 0 ? Object.keys(groups) : positionals;
  const rows: Row[] = [];
  for (const name of wanted) {
    const run = groups[name];
    if (run === undefined)
      throw new Error(`There is no group "${name}"; there are ${Object.keys(groups).join(', ')}.`);
    console.error(`measuring: ${name}`);
    const found = await run();
    console.error(table(found));
    rows.push(...found);
  }
  console.log(table(rows));
  const results = rows.map((row) => ({ ...row, pass: isMet(row) }));
  writeFileSync(
    path.join(cache, 'results.json'),
    `${JSON.stringify({ node: process.version, rows: results }, undefined, 2)}\n`,
  );
  const failed = results.filter(({ pass }) => pass === false).length;
  console.log(
    `\n${results.filter(({ pass }) => pass === true).length} passed, ${failed} failed; also in .cache/bench/results.json`,
  );
  return failed === 0;
}

void measure().then((passed) => process.exit(passed ? 0 : 1));
