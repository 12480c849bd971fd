/** Text with what little form the features need; the wire makes Markdown or plain text of it. */
export type Piece =
  | string
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string };

export type Line = readonly Piece[];

export type Block =
  | { readonly kind: 'paragraph'; readonly line: Line }
  | { readonly kind: 'list'; readonly items: readonly Line[] };

export function code(text: string): Piece {
  return { kind: 'code', text };
}

export function strong(text: string): Piece {
  return { kind: 'strong', text };
}

export function link(text: string, url: string): Piece {
  return { kind: 'link', text, url };
}

/**
 * A sentence with pieces in the places of its `{0}`, `{1}`…, which stand in another order in other languages.
 *
 * @param sentence A translated text whose places are not filled in yet.
 */
export function filled(sentence: string, ...pieces: readonly Piece[]): Line {
  return sentence
    .split(/\{(\d)\}/)
    .map((part, index) => (index % 2 === 0 ? part : (pieces[Number(part)] ?? '')))
    .filter((piece) => piece !== '');
}

export function paragraph(...line: Line): Block {
  return { kind: 'paragraph', line };
}

export function list(items: readonly Line[]): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}
