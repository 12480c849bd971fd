import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readStrictJson } from '../../server/src/template/pieces/read-strict-json.ts';
import { readJson } from '../../server/src/template/read-json.ts';
import { entriesOf, type SpanMaker, type SyntaxNode } from '../../server/src/template/syntax.ts';

const spanAt: SpanMaker = (start, end) => ({ start, end });

/** What the parser says of an entry, which is no JSON by itself. */
function readByParser(text: string): SyntaxNode | undefined {
  const { root } = readJson(`{${text}}`, (start, end) => spanAt(start - 1, end - 1));
  return entriesOf(root)[0]?.value;
}

const keys = fc.oneof(fc.constantFrom('Type', 'Fn::Sub', 'a"b', '', '__proto__'), fc.string());
const strings = fc.oneof(
  fc.constantFrom('AWS::EC2::VPC', 'line\nline', 'quote " and \\', 'umläut 🎉'),
  fc.string({ unit: 'binary' }),
);
const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    strings,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(null, true, false, 0, -1, 1e30),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
  ),
}));

test('an entry of strict JSON says what the parser says that it says', () => {
  const layouts = fc.constantFrom('', '  ', '\t');
  fc.assert(
    fc.property(keys, values, layouts, fc.boolean(), (key, value, indentation, isCrlf) => {
      const written = `${JSON.stringify(key)}: ${JSON.stringify(value, undefined, indentation)}`;
      const text = isCrlf ? written.replaceAll('\n', '\r\n') : written;
      expect(readStrictJson(text, spanAt)).toEqual(readByParser(text));
    }),
    { numRuns: Number(process.env['EDITS'] ?? 1200) },
  );
});

test.each([
  ['a comment', '"A": /* b */ {}'],
  ['a comma too many', '"A": [1, ]'],
  ['a comma too few', '"A": [1 2]'],
  ['a bracket too few', '"A": {"b": [1]'],
  ['a string that is open', '"A": "b'],
  ['two entries', '"A": 1, "B": 2'],
  ['no colon', '"A" 1'],
  ['nothing', ''],
  ['another word', '"A": yes'],
  ['a number that is none', '"A": 01'],
  ['an escape that is none', String.raw`"A": "\q"`],
  ['a tab in a string', '"A": "\t"'],
])('%s is left to the parser', (_, text) => {
  expect(readStrictJson(text, spanAt)).toBeUndefined();
});
