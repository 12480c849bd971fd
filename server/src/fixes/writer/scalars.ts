import { plainText, type Piece } from './edits.ts';
import type { Quote } from './style-samples.ts';

/**
 * Where a YAML scalar stands: in flow style brackets, braces and commas end a plain one. By the specification a
 * colon within a word does not, but older readers refuse it there.
 */
export type ScalarPlace = 'block' | 'flow' | 'cautious-flow';

/**
 * What YAML 1.1 takes for null, a boolean, a number, a date, a merge or a default (https://yaml.org/type/), also
 * in the spellings that only some readers take for one: a string that looks like it is quoted.
 */
const otherTypes: readonly RegExp[] = [
  /^(?:~|null|true|false|yes|no|on|off|y|n|<<|=)$/i,
  /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[\da-f_]+|[\d_]+)$/i,
  /^[-+]?(?:\d[\d_]*)?\.?[\d_]*(?:e[-+]?\d+)?$/i,
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  /^[-+]?\.(?:inf|nan)$/i,
  /^\d{4}-\d\d?-\d\d?(?:[Tt\s]|$)/,
];

/** What cannot stand in a plain scalar, or at one of its ends. */
const unplain = /^[\s,[\]{}#&*!|>'"%@`]|^[-?:](?:\s|$)|^(?:---|\.\.\.)|:(?:\s|$)|\s#|\s$/;

const unplainIn: Readonly<Record<ScalarPlace, RegExp | undefined>> = {
  block: undefined,
  flow: /^[-?:]|[,[\]{}]/,
  'cautious-flow': /^[-?]|[,[\]{}:]/,
};

/** What cannot be written without an escape. */
const unprintable = /[^\x20-\x7E\u00A0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Whether a string must be quoted in YAML, so that every reader takes it for that string. */
export function needsQuotes(text: string, place: ScalarPlace): boolean {
  return (
    text === '' ||
    unplain.test(text) ||
    unplainIn[place]?.test(text) === true ||
    unprintable.test(text) ||
    otherTypes.some((pattern) => pattern.test(text))
  );
}

export interface QuotePreference {
  /** Where none are needed. */
  readonly customary: Quote;
  /** Where they are. */
  readonly needed: 'single' | 'double';
}

/** A string as a YAML scalar on one line. */
export function yamlString(
  pieces: readonly Piece[],
  place: ScalarPlace,
  { customary, needed }: QuotePreference,
): readonly Piece[] {
  const text = plainText(pieces);
  const isFree = pieces.some((piece) => typeof piece !== 'string');
  // What a user types over a tab stop may need quotes.
  const mustQuote = isFree || needsQuotes(text, place);
  const quote = mustQuote && customary === 'none' ? needed : customary;
  if (quote === 'none') return pieces;
  return isDouble(text, quote) ? doubleQuoted(pieces) : singleQuoted(pieces);
}

/** The other quote spares escapes. */
function isDouble(text: string, quote: 'single' | 'double'): boolean {
  if (unprintable.test(text)) return true;
  return quote === 'double'
    ? !/["\\]/.test(text) || text.includes("'")
    : /'/.test(text) && !/["\\]/.test(text);
}

function singleQuoted(pieces: readonly Piece[]): readonly Piece[] {
  return ["'", ...mapText(pieces, (text) => text.replaceAll("'", "''")), "'"];
}

/** A string between double quotes, as both JSON and YAML have it. */
export function doubleQuoted(pieces: readonly Piece[]): readonly Piece[] {
  return ['"', ...mapText(pieces, escaped), '"'];
}

function escaped(text: string): string {
  // Line ends to YAML, but not to JSON.
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(
      /[\u007F-\u009F\u2028\u2029\uFEFF]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

export function mapText(pieces: readonly Piece[], map: (text: string) => string): readonly Piece[] {
  return pieces.map((piece) =>
    typeof piece === 'string' ? map(piece) : { ...piece, text: map(piece.text) },
  );
}
