import { t } from '@vscode/l10n';
import { chown, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { describeFailure } from './failure.ts';
import { encodingOf } from './read-file.ts';

/** A file that can be given another text, or why it cannot. */
export type Rewrite =
  | { readonly kind: 'ready'; readonly byteOrderMark: string; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly why: string };

const byteOrderMark = '\uFEFF';

/**
 * Encodes a new text as the file is encoded now, with its byte order mark. Refuses where bytes outside the
 * change would not stay as they are, or where the file is not what was read.
 *
 * @param before The text as it was read, without its byte order mark.
 */
export async function prepareRewrite(file: string, before: string, after: string): Promise<Rewrite> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    return { kind: 'refused', why: t('It cannot be read: {0}', describeFailure(error)) };
  }
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  if (!encode(text, encoding).equals(bytes)) {
    return { kind: 'refused', why: t('It is not valid {0}, so it is not written.', encoding.toUpperCase()) };
  }
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  if (text !== mark + before) return { kind: 'refused', why: t('It changed while it was being fixed.') };
  return { kind: 'ready', byteOrderMark: mark, bytes: encode(mark + after, encoding) };
}

/**
 * Puts new bytes into a file, at once: whoever reads it finds the old or the new ones. Keeps its mode and
 * owner, and the links that lead to it.
 *
 * @throws where it cannot be written; then it is as it was.
 */
export async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const target = await realpath(file);
  const { mode, uid, gid } = await stat(target);
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await takeOver(temporary, { mode, uid, gid });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function takeOver(
  file: string,
  { mode, uid, gid }: { readonly mode: number; readonly uid: number; readonly gid: number },
): Promise<void> {
  const made = await stat(file);
  if (made.uid !== uid || made.gid !== gid) await chown(file, uid, gid);
  // After the change of owner, which takes bits of the mode away.
  const handle = await open(file);
  try {
    await handle.chmod(mode & 0o7777);
  } finally {
    await handle.close();
  }
}

function encode(text: string, encoding: ReturnType<typeof encodingOf>): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  const little = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16le' ? little : little.swap16();
}
