import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { WholeMessageWriter } from '../../server/src/lsp/whole-messages.ts';

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

function notification(method: string): { jsonrpc: '2.0'; method: string } {
  return { jsonrpc: '2.0', method };
}

test('a message is one write, made at once', async () => {
  const { output, written } = noting();
  const writer = new WholeMessageWriter(output);
  const isSent = writer.write(notification('a'));
  expect(written).toEqual(['Content-Length: 30\r\n\r\n{"jsonrpc":"2.0","method":"a"}']);
  await isSent;
});

test('its length is in bytes', async () => {
  const { output, written } = noting();
  await new WholeMessageWriter(output).write(notification('ä€😀'));
  expect(written).toEqual(['Content-Length: 38\r\n\r\n{"jsonrpc":"2.0","method":"ä€😀"}']);
});

test('messages keep their order where the output takes its time', async () => {
  const written: string[] = [];
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      setTimeout(() => {
        written.push(/"method":"(.)"/.exec(chunk.toString())?.[1] ?? '');
        done();
      }, 1);
    },
  });
  const writer = new WholeMessageWriter(output);
  await Promise.all(['a', 'b', 'c'].map((method) => writer.write(notification(method))));
  expect(written).toEqual(['a', 'b', 'c']);
});

test('a client that is gone is told to whoever writes, and to whoever listens', async () => {
  const output = new Writable({
    write(_chunk, _encoding, done) {
      done(new Error('gone'));
    },
  });
  const writer = new WholeMessageWriter(output);
  const heard: string[] = [];
  writer.onError(([error]) => heard.push(error.message));
  const isClosed = new Promise<void>((resolve) => {
    writer.onClose(resolve);
  });
  await expect(writer.write(notification('a'))).rejects.toThrow('gone');
  await isClosed;
  expect(heard).toEqual(['gone']);
});

test('what is no JSON is refused, and nothing of it is written', async () => {
  const { output, written } = noting();
  const circular: Record<string, unknown> = { ...notification('a') };
  circular['params'] = circular;
  await expect(new WholeMessageWriter(output).write(circular as never)).rejects.toThrow('circular');
  expect(written).toEqual([]);
});

test('ending it ends the output', () => {
  const { output } = noting();
  new WholeMessageWriter(output).end();
  expect(output.writableEnded).toBe(true);
});
