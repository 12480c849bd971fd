import { describe, expect, test } from 'vitest';
import {
  applyEdits,
  composeEdits,
  hasTabStops,
  plainText,
  snippetText,
  type Piece,
  type TextEdit,
} from '../../server/src/fixes/writer/edits.ts';

function replace(start: number, end: number, ...newText: readonly Piece[]): TextEdit {
  return { span: { start, end }, newText };
}

describe('applyEdits', () => {
  test('inserts, replaces and deletes', () => {
    const edits = [replace(0, 0, '>'), replace(1, 2, 'B'), replace(3, 4), replace(4, 4, '<')];
    expect(applyEdits('abcd', edits)).toBe('>aBc<');
  });

  test('puts texts of one place in the order given', () => {
    expect(applyEdits('ab', [replace(1, 1, '1'), replace(1, 1, '2')])).toBe('a12b');
  });

  test.each([
    ['overlapping', [replace(0, 2, 'x'), replace(1, 3, 'y')]],
    ['out of order', [replace(2, 2, 'x'), replace(1, 1, 'y')]],
    ['backwards', [replace(2, 1, 'x')]],
    ['beyond the text', [replace(4, 5, 'x')]],
  ])('refuses edits that are %s', (_, edits) => {
    expect(() => applyEdits('abcd', edits)).toThrow(RangeError);
  });
});

describe('tab stops', () => {
  const pieces: readonly Piece[] = ['cost: $5 {a\\b} ', { index: 1, text: 'why }' }];

  test('are their text where there are no snippets', () => {
    expect(plainText(pieces)).toBe('cost: $5 {a\\b} why }');
  });

  test('are escaped as LSP wants it where there are', () => {
    expect(snippetText(pieces)).toBe(String.raw`cost: \$5 {a\\b\} ${'${1:why \\}}'}`);
  });

  test('are told from plain edits', () => {
    expect(hasTabStops([replace(0, 0, 'a')])).toBe(false);
    expect(hasTabStops([replace(0, 0, 'a'), replace(1, 1, ...pieces)])).toBe(true);
  });
});

describe('composeEdits', () => {
  test('keeps tab stops of both', () => {
    const stop = { index: 1, text: 'x' };
    const composed = composeEdits(
      [replace(1, 1, 'new ', stop)],
      [replace(3, 4, '-', { index: 2, text: 'y' })],
    );
    expect(composed).toEqual([replace(1, 1, 'ne', '-', { index: 2, text: 'y' }, ' ', stop)]);
  });

  test('makes a tab stop that is cut plain text', () => {
    const composed = composeEdits([replace(0, 0, { index: 1, text: 'abc' })], [replace(1, 2, 'B')]);
    expect(composed.map(({ newText }) => newText)).toEqual([['a', 'B', 'c']]);
  });

  test('leaves nothing of what is inserted and deleted again', () => {
    expect(composeEdits([replace(2, 2, 'abc')], [replace(2, 5)])).toEqual([]);
  });
});
