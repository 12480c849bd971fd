import type { CST } from 'yaml';
import type { Steps } from '../steps.ts';
import { compose, Portions, type DocumentTokens, type ParsedDocument } from './portions.ts';

/**
 * Makes the documents of the tokens of a text. Of a long collection some entries are composed at a time; what comes
 * out is the same as at one go.
 *
 * @param entriesAStep Of all collections, however deep they stand.
 */
export function* composeYaml(
  tokens: readonly CST.Token[],
  entriesAStep = 400,
): Steps<readonly ParsedDocument[]> {
  // What a directive says holds for all that follows.
  if (tokens.some(({ type }) => type === 'directive')) return compose(tokens);
  const documents: ParsedDocument[] = [];
  for (const one of eachDocument(tokens)) {
    documents.push(yield* new Portions(entriesAStep).compose(one));
    yield;
  }
  return documents;
}

function eachDocument(tokens: readonly CST.Token[]): DocumentTokens[] {
  const starts = tokens.flatMap(({ type }, index) => (type === 'document' ? [index] : []));
  return starts.map((start, index) => ({
    before: index === 0 ? tokens.slice(0, start) : [],
    document: tokens[start] as CST.Document,
    behind: tokens.slice(start + 1, starts[index + 1]),
  }));
}
