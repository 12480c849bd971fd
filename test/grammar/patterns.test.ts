import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkSync } from 'recheck';
import { describe, expect, test } from 'vitest';
import { logFormatFields } from '../../server/src/aws/log-format-fields.ts';
import { ownGrammars, root, tokenizer } from './grammars.ts';

interface Manifest {
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly firstLine: string }[];
  };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

const manifest = read('package.json') as Manifest;
const firstLine = manifest.contributes.languages[0]?.firstLine ?? '';

/** All regular expressions in a grammar, by where they stand. */
function patternsIn(node: unknown, place: string): [string, string][] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    const isPattern = ['match', 'begin', 'end', 'while'].includes(key) && typeof value === 'string';
    return isPattern ? [[`${place}/${key}`, value]] : patternsIn(value, `${place}/${key}`);
  });
}

// No input can make one of them go back over a line again and again, whatever its length.
test.each([
  ...ownGrammars.flatMap((file) => patternsIn(read(`syntaxes/${file}`), file)),
  ['package.json firstLine', firstLine] as [string, string],
])('%s takes time in proportion to the line', (_, pattern) => {
  const { status, ...rest } = checkSync(pattern, '', { timeout: 30_000 });
  expect(status, JSON.stringify(rest)).toBe('safe');
});

describe('the check of the patterns', () => {
  test.each([String.raw`(a+)+b`, String.raw`\$\{[^}]*\}`])('finds %s', (pattern) => {
    expect(checkSync(pattern, '', { timeout: 30_000 }).status).toBe('vulnerable');
  });
});

test.each([
  ['words without an end', 'a'.repeat(10_000)],
  ['values', '10.0.0.1 '.repeat(1112)],
  ['half addresses', `${'1.'.repeat(5000)} ${':a'.repeat(5000)}`],
  ['fields', 'srcaddr '.repeat(1250)],
  ['half variables', '${srcaddr '.repeat(1000)],
])('a line of 10,000 characters has no more tokens than characters: %s', async (_, line) => {
  const tokens = (await tokenizer('source.flow-log-records'))(line);
  expect(tokens.length).toBeLessThanOrEqual(line.length);
  expect(tokens.map(({ text }) => text).join('')).toBe(line);
});

test('the grammars know every field of a log format', async () => {
  const tokenize = await tokenizer('source.flow-log-records');
  const unknown = logFormatFields.filter(({ name }) => {
    const tokens = tokenize(`${name} srcaddr dstaddr`);
    return (
      tokens.find(({ text }) => text === name)?.scopes.at(-1) !== 'entity.name.tag.field.flow-log-records'
    );
  });
  expect(unknown).toEqual([]);
  const inTemplates = JSON.stringify(read('syntaxes/cloudformation-expressions.tmLanguage.json'));
  expect(
    logFormatFields.filter(
      ({ name }) =>
        !inTemplates.includes(`|${name}|`) &&
        !inTemplates.includes(`|${name})`) &&
        !inTemplates.includes(`(${name}|`),
    ),
  ).toEqual([]);
});

describe('a file is taken for flow log records by its first line', () => {
  const pattern = new RegExp(firstLine);

  test.each([
    'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
    'srcaddr dstaddr bytes',
    '${version} ${vpc-id} ${srcaddr} ${dstaddr}',
    '2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK',
  ])('%s', (line) => {
    expect(line).toMatch(pattern);
  });

  test.each([
    '',
    'version action start end',
    'the interface-id of this machine is unknown',
    '2024-01-01 INFO starting srcaddr dstaddr',
    'srcaddr,dstaddr,bytes',
    '2 123456789010 something else',
    'version: 2',
  ])('but not: %s', (line) => {
    expect(line).not.toMatch(pattern);
  });
});
