import fc from 'fast-check';
import { expect, test } from 'vitest';
import { YamlConverter } from '../../server/src/template/yaml/convert.ts';
import { parseYaml } from '../../server/src/template/yaml/parse.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { spansFrom } from '../../server/src/template/syntax.ts';

/**
 * A long document is composed and converted some entries at a time. What comes out must be what comes out at one go,
 * whatever is wrong with the document.
 *
 * EDITS=10000 draws more than the usual run.
 */

const values = fc.constantFrom(
  'x',
  '!Ref Vpc',
  '!Foo',
  '*shared',
  '&shared x',
  '&shared { a: b }',
  '"a b"',
  "'open",
  '[1, *shared]',
  '{ <<: *shared, c: d }',
  '{ a: [b, c], d: { e: f, g: h } }',
  '[[a, b], { c: d, e: [f] }, "g"]',
  '[a: b, !Ref c, ? d]',
  '# a comment',
  '|\n        text\n        more',
  '',
);

const keys = fc.constantFrom('A', 'B', '"C d"', '&key D', '*key', '<<', '? E\n ', '!tag F', 'Fn::If');

const items = fc
  .array(
    fc.oneof(
      values,
      fc.tuple(keys, values).map(([key, value]) => `${key}: ${value}`),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((drawn) => drawn.map((item) => `    - ${item}\n`).join(''));

const members = fc
  .array(fc.tuple(keys, values), { minLength: 1, maxLength: 3 })
  .map((drawn) => drawn.map(([key, value]) => `    ${key}: ${value}\n`).join(''));

const entries = fc.array(
  fc
    .tuple(
      keys,
      fc.oneof(
        values.map((value) => ` ${value}\n`),
        items.map((held) => `\n${held}`),
        members.map((held) => `\n${held}`),
      ),
    )
    .map(([key, held]) => `  ${key}:${held}`),
  { maxLength: 5 },
);

const blockSections = fc
  .array(
    fc
      .tuple(keys, fc.constantFrom('', ' &section', ' !Tag', ' !!map', ' # said'), entries, values)
      .map(([key, props, held, value]) =>
        held.length > 0 ? `${key}:${props}\n${held.join('')}` : `${key}: ${value}\n`,
      ),
    { minLength: 1, maxLength: 4 },
  )
  .map((sections) => sections.join(''));

const flowSections = fc
  .array(
    fc.tuple(
      keys,
      fc.array(fc.tuple(keys, values), { maxLength: 4 }),
      fc.constantFrom(', ', ',\n', ' ', ',,'),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map(
    (sections) =>
      `{${sections.map(([key, held, mark]) => `${key}: {${held.map(([name, value]) => `${name}: ${value}`).join(mark)}}`).join(', ')}}\n`,
  );

const documents = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.constantFrom('', '---\n', '--- &root\n', '--- !Root\n', '# first\n'),
        fc.oneof(blockSections, flowSections),
      ),
      { minLength: 1, maxLength: 2 },
    ),
    fc.constantFrom('', '', '...\n', '%YAML 1.2\n---\n', '# end\n'),
  )
  .map(([parts, end]) => parts.map(([start, body]) => start + body).join('---\n') + end);

const edits = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.integer({ min: 0, max: 2 }),
  added: fc.constantFrom('', '', ...Array.from('\'"{}[]:,#-&*!|>?%@ \t\n'), '  ', ': '),
});

test.each([1, 2, 3])('%i entries at a time come to what all at one go do', (entriesAStep) => {
  fc.assert(
    fc.property(documents, fc.array(edits, { maxLength: 3 }), (document, made) => {
      const text = made.reduce(edited, document);
      expect(said(text, entriesAStep)).toEqual(said(text, Infinity));
    }),
    { numRuns: Number(process.env['EDITS'] ?? 1500) },
  );
});

function edited(
  text: string,
  { at, removed, added }: { at: number; removed: number; added: string },
): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + added + text.slice(start + removed);
}

function said(text: string, entriesAStep: number): unknown {
  const { documents: parsed, comments } = toEnd(parseYaml(text, entriesAStep));
  const read = parsed.map(({ contents, errors, range }) => {
    const converter = new YamlConverter(text, spansFrom(0));
    return {
      root:
        contents &&
        (entriesAStep === Infinity
          ? converter.convert(contents)
          : toEnd(converter.convertInSteps(contents, 0))),
      mistakes: errors.map(({ message, pos }) => `${pos.join('-')}: ${message}`).toSorted(),
      range,
    };
  });
  return { read, comments };
}
