import { describe, expect, test } from 'vitest';
import { longList, MOST_ITEMS } from '../../../client/src/ui/long-list.ts';

const choices = Array.from({ length: 2000 }, (_, index) => ({
  label: `shop-${index}`,
  description: index % 2 === 0 ? 'no flow log · eu-central-1' : 'logged · us-east-1',
  detail: `vpc-${index} · 10.0.0.0/16`,
  value: index,
}));
const search = longList(choices);

describe('a list that is too long to be shown', () => {
  test('shows its beginning, and tells how many are left out', () => {
    const { shown, hidden } = search('');
    expect(shown).toEqual(choices.slice(0, MOST_ITEMS));
    expect(hidden).toBe(choices.length - MOST_ITEMS);
  });

  test.for([
    ['vpc-1999', [1999]],
    ['SHOP-1999 us-east', [1999]],
    [' us-east shop-1999 ', [1999]],
    ['shop-1999 eu-central', []],
  ] as const)('is searched as a whole: %s', ([typed, values]) => {
    expect(search(typed).shown.map(({ value }) => value)).toEqual(values);
  });
});
