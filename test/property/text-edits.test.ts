import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits, composeEdits, type Piece, type TextEdit } from '../../server/src/fixes/writer/edits.ts';

const pieces: fc.Arbitrary<Piece[]> = fc.array(
  fc.oneof(
    fc.stringMatching(/^[a-z]{0,3}$/),
    fc.record({ index: fc.nat(2), text: fc.stringMatching(/^[A-Z]{0,3}$/) }),
  ),
  { maxLength: 3 },
);

/** Edits of a text of some length, in order and apart. */
function editsOf(length: number): fc.Arbitrary<TextEdit[]> {
  return fc
    .tuple(fc.array(fc.nat(length), { maxLength: 6 }), fc.array(pieces, { minLength: 6, maxLength: 6 }))
    .map(([offsets, texts]) => {
      const sorted = offsets.toSorted((a, b) => a - b);
      return sorted.flatMap((start, index) =>
        index % 2 === 0 ? [{ span: { start, end: sorted[index + 1] ?? start }, newText: texts[index]! }] : [],
      );
    });
}

test('edits one after the other and composed lead to the same text', () => {
  const original = '0123456789';
  fc.assert(
    fc.property(
      editsOf(original.length).chain((first) =>
        fc.tuple(fc.constant(first), editsOf(applyEdits(original, first).length)),
      ),
      ([first, second]) => {
        const between = applyEdits(original, first);
        expect(applyEdits(original, composeEdits(first, second))).toBe(applyEdits(between, second));
      },
    ),
    { numRuns: 2000 },
  );
});
