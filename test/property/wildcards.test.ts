import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Letter } from '../../server/src/coverage/policies/symbolic-text.ts';
import { mayMatch, surelyMatches } from '../../server/src/coverage/policies/wildcards.ts';

/** The same matching by the regular expression that the pattern stands for. */
function matchesByExpression(pattern: string, text: string): boolean {
  const expression = Array.from(pattern, (character) => {
    if (character === '*') return '.*';
    return character === '?' ? '.' : `\\u{${character.codePointAt(0)!.toString(16)}}`;
  });
  return new RegExp(`^(?:${expression.join('')})$`, 'su').test(text);
}

const letters = (text: string): readonly Letter[] => Array.from(text);

const literal = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 8 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 8 });
const kinds = { any: ['', 'a', ':b'], segment: ['a', 'ba'], generated: ['a', 'bb'] } as const;
const unknown = fc.record({
  key: fc.constantFrom('first', 'second'),
  kind: fc.constantFrom('any', 'segment', 'generated'),
} as const);
const symbolic = fc.array(fc.oneof(fc.constantFrom<Letter>('a', 'b', ':'), unknown), { maxLength: 6 });

/** Puts a text in the place of every unknown part; the same for the same key. */
function fill(text: readonly Letter[], chosen: ReadonlyMap<string, string>): string {
  return text.map((letter) => (typeof letter === 'string' ? letter : chosen.get(letter.key))).join('');
}

test('without unknown parts both are what the pattern says', () => {
  fc.assert(
    fc.property(pattern, literal, (wanted, text) => {
      const expected = matchesByExpression(wanted, text);
      expect(mayMatch(letters(wanted), letters(text))).toBe(expected);
      expect(surelyMatches(letters(wanted), letters(text))).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

test('whatever the unknown parts are, a sure match matches and an impossible one does not', () => {
  fc.assert(
    fc.property(pattern, symbolic, fc.nat(), fc.nat(), (wanted, text, first, second) => {
      // One key stands for one part, so it has one kind.
      const kindOf = new Map(
        text.flatMap((letter) => (typeof letter === 'object' ? [[letter.key, letter.kind] as const] : [])),
      );
      const same = text.map((letter) =>
        typeof letter === 'object' ? { ...letter, kind: kindOf.get(letter.key)! } : letter,
      );
      const choose = (key: string, choice: number): string => {
        const values = kinds[kindOf.get(key) ?? 'any'];
        return values[choice % values.length]!;
      };
      const chosen = new Map([
        ['first', choose('first', first)],
        ['second', choose('second', second)],
      ]);
      const matches = matchesByExpression(wanted, fill(same, chosen));
      expect({
        isSurelyWrong: surelyMatches(letters(wanted), same) && !matches,
        isWronglyImpossible: matches && !mayMatch(letters(wanted), same),
      }).toEqual({ isSurelyWrong: false, isWronglyImpossible: false });
    }),
    { numRuns: 5000 },
  );
});

test.each<[string, readonly Letter[], readonly Letter[], boolean]>([
  ['a name has no colon', letters('a:b'), [{ key: 'name', kind: 'segment' }], false],
  ['a name is not empty', letters('ab'), ['a', { key: 'name', kind: 'segment' }, 'b'], false],
  ['a parameter may be anything', letters('a:b'), [{ key: 'p', kind: 'any' }], true],
  [
    'a generated name is another than that of another resource',
    [{ key: 'one', kind: 'generated' }],
    [{ key: 'two', kind: 'generated' }],
    false,
  ],
  [
    'what is a name in the text is one in the pattern',
    [{ key: 'p', kind: 'any' }],
    [{ key: 'p', kind: 'segment' }, ':'],
    false,
  ],
])('%s', (_, wanted, text, expected) => {
  expect(mayMatch(wanted, text)).toBe(expected);
});

test('long texts are compared, too', () => {
  const long = letters(`${'a*'.repeat(1000)}b`);
  expect(surelyMatches(long, letters('a'.repeat(2000)))).toBe(false);
  expect(mayMatch(long, letters('a'.repeat(2000)))).toBe(false);
});
