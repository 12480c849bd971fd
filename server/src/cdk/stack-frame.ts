/** A line of a stack trace that names a place in a file. */
export interface StackFrame {
  /** As the trace has it: absolute on the machine that synthesised, of whatever system. */
  readonly file: string;
  /** From 0. */
  readonly line: number;
  /** From 0, in UTF-16 units; undefined where the language does not tell, as Python does not. */
  readonly column: number | undefined;
}

/** Longer ones are no paths; a pattern must not be tried on megabytes. */
const longestFrame = 4096;

/** Behind the name of a function; a path may have parentheses of its own. */
const placeInParentheses = /\((?<place>(?:\/|[A-Za-z]:[\\/]|file:\/\/).*)\)$/;

/**
 * Reads a line as the CDK writes it: `new Net (/abs/app.ts:12:16)`, with `    at ` before it in the traces of
 * older versions, without a column from other languages.
 *
 * @returns undefined for lines that stand for frames left out (`...aws-cdk-lib...`) or name no file
 */
export function parseStackFrame(line: string): StackFrame | undefined {
  if (line.length > longestFrame) return undefined;
  const place = placeInParentheses.exec(line)?.groups?.['place'] ?? line.replace(/^\s*at /, '');
  const found = /^(?<file>.+?):(?<line>\d{1,9})(?::(?<column>\d{1,9}))?$/.exec(place.trim());
  if (found?.groups === undefined) return undefined;
  const file = pathOf(found.groups['file'] ?? '');
  const lineNumber = Number(found.groups['line']);
  const column = found.groups['column'];
  if (file === undefined || lineNumber < 1) return undefined;
  return {
    file,
    line: lineNumber - 1,
    column: column === undefined ? undefined : Math.max(0, Number(column) - 1),
  };
}

function pathOf(place: string): string | undefined {
  const isPath = /^(?:\/|[A-Za-z]:[\\/])/.test(place);
  if (isPath) return place;
  if (!place.startsWith('file://')) return undefined;
  try {
    const { pathname } = new URL(place);
    return decodeURIComponent(pathname).replace(/^\/(?=[A-Za-z]:\/)/, '');
  } catch {
    return undefined;
  }
}
