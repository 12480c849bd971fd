import { MarkupKind, type MarkupContent } from 'vscode-languageserver';
import type { Block, Piece } from '../language/prose.ts';

/** Says text in the richer form where the client takes it. */
export function toMarkup(blocks: readonly Block[], canMarkdown: boolean): MarkupContent {
  return canMarkdown
    ? { kind: MarkupKind.Markdown, value: render(blocks, markdownOf) }
    : { kind: MarkupKind.PlainText, value: render(blocks, plainTextOf) };
}

function render(blocks: readonly Block[], renderPiece: (piece: Piece) => string): string {
  const line = (pieces: readonly Piece[]): string => pieces.map(renderPiece).join('');
  return blocks
    .map((block) =>
      block.kind === 'paragraph' ? line(block.line) : block.items.map((item) => `- ${line(item)}`).join('\n'),
    )
    .join('\n\n');
}

function plainTextOf(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  return piece.kind === 'link' ? `${piece.text} (${piece.url})` : piece.text;
}

function markdownOf(piece: Piece): string {
  if (typeof piece === 'string') return escaped(piece);
  switch (piece.kind) {
    case 'code':
      // A backtick ends code, and there is no escape inside it.
      return piece.text.includes('`') ? escaped(piece.text) : `\`${piece.text}\``;
    case 'strong':
      return `**${escaped(piece.text)}**`;
    case 'link':
      return `[${escaped(piece.text)}](${piece.url})`;
  }
}

/** Names and reasons are the template's text, not markup. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!<>|~&$]/g, String.raw`\$&`).replaceAll('\n', ' ');
}
