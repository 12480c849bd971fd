import { ensureBounded } from '../bounds.ts';
import type { ParseProblem } from '../document.ts';
import { toEnd, type Steps } from '../steps.ts';
import { entriesOf, type SpanMaker, type SyntaxNode } from '../syntax.ts';
import { withoutCommentsBehind } from '../yaml/comments.ts';
import { readYamlPiece, type ReadPiece } from '../yaml/read-yaml.ts';
import { placedAt, type Place } from './place.ts';
import { readSimpleLines } from './read-simple-lines.ts';

/** What is in an entry, and what is wrong with it. */
export interface ReadEntry {
  readonly value: SyntaxNode;
  readonly problems: readonly ParseProblem[];
  readonly openQuote: number | undefined;
}

/** An entry of that many characters can be read while its text is edited. */
const longestAtOnce = 50_000;

/** Undefined also where it is nested too deeply, which the reading of the whole will say. */
export function* readEntry(
  text: string,
  place: Place,
  expectsMistake: boolean,
): Steps<ReadEntry | undefined> {
  try {
    if (text.length > longestAtOnce) yield 'long';
    return yield* readValue(text, placedAt(place), expectsMistake);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function hasMistake(read: ReadPiece | undefined): boolean {
  return read !== undefined && read.problems.length > 0;
}

export function readPlainly(text: string, spanAt: SpanMaker): SyntaxNode | undefined {
  return toEnd(readValue(text, spanAt))?.value;
}

/** What was recognised as simple lines. */
export function readSimple(text: string, spanAt: SpanMaker): SyntaxNode | undefined {
  return readSimpleLines(text, spanAt) ?? readPlainly(text, spanAt);
}

/** @param expectsMistake Tells what is tried first; what is read is the same. */
export function* readValue(
  text: string,
  spanAt: SpanMaker,
  expectsMistake = false,
): Steps<ReadEntry | undefined> {
  // Some mistakes are told where what is read ends, which the blank lines and comments behind it are no part of.
  const readBroken = () => readYamlPiece(withoutCommentsBehind(text), spanAt);
  const broken = expectsMistake ? yield* readBroken() : undefined;
  let read = hasMistake(broken) ? broken : yield* readYamlPiece(text, spanAt);
  if (read !== broken && hasMistake(read)) {
    read = yield* readBroken();
    if (!hasMistake(read)) return undefined;
  }
  if (read === undefined) return undefined;
  ensureBounded(read.root);
  const [first, ...others] = entriesOf(read.root);
  if (first === undefined || (others.length > 0 && read.problems.length === 0)) return undefined;
  return { value: first.value, problems: read.problems, openQuote: read.openQuote };
}
