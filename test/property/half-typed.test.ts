import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';
import { checkText } from '../../server/src/workspace/check.ts';

/**
 * Damages valid templates as typing does, and asks what is left of the verdicts on the VPCs that are far from
 * the damage.
 */

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus/real');
const largestFile = 60_000;
/** Lines around a resource in which damage counts as near. */
const margin = 3;
const flowLogLines = 25;
const cutsPerTemplate = 12;

/** What typing leaves behind at an offset. `amount` is how much is deleted, where something is. */
const damages: Readonly<Record<string, (text: string, offset: number, amount: number) => string>> = {
  'the rest of the line deleted': (text, at) => text.slice(0, at) + fromLineEnd(text, at),
  'a double quote': (text, at) => insert(text, at, '"'),
  'a single quote': (text, at) => insert(text, at, "'"),
  'an open brace': (text, at) => insert(text, at, '{'),
  'an open bracket': (text, at) => insert(text, at, '['),
  'a colon': (text, at) => insert(text, at, ': '),
  'a new line with half a key': (text, at) => insert(text, lineEnd(text, at), '\n  Fo'),
  'a new line with an open quote': (text, at) => insert(text, lineEnd(text, at), '\n      Foo: "'),
  'a new line with an open bracket': (text, at) => insert(text, lineEnd(text, at), '\n      Foo: ['),
  'a few characters deleted': (text, at, amount) => text.slice(0, at) + text.slice(at + amount),
  'everything after deleted': (text, at) => text.slice(0, at),
};

interface LabelledFile {
  readonly file: string;
  readonly size: number;
  readonly file_expect: string | null;
  readonly vpcs: readonly { readonly id: string; readonly line: number; readonly end_line: number }[];
  readonly flowlogs: readonly { readonly line: number }[];
}

test('a VPC far from the damage keeps its verdict', { timeout: 600_000 }, ({ skip }) => {
  skip(!existsSync(corpus), 'the corpus of real templates is not here');
  const { files } = JSON.parse(readFileSync(path.join(corpus, 'manifest.json'), 'utf8')) as {
    readonly files: readonly LabelledFile[];
  };
  const templates = files.filter(
    ({ vpcs, size, file_expect }) => vpcs.length > 0 && size < largestFile && file_expect === null,
  );
  const kept = new Map(Object.keys(damages).map((name) => [name, { kept: 0, of: 0 }]));
  let checks = 0;
  for (const [index, template] of templates.entries()) {
    const text = readFileSync(path.join(corpus, template.file), 'utf8');
    const whole = checkText(text);
    if (whole.kind !== 'template' || whole.problems.length > 0) continue;
    const places = fc.sample(
      fc.tuple(
        fc.constantFrom(...Object.keys(damages)),
        fc.noBias(fc.nat(text.length - 1)),
        fc.integer({ min: 1, max: 12 }),
      ),
      { numRuns: cutsPerTemplate, seed: index },
    );
    for (const [name, offset, amount] of places) {
      const damaged = damages[name]!(text, offset, amount);
      const check = checkText(damaged);
      checks += 1;
      expectInside(check, damaged);
      const line = text.slice(0, offset).split('\n').length;
      for (const vpc of whole.vpcs) {
        const label = template.vpcs.find(({ id }) => id === vpc.logicalId);
        if (label === undefined || vpc.verdict === 'conditional') continue;
        const cut = name === 'everything after deleted';
        const spans = [
          [label.line, label.end_line],
          ...(vpc.verdict === 'missing'
            ? []
            : template.flowlogs.map((flowLog) => [flowLog.line, flowLog.line + flowLogLines])),
        ] as const;
        if (spans.some(([from = 0, to = 0]) => (cut || line >= from - margin) && line <= to + margin))
          continue;
        const count = kept.get(name)!;
        count.of += 1;
        if (isKept(check, damaged, vpc.logicalId, vpc.verdict)) count.kept += 1;
      }
    }
  }
  const total = [...kept.values()].reduce((sum, one) => ({
    kept: sum.kept + one.kept,
    of: sum.of + one.of,
  }));
  const share = (count: { kept: number; of: number }): string =>
    `${((100 * count.kept) / count.of).toFixed(1).padStart(5)} % of ${count.of}`;
  console.log(
    [
      `Verdicts kept in ${checks} half-typed templates:`,
      ...Array.from(kept, ([name, count]) => `  ${share(count)}  ${name}`),
      `  ${share(total)}  in all`,
    ].join('\n'),
  );
  expect(total.of).toBeGreaterThan(1000);
  expect(total.kept / total.of).toBeGreaterThanOrEqual(0.95);
});

function expectInside(check: FileCheck, text: string): void {
  if (check.kind !== 'template') return;
  for (const { span, related } of check.findings) {
    for (const { start, end } of [span, ...related.map((place) => place.span)]) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(text.length);
    }
  }
}

function isKept(check: FileCheck, text: string, logicalId: string, verdict: string): boolean {
  const found = check.kind === 'template' ? check.vpcs.find((vpc) => vpc.logicalId === logicalId) : undefined;
  return (
    found?.verdict === verdict &&
    text.slice(found.span.start, found.span.end).replaceAll(/["']/g, '') === logicalId
  );
}

function insert(text: string, offset: number, added: string): string {
  return text.slice(0, offset) + added + text.slice(offset);
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

function fromLineEnd(text: string, offset: number): string {
  return text.slice(lineEnd(text, offset));
}
