import { t } from '@vscode/l10n';
import type { ParseProblem } from '../document.ts';
import type { Span } from '../syntax.ts';

/** What stands in YAML where a key should, as while it is typed: words, or a name in quotes that may be open. */
const stray = /([A-Za-z][\w.-]*(?: +[\w.-]+)*|"[\w.:-]*"?|'[\w.:-]*'?)(?:[ \t]+#[^\n]*|[ \t]*)\r?(?:\n|$)/y;

/** A key that may stand behind tabs, and behind a quote that does not end before its colon. */
const mistaken = /([ \t]*)(["']?)([A-Za-z0-9_][\w.&-]*(?:::[\w.&-]+)*):(?=[ \t\r\n]|$)/y;

/** What stands there, up to the end of the line, where a key should; undefined where that is anything else. */
export function strayAt(text: string, offset: number): string | undefined {
  stray.lastIndex = offset;
  return stray.exec(text)?.[1];
}

/** What is wrong with it. The parser tells it of the lines around, and in words of its own. */
export function strayProblem(span: Span): ParseProblem {
  return { message: t('A key needs a colon'), span };
}

/** A key in YAML of which it is plain what was meant. */
export interface MistakenKey {
  /** Where it stands, without what is wrong. */
  readonly name: Span;
  /** How many spaces stand before it. */
  readonly indentation: number;
  readonly hasOpenQuote: boolean;
  /** In the words of the parser, which tells them of other places as well. */
  readonly problems: readonly ParseProblem[];
}

/** The mistaken key that a line begins with; undefined where it begins with anything else, be it a sound key. */
export function mistakenKeyOn(text: string, lineStart: number): MistakenKey | undefined {
  mistaken.lastIndex = lineStart;
  const [, spaces = '', quote = '', name = ''] = mistaken.exec(text) ?? [];
  const tab = spaces.indexOf('\t');
  if (tab < 0 && quote === '') return undefined;
  const problems: ParseProblem[] = [];
  const note = (message: string, start: number): void => {
    problems.push({ message, span: { start, end: start + 1 } });
  };
  if (tab >= 0) note('Tabs are not allowed as indentation', lineStart + tab);
  if (quote !== '') note(`Missing closing ${quote}quote`, lineStart + spaces.length);
  const start = lineStart + spaces.length + quote.length;
  return {
    name: { start, end: start + name.length },
    indentation: spaces.replaceAll('\t', '').length,
    hasOpenQuote: quote !== '',
    problems,
  };
}

/**
 * A text that begins with the line of such a key, as it was meant. What stands behind the colon stays where it is.
 *
 * @param base Where it stands in the text that the key was found in.
 */
export function withoutMistake(text: string, { name, indentation }: MistakenKey, base: number): string {
  const colon = name.end - base;
  const key = ' '.repeat(indentation) + text.slice(name.start - base, colon);
  return `${key}:${' '.repeat(colon - key.length)}${text.slice(colon + 1)}`;
}
