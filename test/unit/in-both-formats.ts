import { expect } from 'vitest';
import { readDocuments } from '../../server/src/template/read.ts';
import { checkText } from '../../server/src/workspace/check.ts';
import { asJson } from './as-json.ts';

/** What a check says, with the text that each finding stands on. */
export interface Said {
  /** Logical id → verdict. */
  readonly verdicts: Readonly<Record<string, string>>;
  /** Logical id → reason. */
  readonly reasons: Readonly<Record<string, string>>;
  /** `code severity on key: message`. */
  readonly findings: readonly string[];
}

/** Checks a template; `reasons` and messages are those of the text. */
export function check(text: string): Said {
  const checked = checkText(text);
  if (checked.kind !== 'template') throw new Error(`It is no template: ${checked.kind}`);
  expect(checked.problems).toEqual([]);
  const { vpcs, findings } = checked;
  // Quotes and spaces are where the formats differ.
  const textAt = ({ start, end }: { start: number; end: number }): string =>
    text.slice(start, end).replaceAll(/["'\s]/g, '');
  return {
    verdicts: Object.fromEntries(vpcs.map(({ logicalId, verdict }) => [logicalId, verdict])),
    reasons: Object.fromEntries(vpcs.map(({ logicalId, reason }) => [logicalId, reason])),
    findings: findings.map(
      ({ code, severity, span, message }) => `${code} ${severity} on ${textAt(span)}: ${message}`,
    ),
  };
}

/** Checks a YAML template, and that its JSON twin is no different. */
export function checkInBothFormats(yaml: string): Said {
  const said = check(yaml);
  expect(check(jsonOf(yaml))).toEqual(said);
  return said;
}

function jsonOf(yaml: string): string {
  const [document] = readDocuments(yaml);
  if (document?.root === undefined) throw new Error('It is empty');
  return asJson(document.root);
}
