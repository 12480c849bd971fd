import { describe, expect, test } from 'vitest';
import { defaultLogFormat } from '../../server/src/aws/log-format-fields.ts';
import { explainValue } from '../../server/src/flow-log-records/explain-value.ts';
import { fieldsOfHeader, valueAt } from '../../server/src/flow-log-records/record-line.ts';

const record =
  '2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK';

/** What is said of a text in a record, and of which field it is. */
function explained(text: string, line = record, header?: string): readonly string[] | undefined {
  const found = valueAt(line, line.indexOf(text), header === undefined ? undefined : fieldsOfHeader(header));
  return found && [found.field, ...explainValue(found)];
}

describe('a record of the default format', () => {
  test.each([
    ['22 6', 'dstport', '22: SSH'],
    ['6 20', 'protocol', '6: TCP'],
    ['4249', 'bytes', '4.2 kB'],
    ['1418530010', 'start', '2014-12-14 04:06:50 UTC'],
    ['1418530070', 'end', '2014-12-14 04:07:50 UTC'],
    ['ACCEPT', 'action', 'Security groups and network ACLs let it pass.'],
    ['OK', 'log-status', 'Recorded as it should be.'],
  ])('%s', (text, field, reading) => {
    expect(explained(text)?.slice(0, 2)).toEqual([field, reading]);
  });

  test('ends with what the field means and which version of the format brought it', () => {
    expect(explained('172.31.16.139')).toEqual([
      'srcaddr',
      expect.stringMatching(/^srcaddr: the source address.*\(since version 2 of the format\)$/),
    ]);
  });

  test('may have the time of its event before it, as CloudWatch Logs exports it', () => {
    expect(explained('6 20', `2014-12-14T04:06:50.000Z ${record}`)?.[1]).toBe('6: TCP');
  });

  test('without traffic', () => {
    const line = '2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA';
    expect(explained('NODATA', line)?.[1]).toMatch(/no traffic/);
    expect(explained('- -', line)?.slice(0, 2)).toEqual(['srcaddr', expect.stringMatching(/^No value/)]);
  });
});

test('the header line may be written as the format itself', () => {
  expect(fieldsOfHeader(defaultLogFormat)).toHaveLength(14);
  expect(fieldsOfHeader(defaultLogFormat)?.slice(0, 2)).toEqual(['version', 'account-id']);
});

describe('a record of a custom format', () => {
  const header = 'srcaddr tcp-flags traffic-path a-field-of-tomorrow start';
  const line = '10.0.0.1 18 8 x 1566848875';

  test.each([
    ['18', 'tcp-flags', '18: SYN + ACK'],
    ['8 x', 'traffic-path', 'Through an internet gateway'],
    ['1566848875', 'start', '2019-08-26 19:47:55 UTC'],
  ])('%s', (text, field, reading) => {
    expect(explained(text, line, header)?.slice(0, 2)).toEqual([field, reading]);
  });

  test('a field newer than this release is named as such', () => {
    expect(explained('x', line, header)).toEqual([
      'a-field-of-tomorrow',
      'a-field-of-tomorrow: a field that this release does not know',
    ]);
  });

  test('the names in the header line are explained', () => {
    expect(explained('tcp-flags', header, header)).toEqual([
      'tcp-flags',
      expect.stringMatching(/^tcp-flags: /),
    ]);
  });

  test('of a line with more or fewer values than fields nothing is said', () => {
    expect(explained('18', '10.0.0.1 18', header)).toBeUndefined();
    expect(explained('18', `${line} y`, header)).toBeUndefined();
  });
});

test.each(['', 'x', 'hello world', 'version: 2', 'srcaddr '.repeat(5000), '\u0000 \u0000'])(
  'a line that is no record is left alone: %s',
  (line) => {
    expect(valueAt(line, 0, undefined)).toBeUndefined();
    expect(fieldsOfHeader(line)).toBeUndefined();
  },
);

test.each([
  ['start', '99999999999999'],
  ['protocol', '255'],
  ['dstport', '65000'],
  ['tcp-flags', '900'],
  ['bytes', '-5'],
  ['traffic-path', '99'],
])('a value that says nothing is not read: %s %s', (field, value) => {
  expect(explainValue({ field, value })).toHaveLength(1);
});
