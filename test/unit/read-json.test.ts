import { describe, expect, test } from 'vitest';
import type { ReadDocument } from '../../server/src/template/document.ts';
import { readDocuments } from '../../server/src/template/read.ts';
import { child, entriesOf, entry } from '../../server/src/template/syntax.ts';
import { asJson } from './as-json.ts';

function read(text: string): ReadDocument {
  const documents = readDocuments(text);
  expect(documents.map(({ format }) => format)).toEqual(['json']);
  return documents[0]!;
}

const text = '{\n\t"A": {"B": [1, 2.50, true, null, "x\\u0041"]},\r\n  "C" :\t"y"\n}';

test('values are texts, as CloudFormation compares them', () => {
  expect(JSON.parse(asJson(read(text).root!))).toEqual({
    A: { B: ['1', '2.50', 'true', null, 'xA'] },
    C: 'y',
  });
});

test('spans are those of the text, quotes included', () => {
  const { root } = read(text);
  const { keySpan, value } = entry(root, 'C')!;
  expect(text.slice(keySpan.start, keySpan.end)).toBe('"C"');
  expect(text.slice(value.span.start, value.span.end)).toBe('"y"');
  const { span } = child(child(root, 'A'), 'B')!;
  expect(text.slice(span.start, span.end)).toBe('[1, 2.50, true, null, "x\\u0041"]');
});

test('a byte order mark moves everything by one', () => {
  const plain = entry(read(text).root, 'C')!.keySpan;
  const marked = entry(read(`\uFEFF${text}`).root, 'C')!.keySpan;
  expect(marked).toEqual({ start: plain.start + 1, end: plain.end + 1 });
});

describe('what JSON forbids and people write', () => {
  test.each([
    ['{"A": "x", // why\n "B": "y"}'],
    ['{"A": "x", /* why */ "B": "y"}'],
    ['{"A": "x", "B": "y",}'],
  ])('%j has no problem', (written) => {
    const { root, problems } = read(written);
    expect(problems).toEqual([]);
    expect(JSON.parse(asJson(root!))).toEqual({ A: 'x', B: 'y' });
  });

  test('a key that stands twice is there twice, and the last counts', () => {
    const { root } = read('{"A": "1", "B": "2", "A": "3"}');
    expect(entriesOf(root).map(({ name }) => name)).toEqual(['A', 'B', 'A']);
    expect(child(root, 'A')).toMatchObject({ text: '3' });
  });
});

describe('half-typed JSON', () => {
  test.each([
    ['{"A": "x", "B": '],
    ['{"A": "x", "B"'],
    ['{"A": "x", "B": {"C": [1, '],
    ['{"A": "x", "B": "never closed\n}'],
    ['{"A": "x" "B": "y"}'],
  ])('%j keeps what stands before', (written) => {
    const { root, problems } = read(written);
    expect(problems.length).toBeGreaterThan(0);
    expect(child(root, 'A')).toMatchObject({ text: 'x' });
    for (const { span } of problems) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeLessThanOrEqual(written.length);
    }
  });

  test('a key without a value has an absent one right behind it', () => {
    expect(entry(read('{"A"').root, 'A')!.value).toMatchObject({ isNull: true, span: { start: 4, end: 4 } });
  });
});

test('of a broken template a mistake is told where it is, and none of what surrounds it', () => {
  const template = { Resources: { A: { Type: 'x' }, B: { Type: 'y' } } };
  const broken = JSON.stringify(template, undefined, 2).replace('"B":', '"B"');
  const [document] = readDocuments(broken);
  expect(document?.problems[0]).toMatchObject({
    message: 'colon expected',
    span: { start: broken.indexOf('"B" {') + '"B" '.length },
  });
  expect(document?.problems.map(({ message }) => message)).not.toContain('close brace expected');
});

test('flow style without quotes is YAML', () => {
  const documents = readDocuments('{A: {B: !Ref C}, D: [x]}');
  expect(documents.map(({ format, problems }) => [format, problems.length])).toEqual([['yaml', 0]]);
  expect(JSON.parse(asJson(documents[0]!.root!))).toEqual({ A: { B: { Ref: 'C' } }, D: ['x'] });
});

test.each([
  ['a value without quotes', '{"A": {"B": c}}', 'json'],
  ['a first key without its quote, above resources', '{A": x,\n"Resources": {}}', 'json'],
  ['a letter before the brace', 'x{"A": {}}', 'json'],
  ['no brace before the first line', '"A": "x",\n"B": {}}', 'json'],
  ['quoted keys of YAML', '"A": x\n"B": {"C": d}\n', 'yaml'],
  ['a flow mapping as a value of YAML', 'A: {"B": c}\n', 'yaml'],
])('%s: %j is %s', (_, written, format) => {
  expect(readDocuments(written).map((document) => document.format)).toEqual([format]);
});
