import { t } from '@vscode/l10n';
import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  type Stats,
} from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { describeFailure } from './failure.ts';
import type { FoundFile } from './files.ts';

/**
 * What is in a file.
 * - `text`: decoded, without its byte order mark.
 * - `passed-over`: met on a walk and no template.
 * - `unreadable`: should have been looked at and cannot be; `message` says why.
 */
export type FileContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'passed-over' }
  | { readonly kind: 'unreadable'; readonly message: string };

const mebibyte = 1024 * 1024;
/** Five times what CloudFormation takes, so that a template grown too large still gets its findings. */
const maximumSize = 5 * mebibyte;
/** Where git, too, looks for the NUL that tells binary from text. */
const binaryProbeLength = 8192;
const templateMark = Buffer.from('AWS::EC2::');
const filesAhead = 8;

/**
 * Reads the files, a few ahead of the one handed out, and hands them out in the given order. Memory stays
 * bounded as long as the caller does not keep the texts. For a process that has other things to do meanwhile.
 */
export async function* readFiles(
  files: readonly FoundFile[],
): AsyncGenerator<{ readonly file: FoundFile; readonly content: FileContent }> {
  const reading: { readonly file: FoundFile; readonly content: Promise<FileContent> }[] = [];
  for (const file of files) {
    reading.push({ file, content: readMeanwhile(file) });
    if (reading.length < filesAhead) continue;
    const first = reading.shift();
    if (first) yield { file: first.file, content: await first.content };
  }
  for (const { file, content } of reading) yield { file, content: await content };
}

/** Never rejects. */
async function readMeanwhile(file: FoundFile): Promise<FileContent> {
  try {
    const { size } = ensureFile(await stat(file.path));
    return size > maximumSize ? await judgeLarge(size, file) : decode(await readFile(file.path), file);
  } catch (error) {
    return unreadable(error);
  }
}

/**
 * Reads a file for a process that has nothing else to do: at once, which takes a tenth of the time, but for a
 * large one. Neither throws nor rejects.
 */
export function readNow(file: FoundFile): FileContent | Promise<FileContent> {
  try {
    const opened = openSync(file.path, withoutWaiting);
    try {
      const { size } = ensureFile(fstatSync(opened));
      return size > maximumSize
        ? judgeLarge(size, file).catch(unreadable)
        : decode(bytesOf(opened, size), file);
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    return unreadable(error);
  }
}

/** For reading; a pipe that nobody writes to opens, too. */
const withoutWaiting = constants.O_RDONLY | constants.O_NONBLOCK;

let buffer: Buffer = Buffer.alloc(0);

/** What is in an open file, until the next one is read. */
function bytesOf(opened: number, size: number): Uint8Array {
  // Some file systems do not tell the size.
  if (size === 0) return readFileSync(opened);
  if (buffer.length < size) buffer = Buffer.allocUnsafe(2 * size);
  let read = 0;
  for (let more = -1; more !== 0 && read < size; read += more) {
    more = readSync(opened, buffer, { offset: read, length: size - read });
  }
  return buffer.subarray(0, read);
}

/** The text of a file that was read before; undefined where it cannot be read any more, or is no text now. */
export function readTextAgain(file: string): string | undefined {
  try {
    const content = decode(readFileSync(file), { path: file, realPath: file, named: false });
    return content.kind === 'text' ? content.text : undefined;
  } catch {
    return undefined;
  }
}

/** Asked before reading: to open a pipe is to wait for its writer. */
function ensureFile(info: Stats): Stats {
  if (!info.isFile()) throw new Error(t('it is neither a file nor a folder'));
  return info;
}

function unreadable(error: unknown): FileContent {
  return { kind: 'unreadable', message: t('It cannot be read: {0}', describeFailure(error)) };
}

const utf8 = new TextDecoder();

function decode(bytes: Uint8Array, file: FoundFile): FileContent {
  const encoding = encodingOf(bytes);
  if (encoding === 'utf-8' && bytes.subarray(0, binaryProbeLength).includes(0)) {
    return file.named ? { kind: 'unreadable', message: t('It is binary') } : { kind: 'passed-over' };
  }
  // Not fatal on invalid bytes: a stray Latin-1 comment must not keep a template from being checked. The
  // decoder takes the byte order mark away.
  return { kind: 'text', text: (encoding === 'utf-8' ? utf8 : new TextDecoder(encoding)).decode(bytes) };
}

/** Told from the byte order mark; UTF-8 without one. */
export function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

async function judgeLarge(size: number, file: FoundFile): Promise<FileContent> {
  if (!file.named && !(await contains(file.path, templateMark))) return { kind: 'passed-over' };
  const megabytes = (size / mebibyte).toFixed(1);
  return {
    kind: 'unreadable',
    message: t(
      'It is {0} MB; CloudFormation takes templates of at most 1 MB, so it was not checked',
      megabytes,
    ),
  };
}

async function contains(file: string, wanted: Buffer): Promise<boolean> {
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: mebibyte })) {
    const window = Buffer.concat([tail, chunk as Buffer]);
    if (window.includes(wanted)) return true;
    // What stands across the border of two chunks is found with the end of the first one.
    tail = window.subarray(-(wanted.length - 1));
  }
  return false;
}
