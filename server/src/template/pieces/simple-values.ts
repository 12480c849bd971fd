import type { Scalar, SpanMaker, SyntaxNode } from '../syntax.ts';

/** The values that lines have which are written in a simple way, and what these stand for. */

const doubleQuoted = String.raw`"(?:[^"\\\t\r]|\r\n|\\(?:["\\/bfnrt0]|u[\da-fA-F]{4}))*"`;
const singleQuoted = String.raw`'(?:[^'\t\r]|\r\n|'')*'`;
export const quotedText = `${doubleQuoted}|${singleQuoted}`;
const quoted = new RegExp(quotedText, 'y');
/** Without a quote in it. */
const onceQuoted = /"(?:[^"\\\t\r]|\r\n)*"|'(?:[^'\t\r]|\r\n)*'(?!')/y;
export const tagText = String.raw`![A-Za-z]\w*`;

/** As the column of a parent: all others are to the right of it. */
export const anywhere = -1;

/** Where a match that begins there ends; undefined where none does. */
export function behind(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

export function behindSpaces(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 32) at += 1;
  return at;
}

/** Where the spaces begin that end at an offset. */
export function beforeSpaces(text: string, end: number): number {
  let at = end;
  while (at > 0 && text.charCodeAt(at - 1) === 32) at -= 1;
  return at;
}

/** Whether a line ends there, or the text. */
export function isLineEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return Number.isNaN(code) || code === 10 || (code === 13 && text.charCodeAt(at + 1) === 10);
}

/** Where the line begins that follows the one which an offset is on. */
export function behindLine(text: string, at: number): number {
  const lineFeed = text.indexOf('\n', at);
  return lineFeed < 0 ? text.length : lineFeed + 1;
}

/**
 * Where a text in quotes ends; undefined where it is no simple one.
 *
 * @param parent The column of the key or the dash whose value it is: further lines stand further to the right.
 */
export function endOfQuoted(text: string, start: number, parent: number): number | undefined {
  const end = behind(quoted, text, start);
  if (end === undefined) return undefined;
  // Not looked for in all of the text: of thousands in one line each would be followed to its end.
  const written = text.slice(start, end);
  for (let at = written.indexOf('\n'); at >= 0; at = written.indexOf('\n', at + 1)) {
    const lineStart = start + at + 1;
    const content = behindSpaces(text, lineStart);
    if (content - lineStart <= parent && !isLineEnd(text, content)) return undefined;
  }
  return end;
}

/**
 * Where a text in quotes ends of which some lines stand further to the left, as policies in JSON do and
 * CloudFormation's reader allows: only where no other quote may be taken for its end.
 *
 * @param outermost The column that its lines stand to the right of all the same.
 */
export function endOfOutdented(text: string, start: number, outermost: number): number | undefined {
  const isOnce = behind(onceQuoted, text, start) !== undefined;
  return isOnce ? endOfQuoted(text, start, outermost) : undefined;
}

export function scalarOf(written: string, start: number, isTagged: boolean, spanAt: SpanMaker): Scalar {
  const text = isTagged && !isQuoteAt(written, 0) ? folded(written) : scalarText(written);
  const span = spanAt(start, start + written.length);
  return { kind: 'scalar', span, text: text ?? '', isNull: text === undefined };
}

/** A value behind a tag, which ends at `end`; the value itself where the tag is empty. */
export function tagged(
  written: string,
  start: number,
  value: SyntaxNode,
  end: number,
  spanAt: SpanMaker,
): SyntaxNode {
  if (written === '') return value;
  const name = written === '!Ref' || written === '!Condition' ? written.slice(1) : `Fn::${written.slice(1)}`;
  const keySpan = spanAt(start, start + written.length);
  return { kind: 'mapping', span: spanAt(start, end), entries: [{ name, keySpan, value }] };
}

/** The text that a scalar stands for in YAML 1.1; undefined where it stands for nothing. */
export function scalarText(written: string): string | undefined {
  if (written.startsWith("'")) return folded(written.slice(1, -1)).replaceAll("''", "'");
  if (written.startsWith('"')) return unescaped(folded(written.slice(1, -1)));
  // Longer than each of the words that stand for something else.
  if (written.length > 5) return folded(written);
  if (/^(?:~|[Nn]ull|NULL)$/.test(written)) return undefined;
  // To CloudFormation's reader `y` and `n` are no booleans.
  if (/^(?:[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/.test(written)) return 'true';
  if (/^(?:[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/.test(written)) return 'false';
  return folded(written);
}

/** Whether a text in quotes begins there. */
export function isQuoteAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 34 || code === 39;
}

/** Several lines as one: what is between two stands for a space, and a blank line for a line feed. */
function folded(written: string): string {
  if (!written.includes('\n')) return written;
  const lines = written.split(/\r?\n/);
  const last = lines.length - 1;
  let text = '';
  let blanks = 0;
  for (const [index, line] of lines.entries()) {
    const start = index === 0 ? 0 : behindSpaces(line, 0);
    const content = line.slice(
      start,
      index === last ? line.length : Math.max(start, beforeSpaces(line, line.length)),
    );
    if (index > 0 && index < last && content === '') {
      blanks += 1;
      continue;
    }
    if (index > 0) text += blanks === 0 ? ' ' : '\n'.repeat(blanks);
    text += content;
    blanks = 0;
  }
  return text;
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  0: '\0',
};

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(/\\(?:u([\da-fA-F]{4})|(.))/g, (_, code: string | undefined, character: string) =>
    code === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
