import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isProjectFile, readProjectFile } from '../../server/src/workspace/project-file.ts';

/** Each problem as the text it points at and what it says. */
function problemsOf(text: string): string[] {
  return readProjectFile(text).problems.map(
    ({ message, span }) => `${text.slice(span.start, span.end)} | ${message}`,
  );
}

describe('a sound project file', () => {
  test('says all that it says', () => {
    const text = `
standard: config-rule
severities:
  vpc-no-flow-log: error
  log-group-no-retention: off
ignore: [examples/, '*.generated.yaml']
flowLog:
  destination: s3
  maxAggregationInterval: 60
  s3: { bucketArn: 'arn:aws-cn:s3:::logs', hiveCompatiblePartitions: true }
  tags: { team: network }
`;
    expect(readProjectFile(text)).toEqual({
      settings: {
        standard: 'config-rule',
        severities: { 'vpc-no-flow-log': 'error', 'log-group-no-retention': 'off' },
        ignore: ['examples/', '*.generated.yaml'],
        flowLog: {
          destination: 's3',
          maxAggregationInterval: 60,
          s3: { bucketArn: 'arn:aws-cn:s3:::logs', hiveCompatiblePartitions: true },
          tags: { team: 'network' },
        },
      },
      problems: [],
    });
  });

  test.each(['', '\n', '# nothing yet\n', '---\n', '{}', '\uFEFF'])('may be empty: %j', (text) => {
    expect(readProjectFile(text)).toEqual({ settings: {}, problems: [] });
  });

  test.each(['off', 'OFF', "'off'", '"off"', '!!str off', '&level off', '|-\n    off'])(
    'says off in any way that YAML 1.2 knows but in capitals: %s',
    (off) => {
      const { settings, problems } = readProjectFile(`severities:\n  vpc-no-flow-log: ${off}\n`);
      expect(settings.severities).toEqual(off === 'OFF' ? {} : { 'vpc-no-flow-log': 'off' });
      expect(problems).toHaveLength(off === 'OFF' ? 1 : 0);
    },
  );

  test('may use anchors, aliases and merge keys', () => {
    const text = `
severities:
  <<: &quiet { vpc-no-flow-log: &level hint, suppression-unused: off }
  vpc-flow-log-unknown: *level
  suppression-unused: *level
`;
    expect(readProjectFile(text)).toEqual({
      settings: {
        severities: {
          'vpc-no-flow-log': 'hint',
          'vpc-flow-log-unknown': 'hint',
          'suppression-unused': 'hint',
        },
      },
      problems: [],
    });
  });

  test('may be JSON, with a byte order mark', () => {
    expect(readProjectFile('\uFEFF{"flowLog": {"maxAggregationInterval": 600}}')).toEqual({
      settings: { flowLog: { maxAggregationInterval: 600 } },
      problems: [],
    });
  });

  test('keeps a tag that is called like what every object has', () => {
    const { settings } = readProjectFile('flowLog: { tags: { __proto__: a, constructor: b } }');
    expect(Object.entries(settings.flowLog?.tags ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  test('is what the documentation shows', () => {
    const page = readFileSync(path.join(import.meta.dirname, '../../docs/project-file.md'), 'utf8');
    const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
    const { settings, problems } = readProjectFile(example);
    expect(problems).toEqual([]);
    expect(Object.keys(settings)).toEqual(['standard', 'severities', 'ignore', 'flowLog']);
  });
});

describe('a mistake', () => {
  test.each([
    ['a list', '- standard', '- standard | The file must be a mapping, not a list'],
    ['a text', 'standard', "standard | The file must be a mapping, not 'standard'"],
    ['a misspelt key', 'severites: {}', "severites | Unknown key 'severites'; did you mean 'severities'?"],
    ['a key that is like no other', 'rules: {}', "rules | Unknown key 'rules'"],
    [
      'a misspelt key further in',
      'flowLog: { s3: { bucketARN: x } }',
      "bucketARN | Unknown key 'bucketARN' in flowLog.s3; did you mean 'bucketArn'?",
    ],
    [
      'a misspelt code',
      'severities: { vpc-no-flowlog: off }',
      "vpc-no-flowlog | Unknown key 'vpc-no-flowlog' in severities; did you mean 'vpc-no-flow-log'?",
    ],
    ['a key that every object has', 'constructor: x', "constructor | Unknown key 'constructor'"],
    [
      'a misspelt severity',
      'severities: { vpc-no-flow-log: Warning }',
      "Warning | severities.vpc-no-flow-log must be error, warning, information, hint or off, not 'Warning'; did you mean warning?",
    ],
    [
      'a severity that is a boolean',
      'severities: { vpc-no-flow-log: false }',
      'false | severities.vpc-no-flow-log must be error, warning, information, hint or off, not false',
    ],
    ['a standard', 'standard: cis', "cis | standard must be ec2.6 or config-rule, not 'cis'"],
    ['a key without a value', 'standard:', 'standard | standard must be ec2.6 or config-rule, not nothing'],
    ['a section without anything', 'flowLog:\n', 'flowLog | flowLog must be a mapping, not nothing'],
    ['a section that is a list', 'severities: []', '[] | severities must be a mapping, not a list'],
    ['a list that is a text', 'ignore: examples', "examples | ignore must be a list, not 'examples'"],
    ['a pattern that is a number', 'ignore: [12]', '12 | ignore[0] must be text: put quotes around 12'],
    ['a pattern that is a mapping', 'ignore: [{ a: b }]', '{ a: b } | ignore[0] must be text, not a mapping'],
    ['an empty pattern', "ignore: ['']", "'' | ignore[0] must not be empty"],
    [
      'a pattern that starts here',
      "ignore: ['!./a']",
      "'!./a' | ignore[0] must not begin with ./ or ../: patterns are relative to the folder of this file already",
    ],
    [
      'a pattern of many globstars',
      "ignore: ['**/a/**/a/**/a/**']",
      "'**/a/**/a/**/a/**' | ignore[0] must have ** in at most 3 places",
    ],
    [
      'a key that is here twice',
      'standard: ec2.6\nstandard: config-rule',
      "standard | The key 'standard' is here twice; the last one counts",
    ],
    [
      'a second document',
      'standard: ec2.6\n---\nignore: []\n',
      'ignore: []\n | Only the first document of this file counts',
    ],
  ])('%s', (_title, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test.each([
    [
      'destination',
      'S3',
      "must be cloud-watch-logs, s3 or kinesis-data-firehose, not 'S3'; did you mean s3?",
    ],
    ['trafficType', 'ACCEPT', "must be ALL or REJECT, not 'ACCEPT'"],
    ['maxAggregationInterval', '120', 'must be 60 or 600, not 120'],
    ['maxAggregationInterval', "'60'", "must be 60 or 600, not '60'; did you mean 60?"],
    ['logFormat', 'version', "must be fields separated by spaces, such as '${version} ${vpc-id}'"],
    [
      'logFormat',
      "'${version}${vpc-id}'",
      "must be fields separated by spaces, such as '${version} ${vpc-id}'",
    ],
    ['cloudWatchLogs.retentionInDays', '2', 'must be 1, 3, 5, 7,'],
    ['cloudWatchLogs.logGroupNamePrefix', 'a b', 'must be made of letters, digits and . _ - / #'],
    ['cloudWatchLogs.logGroupNamePrefix', 'aws/vpc', 'must not begin with aws/, which AWS keeps for itself'],
    ['cloudWatchLogs.deliverLogsPermissionArn', 'flow-logs', 'must be the ARN of an IAM role'],
    ['s3.bucketArn', 'arn:aws:s3:::logs/vpc', 'must be the ARN of an S3 bucket'],
    ['s3.bucketArn', 'logs', 'must be the ARN of an S3 bucket'],
    ['s3.prefix', 'AWSLogs', 'must not contain AWSLogs, which AWS keeps for itself'],
    ['s3.prefix', 'vpc/AWSLogs/x', 'must not contain AWSLogs, which AWS keeps for itself'],
    ['s3.prefix', '/vpc', 'must be names separated by slashes'],
    ['s3.fileFormat', 'csv', "must be plain-text or parquet, not 'csv'"],
    ['s3.hiveCompatiblePartitions', 'yes', "must be true or false, not 'yes'"],
    ['s3.perHourPartition', '1', 'must be true or false, not 1'],
    ['firehose.deliveryStreamArn', 'arn:aws:kinesis:x', 'must be the ARN of a Firehose stream'],
    ['tags.team', '12', 'must be text: put quotes around 12'],
    ['tags.team', `'${'x'.repeat(257)}'`, 'must be at most 256 characters long'],
  ])('flowLog.%s: %s', (key, value, message) => {
    const keys = ['flowLog', ...key.split('.')];
    const text = `${keys.map((name, depth) => `${'  '.repeat(depth)}${name}:`).join('\n')} ${value}\n`;
    const [problem, ...others] = problemsOf(text);
    expect(problem).toContain(`${value} | flowLog.${key} ${message}`);
    expect(others).toEqual([]);
  });

  test.each([
    ['destination', 'kinesis-data-firehose'],
    ['logFormat', '${version} ${vpc-id}  ${instance-tag-2}'],
    ['cloudWatchLogs.logGroupNamePrefix', '/aws/vpc_#1.'],
    ['cloudWatchLogs.deliverLogsPermissionArn', 'arn:aws-us-gov:iam::111122223333:role/path/flow-logs'],
    ['s3.bucketArn', 'arn:aws-iso-b:s3:::amzn-s3-demo-bucket'],
    ['s3.prefix', 'AWSLogs2/vpc=1/'],
    ['firehose.deliveryStreamArn', 'arn:aws-cn:firehose:cn-north-1:111122223333:deliverystream/Flow_logs.1'],
    ['tags.aws', 'aws:x'],
  ])('is not flowLog.%s: %s', (key, value) => {
    const keys = ['flowLog', ...key.split('.')];
    const text = `${keys.map((name, depth) => `${'  '.repeat(depth)}${name}:`).join('\n')} ${value}\n`;
    expect(problemsOf(text)).toEqual([]);
  });

  test.each([
    ['aws:team', 'must not begin with aws:, which AWS keeps for itself'],
    ['AWS:team', 'must not begin with aws:, which AWS keeps for itself'],
    ['', 'must not be empty'],
    ['x'.repeat(129), 'must be at most 128 characters long'],
  ])('the tag %j', (key, message) => {
    expect(problemsOf(`flowLog: { tags: { '${key}': x } }`)).toEqual([
      `'${key}' | The key '${key}' in flowLog.tags ${message}`,
    ]);
  });

  test('takes nothing else away', () => {
    const text = `
standard: cis
severities: { vpc-no-flow-log: off, vpc-flow-log-unknown: none, nonsense: off }
ignore: [a/, 1, b/]
flowLog:
  trafficType: ALL
  s3: { prefix: AWSLogs, fileFormat: parquet }
  tags: { team: 1, 'aws:x': y, owner: me }
more: 1
`;
    const { settings, problems } = readProjectFile(text);
    expect(problems).toHaveLength(8);
    expect(settings).toEqual({
      severities: { 'vpc-no-flow-log': 'off' },
      ignore: ['a/', 'b/'],
      flowLog: { trafficType: 'ALL', s3: { fileFormat: 'parquet' }, tags: { owner: 'me' } },
    });
  });

  test('has its place behind a byte order mark, and in the order of the text', () => {
    const text = '\uFEFFstandard: x\nignore: y\nseverities: z\n';
    expect(problemsOf(text).map((problem) => problem[0])).toEqual(['x', 'y', 'z']);
  });
});

describe('a broken project file', () => {
  test('has one problem, where it is broken, and what stands before it counts', () => {
    const text = 'standard: config-rule\nignore: 1\nseverities: { vpc-no-flow-log: "off\n';
    const { settings, problems } = readProjectFile(text);
    expect(settings.standard).toBe('config-rule');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(/^It is broken: /);
    expect(problems[0]?.span.start).toBeGreaterThan(text.indexOf('severities'));
  });

  test.each([
    ['too large', `ignore:\n${'- a\n'.repeat(40_000)}`, /^It is larger than 128 KB/],
    ['nested too deeply', '['.repeat(100_000), /^It is nested too deeply/],
    ['too large and JSON', `{"a":${'['.repeat(200_000)}`, /^It is larger than 128 KB/],
  ])('says so where it is %s', (_title, text, message) => {
    const { settings, problems } = readProjectFile(text);
    expect(settings).toEqual({});
    expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    ['lists', (below: string) => `[*${below}, *${below}]`],
    ['mappings', (below: string) => `{ x: *${below}, y: *${below} }`],
    ['merged mappings', (below: string) => `{ <<: [*${below}, *${below}] }`],
  ])('ends where %s multiply themselves by aliases', (_title, twice) => {
    const levels = Array.from(
      { length: 60 },
      (_, level) => `a${level + 1}: &a${level + 1} ${twice(`a${level}`)}`,
    );
    const text = ['a0: &a0 { k: x }', ...levels, 'ignore: *a60', 'flowLog: { tags: *a60 }'].join('\n');
    const { settings, problems } = readProjectFile(text);
    expect(settings.ignore).toBeUndefined();
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(50);
  });
});

test.each([
  ['/project/.flow-log-guard.yaml', true],
  ['/project/.flow-log-guard.yml', true],
  ['C:\\work\\.flow-log-guard.yaml', true],
  ['untitled:.flow-log-guard.yaml', false],
  ['vscode-vfs://github/a/b/.flow-log-guard.yaml', true],
  ['/project/flow-log-guard.yaml', false],
  ['/project/.flow-log-guard.yaml/template.yaml', false],
  ['', false],
])('whether %s is a project file: %s', (file, isOne) => {
  expect(isProjectFile(file)).toBe(isOne);
});
