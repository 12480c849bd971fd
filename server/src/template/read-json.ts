import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { ReadDocument } from './document.ts';
import type { Entry, Span, SyntaxNode } from './syntax.ts';

/**
 * Reads a JSON text, comments and trailing commas tolerated (other tools report them).
 *
 * @param base Offset of `text` in the file, added to every span.
 */
export function readJson(text: string, base: number): ReadDocument {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  return {
    format: 'json',
    root: tree === undefined ? undefined : convert(tree, text, base),
    problems: errors.map(({ error, offset, length }) => ({
      message: readableCode(printParseErrorCode(error)),
      span: { start: offset + base, end: offset + length + base },
    })),
  };
}

function convert(node: Node, text: string, base: number): SyntaxNode {
  const span = spanOf(node, base);
  switch (node.type) {
    case 'object':
      return {
        kind: 'mapping',
        span,
        entries: (node.children ?? []).flatMap((property) => convertProperty(property, text, base)),
      };
    case 'array':
      return {
        kind: 'sequence',
        span,
        items: (node.children ?? []).map((item) => convert(item, text, base)),
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

function convertProperty(property: Node, text: string, base: number): Entry[] {
  const [key, value] = property.children ?? [];
  if (key === undefined) return [];
  const keySpan = spanOf(key, base);
  const missing = { start: keySpan.end, end: keySpan.end };
  return [
    {
      name: String(key.value),
      keySpan,
      value:
        value === undefined
          ? { kind: 'scalar', span: missing, text: '', isNull: true }
          : convert(value, text, base),
    },
  ];
}

function spanOf(node: Node, base: number): Span {
  return { start: node.offset + base, end: node.offset + node.length + base };
}

/** `CloseBraceExpected` → `close brace expected`. */
function readableCode(code: string): string {
  return code.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}
