import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { printable } from './terminal.ts';

/**
 * The change of a file as `git apply` and `patch -p1` take it.
 *
 * @param file As the user named it.
 */
export function unifiedDiff(file: string, before: string, after: string): string {
  const name = printable(file);
  const isBelow = !/^(?:\/|\.\.\/|[A-Za-z]:)/.test(name);
  const [from, to] = isBelow ? [`a/${name}`, `b/${name}`] : [name, name];
  return createTwoFilesPatch(from, to, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
