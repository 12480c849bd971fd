import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readDocuments } from '../../server/src/template/read.ts';
import { checkText } from '../../server/src/workspace/check.ts';
import { isCorpusThere, labelledFiles, skipNote, textOfFile } from '../corpus/labels.ts';
import { asJson } from '../unit/as-json.ts';
import { coverageFixtures } from '../unit/coverage-fixtures.ts';
import { renamed, reordered, withUnrelated, type JsonObject } from './json-template.ts';

interface Sample {
  readonly name: string;
  readonly template: JsonObject;
  /** Of the template as it is. */
  readonly verdicts: readonly [string, string][];
}

/** For a slow machine; the runs are counted, not timed. */
const timeout = 120_000;

/** Templates of real files that are looked at; all would take minutes. */
const sampledFiles = 60;
const largestFile = 60_000;

const fixtures = coverageFixtures().flatMap(({ name, text }) => samplesOf(name, text));

const realTemplates = isCorpusThere ? sampleCorpus() : [];

function samplesOf(name: string, text: string): Sample[] {
  return readDocuments(text)
    .filter(({ problems }) => problems.length === 0)
    .flatMap(({ root }) => (root?.kind === 'mapping' ? [JSON.parse(asJson(root)) as JsonObject] : []))
    .map((template) => ({ name, template, verdicts: sorted(verdictsOf(JSON.stringify(template))) }));
}

function sampleCorpus(): Sample[] {
  const files = labelledFiles().filter(({ vpcs, file_expect }) => vpcs.length > 0 && file_expect === null);
  const step = Math.max(1, Math.floor(files.length / sampledFiles));
  return files
    .filter((_, index) => index % step === 0)
    .map(({ file }) => ({ file, text: textOfFile('real', file) }))
    .filter(({ text }) => text.length < largestFile)
    .flatMap(({ file, text }) => samplesOf(file, text));
}

/** Logical id → verdict and severity. */
function verdictsOf(text: string): ReadonlyMap<string, string> {
  const check = checkText(text);
  if (check.kind !== 'template') return new Map();
  return new Map(
    check.vpcs.map(({ logicalId, span, verdict }) => {
      const finding = check.findings.find((one) => one.span.start === span.start);
      return [logicalId, `${verdict} ${finding?.severity ?? ''}`];
    }),
  );
}

function sorted(verdicts: ReadonlyMap<string, string>): [string, string][] {
  return [...verdicts].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Small and seeded, so that fast-check can repeat a run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

const changes: Readonly<Record<string, (template: JsonObject, random: () => number) => string>> = {
  'other order': (template, random) => JSON.stringify(reordered(template, random)),
  'other order, as YAML': (template, random) => asYaml(reordered(template, random)),
  'as YAML and back': (template) => backFromYaml(asYaml(template)),
  'unrelated resources': (template, random) => JSON.stringify(withUnrelated(template, random)),
};

function asYaml(template: JsonObject): string {
  return stringify(template, { version: '1.1', aliasDuplicateObjects: false });
}

function backFromYaml(text: string): string {
  return readDocuments(text)
    .flatMap(({ root }) => (root === undefined ? [] : [asJson(root)]))
    .join('');
}

function changesOf(samples: readonly Sample[]): fc.Arbitrary<[Sample, string, number]> {
  return fc.tuple(fc.constantFrom(...samples), fc.constantFrom(...Object.keys(changes)), fc.integer());
}

function expectSameVerdicts(samples: readonly Sample[], numRuns: number): void {
  fc.assert(
    fc.property(changesOf(samples), ([{ name, template, verdicts }, change, seed]) => {
      const changed = changes[change]!(template, randomFrom(seed));
      expect(sorted(verdictsOf(changed)), `${name}: ${change}`).toEqual(verdicts);
    }),
    { numRuns },
  );
}

test('order, notation and unrelated resources change no verdict of a fixture', { timeout }, () => {
  expect(fixtures.length).toBeGreaterThan(40);
  expectSameVerdicts(fixtures, 500);
});

test.skipIf(!isCorpusThere)(
  `order, notation and unrelated resources change no verdict of a real template${skipNote}`,
  { timeout },
  () => {
    expect(realTemplates.length).toBeGreaterThan(20);
    expectSameVerdicts(realTemplates, 150);
  },
);

test('other names change no verdict', { timeout }, () => {
  // In a loop a name is put together from pieces.
  const nameable = [...fixtures, ...realTemplates].filter(
    ({ template }) => !JSON.stringify(template).includes('Fn::ForEach'),
  );
  for (const { name, template, verdicts } of nameable) {
    const names = new Map<string, string>();
    const changed = renamed(template, (logicalId) => {
      const known = names.get(logicalId) ?? `Renamed${names.size}`;
      names.set(logicalId, known);
      return known;
    });
    const expected = verdicts.map(([logicalId, verdict]): [string, string] => [
      names.get(logicalId) ?? '',
      verdict,
    ]);
    expect(sorted(verdictsOf(JSON.stringify(changed))), name).toEqual(sorted(new Map(expected)));
  }
});
