import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, test } from 'vitest';
import type { Finding, FindingCode } from '../../server/src/coverage/model.ts';
import { clientProfile } from '../../server/src/lsp/client-profile.ts';
import { toDiagnostic } from '../../server/src/lsp/diagnostic.ts';
import { oldest, pulling, pushing } from './capabilities.ts';

const uri = 'file:///template.yaml';

/** A finding at the first `Vpc` of the text, related to the first `Log`. */
function findingIn(text: string, code: FindingCode = 'vpc-no-flow-log'): Finding {
  const spanOf = (word: string) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length });
  const related = text.includes('Log') ? [{ message: 'It is on another VPC', span: spanOf('Log') }] : [];
  return {
    code,
    severity: 'warning',
    message: 'No flow log',
    logicalId: 'Vpc',
    span: spanOf('Vpc'),
    related,
  };
}

function convert(text: string, capabilities = pushing, finding = findingIn(text)) {
  const document = TextDocument.create(uri, 'yaml', 1, text);
  return toDiagnostic(finding, document, clientProfile(capabilities), {
    standard: 'ec2.6',
    locate: () => undefined,
  });
}

describe('ranges', () => {
  test.each([
    ['LF', 'a: 1\nb:\n  Vpc:\n', 2, 2],
    ['CRLF', 'a: 1\r\nb:\r\n  Vpc:\r\n', 2, 2],
    ['a lone CR', 'a: 1\rb:\r  Vpc:\r', 2, 2],
    ['a byte order mark in the first line', '\uFEFFVpc:\n', 0, 1],
    ['a byte order mark in another line', '\uFEFFa:\n  Vpc:\n', 1, 2],
    ['an astral character before it in the line', '{ "🦀": "é", "Vpc": {} }', 0, 14],
  ])('with %s', (_name, text, line, character) => {
    expect(convert(text).range).toEqual({
      start: { line, character },
      end: { line, character: character + 3 },
    });
  });

  test('an astral character in the range counts as two', () => {
    const text = 'V🦀pc:';
    const finding = { ...findingIn(text), span: { start: 0, end: text.indexOf(':') } };
    expect(convert(text, pushing, finding).range.end).toEqual({ line: 0, character: 5 });
  });
});

test('all that a client takes is sent', () => {
  expect(convert('Vpc: 1\nLog: 2\n')).toEqual({
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } },
    severity: 2,
    code: 'vpc-no-flow-log',
    codeDescription: {
      href: 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6',
    },
    source: 'flow-log-guard',
    message: 'No flow log',
    relatedInformation: [
      {
        message: 'It is on another VPC',
        location: { uri, range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } } },
      },
    ],
    data: { version: 1, code: 'vpc-no-flow-log', logicalId: 'Vpc' },
  });
});

test('a client that takes nothing more is sent the bare diagnostic', () => {
  expect(convert('Vpc: 1\nLog: 2\n', oldest)).toEqual({
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } },
    severity: 2,
    code: 'vpc-no-flow-log',
    source: 'flow-log-guard',
    message: 'No flow log',
  });
});

test('a finding about a flow log points to the reference of flow logs', () => {
  const text = 'Vpc: 1\n';
  expect(convert(text, pushing, findingIn(text, 'flow-log-target-invalid')).codeDescription?.href).toBe(
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html',
  );
});

test.each([
  ['error', 1],
  ['warning', 2],
  ['information', 3],
  ['hint', 4],
] as const)('severity %s is %i in the protocol', (severity, expected) => {
  const text = 'Vpc: 1\n';
  expect(convert(text, pushing, { ...findingIn(text), severity }).severity).toBe(expected);
});

describe('what a diagnostic can hold', () => {
  test('is read from the pull capabilities where they say it, as LSP 3.18 has it', () => {
    const diagnostic = { relatedInformation: true, codeDescriptionSupport: true, dataSupport: true };
    expect(clientProfile({ textDocument: { diagnostic } })).toMatchObject({
      relatedInformation: true,
      codeDescription: true,
      diagnosticData: true,
    });
  });

  test('is read from the push capabilities of a client that pulls and says it there alone', () => {
    expect(clientProfile(pulling)).toMatchObject({ pullsDiagnostics: true, relatedInformation: true });
  });
});
