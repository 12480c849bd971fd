import { deployableLength, type ReadDocument } from './document.ts';
import { readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';

const byteOrderMark = '\uFEFF';

/**
 * Reads a text into its documents: one for JSON, any number for YAML. The text decides which it is, not the
 * file's name, because `.template` says neither. Parse errors are data; only nesting deeper than the call
 * stack makes it throw a `RangeError`.
 */
export function readDocuments(text: string): ReadDocument[] {
  const base = text.startsWith(byteOrderMark) ? 1 : 0;
  const body = text.slice(base);
  if (!/^\s*[{[]/.test(body)) return readYaml(body, base);
  const json = readJson(body, base);
  if (json.problems.length === 0 || body.length > deployableLength) return [json];
  // `{Resources: {…}}` without quotes is YAML in flow style.
  const yaml = readYaml(body, base);
  return yaml.every(({ problems }) => problems.length === 0) ? yaml : [json];
}
