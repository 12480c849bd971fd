import { describe, expect, test } from 'vitest';
import { codeOfVerdict } from '../../server/src/coverage/model.ts';
import { readDocuments } from '../../server/src/template/read.ts';
import { checkText } from '../../server/src/workspace/check.ts';
import { asJson } from './as-json.ts';
import { describeCheck, summarizeCheck } from './check-report.ts';
import { coverageFixtures, givenDiagnostics, wantedDiagnostics } from './coverage-fixtures.ts';

const fixtures = coverageFixtures();
const yamlFixtures = fixtures.filter(({ name }) => name.endsWith('.yaml'));

test('the fixtures want every verdict that has a diagnostic, and lost targets', () => {
  const codes = new Set(fixtures.flatMap(wantedDiagnostics).map((wanted) => wanted.split(' ')[1]));
  for (const code of [...Object.values(codeOfVerdict), 'flow-log-target-invalid']) {
    expect(codes).toContain(code);
  }
});

describe.each(fixtures)('$name', (fixture) => {
  const { text, golden } = fixture;

  test('gives the wanted diagnostics and no other', () => {
    expect(givenDiagnostics(text)).toEqual(wantedDiagnostics(fixture));
  });

  test('gives what its golden file says', async () => {
    await expect(describeCheck(text, checkText(text))).toMatchFileSnapshot(golden);
  });
});

describe.each(yamlFixtures)('$name', ({ text }) => {
  test('gives the same with Windows line ends and a byte order mark', () => {
    const expected = describeCheck(text, checkText(text));
    for (const variant of [text.replaceAll('\n', '\r\n'), `\uFEFF${text}`]) {
      expect(describeCheck(variant, checkText(variant))).toBe(expected);
    }
  });

  test('says the same as JSON', () => {
    const checks = readDocuments(text).flatMap(({ root }) =>
      root === undefined ? [] : [checkText(asJson(root))],
    );
    const said = checks.filter(({ kind }) => kind !== 'not-a-template').flatMap(summarizeCheck);
    expect(said.toSorted()).toEqual(summarizeCheck(checkText(text)));
  });
});
