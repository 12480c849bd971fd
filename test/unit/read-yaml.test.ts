import { describe, expect, test } from 'vitest';
import { readDocuments } from '../../server/src/template/read.ts';
import {
  child,
  entriesOf,
  entry,
  textOf,
  type Entry,
  type SyntaxNode,
} from '../../server/src/template/syntax.ts';
import { asJson } from './as-json.ts';
import { coverageFixtures } from './coverage-fixtures.ts';

function read(text: string): SyntaxNode {
  const [document] = readDocuments(text);
  expect(document?.format).toBe('yaml');
  expect(document?.problems).toEqual([]);
  return document!.root!;
}

function data(text: string): unknown {
  return JSON.parse(asJson(read(text)));
}

/** Every entry of a tree, aliases followed. */
function* entriesBelow(node: SyntaxNode): Generator<Entry> {
  for (const found of entriesOf(node)) {
    yield found;
    yield* entriesBelow(found.value);
  }
  if (node.kind === 'sequence') for (const item of node.items) yield* entriesBelow(item);
}

describe('short forms', () => {
  test.each([
    ['!Ref Vpc', { Ref: 'Vpc' }],
    ['!Condition IsProd', { Condition: 'IsProd' }],
    ['!GetAtt Vpc.VpcId', { 'Fn::GetAtt': 'Vpc.VpcId' }],
    ['!GetAtt [Vpc, VpcId]', { 'Fn::GetAtt': ['Vpc', 'VpcId'] }],
    ["!Sub '${Vpc}'", { 'Fn::Sub': '${Vpc}' }],
    ['!If [C, !Ref A, !Sub B]', { 'Fn::If': ['C', { Ref: 'A' }, { 'Fn::Sub': 'B' }] }],
    ['!Not [!Condition C]', { 'Fn::Not': [{ Condition: 'C' }] }],
    ['!Transform {Name: M}', { 'Fn::Transform': { Name: 'M' } }],
    ['&anchor !Ref Vpc', { Ref: 'Vpc' }],
    ['!Ref', { Ref: '' }],
    ["{ Fn::Base64: !Sub 'a' }", { 'Fn::Base64': { 'Fn::Sub': 'a' } }],
  ])('%j is the long form', (short, long) => {
    expect(data(`Key: ${short}\n`)).toEqual({ Key: long });
  });

  test('the tag is the key, and stands where it is written', () => {
    const text = 'A: !Ref  Vpc\nB:\n  - !If [C, !Ref A, x]\n';
    const root = read(text);
    const keys = [...entriesBelow(root)].map(({ name, keySpan, value }) => [
      name,
      text.slice(keySpan.start, keySpan.end),
      text.slice(value.span.start, value.span.end),
    ]);
    expect(keys).toEqual([
      ['A', 'A', '!Ref  Vpc'],
      ['Ref', '!Ref', 'Vpc'],
      ['B', 'B', expect.stringContaining('- !If')],
      ['Fn::If', '!If', '[C, !Ref A, x]'],
      ['Ref', '!Ref', 'A'],
    ]);
  });
});

describe('scalars', () => {
  test.each([
    ['plain text', 'plain text'],
    ["'it''s'", "it's"],
    ['"a\\tb\\x41"', 'a\tbA'],
    ['2010-09-09', '2010-09-09'],
    ['0123', '0123'],
    ['0x1F', '0x1F'],
    ['1_000', '1_000'],
    ['1.10', '1.10'],
    ['190:20:30', '190:20:30'],
    ['true', 'true'],
    ['True', 'true'],
    ['yes', 'true'],
    ['Off', 'false'],
    ['y', 'y'],
    ['N', 'N'],
    ["'yes'", 'yes'],
    ['"no"', 'no'],
    ['null', null],
    ['~', null],
    ['', null],
    ["''", ''],
    ["'null'", 'null'],
    ['|\n  a\n  b\n', 'a\nb\n'],
    ['>-\n  a\n  b\n', 'a b'],
  ])('%j is %j, as CloudFormation reads it', (written, value) => {
    expect(data(`Key: ${written}\n`)).toEqual({ Key: value });
  });

  test.each([['plain'], ["'quoted'"], ['"double"'], ['[a, b]'], ['{ a: b }'], ['!Ref a']])(
    'the span of %j is its text',
    (written) => {
      const text = `Before: x\nKey: ${written}\nAfter: y\n`;
      const { span } = child(read(text), 'Key')!;
      expect(text.slice(span.start, span.end)).toBe(written);
    },
  );

  test('an absent value stands behind the colon of its key', () => {
    const { keySpan, value } = entry(read('A:\n  B:\n  C: x\n'), 'A')!;
    expect(keySpan).toEqual({ start: 0, end: 1 });
    expect(entry(value, 'B')!.value).toMatchObject({ isNull: true, span: { start: 7 } });
  });
});

describe('anchors and merge keys', () => {
  test('an alias is what its anchor is, tag and all', () => {
    expect(data('A: &id !Ref Vpc\nB: *id\nC: &text x\nD: [*text, *id]\n')).toEqual({
      A: { Ref: 'Vpc' },
      B: { Ref: 'Vpc' },
      C: 'x',
      D: ['x', { Ref: 'Vpc' }],
    });
  });

  test('own keys win over merged ones, and of several merged mappings the first', () => {
    const text = [
      'One: &one { a: 1, b: 1, c: 1 }',
      'Two: &two { b: 2, c: 2, d: 2 }',
      'All: { c: own, <<: [*one, *two] }',
      'Nested: &nested { <<: *one, e: 3 }',
      'Last: { <<: *nested }',
    ].join('\n');
    expect(data(text)).toMatchObject({
      All: { a: '1', b: '1', c: 'own', d: '2' },
      Last: { a: '1', b: '1', c: '1', e: '3' },
    });
  });

  test.each(["'<<': { a: 1 }", '"<<": { a: 1 }'])('%s is a key like any other', (text) => {
    expect(data(text)).toEqual({ '<<': { a: '1' } });
  });

  test('a merged entry stands where it is written', () => {
    const text = 'Base: &base\n  Type: x\nOther:\n  <<: *base\n';
    const merged = entry(child(read(text), 'Other'), 'Type')!;
    expect(text.slice(merged.keySpan.start, merged.value.span.end)).toBe('Type: x');
    expect(merged.keySpan.start).toBe(text.indexOf('Type'));
  });

  test('an alias of what it stands in, or of nothing, is empty', () => {
    expect(data('A: &a\n  B: *a\nC: *nothing\n')).toEqual({ A: { B: null }, C: null });
  });
});

describe('documents', () => {
  test('each has its own anchors and its own place in the text', () => {
    const text = '%YAML 1.1\n---\nA: &x 1\n---\n---\nB: *x\n...\n---\n- C: 2\n';
    const documents = readDocuments(text);
    expect(documents.map(({ root }) => asJson(root!))).toEqual([
      '{"A": "1"}',
      'null',
      '{"B": null}',
      '[{"C": "2"}]',
    ]);
    const key = entriesOf(documents[2]!.root)[0]!;
    expect(text.slice(key.keySpan.start, key.keySpan.end)).toBe('B');
  });

  test.each(['', '\uFEFF', '\n\n', '# only a comment\n', '---\n---\n~\n'])('%j holds nothing', (text) => {
    expect(
      readDocuments(text).filter(({ root }) => textOf(root) !== undefined || root?.kind === 'mapping'),
    ).toEqual([]);
  });
});

describe('where things stand', () => {
  const fixtures = coverageFixtures().filter(({ name }) => name.endsWith('.yaml'));

  test.each(fixtures)('every key of $name is found where its span says', ({ text }) => {
    for (const variant of [text, text.replaceAll('\n', '\r\n'), `\uFEFF${text}`]) {
      for (const { root } of readDocuments(variant)) {
        for (const { name, keySpan } of root === undefined ? [] : entriesBelow(root)) {
          const written = variant.slice(keySpan.start, keySpan.end);
          expect([name, `'${name}'`, `"${name}"`, `!${name.replace('Fn::', '')}`]).toContain(written);
        }
      }
    }
  });
});

describe('quoted texts that are indented less than their key', () => {
  test.each([
    ["'one\n  two\nthree'", 'one two three'],
    ['"one\n  \\"two\\"\nthree"', 'one "two" three'],
    ["'it''s\n  here'", "it's here"],
  ])('%j is read', (quoted, value) => {
    const text = `Outer:\n    Key: ${quoted}\n    After: x\n`;
    const outer = child(read(text), 'Outer');
    // The indentation stays in it; what matters is that all behind it is read.
    expect(textOf(child(outer, 'Key'))?.replaceAll(/\s+/g, ' ')).toBe(value);
    expect(textOf(child(outer, 'After'))).toBe('x');
  });

  test('nothing moves', () => {
    const text = "Outer:\n    Key: 'one\n  two\r\nthree'\n    After: x\n";
    const outer = child(read(text), 'Outer');
    const { keySpan, value } = entry(outer, 'After')!;
    expect([keySpan.start, value.span.start]).toEqual([text.indexOf('After'), text.indexOf('x\n')]);
    const { span } = child(outer, 'Key')!;
    expect(text.slice(span.start, span.end)).toBe("'one\n  two\r\nthree'");
  });

  test('several are read, though the next one may seem to be worse where one is', () => {
    const policy = '{\n  "Statement": [\n  ]\n  }';
    const [document] = readDocuments(`Outer:\n    A: '{\n    "a": ['\n    B: '${policy}'\n    C: x\n`);
    expect(document?.problems).toEqual([]);
    expect(textOf(child(child(document?.root, 'Outer'), 'C'))).toBe('x');
  });

  test('a quote that is never closed takes nothing with it that stands before', () => {
    const [document] = readDocuments("A: x\nB:\n  C: 'never closed\nD: y\n");
    expect(document?.problems.length).toBeGreaterThan(0);
    expect(child(document?.root, 'A')).toMatchObject({ text: 'x' });
  });
});

test('a key that stands twice is there twice, and the last counts', () => {
  const root = read('A: 1\nB: 2\nA: 3\n');
  expect(entriesOf(root).map(({ name }) => name)).toEqual(['A', 'B', 'A']);
  expect(child(root, 'A')).toMatchObject({ text: '3' });
});

test('a sequence may hold pairs, and a mapping may have keys of other kinds', () => {
  expect(data('A: [b: 1, c]\n? [x, y]\n: z\n? d\n: e\n')).toEqual({ A: [{ b: '1' }, 'c'], d: 'e' });
});

test.each(["'x''", '"x\\"'])(
  '%s is a text that is not closed, though its last line ends in a quote',
  (text) => {
    const [document] = readDocuments(`A:\n  B: ${text}\nC: ${text[0]}y${text[0]}\n`);
    expect(document?.problems).toMatchObject([{ message: `Missing closing ${text[0]}quote` }]);
  },
);

describe('a comment below a key and above its value', () => {
  test.each(['# note', '#note', '  #note', ' #note', '#é'])('may be %j', (comment) => {
    expect(data(`A:\n  B:\n${comment}\n    c\n  D: e\nF: g\n`)).toEqual({ A: { B: 'c', D: 'e' }, F: 'g' });
  });

  test('is a line of a block scalar inside of one', () => {
    expect(data('A: |\n  B:\n  #note\n    c\nD: e\n')).toEqual({ A: 'B:\n#note\n  c\n', D: 'e' });
  });
});
