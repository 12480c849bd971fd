import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildIfOutdated } from '../cli/command.ts';
import { startOverIpc, startOverStdio, runServer } from './built-server.ts';
import { oldest, pulling, wantingStatus } from './capabilities.ts';
import { positionOf } from './test-client.ts';

const uri = 'file:///network.yaml';
const bareVpc = `# Réseau 🦀
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
`;
const flowLog = `  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Vpc
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::flow-logs
`;

// Starting processes takes longer than the default allows where the machine is busy.
describe('the built server', { timeout: 60_000 }, () => {
  beforeAll(buildIfOutdated, 60_000);

  test('serves a client that can do next to nothing: findings pushed, cleared, and a clean end', async () => {
    const { client, exitCode } = startOverStdio();
    await client.initialize(oldest);

    await client.open(uri, bareVpc);
    const { diagnostics, ...rest } = await client.published.next();
    expect(rest).toEqual({ uri, version: 1 });
    const start = positionOf('Vpc', bareVpc);
    expect(diagnostics).toEqual([
      {
        range: { start, end: { line: start.line, character: start.character + 'Vpc'.length } },
        severity: 2,
        code: 'vpc-no-flow-log',
        source: 'flow-log-guard',
        message: expect.stringContaining('Vpc'),
      },
    ]);

    const end = { line: 6, character: 0 };
    await client.change(uri, 2, { range: { start: end, end }, text: flowLog });
    expect(await client.published.next()).toEqual({ uri, version: 2, diagnostics: [] });

    const traffic = positionOf('ALL', bareVpc + flowLog);
    await client.change(uri, 3, {
      range: { start: traffic, end: { line: traffic.line, character: traffic.character + 'ALL'.length } },
      text: 'ACCEPT',
    });
    const changed = await client.published.next();
    expect(changed).toMatchObject({ version: 3, diagnostics: [{ range: { start } }] });
    expect(changed.diagnostics[0]).not.toHaveProperty('relatedInformation');

    await client.close(uri);
    expect(await client.published.next()).toEqual({ uri, diagnostics: [] });

    await client.shutdown();
    await client.exit();
    expect(await exitCode).toBe(0);
  });

  test('answers a client that can do next to nothing when it asks: text alone, and nothing to click', async () => {
    const { client, exitCode } = startOverStdio();
    const { capabilities } = await client.initialize(oldest);
    expect(capabilities).toMatchObject({ hoverProvider: true, definitionProvider: true });
    for (const unheardOf of ['diagnosticProvider', 'executeCommandProvider', 'codeActionProvider']) {
      expect(capabilities).not.toHaveProperty(unheardOf);
    }
    const text = bareVpc + flowLog;
    await client.open(uri, text);

    const hover = await client.hover(uri, positionOf('Vpc:', text));
    expect(hover?.contents).toMatchObject({
      kind: 'plaintext',
      value: expect.stringContaining('Vpc: logged'),
    });
    expect(await client.lenses(uri)).toMatchObject([
      { command: { title: 'Flow log: S3, ALL, 600 s', command: '' } },
    ]);
    const vpc = positionOf('Vpc\n      ResourceType', text);
    expect(await client.definition(uri, vpc)).toMatchObject([
      { uri, range: { start: positionOf('Vpc', text) } },
    ]);
    expect(await client.references(uri, positionOf('Vpc:', text))).toHaveLength(1);
    expect(await client.links(uri)).toEqual([]);
    const items = await client.completion(uri, positionOf('ALL', text));
    expect(items.map(({ label }) => label)).toEqual(['ALL', 'REJECT', 'ACCEPT']);
    const kinds = items.map(({ documentation }) => typeof documentation === 'object' && documentation.kind);
    expect(new Set(kinds)).toEqual(new Set(['plaintext']));
    expect(items.every((item) => item.insertTextFormat === undefined)).toBe(true);

    await client.shutdown();
    await client.exit();
    expect(await exitCode).toBe(0);
  });

  test('serves a client that pulls: full, unchanged, mended, and a clean end', async () => {
    const { client, exitCode } = startOverStdio();
    await client.initialize({ ...pulling, ...wantingStatus });
    await client.open(uri, bareVpc);

    const first = await client.pull(uri);
    expect(first).toMatchObject({
      kind: 'full',
      items: [
        {
          code: 'vpc-no-flow-log',
          codeDescription: { href: expect.stringContaining('#ec2-6') },
          data: { version: 1, code: 'vpc-no-flow-log', logicalId: 'Vpc' },
          range: { start: positionOf('Vpc', bareVpc) },
        },
      ],
    });
    expect(await client.statuses.next()).toEqual({
      uri,
      version: 1,
      state: { kind: 'template', vpcs: 1, covered: 0, bare: 1 },
    });

    const cidr = positionOf('10.0', bareVpc);
    await client.change(uri, 2, {
      range: { start: cidr, end: { ...cidr, character: cidr.character + 2 } },
      text: '11',
    });
    expect(await client.pull(uri, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });

    await client.change(uri, 3, { text: bareVpc + flowLog.replace('ALL', 'ACCEPT') });
    const wrongTraffic = await client.pull(uri, first.resultId);
    expect(wrongTraffic).toMatchObject({
      kind: 'full',
      items: [{ relatedInformation: [{ location: { uri } }] }],
    });

    await client.change(uri, 4, { text: bareVpc + flowLog });
    expect(await client.pull(uri, wrongTraffic.resultId)).toMatchObject({ kind: 'full', items: [] });

    await client.shutdown();
    await client.exit();
    expect(await exitCode).toBe(0);
    expect(client.published.all).toEqual([]);
  });

  test('reports the same in a file with CRLF and a byte order mark', async () => {
    const { client } = startOverStdio();
    await client.initialize(pulling);
    const text = `\uFEFF${bareVpc.replaceAll('\n', '\r\n')}`;
    await client.open(uri, text);
    expect(await client.pull(uri)).toMatchObject({ items: [{ range: { start: positionOf('Vpc', text) } }] });
  });

  test('says nothing about files that are no templates', async () => {
    const { client } = startOverStdio();
    await client.initialize({ ...pulling, ...wantingStatus });
    await client.open('file:///compose.yaml', 'services:\n  web:\n    image: nginx\n');
    expect(await client.pull('file:///compose.yaml')).toMatchObject({ kind: 'full', items: [] });
    expect(await client.statuses.next()).toMatchObject({ state: { kind: 'not-a-template' } });
  });

  test("ends by itself when its client's end of the pipe closes", async () => {
    const { client, process, exitCode } = startOverStdio();
    await client.initialize(oldest);
    process.stdin!.end();
    expect(await exitCode).toBe(1);
  });

  test('ends with an error when told to exit without a shutdown', async () => {
    const { client, exitCode } = startOverStdio();
    await client.initialize(oldest);
    await client.exit();
    expect(await exitCode).toBe(1);
  });

  test("serves over Node's channel, and ends by itself when it closes", async () => {
    const { client, process, exitCode } = startOverIpc();
    await client.initialize(pulling);
    await client.open(uri, bareVpc);
    expect(await client.pull(uri)).toMatchObject({ items: [{ code: 'vpc-no-flow-log' }] });
    process.disconnect();
    expect(await exitCode).toBe(1);
  });

  test('ends cleanly over the channel, too', async () => {
    const { client, exitCode } = startOverIpc();
    await client.initialize(pulling);
    await client.shutdown();
    await client.exit();
    expect(await exitCode).toBe(0);
  });

  test('prints its version', async () => {
    const manifest = readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    expect(await runServer('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('has the parsers of source code in a bundle of their own', () => {
    const bundle = (name: string): string =>
      readFileSync(path.resolve(import.meta.dirname, '../../dist', name), 'utf8');
    // A name out of the grammar of JavaScript.
    expect(bundle('serving.cjs')).not.toContain('InstantiationExpression');
    expect(bundle('cdk-fixes.cjs')).toContain('InstantiationExpression');
  });

  test('prints how to call it', async () => {
    const { code, stdout } = await runServer('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--stdio');
    expect(stdout).toContain('--node-ipc');
  });

  test.each([
    { args: [], reason: 'Give one of --stdio and --node-ipc' },
    { args: ['--stdio', '--node-ipc'], reason: 'Give one of --stdio and --node-ipc' },
    { args: ['--socket=6009'], reason: "'--socket'" },
    { args: ['template.yaml'], reason: "'template.yaml'" },
    { args: ['--node-ipc'], reason: '--node-ipc needs' },
  ])('refuses $args with a reason', async ({ args, reason }) => {
    const { code, stdout, stderr } = await runServer(...args);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(reason);
  });
});
