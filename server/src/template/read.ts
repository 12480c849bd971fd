import { ensureBounded } from './bounds.ts';
import { deployableLength, type ReadDocument } from './document.ts';
import { readBrokenJson } from './pieces/read-broken-json.ts';
import { beginsAsJson, byteOrderMark, isMeantAsJson, readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';
import { salvage } from './salvage.ts';
import { spansFrom } from './syntax.ts';

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
  if (documents.length !== 1 || only === undefined || only.problems.length === 0) return documents;
  return [only.format === 'json' ? (readBrokenJson(text) ?? only) : salvage(only, body, base)];
}

function readWhole(body: string, base: number): ReadDocument[] {
  if (!beginsAsJson(body)) return readYaml(body, spansFrom(base), base);
  const json = readJson(body, spansFrom(base));
  if (json.problems.length === 0 || isMeantAsJson(body) || body.length > deployableLength) return [json];
  // `{Resources: {…}}` without quotes is YAML in flow style.
  const yaml = readYaml(body, spansFrom(base), base);
  return yaml.every(({ problems }) => problems.length === 0) ? yaml : [json];
}
