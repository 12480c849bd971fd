import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { WholeMessages } from '../../server/src/lsp/whole-messages.ts';

/** A stream that notes each write. */
function noting(): { readonly output: Writable; readonly written: string[] } {
  const written: string[] = [];
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString());
      done();
    },
  });
  return { output, written };
}

/** As the library writes: the body when the header is written. */
async function writeMessage(stream: Writable, body: string): Promise<void> {
  await new Promise((resolve) => {
    stream.write(`Content-Length: ${body.length}\r\n\r\n`, 'ascii', resolve);
  });
  stream.write(Buffer.from(body));
}

test('a message is passed on in one write, as soon as its body is there', async () => {
  const { output, written } = noting();
  const stream = new WholeMessages(output);
  await writeMessage(stream, '{"id":1}');
  expect(written).toEqual(['Content-Length: 8\r\n\r\n{"id":1}']);
  await writeMessage(stream, '{"id":2}');
  expect(written.slice(1)).toEqual(['Content-Length: 8\r\n\r\n{"id":2}']);
});

test('what is written alone is passed on in the next turn', async () => {
  const { output, written } = noting();
  const stream = new WholeMessages(output);
  stream.write('a');
  expect(written).toEqual([]);
  await nextTurn();
  expect(written).toEqual(['a']);
});

test('what waits when the stream or the process ends is not lost', () => {
  const { output, written } = noting();
  const stream = new WholeMessages(output);
  stream.write('last');
  stream.passOn();
  stream.passOn();
  expect(written).toEqual(['last']);
});

test('ending it passes on what waits', async () => {
  const { output, written } = noting();
  const stream = new WholeMessages(output);
  stream.write('last');
  await new Promise<void>((resolve) => {
    stream.end(resolve);
  });
  expect(written).toEqual(['last']);
});

test('a client that is gone is told to whoever writes', async () => {
  const output = new Writable({
    write(_chunk, _encoding, done) {
      done(new Error('gone'));
    },
  });
  const stream = new WholeMessages(output);
  const failed = new Promise((resolve) => {
    stream.once('error', resolve);
  });
  stream.write('a');
  await expect(failed).resolves.toMatchObject({ message: 'gone' });
});
