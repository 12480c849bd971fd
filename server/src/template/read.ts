import { ensureBounded } from './bounds.ts';
import { deployableLength, type ReadDocument } from './document.ts';
import { beginsAsJson, isMeantAsJson, readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';
import { salvage, type ReadEntry } from './salvage.ts';
import { spansFrom } from './syntax.ts';

const byteOrderMark = '\uFEFF';

/**
 * Reads a text into its documents: one for JSON, any number for YAML. The text decides which it is, not the
 * file's name, because `.template` says neither. Parse errors are data.
 *
 * @throws RangeError where it is nested too deeply, or where its aliases repeat too much.
 */
export function readDocuments(text: string): ReadDocument[] {
  const documents = readUnbounded(text);
  for (const { root } of documents) if (root !== undefined) ensureBounded(root);
  return documents;
}

function readUnbounded(text: string): ReadDocument[] {
  const base = text.startsWith(byteOrderMark) ? 1 : 0;
  const body = text.slice(base);
  const documents = readWhole(body, base);
  const [only] = documents;
  const isBroken = documents.length === 1 && only !== undefined && only.problems.length > 0;
  return isBroken ? [salvage(only, body, base, entryReaders[only.format])] : documents;
}

const entryReaders: Readonly<Record<ReadDocument['format'], ReadEntry>> = {
  yaml: (text, base) => readYaml(text, spansFrom(base))[0],
  // An entry of an object is no JSON by itself.
  json: (text, base) => readJson(`{${text}}`, spansFrom(base - 1)),
};

function readWhole(body: string, base: number): ReadDocument[] {
  if (!beginsAsJson(body)) return readYaml(body, spansFrom(base), base);
  const json = readJson(body, spansFrom(base));
  if (json.problems.length === 0 || isMeantAsJson(body) || body.length > deployableLength) return [json];
  // `{Resources: {…}}` without quotes is YAML in flow style.
  const yaml = readYaml(body, spansFrom(base), base);
  return yaml.every(({ problems }) => problems.length === 0) ? yaml : [json];
}
