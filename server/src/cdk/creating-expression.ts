import type { Span } from '../template/syntax.ts';

/** The part of a source file that makes a construct. */
export interface CreatingExpression {
  /** `new ec2.Vpc`, `ec2.Vpc` in Python, `super`: up to the parenthesis. */
  readonly span: Span;
  /** The last name of what is called, such as `Vpc`; `super` where the class extends a construct. */
  readonly callee: string;
  /** The second argument, by which constructs get their ids; undefined where there is none. */
  readonly id: IdArgument | undefined;
}

interface IdArgument {
  /** As it is written, without the quotes of a literal. */
  readonly text: string;
  /** Whether it says the id itself. */
  readonly isLiteral: boolean;
  readonly span: Span;
}

/** What the expressions of a language look like. */
export type SourceLanguage = 'javascript' | 'python' | 'other';

const languages: Readonly<Record<string, SourceLanguage>> = {
  ts: 'javascript',
  tsx: 'javascript',
  mts: 'javascript',
  cts: 'javascript',
  js: 'javascript',
  jsx: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  py: 'python',
  java: 'other',
  kt: 'other',
  cs: 'other',
  fs: 'other',
  go: 'other',
};

/** The language of a file of source code, told by its name or URI; undefined for everything else. */
export function sourceLanguageOf(file: string): SourceLanguage | undefined {
  const extension = /\.(?<extension>\w+)$/.exec(file)?.groups?.['extension'];
  return extension === undefined ? undefined : languages[extension.toLowerCase()];
}

const patterns: Readonly<Record<SourceLanguage, RegExp>> = {
  javascript: /(?:\bnew\s+)?[A-Za-z_$][\w$]*(?:\s*\.\s*[A-Za-z_$][\w$]*)*/y,
  python: /[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*/y,
  other: /(?:\bnew\s+)?[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*/y,
};

/** The expression that begins at an offset; undefined where there is no call. */
export function expressionAt(
  text: string,
  offset: number,
  language: SourceLanguage,
): CreatingExpression | undefined {
  const pattern = patterns[language];
  pattern.lastIndex = offset;
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const end = offset + found[0].length;
  const callee = /[\w$]+$/.exec(found[0])?.[0];
  const open = openingOf(text, end);
  if (callee === undefined || open === undefined) return undefined;
  return { span: { start: offset, end }, callee, id: secondArgument(text, open + 1) };
}

/** The expressions in a stretch of text that call something of that name, in the order of the text. */
export function* expressionsCalling(
  callee: string,
  text: string,
  { start, end }: Span,
  language: SourceLanguage,
): Generator<CreatingExpression> {
  const name = callee.replaceAll(/[^\w]/g, String.raw`\$&`);
  const before = language === 'python' ? '' : String.raw`(?:\bnew\s+)?`;
  const pattern = new RegExp(
    String.raw`${before}(?<![\w$.])(?:[A-Za-z_$][\w$]*\s*\.\s*)*${name}(?=\s*[(<])`,
    'g',
  );
  pattern.lastIndex = start;
  for (let found = pattern.exec(text); found !== null && found.index < end; found = pattern.exec(text)) {
    const expression = expressionAt(text, found.index, language);
    if (expression?.callee === callee) yield expression;
    // What begins with `new` and what begins behind it is one expression.
    pattern.lastIndex = found.index + found[0].length;
  }
}

/** Whether both make the same construct, as far as their own text tells. */
export function makesSame(
  one: Omit<CreatingExpression, 'span'>,
  other: Omit<CreatingExpression, 'span'>,
): boolean {
  return (
    one.callee === other.callee &&
    one.id?.text === other.id?.text &&
    one.id?.isLiteral === other.id?.isLiteral
  );
}

/** The parenthesis that opens the arguments: right behind, or behind type arguments. */
function openingOf(text: string, end: number): number | undefined {
  const found = /\s*(?:<[\w$\s.,<>[\]|&'"]{0,500}>\s*)?\(/y;
  found.lastIndex = end;
  return found.test(text) ? found.lastIndex - 1 : undefined;
}

/** Nobody writes a first argument longer than this; a broken text must not be read to its end. */
const longestArguments = 5000;

/** Of the argument after the first comma on the level of the arguments. Copes with texts that break off. */
function secondArgument(text: string, start: number): IdArgument | undefined {
  const comma = endOfArgument(text, start);
  if (text[comma] !== ',') return undefined;
  const end = endOfArgument(text, comma + 1);
  const raw = text.slice(comma + 1, end);
  // Python names it where it likes to: `id="Main"`.
  const lead = /^\s*(?:(?:id|construct_id)\s*=\s*)?/.exec(raw)?.[0].length ?? 0;
  const span = { start: comma + 1 + lead, end: comma + 1 + raw.trimEnd().length };
  if (span.start >= span.end) return undefined;
  const written = text.slice(span.start, span.end);
  const literal = /^(?<quote>["'`])(?<inner>(?:(?!\k<quote>|\$\{|\\).)*)\k<quote>$/s.exec(written);
  const inner = literal?.groups?.['inner'];
  return { text: inner ?? written, isLiteral: inner !== undefined, span };
}

function endOfArgument(text: string, start: number): number {
  let depth = 0;
  const limit = Math.min(text.length, start + longestArguments);
  for (let at = start; at < limit; at += 1) {
    const character = text[at]!;
    if (`"'\``.includes(character)) at = endOfString(text, at, limit);
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) {
      if (depth === 0) return at;
      depth -= 1;
    } else if (character === ',' && depth === 0) return at;
    else if (text.startsWith('//', at)) at = endOfLine(text, at, limit);
    else if (text.startsWith('/*', at)) at = Math.min(limit, endOfComment(text, at));
  }
  return limit;
}

/** Where the string that begins there closes; a line's end closes it, too, for it may be half typed. */
function endOfString(text: string, start: number, limit: number): number {
  const quote = text[start];
  for (let at = start + 1; at < limit; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote || (text[at] === '\n' && quote !== '`')) return at;
  }
  return limit;
}

function endOfLine(text: string, start: number, limit: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? limit : end;
}

function endOfComment(text: string, start: number): number {
  const end = text.indexOf('*/', start + 2);
  return end < 0 ? text.length : end + 1;
}
