import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { useTexts } from '../../server/src/lsp/texts.ts';
import { newFolder, source, writeApplication } from '../cdk/written-assembly.ts';
import { buildIfOutdated } from '../cli/command.ts';
import { startOverStdio } from './built-server.ts';
import { pushing, takingActions } from './capabilities.ts';
import { connect } from './in-process.ts';
import { positionOf } from './test-client.ts';

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

function textsOf(language: string): unknown {
  const bundle = path.resolve(import.meta.dirname, `../../l10n/bundle.l10n.${language}.json`);
  return JSON.parse(readFileSync(bundle, 'utf8'));
}

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

  test('speaks it in what is bundled apart, too: the fixes of source code', async () => {
    const { folder, write } = await newFolder();
    await writeApplication({ write });
    const { client } = startOverStdio();
    const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;
    await client.initialize(takingActions, undefined, [{ uri: uriOf(''), name: 'application' }], 'de');
    await client.open(uriOf('app.ts'), source);
    const start = positionOf('new ec2.Vpc(stack', source);
    const actions = await client.codeActions(uriOf('app.ts'), { start, end: start }, { diagnostics: [] });
    expect(actions.map(({ title }) => title)).toContain('Flow-Protokoll zu S3 hinzufügen: neuer Bucket');
  });

  test.each(['client.cjs', 'aws.cjs'])('has a neighbour that shares its texts: %s', (name) => {
    const bundle = readFileSync(path.resolve(import.meta.dirname, '../../dist', name), 'utf8');
    expect(bundle).toContain('require("./l10n.cjs")');
  });
});

test('hovers have names in the places where the language wants them', async () => {
  onTestFinished(() => useTexts({}));
  const client = connect();
  await client.initialize(pushing, { texts: textsOf('de') });
  await client.open(uri, template);
  const hover = await client.hover(uri, positionOf('FlowLog:', template));
  expect(hover?.contents).toMatchObject({
    value: expect.stringContaining('Es existiert, wenn Production erfüllt ist.'),
  });
});

test('texts that the client brings go before those of its locale', async () => {
  onTestFinished(() => useTexts({}));
  const client = connect();
  await client.initialize(pushing, { texts: textsOf('ja') }, null, 'de');
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
