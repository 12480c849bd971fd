import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { findingCodes, severitySettings, standards } from '../../server/src/coverage/policy.ts';
import { readProjectFile } from '../../server/src/workspace/project-file.ts';

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const root = path.join(import.meta.dirname, '../..');

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

const schema = readJson('schemas/project-file.schema.json') as Schema;
const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
ajv.addVocabulary(['enumDescriptions']);
const accepts = ajv.compile(schema);

/** Every schema in it, with the keys that lead there. */
function* schemasIn(one: Schema, at: readonly string[] = []): Generator<readonly [string[], Schema]> {
  yield [[...at], one];
  for (const [key, inner] of Object.entries(one.properties ?? {})) yield* schemasIn(inner, [...at, key]);
}

/** A project file that says just that. */
function fileSaying(at: readonly string[], value: unknown): unknown {
  return at.reduceRight((inner, key) => ({ [key]: inner }), value);
}

/** What patterns and words that are reserved are made of. */
const pieces = fc.constantFrom(
  ...[
    [
      '',
      ' ',
      '  ',
      '/',
      '//',
      '.',
      './',
      '../',
      '!',
      '*',
      '**',
      '**/',
      '#',
      '-',
      '_',
      ':',
      ',',
      '=',
      '+',
      '@',
    ],
    ['a', 'Z', '0', 'é', '😀', '\n', 'aws', 'aws/', 'aws:', 'AWS:', 'AWSLogs', 'AWSLogs/', '/AWSLogs', '-cn'],
    ['${', '}', '${vpc-id}', ' ${vpc-id}', 'x'.repeat(64)],
  ].flat(),
);

/** Values on the border between right and wrong, of which the tests make more by small edits. */
const borders: Readonly<Record<string, readonly string[]>> = {
  ignore: [
    'examples/',
    'a/**/b/**/*.yaml',
    '**/a/**/*b*/**',
    '**/a/**/b/**/c/**',
    ' ',
    './a',
    '../a',
    '!a',
    '!./a',
    '!../a',
    '.a/',
  ],
  logFormat: ['${version} ${vpc-id}', '${version}', '${instance-tag-2}   ${action}'],
  logGroupNamePrefix: ['/vpc/flow-logs/', 'aws/vpc', '/aws/vpc', 'x'.repeat(450), 'x'.repeat(451)],
  deliverLogsPermissionArn: [
    'arn:aws:iam::111122223333:role/flow-logs',
    'arn:aws-cn:iam::111122223333:role/a/b@c',
    'arn:aws:iam::111122223333:role/',
  ],
  bucketArn: [
    'arn:aws:s3:::amzn-s3-demo-bucket',
    'arn:aws:s3:::abc',
    'arn:aws:s3:::ab',
    `arn:aws-iso-b:s3:::${'x'.repeat(255)}`,
  ],
  prefix: ['network/flow-logs', 'AWSLogs', 'vpc/AWSLogs/a', 'vpc/AWSLogs', 'AWSLogs/', 'vpc/'],
  deliveryStreamArn: [
    'arn:aws:firehose:us-east-1:111122223333:deliverystream/flow-logs',
    `arn:aws-cn:firehose:cn-north-1:111122223333:deliverystream/${'x'.repeat(64)}`,
  ],
  tags: ['team', 'aws:x', 'AWS:x', '', 'x'.repeat(128), '😀'.repeat(128), '😀'.repeat(129)],
};
const tagValues = ['', 'aws:x', 'x'.repeat(256), '😀'.repeat(256), '😀'.repeat(257)];

const scalar: fc.Arbitrary<unknown> = fc.oneof(
  pieces,
  fc.string({ maxLength: 5 }),
  fc.constantFrom<unknown[]>(...severitySettings, ...standards, 'ALL', 'REJECT', 's3', 'parquet'),
  fc.constantFrom<unknown[]>('yes', 'no', 'on', 'y', 'True', 'null', '~', '0x3C', '60', '6e1', '1_000'),
  fc.constantFrom<unknown[]>(60, 600, 90, 0, -1, 1.5, true, false, null),
);
const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('a', 's3', 'prefix'), scalar, { maxKeys: 2 }) },
);

/** One of the texts, as it is or with one place edited. */
function near(texts: readonly string[]): fc.Arbitrary<string> {
  const edit = fc.record({ at: fc.nat(400), deleted: fc.nat(2), piece: pieces });
  return fc.tuple(fc.constantFrom(...texts), fc.option(edit)).map(([whole, change]) => {
    if (change === null) return whole;
    const at = change.at % (whole.length + 1);
    return whole.slice(0, at) + change.piece + whole.slice(at + change.deleted);
  });
}

/** Something for a key that has no keys in it: most often of its kind, now and then not. */
function valueFor(key: string, one: Schema): fc.Arbitrary<unknown> {
  const border = borders[key] ?? [];
  const ofItsKind = (): fc.Arbitrary<unknown> => {
    if (key === 'ignore') return fc.array(near(border), { minLength: 1, maxLength: 2 });
    if (key === 'tags') {
      const tagKey = near(border).filter((name) => name !== '__proto__');
      return fc.dictionary(tagKey, near(tagValues), { minKeys: 1, maxKeys: 2 });
    }
    if (border.length > 0) return near(border);
    const choices = one.type === 'boolean' ? [true, false] : (one.enum ?? severitySettings);
    return fc.oneof(fc.constantFrom(...choices), near(choices.map(String)));
  };
  return fc.oneof({ weight: 4, arbitrary: ofItsKind() }, { weight: 1, arbitrary: anything });
}

/** Ways to write a file; what it then means is for a reader of YAML 1.2 to say. */
const writers: readonly ((value: unknown) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => stringify(value),
  (value) => stringify(value, { defaultStringType: 'QUOTE_SINGLE' }),
  (value) => stringify(value, { defaultStringType: 'BLOCK_FOLDED', defaultKeyType: 'PLAIN' }),
  (value) => stringify(value, { collectionStyle: 'flow', version: '1.1' }),
];

const leaves = [...schemasIn(schema)].filter(([, { properties }]) => properties === undefined);

/** A file with one key, so that one mistake decides. */
const fileOfOneKey = fc
  .constantFrom(...leaves)
  .chain(([at, one]) => valueFor(at.at(-1) ?? '', one).map((value) => fileSaying(at, value)));

/** A file of any shape. */
function fileOfManyKeys(key: string, one: Schema): fc.Arbitrary<unknown> {
  if (one.properties === undefined) return valueFor(key, one);
  const known = Object.entries(one.properties).map(([name, inner]) =>
    fileOfManyKeys(name, inner).map((value): [string, unknown] => [name, value]),
  );
  const unknownKey = fc.tuple(fc.constantFrom('a', 'tag', 'constructor', 'Standard'), anything);
  const entry = fc.oneof({ weight: 20, arbitrary: fc.oneof(...known) }, { weight: 1, arbitrary: unknownKey });
  const mapping = fc.array(entry, { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
  return fc.oneof({ weight: 20, arbitrary: mapping }, { weight: 1, arbitrary: anything });
}

describe('the JSON schema of the project file', () => {
  test.each([
    { title: 'one key', file: fileOfOneKey, numRuns: 5000 },
    { title: 'any keys', file: fileOfManyKeys('', schema), numRuns: 1000 },
  ])(
    'finds wrong what the reader finds wrong in a file of $title',
    { timeout: 60_000 },
    ({ file, numRuns }) => {
      const found = { right: 0, wrong: 0 };
      fc.assert(
        fc.property(file, fc.constantFrom(...writers), (value, write) => {
          const written = write(value);
          const document = parseDocument(written);
          // Now and then what the library writes is no YAML.
          fc.pre(document.errors.length === 0);
          const meant: unknown = document.toJS();
          const isRight = accepts(meant);
          found[isRight ? 'right' : 'wrong'] += 1;
          const { problems } = readProjectFile(written);
          // A file that says nothing is right for the reader alone.
          if (meant === null) expect(problems).toEqual([]);
          else expect({ written, isRight: problems.length === 0 }).toEqual({ written, isRight });
        }),
        { numRuns },
      );
      expect(Math.min(found.right, found.wrong)).toBeGreaterThan(numRuns / 5);
    },
  );

  test('takes the same keys', () => {
    for (const [at] of schemasIn(schema)) {
      const known = readProjectFile(JSON.stringify(fileSaying(at, 'no value that any key takes'))).problems;
      expect(known.filter(({ message }) => message.startsWith('Unknown key'))).toEqual([]);
      const misspelt = readProjectFile(JSON.stringify(fileSaying([...at, 'nonsense'], {}))).problems;
      expect(misspelt).not.toEqual([]);
    }
  });

  test('has the codes, severities and standards', () => {
    expect(Object.keys(schema.properties?.['severities']?.properties ?? {})).toEqual(findingCodes);
    expect(schema.definitions?.['severity']?.enum).toEqual(severitySettings);
    expect(schema.properties?.['standard']?.enum).toEqual(standards);
  });

  test('describes every key and every choice, with defaults and examples that are right', () => {
    for (const [at, one] of [...schemasIn(schema), ...schemasIn(schema.definitions?.['severity'] ?? {})]) {
      if (at.length > 0) expect(one.description, at.join('.')).toMatch(/\.$/);
      const isNumbered = at.at(-1) === 'retentionInDays';
      if (one.enum && !isNumbered) expect(one.enumDescriptions, at.join('.')).toHaveLength(one.enum.length);
      for (const value of [...(one.examples ?? []), ...(one.default === undefined ? [] : [one.default])]) {
        expect(accepts(fileSaying(at, value)), `${at.join('.')}: ${JSON.stringify(value)}`).toBe(true);
      }
    }
  });
});

describe('the manifest', () => {
  const { contributes } = readJson('package.json') as {
    readonly contributes: {
      readonly configuration: readonly { readonly properties: Readonly<Record<string, Schema>> }[];
      readonly yamlValidation: readonly { readonly fileMatch: readonly string[]; readonly url: string }[];
    };
  };
  const settings: Readonly<Record<string, Schema>> = Object.assign(
    {},
    ...contributes.configuration.map(({ properties }) => properties),
  );

  test('has the schema for both names of the file', () => {
    expect(contributes.yamlValidation).toEqual([
      {
        fileMatch: ['.flow-log-guard.yaml', '.flow-log-guard.yml'],
        url: './schemas/project-file.schema.json',
      },
    ]);
  });

  test('has a severity for every code, and the standards', () => {
    const severities = settings['flowLogGuard.severity']?.properties ?? {};
    expect(Object.keys(severities)).toEqual(findingCodes);
    for (const setting of Object.values(severities)) expect(setting.enum).toEqual(severitySettings);
    expect(settings['flowLogGuard.standard']?.enum).toEqual(standards);
  });
});
