import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { plainText } from '../../server/src/fixes/writer/edits.ts';
import { yamlString, type ScalarPlace } from '../../server/src/fixes/writer/scalars.ts';

const plain = { customary: 'none', needed: 'single' } as const;

function written(text: string, place: ScalarPlace = 'block'): string {
  return plainText(yamlString([text], place, plain));
}

describe('strings that need no quotes', () => {
  test.each([
    'AWS::EC2::FlowLog',
    'vpc-flow-logs.amazonaws.com',
    's3:PutObject',
    'arn:aws:s3:::bucket/*',
    '${version} ${account-id}',
    '10.0.0.0/16',
    'a#b',
    'yes please',
    '2012-10-17-draft',
    'Häuser in 東京',
  ])('%s', (text) => {
    expect(written(text)).toBe(text);
  });
});

describe('strings that need quotes', () => {
  test.each([
    ['a version', '2012-10-17'],
    ['a date with time', '2012-10-17T10:00:00Z'],
    ['an account id', '123456789012'],
    ['one that begins with a zero', '012345678901'],
    ['a number', '600'],
    ['a fraction', '1.5'],
    ['an exponent', '1e3'],
    ['hexadecimal', '0x1F'],
    ['minutes and seconds', '1:30'],
    ['a sign', '-1'],
    ['yes', 'yes'],
    ['No', 'No'],
    ['ON', 'ON'],
    ['a single y', 'y'],
    ['true', 'true'],
    ['null', 'null'],
    ['a tilde', '~'],
    ['nothing', ''],
    ['a star', '*'],
    ['an at', '@here'],
    ['an ampersand', '&a'],
    ['an exclamation mark', '!Ref'],
    ['a percent sign', '%a'],
    ['a backtick', '`a`'],
    ['a dynamic reference', '{{resolve:ssm:/a}}'],
    ['a list', '[a]'],
    ['a dash with a space', '- a'],
    ['a question mark with a space', '? a'],
    ['a colon with a space', 'a: b'],
    ['a colon at the end', 'a:'],
    ['a comment', 'a #b'],
    ['a comment at the start', '#b'],
    ['a quote at the start', "'a'"],
    ['a double quote at the start', '"a"'],
    ['spaces around', ' a '],
    ['a merge key', '<<'],
    ['an equals sign', '='],
    ['three dashes', '---'],
    ['infinity', '.inf'],
  ])('%s', (_, text) => {
    const yaml = written(text);
    expect(yaml).toMatch(/^(?:'.*'|".*")$/);
    expect(parse(yaml, { version: '1.1' })).toBe(text);
    expect(parse(yaml, { version: '1.2' })).toBe(text);
  });

  test.each([
    ['a bracket', 'a[0]'],
    ['a comma', 'a,b'],
    ['a brace', '${A}'],
  ])('%s in flow style', (_, text) => {
    expect(written(text)).toBe(text);
    expect(written(text, 'flow')).toBe(`'${text}'`);
  });

  test('a colon in flow style, unless the template has it so', () => {
    expect(written('s3:PutObject', 'cautious-flow')).toBe("'s3:PutObject'");
    expect(written('s3:PutObject', 'flow')).toBe('s3:PutObject');
  });
});

describe('the quotes', () => {
  test.each([
    ['single', "it's", '"it\'s"'],
    ['double', 'say "a"', `'say "a"'`],
    ['single', `it's "a"`, `'it''s "a"'`],
    ['double', `it's "a"`, String.raw`"it's \"a\""`],
    ['single', 'a\tb', String.raw`"a\tb"`],
    ['single', 'a\u2028b', String.raw`"a\u2028b"`],
  ] as const)('%s quotes around %j', (customary, text, yaml) => {
    expect(plainText(yamlString([text], 'block', { customary, needed: 'single' }))).toBe(yaml);
    expect(parse(yaml)).toBe(text);
  });

  test('always stand around what is typed over', () => {
    expect(yamlString([{ index: 1, text: 'why' }], 'block', plain)).toEqual([
      "'",
      { index: 1, text: 'why' },
      "'",
    ]);
  });
});
