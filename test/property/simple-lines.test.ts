import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSimpleLines } from '../../server/src/template/pieces/read-simple-lines.ts';
import { recognise } from '../../server/src/template/pieces/simple-lines.ts';
import { readYamlPiece } from '../../server/src/template/read-yaml.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { entriesOf, type SpanMaker } from '../../server/src/template/syntax.ts';

/**
 * Lines that are recognised as simple are read without the parser. What they say, and where, must be what the parser
 * says. Most that are drawn are not recognised and prove nothing; a twentieth is left.
 *
 * EDITS=10000 draws more than the usual run.
 */

const scalars = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('AWS::EC2::VPC', '10.0.0.0/16', 'a b  c', 'x#y', 'ends ', 'a: b', 'a:b'),
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

const spanAt: SpanMaker = (start, end) => ({ start, end });

test('simple lines say what the parser says that they say', () => {
  let read = 0;
  fc.assert(
    fc.property(pieces, (text) => {
      if (recognise(text, 0, 2)?.end !== text.length) return;
      const value = readSimpleLines(text, spanAt);
      if (value === undefined) return;
      read += 1;
      expect(value).toEqual(entriesOf(toEnd(readYamlPiece(text, spanAt))?.root)[0]?.value);
    }),
    { numRuns: 10 * Number(process.env['EDITS'] ?? 1200) },
  );
  expect(read).toBeGreaterThan(100);
});
