import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSimpleLines } from '../../server/src/template/pieces/read-simple-lines.ts';
import { recognise } from '../../server/src/template/pieces/simple-lines.ts';
import { readYamlPiece } from '../../server/src/template/yaml/read-yaml.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { entriesOf, factsIn, type SpanMaker } from '../../server/src/template/syntax.ts';

/**
 * Lines that are recognised as simple are read without the parser. What they say, and where, must be what the parser
 * says. Most that are drawn are not recognised and prove nothing; the tests count what is left.
 *
 * EDITS=10000 draws more than the usual run.
 */

const scalars = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'AWS::EC2::VPC',
      '10.0.0.0/16',
      'a b  c',
      'x#y',
      'ends ',
      'ends\u00A0',
      'a: b',
      'a:b',
    ),
  },
  fc.constantFrom('yes', 'No', 'on', 'OFF', 'y', 'n', 'True', 'FALSE', 'null', '~', 'Null', 'nUll', 'tRue'),
  fc.constantFrom(
    '0123',
    '1_000',
    '1.50',
    '.5',
    '0x1F',
    '-1',
    '2010-09-09',
    '1:30',
    '1e3',
    '+7',
    '(a)',
    '^a$',
  ),
  fc.constantFrom(
    '"a"',
    '"a \\" b"',
    String.raw`"\u0041\n\0\/\\"`,
    '"a: # b"',
    "'it''s'",
    "'# no'",
    '""',
    "''",
  ),
  fc.constantFrom(
    '[]',
    '{}',
    '[a, b]',
    '[ a , "b", \'c\' ]',
    '{a: b}',
    '{ Ref: Vpc, "x y": [1, ~] }',
    '[a,]',
  ),
  fc.constantFrom('[!Ref a, !Sub "b"]', '{a: !GetAtt b.c}', '[[a], [b, {c: d}]]', '[a b]', '[a: b]', '{a}'),
);

const tags = fc.constantFrom('', '', '', '!Ref ', '!Sub ', '!GetAtt ', '!Condition ');
const keys = fc.constantFrom(
  'Type',
  'a',
  'b-c',
  'x.y',
  'AWS::Region',
  'a&b',
  '"q k"',
  "'s'",
  'yes',
  'null',
  '12',
  'n ',
);
const blockMarks = fc.constantFrom('|', '|-', '>', '>-', '|+', '| # said');
const lineEnds = fc.constantFrom('', '', '', ' ', ' # said', '  # more: said');
const columns = fc.constantFrom(2, 4, 4, 6, 6, 8, 8, 10, 12);

const lines = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(keys, tags, scalars, lineEnds)
      .map(([key, tag, scalar, end]) => `${key}: ${tag}${scalar}${end}`),
  },
  { weight: 5, arbitrary: fc.tuple(keys, lineEnds).map(([key, end]) => `${key}:${end}`) },
  { weight: 2, arbitrary: fc.tuple(keys, tags).map(([key, tag]) => `${key}: ${tag}`) },
  {
    weight: 2,
    arbitrary: fc.tuple(keys, tags, blockMarks).map(([key, tag, mark]) => `${key}: ${tag}${mark}`),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(tags, scalars, lineEnds).map(([tag, scalar, end]) => `- ${tag}${scalar}${end}`),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(keys, tags, scalars).map(([key, tag, scalar]) => `- ${key}: ${tag}${scalar}`),
  },
  fc.constantFrom('-', '- - a', '- - a: b', '-   a: b', '- !Sub', '- |', '- a:'),
  fc.tuple(tags, scalars).map(([tag, scalar]) => `${tag}${scalar}`),
  { weight: 2, arbitrary: fc.constantFrom('# said', '#', '', '', '  ') },
);

/** Deeper and back, as people indent: a line stands where one before it did, or a step further to the right. */
const pieces = fc
  .tuple(
    fc.array(fc.tuple(columns, fc.integer({ min: 0, max: 3 }), lines), { minLength: 1, maxLength: 12 }),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(([drawn, lineEnd, isEnded]) => {
    let column = 2;
    const written = drawn.map(([anywhere, turn, line]) => {
      if (turn === 0) column = anywhere;
      else if (turn === 1) column += 2;
      return ' '.repeat(column) + line;
    });
    return ['  Vpc:', ...written].join(lineEnd) + (isEnded ? lineEnd : '');
  });

/** What stands between the tokens of a collection in brackets. */
const gaps = fc.constantFrom('', '', '', ' ', ' ', '  ', '\n', '\n', '\n\n', ' # said\n', '\n# said\n', '#');
const wordsInFlow = fc.oneof(
  fc.constantFrom(
    'a',
    'b c',
    '10.0.0.0/16',
    'a:b',
    '-1',
    'x-y',
    '~',
    'yes',
    'null',
    '.5',
    '$x',
    "it's",
    'a#b',
    '-',
    '*',
  ),
  fc.constantFrom(
    '"a"',
    '"s3:Get*"',
    '"a, b"',
    '""',
    "''",
    "'it''s'",
    '"a\nb"',
    "'a  \n\n b'",
    String.raw`"\u0041"`,
  ),
);
const tagsInFlow = fc.constantFrom('', '', '', '', '!Ref ', '!GetAZs', '!Sub ', '!If\n', '!Condition ');
const keysInFlow = fc.constantFrom(
  'a: ',
  '"b": ',
  '"b":',
  '"b" : ',
  'Fn::GetAZs: ',
  'yes: ',
  'c:',
  'd:\n',
  "'e': ",
  'f : ',
);
const flow = fc.letrec<{ value: string; untagged: string; items: string; pairs: string }>((tie) => {
  const listOf = (member: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc
      .tuple(gaps, fc.array(fc.tuple(member, gaps, gaps), { maxLength: 3 }), fc.constantFrom('', '', '', ','))
      .map(
        ([gap, members, end]) =>
          gap +
          members
            .map(([one, before, behind]) => one + before + '\0' + behind)
            .join('')
            .replace(/\0(?=[^\0]*$)/, end)
            .replaceAll('\0', ','),
      );
  const value = fc.tuple(tagsInFlow, tie('untagged')).map(([tag, one]) => tag + one);
  const pair = fc.tuple(keysInFlow, value).map(([key, one]) => key + one);
  return {
    untagged: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 3, arbitrary: wordsInFlow },
      { weight: 1, arbitrary: fc.constant('') },
      { weight: 2, arbitrary: tie('items').map((items) => `[${items}]`) },
      { weight: 2, arbitrary: tie('pairs').map((pairs) => `{${pairs}}`) },
    ),
    value,
    items: listOf(fc.oneof({ weight: 5, arbitrary: value }, pair)),
    pairs: listOf(pair),
  };
});
const longTexts = fc
  .tuple(
    fc.constantFrom('', '', '"', "'"),
    fc.array(
      fc.oneof(
        {
          weight: 3,
          arbitrary: fc.constantFrom('a', 'more words', 'x:y', '', '  c ', 'yes', '{', '}', '"a": ['),
        },
        fc.constantFrom(
          'no: text',
          '- b',
          '# said',
          'b # said',
          "''",
          '\\"',
          '[d',
          '!e',
          '&f',
          '*g',
          'h:',
          '|',
          '? i',
          '@',
        ),
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(
    ([quote, texts]) => quote + texts.join('\n').replaceAll(quote === '"' ? /(?<!\\)"/g : '\0', "'") + quote,
  );
const longValues = fc
  .tuple(
    tags,
    fc.oneof(
      flow.items.map((items) => `[${items}]`),
      flow.pairs.map((pairs) => `{${pairs}}`),
      { weight: 2, arbitrary: longTexts },
    ),
    fc.array(fc.constantFrom(8, 8, 8, 8, 8, 10, 6, 4, 3, 2), { minLength: 1, maxLength: 5 }),
  )
  .map(([tag, value, indentations]) => {
    let line = 0;
    return tag + value.replaceAll('\n', () => `\n${' '.repeat(indentations[line++ % indentations.length]!)}`);
  });

/** Values over several lines, wherever a value may stand. */
const longPieces = fc
  .tuple(
    fc.constantFrom(
      '  Vpc: ',
      '  Vpc:\n   ',
      '  Vpc:\n    a: ',
      '  Vpc:\n    Type: ',
      '  Metadata:\n    a: ',
      '  Metadata: ',
      '  Vpc:\n    Metadata: ',
      '  Vpc:\n    Metadata:\n      a: ',
      '  Vpc:\n    - ',
      '  Vpc:\n  - ',
      '  Vpc: !And\n    - ',
      '  Vpc:\n    - a: ',
      '  Vpc:\n    a:\n      ',
      '  Vpc:\n    a: !Sub\n      ',
    ),
    longValues,
    fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      fc.constantFrom('\n    b: c', '\n    - b', '\n  # said', ' # said'),
      fc
        .array(fc.tuple(fc.constantFrom('\n    b: ', '\n    - ', '\n    b:\n      c: '), longValues), {
          minLength: 1,
          maxLength: 3,
        })
        .map((more) => more.flat().join('')),
    ),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([head, value, behind, lineEnd]) => `${head}${value}${behind}\n`.replaceAll('\n', lineEnd));

const spanAt: SpanMaker = (start, end) => ({ start, end });
const runs = 10 * Number(process.env['EDITS'] ?? 1200);

/** Whether it is recognised; then what is told of it must be what the parser tells. */
function isToldRight(text: string): { readonly isRecognised: boolean; readonly isRead: boolean } {
  const simple = recognise(text, 0, 2);
  if (simple?.end !== text.length) return { isRecognised: false, isRead: false };
  const parsed = toEnd(readYamlPiece(text, spanAt));
  const [entry, ...others] = entriesOf(parsed?.root);
  expect(parsed?.problems).toEqual([]);
  expect(others).toEqual([]);
  expect(simple.facts).toEqual(factsIn(entry!.name, entry!.value));
  const value = readSimpleLines(text, spanAt);
  if (value !== undefined) expect(value).toEqual(entry!.value);
  return { isRecognised: true, isRead: value !== undefined };
}

test('simple lines say what the parser says that they say', () => {
  let read = 0;
  fc.assert(
    fc.property(pieces, (text) => {
      if (isToldRight(text).isRead) read += 1;
    }),
    { numRuns: runs },
  );
  expect(read).toBeGreaterThan(100);
});

test('so do values that go on in further lines', () => {
  let read = 0;
  let joined = 0;
  fc.assert(
    fc.property(longPieces, (text) => {
      const { isRecognised, isRead } = isToldRight(text);
      if (isRead) read += 1;
      else if (isRecognised && /["']/.test(text)) joined += 1;
    }),
    { numRuns: runs },
  );
  expect(read / runs).toBeGreaterThan(0.15);
  // Whose lines stand to the left of their key.
  expect(joined / runs).toBeGreaterThan(0.008);
});
