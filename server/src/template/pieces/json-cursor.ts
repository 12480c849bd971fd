const blank = /[ \t\r\n]*/y;
/** One that is not closed ends with its line. */
export const jsonString = /"(?:[^"\\\r\n]|\\[^\r\n])*["\\]?/y;
const lineComment = /\/\/[^\r\n]*/y;
const literal = /[-+.\w]+/y;
/** Commas, colons, spaces, literals and whole strings. */
const unbracketed = /[^"[\]{}/]*(?:"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"[^"[\]{}/]*)*/y;

/** Deeper than templates are, and far from where a tree counts as too deep to walk. */
const deepest = 200;

/** A place in a JSON text, and the ways from there to the next. */
export class JsonCursor {
  position: number;
  readonly #text: string;
  #isTooDeep = false;
  #hasNoCommentEnd = false;

  constructor(text: string, position: number) {
    this.#text = text;
    this.position = position;
  }

  /** Whether a value was met that is nested more deeply than is looked at. */
  get isTooDeep(): boolean {
    return this.#isTooDeep;
  }

  /** Goes behind the value that begins here, if any does; false where it does not end before the limit. */
  skipValue(limit: number): boolean {
    const text = this.#text;
    let depth = 0;
    while (this.position < limit) {
      const code = text.charCodeAt(this.position);
      if (code === 0x22) this.match(jsonString);
      else if (code === 0x7b || code === 0x5b) {
        depth += 1;
        if (depth > deepest) this.#isTooDeep = true;
        this.position += 1;
      } else if (code === 0x7d || code === 0x5d) {
        if (depth === 0) break;
        depth -= 1;
        this.position += 1;
      } else if (depth === 0) this.match(literal);
      // Comments may hold brackets.
      else if (!this.#skipComment()) this.position += 1;
      if (depth === 0) break;
      this.match(unbracketed);
    }
    return depth === 0 && this.position <= limit;
  }

  /** Goes behind what matches here; false where nothing does. */
  match(pattern: RegExp): boolean {
    pattern.lastIndex = this.position;
    const isFound = pattern.test(this.#text);
    if (isFound) this.position = pattern.lastIndex;
    return isFound;
  }

  /** Goes behind spaces, line ends and comments. */
  skipSpace(): void {
    do this.match(blank);
    while (this.#skipComment());
  }

  #skipComment(): boolean {
    if (this.match(lineComment)) return true;
    if (this.#hasNoCommentEnd || !this.#text.startsWith('/*', this.position)) return false;
    const end = this.#text.indexOf('*/', this.position + 2);
    this.#hasNoCommentEnd = end < 0;
    if (end >= 0) this.position = end + 2;
    return end >= 0;
  }

  /** Goes behind that character; false where another stands here. */
  takeCharacter(character: string): boolean {
    if (this.#text[this.position] !== character) return false;
    this.position += 1;
    return true;
  }
}
