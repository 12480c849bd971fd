import type { SyntaxNode } from '@lezer/common';
import type { Page } from './code.ts';
import { childrenOf, lineStart, nodesNamed, textOf, tokensOf, type SourceText } from './source-text.ts';

/** How a file is written, as far as new code has to look like the rest of it. */
export interface SourceStyle extends Page {
  readonly quote: "'" | '"';
  readonly semicolons: boolean;
  /** Spaces inside braces. */
  readonly isPadded: boolean;
  /** A comma behind the last member of an object, list or dictionary with several lines. */
  readonly trailingComma: boolean;
  /** The same of arguments. */
  readonly trailingCommaOfArguments: boolean;
}

/** What a language has where the file does not tell. */
export interface StyleDefaults {
  readonly unit: string;
  readonly quote: "'" | '"';
}

/** Samples the style of a file. */
export function styleOf(source: SourceText, defaults: StyleDefaults): SourceStyle {
  const { text, tree } = source;
  const root = tree.topNode;
  const strings = nodesNamed(root, 'String').map((node) => textOf(node, source));
  const statements = nodesNamed(root, ...statementNames);
  const records = nodesNamed(root, 'ObjectExpression', 'DictionaryExpression', 'ArrayExpression');
  const braces = [...records, ...nodesNamed(root, 'ImportGroup', 'ObjectPattern')];
  const trailingComma = mostly(trailingCommas(records, source)) ?? true;
  return {
    unit: indentationUnit(text) ?? defaults.unit,
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
    width: Math.min(widest, Math.max(narrowest, ...lineLengths(text).filter((length) => length <= widest))),
    quote:
      (mostly(strings.filter(isPlainString).map((string) => string.startsWith("'"))) ??
      defaults.quote === "'")
        ? "'"
        : '"',
    semicolons: mostly(statements.map((node) => node.lastChild?.name === ';')) ?? true,
    isPadded: mostly(paddings(braces, source)) ?? true,
    trailingComma,
    trailingCommaOfArguments: mostly(trailingCommas(nodesNamed(root, 'ArgList'), source)) ?? trailingComma,
  };
}

const narrowest = 80;
const widest = 120;

const statementNames = ['ImportDeclaration', 'VariableDeclaration', 'ExpressionStatement', 'ReturnStatement'];

/** Undefined where there is nothing to go by. */
function mostly(samples: readonly boolean[]): boolean | undefined {
  if (samples.length === 0) return undefined;
  return samples.filter(Boolean).length * 2 >= samples.length;
}

/** Not one of Python's documentation strings, nor one that needs the other quote. */
function isPlainString(string: string): boolean {
  return /^(?:"[^'"]*"|'[^'"]*')$/.test(string);
}

function lineLengths(text: string): number[] {
  return text.split(/\r?\n/).map(({ length }) => length);
}

/** The step by which lines are most often indented further than the one before. */
function indentationUnit(text: string): string | undefined {
  const counts = new Map<string, number>();
  let previous = '';
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || /^\s*\*/.test(line)) continue;
    const indentation = /^[ \t]*/.exec(line)?.[0] ?? '';
    if (indentation.length > previous.length && indentation.startsWith(previous)) {
      const step = indentation.slice(previous.length);
      counts.set(step, (counts.get(step) ?? 0) + 1);
    }
    previous = indentation;
  }
  const [best] = [...counts].toSorted(([, one], [, other]) => other - one);
  return best?.[0];
}

function paddings(braces: readonly SyntaxNode[], source: SourceText): boolean[] {
  return braces.flatMap((node) => {
    const text = textOf(node, source);
    return /^\{[^\r\n]*\S[^\r\n]*\}$/.test(text) && text.length > 2 ? [/^\{ .* \}$/.test(text)] : [];
  });
}

function trailingCommas(lists: readonly SyntaxNode[], source: SourceText): boolean[] {
  return lists.flatMap((node) => {
    const close = childrenOf(node).at(-1);
    const last = tokensOf(node).at(-2);
    if (close === undefined || last === undefined || last.from === node.from) return [];
    // Only where the closing bracket stands on a line of its own.
    const isOwnLine = source.text.slice(lineStart(source.text, close.from), close.from).trim() === '';
    return isOwnLine ? [last.name === ','] : [];
  });
}
