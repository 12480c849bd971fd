import {
  parseTree,
  printParseErrorCode,
  visit,
  type Node,
  type ParseError,
  type ParseErrorCode,
  type ParseOptions,
} from 'jsonc-parser';
import type { ParseProblem, ReadDocument } from './document.ts';
import { spansFrom, type Entry, type Span, type SpanMaker, type SyntaxNode } from './syntax.ts';

export const byteOrderMark = '\uFEFF';

/** Whether a text is JSON, or YAML that looks like it: it begins with a bracket, or would if not for a mistake there. */
export function beginsAsJson(text: string): boolean {
  return /^\s*(?:[{[]|[^\s{["#:-][^\n{["#:-]{0,50}\{\s*"|"[^"\n]*"\s*:[^\n]*,\s*\n)/.test(text);
}

/** Whether a text that {@link beginsAsJson} is JSON, with whatever mistakes. Without quotes it is YAML in flow style. */
export function isMeantAsJson(text: string): boolean {
  return /^\s*\{\s*"/.test(text) || /"Resources"\s*:/.test(text);
}

/** What other tools report. */
const tolerated: ParseOptions = { allowTrailingComma: true, disallowComments: false };

/** Whether {@link readJson} finds no mistake. */
export function isJson(text: string): boolean {
  return firstMistakes(text, spansFrom(0)).length === 0;
}

/** The first of the mistakes that {@link readJson} finds, if there is any; it looks no further. */
export function firstMistakes(text: string, spanAt: SpanMaker): readonly ParseProblem[] {
  const stop = new Error('There is a mistake');
  const found: ParseProblem[] = [];
  const onError = (error: ParseErrorCode, offset: number, length: number): void => {
    found.push(toProblem({ error, offset, length }, spanAt));
    throw stop;
  };
  try {
    visit(text, { onError }, tolerated);
  } catch (error) {
    if (error !== stop) throw error;
  }
  return found;
}

/**
 * Reads a JSON text, comments and trailing commas tolerated.
 *
 * @param spanAt Makes the spans of what stands in `text`.
 */
export function readJson(text: string, spanAt: SpanMaker): ReadDocument {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, tolerated);
  return {
    format: 'json',
    root: tree === undefined ? undefined : convert(tree, text, spanAt),
    problems: errors.map((error) => toProblem(error, spanAt)),
  };
}

function toProblem({ error, offset, length }: ParseError, spanAt: SpanMaker): ParseProblem {
  return { message: readableCode(printParseErrorCode(error)), span: spanAt(offset, offset + length) };
}

function convert(node: Node, text: string, spanAt: SpanMaker): SyntaxNode {
  const span = spanOf(node, spanAt);
  switch (node.type) {
    case 'object':
      return {
        kind: 'mapping',
        span,
        entries: (node.children ?? []).flatMap((property) => convertProperty(property, text, spanAt)),
      };
    case 'array':
      return {
        kind: 'sequence',
        span,
        items: (node.children ?? []).map((item) => convert(item, text, spanAt)),
      };
    case 'string':
      return { kind: 'scalar', span, text: String(node.value), isNull: false };
    case 'null':
      return { kind: 'scalar', span, text: '', isNull: true };
    case 'number':
    case 'boolean':
    case 'property':
      return {
        kind: 'scalar',
        span,
        text: text.slice(node.offset, node.offset + node.length),
        isNull: false,
      };
  }
}

function convertProperty(property: Node, text: string, spanAt: SpanMaker): Entry[] {
  const [key, value] = property.children ?? [];
  if (key === undefined) return [];
  const keyEnd = key.offset + key.length;
  return [
    {
      name: String(key.value),
      keySpan: spanOf(key, spanAt),
      value:
        value === undefined
          ? { kind: 'scalar', span: spanAt(keyEnd, keyEnd), text: '', isNull: true }
          : convert(value, text, spanAt),
    },
  ];
}

function spanOf({ offset, length }: Node, spanAt: SpanMaker): Span {
  return spanAt(offset, offset + length);
}

/** `CloseBraceExpected` → `close brace expected`. */
function readableCode(code: string): string {
  return code.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}
