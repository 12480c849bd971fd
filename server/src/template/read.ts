import { ensureBounded } from './bounds.ts';
import { deployableLength, type ReadDocument } from './document.ts';
import { readBrokenJson } from './pieces/read-broken-json.ts';
import { beginsAsJson, byteOrderMark, isJson, isMeantAsJson, readJson } from './read-json.ts';
import { readYaml } from './yaml/read-yaml.ts';
import { salvage } from './yaml/salvage.ts';
import { toEnd, type Steps } from './steps.ts';
import { spansFrom } from './syntax.ts';

/**
 * Reads a text into its documents: one for JSON, any number for YAML. The text decides which it is, not the
 * file's name, because `.template` says neither. Parse errors are data.
 *
 * @throws RangeError where it is nested too deeply, or where its aliases repeat too much.
 */
export function readDocuments(text: string): ReadDocument[] {
  return toEnd(readDocumentsInSteps(text));
}

/** The same in steps, so that a long text need not be read at one go. */
export function* readDocumentsInSteps(text: string): Steps<ReadDocument[]> {
  const documents = yield* readUnbounded(text);
  for (const { root } of documents) if (root !== undefined) ensureBounded(root);
  return documents;
}

function* readUnbounded(text: string): Steps<ReadDocument[]> {
  const base = text.startsWith(byteOrderMark) ? 1 : 0;
  const body = text.slice(base);
  const documents = yield* readWhole(body, base);
  const [only] = documents;
  if (documents.length !== 1 || only === undefined || only.problems.length === 0) return documents;
  return [
    only.format === 'json' ? ((yield* readBrokenJson(text)) ?? only) : yield* salvage(only, body, base),
  ];
}

function* readWhole(body: string, base: number): Steps<ReadDocument[]> {
  if (!beginsAsJson(body)) return yield* readYaml(body, spansFrom(base), base);
  // `{Resources: {…}}` without quotes is YAML in flow style.
  if (!isMeantAsJson(body) && !isJson(body) && body.length <= deployableLength) {
    const yaml = yield* readYaml(body, spansFrom(base), base);
    if (yaml.every(({ problems }) => problems.length === 0)) return yaml;
  }
  return [readJson(body, spansFrom(base))];
}
