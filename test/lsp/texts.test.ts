import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { useTexts } from '../../server/src/lsp/texts.ts';
import { buildIfOutdated } from '../cli/command.ts';
import { startOverStdio } from './built-server.ts';
import { pushing } from './capabilities.ts';
import { connect } from './in-process.ts';

const uri = 'file:///network.yaml';
const template = `Parameters:
  Stage: { Type: String, Default: dev }
Conditions:
  Production: !Equals [!Ref Stage, prod]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  FlowLog:
    Type: AWS::EC2::FlowLog
    Condition: Production
    Properties:
      ResourceId: !Ref Vpc
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::flow-logs
`;

const english = "Vpc has no flow log when Stage is 'dev' (the default)";
const german = "Vpc hat kein Flow-Protokoll, wenn Folgendes gilt: Stage ist 'dev' (Standardwert)";
const japanese = "Vpc には、次の場合にフローログがありません: Stage が 'dev' (既定値)";

describe('the built server', () => {
  beforeAll(buildIfOutdated, 120_000);

  test.each([
    ['de', german],
    ['de-AT', german],
    ['ja', japanese],
    ['en', english],
    ['fr', english],
    ['../../package', english],
    [undefined, english],
  ])('speaks the language of the client: %s', async (locale, message) => {
    const { client } = startOverStdio();
    await client.initialize(pushing, undefined, null, locale);
    await client.open(uri, template);
    const { diagnostics } = await client.published.next();
    expect(diagnostics.map((diagnostic) => diagnostic.message)).toEqual([message]);
  });
});

test('texts that the client brings go before those of its locale', async () => {
  onTestFinished(() => useTexts({}));
  const bundle = path.resolve(import.meta.dirname, '../../l10n/bundle.l10n.ja.json');
  const texts: unknown = JSON.parse(readFileSync(bundle, 'utf8'));
  const client = connect();
  await client.initialize(pushing, { texts }, null, 'de');
  await client.open(uri, template);
  const { diagnostics } = await client.published.next();
  expect(diagnostics.map(({ message }) => message)).toEqual([japanese]);
});

test('texts that are none leave the locale to decide', () => {
  onTestFinished(() => useTexts({}));
  const asked: string[] = [];
  useTexts({ locale: 'pt_BR', initializationOptions: { texts: 'x' } }, (locale) => {
    asked.push(locale);
    return undefined;
  });
  expect(asked).toEqual(['pt-br', 'pt']);
});
