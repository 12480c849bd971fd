import { expect, test } from 'vitest';
import { pushing } from './capabilities.ts';
import { connect } from './in-process.ts';

const header = 'version srcaddr dstaddr protocol start action log-status';
const text = `${header}\n2 10.0.0.1 10.0.0.2 17 1418530010 REJECT OK\n`;

test('a value of a flow log record is explained, and nothing is reported of the file', async () => {
  const client = connect();
  await client.initialize(pushing);
  await client.open('file:///records.flowlog', text, 1, 'flow-log-records');
  expect(await client.published.next()).toMatchObject({ diagnostics: [] });
  expect(await client.hover('file:///records.flowlog', { line: 1, character: 20 })).toEqual({
    range: { start: { line: 1, character: 20 }, end: { line: 1, character: 22 } },
    contents: { kind: 'plaintext', value: expect.stringMatching(/^17: UDP\n\nprotocol: /) },
  });
});

test('the same text in a file of another language is left alone', async () => {
  const client = connect();
  await client.initialize(pushing);
  await client.open('file:///records.yaml', text);
  expect(await client.hover('file:///records.yaml', { line: 1, character: 20 })).toBeNull();
});
