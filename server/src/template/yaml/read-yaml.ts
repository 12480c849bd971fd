import { WholeComments } from './comments.ts';
import { YamlConverter } from './convert.ts';
import { deployableLength, type ParseProblem, type ReadDocument } from '../document.ts';
import type { ParsedDocument } from './portions.ts';
import { behindQuoted, parseYaml, type Parsed } from './parse.ts';
import type { Steps } from '../steps.ts';
import type { SpanMaker, SyntaxNode } from '../syntax.ts';

/**
 * Reads every document of a YAML text as CloudFormation does: YAML 1.1 with merge keys, where a short form
 * such as `!Ref X` is the one-entry mapping `Ref: X` (its key span is the tag).
 *
 * @param spanAt Makes the spans of what stands in `text`.
 * @param base Offset of `text` in the file, for its comments.
 */
export function* readYaml(text: string, spanAt: SpanMaker, base = 0): Steps<ReadDocument[]> {
  const { documents, source, comments } = yield* parseLeniently(text);
  const read: ReadDocument[] = [];
  for (const [index, document] of documents.entries()) {
    const { contents } = document;
    const converter = new YamlConverter(source, spanAt);
    const range = {
      start: documents[index - 1]?.range[2] ?? 0,
      end: documents[index + 1] === undefined ? source.length : document.range[2],
    };
    read.push({
      format: 'yaml',
      root: contents === null ? undefined : yield* converter.convertInSteps(contents),
      problems: problemsOf(document, spanAt),
      comments: new WholeComments(source, base, range, comments),
    });
    yield;
  }
  return read;
}

/** What is in a piece of a text, and what is wrong with it. */
export interface ReadPiece {
  readonly root: SyntaxNode;
  readonly problems: readonly ParseProblem[];
  /** Where a quoted text begins that does not end in the piece. */
  readonly openQuote: number | undefined;
}

/**
 * Reads a piece of a YAML text that is a document by itself, such as one entry of a mapping.
 *
 * @returns undefined where it is no document of its own, or speaks of anchors, which others may share
 */
export function* readYamlPiece(text: string, spanAt: SpanMaker): Steps<ReadPiece | undefined> {
  const { documents, source } = yield* parseLeniently(text);
  const [document] = documents;
  if (documents.length !== 1 || document?.contents === undefined || document.contents === null) {
    return undefined;
  }
  const converter = new YamlConverter(source, spanAt);
  const root = yield* converter.convertInSteps(document.contents);
  if (converter.hasAnchors || (source !== text && joinsComments(text, source))) return undefined;
  return { root, problems: problemsOf(document, spanAt), openQuote: openQuotesIn({ documents, source })[0] };
}

/** Whether lines were joined in which there may be comments, which a quoted text hides. */
function joinsComments(text: string, source: string): boolean {
  const lineEnds = [...text.matchAll(/[\r\n]/g)].filter(({ index }) => source[index] !== text[index]);
  const [first, last] = [lineEnds[0]?.index, lineEnds.at(-1)?.index];
  if (first === undefined || last === undefined) return false;
  return text.slice(text.lastIndexOf('\n', first - 1), lineEndOf(text, last + 1)).includes('#');
}

/**
 * Whether a quote that nothing closes by the rules of indentation is a mistake for CloudFormation's reader, too:
 * what stands behind the next one can only stand behind one that opens.
 *
 * @param context Where it stands; `block` where no bracket can be open.
 */
export function isMistakenQuote(text: string, start: number, context: 'block' | 'any' = 'any'): boolean {
  const end = behindQuoted(text, start);
  if (end === undefined) return true;
  const behind = text.slice(end, lineEndOf(text, end));
  return !(context === 'block' ? /^[ \t]*(?:[:#].*)?$/ : /^[ \t]*(?:[,\]}:#].*)?$/).test(behind);
}

function lineEndOf(text: string, offset: number): number {
  const end = /[\r\n]|$/g;
  end.lastIndex = offset;
  return end.exec(text)?.index ?? text.length;
}

function problemsOf({ errors }: ParsedDocument, spanAt: SpanMaker): ParseProblem[] {
  return errors.map(({ message, pos }) => ({ message, span: spanAt(pos[0], pos[1]) }));
}

/** Quoted texts that are joined in one file at most; real templates have a few. */
export const mostJoins = 16;

/**
 * CloudFormation's reader takes quoted texts whose later lines are indented less than their key, which YAML
 * 1.2 forbids. Such a text is made one line (folding a line end yields a space anyway, and nothing moves) and
 * parsed again, and so is the next one. What has the fewest problems counts.
 */
function* parseLeniently(text: string): Steps<Parsed> {
  let best = yield* parseYaml(text);
  if (text.length > deployableLength) return best;
  let latest = best;
  for (let joins = 0; joins < mostJoins; joins += 1) {
    const joined = joinBrokenQuote(latest);
    if (joined === undefined) break;
    // Behind one such text, the next one may seem to make it worse.
    latest = yield* parseYaml(joined);
    if (problemCount(latest) < problemCount(best)) best = latest;
  }
  return best;
}

function problemCount({ documents }: Parsed): number {
  return documents.reduce((sum, { errors }) => sum + errors.length, 0);
}

function joinBrokenQuote({ documents, source }: Parsed): string | undefined {
  const [start] = openQuotesIn({ documents, source });
  if (start === undefined) return undefined;
  const end = behindQuoted(source, start);
  if (end === undefined || isMistakenQuote(source, start)) return undefined;
  const quoted = source.slice(start, end);
  if (!/[\r\n]/.test(quoted)) return undefined;
  return source.slice(0, start) + quoted.replaceAll(/[\r\n]/g, ' ') + source.slice(end);
}

/** Where the quoted texts begin that end where they may not. */
function openQuotesIn({ documents, source }: Pick<Parsed, 'documents' | 'source'>): readonly number[] {
  return documents
    .flatMap(({ errors }) => errors)
    .filter(({ code, message }) => code === 'MISSING_CHAR' && message.startsWith('Missing closing'))
    .map(({ message, pos }) => source.lastIndexOf(message.includes('"') ? '"' : "'", pos[0] - 1))
    .filter((start) => start >= 0);
}
