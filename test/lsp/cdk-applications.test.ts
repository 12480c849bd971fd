import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { DiagnosticSeverity, type Diagnostic, type LocationLink } from 'vscode-languageserver/node';
import { runCdkSynthCommand } from '../../server/src/protocol.ts';
import {
  coveredTemplate,
  newFolder,
  source,
  template,
  writeApplication,
  type WrittenFolder,
} from '../cdk/written-assembly.ts';
import { pulling, pushing, servingSources } from './capabilities.ts';
import { connect } from './in-process.ts';
import { positionOf, type TestClient } from './test-client.ts';

interface Opened extends WrittenFolder {
  readonly client: TestClient;
  readonly uri: (name: string) => string;
  /** The findings of a document. */
  readonly pull: (name: string) => Promise<readonly Diagnostic[]>;
}

/** A client that has a folder with an application in it open. */
async function openApplication(capabilities = servingSources): Promise<Opened> {
  const it = await newFolder();
  await it.write('cdk.json', { app: 'npx tsx app.ts' });
  await writeApplication(it);
  return openFolder(it, capabilities);
}

async function openFolder(it: WrittenFolder, capabilities = servingSources): Promise<Opened> {
  const client = connect();
  const uri = (name: string): string => pathToFileURL(path.join(it.folder, name)).toString();
  await client.initialize(capabilities, undefined, [{ uri: uri(''), name: 'workspace' }]);
  return {
    ...it,
    client,
    uri,
    pull: async (name) => {
      const report = await client.pull(uri(name));
      return report.kind === 'full' ? report.items : [];
    },
  };
}

const methods = (client: TestClient): readonly string[] =>
  client.registrations.all.flatMap(({ registrations }) => registrations.map(({ method }) => method));

describe('a client that can be asked for source files', () => {
  test('is asked where there is an assembly', async () => {
    const { client, uri } = await openApplication();
    const asked = await client.registrations.nextWhere(({ registrations }) =>
      registrations.some(({ method }) => method === 'textDocument/didOpen'),
    );
    expect(asked.registrations.map(({ method }) => method)).toEqual([
      'textDocument/didOpen',
      'textDocument/didChange',
      'textDocument/didClose',
      'textDocument/diagnostic',
      'textDocument/codeAction',
      'textDocument/codeLens',
      'textDocument/definition',
      'textDocument/documentLink',
    ]);
    const selectors = asked.registrations.map(({ registerOptions }) => JSON.stringify(registerOptions));
    expect(selectors.every((selector) => selector.includes('"language":"typescript"'))).toBe(true);
    // Once is enough.
    await client.changeFiles(uri('cdk.out/manifest.json'));
    await client.refreshes.next();
    expect(methods(client).filter((method) => method === 'textDocument/didOpen')).toHaveLength(1);
  });

  test('is not asked where there is none, until there is', async () => {
    const it = await newFolder();
    await it.write('app.ts', source);
    const { client, uri, pull } = await openFolder(it);
    await client.open(uri('app.ts'), source);
    expect(await pull('app.ts')).toEqual([]);
    expect(methods(client)).not.toContain('textDocument/didOpen');
    await writeApplication(it);
    await client.changeFiles(uri('cdk.out/manifest.json'), uri('cdk.out/Network.template.json'));
    await client.registrations.nextWhere(({ registrations }) =>
      registrations.some(({ method }) => method === 'textDocument/didOpen'),
    );
    expect(await pull('app.ts')).toHaveLength(1);
  });
});

describe('a source file', () => {
  test('has the finding at the expression, with construct, stack and template', async () => {
    const { client, uri, pull } = await openApplication();
    await client.open(uri('app.ts'), source);
    const start = positionOf('new ec2.Vpc', source);
    const inTemplate = positionOf('"Main54E5BC70"', JSON.stringify(template));
    expect(await pull('app.ts')).toEqual([
      {
        range: { start, end: { ...start, character: start.character + 'new ec2.Vpc'.length } },
        severity: DiagnosticSeverity.Warning,
        code: 'vpc-no-flow-log',
        codeDescription: { href: expect.stringContaining('ec2-6') },
        source: 'flow-log-guard',
        message: 'Main has no flow log (stack Network)',
        relatedInformation: [
          {
            message: 'Network/Main/Resource in stack Network',
            location: {
              uri: uri('cdk.out/Network.template.json'),
              range: {
                start: inTemplate,
                end: { ...inTemplate, character: inTemplate.character + '"Main54E5BC70"'.length },
              },
            },
          },
        ],
        data: {
          version: 1,
          code: 'vpc-no-flow-log',
          logicalId: 'Main54E5BC70',
          construct: 'Vpc',
          paths: ['Network/Main/Resource'],
        },
      },
    ]);
  });

  test('keeps it when the workspace is asked about', async () => {
    const { client, uri, pull } = await openApplication();
    await client.open(uri('app.ts'), source);
    expect(await pull('app.ts')).toHaveLength(1);
    const { items } = await client.pullWorkspace([{ uri: uri('app.ts'), value: 'of the document' }]);
    expect(items.map((item) => item.uri)).toEqual([uri('cdk.out/Network.template.json')]);
  });

  test('keeps it while it is edited, marked as what the last synthesis said', async () => {
    const { client, uri, pull } = await openApplication();
    await client.open(uri('app.ts'), source);
    await client.change(uri('app.ts'), 2, { text: `// first\n${source.replace('{}', '{ maxAzs: 2 }')}` });
    const [finding] = await pull('app.ts');
    expect(finding?.range.start).toEqual({ line: 3, character: 0 });
    expect(finding?.message).toMatch(/at the last synthesis; the file has changed since$/);

    await client.change(uri('app.ts'), 3, { text: source.replace("'Main'", "'Renamed'") });
    expect(await pull('app.ts')).toEqual([]);
    await client.change(uri('app.ts'), 4, { text: source });
    expect((await pull('app.ts'))[0]?.message).toBe('Main has no flow log (stack Network)');
  });

  test('loses it with the next synthesis', async () => {
    const { client, uri, pull, write } = await openApplication();
    await client.open(uri('app.ts'), source);
    expect(await pull('app.ts')).toHaveLength(1);
    await write('cdk.out/Network.template.json', coveredTemplate);
    await client.changeFiles(uri('cdk.out/Network.template.json'));
    await vi.waitFor(async () => expect(await pull('app.ts')).toEqual([]));
  });

  test('has none where the checks are turned off, and the severity that is set', async () => {
    const { client, uri, pull } = await openApplication();
    client.settingsOf = () => ({ enable: false });
    await client.open(uri('app.ts'), source);
    expect(await pull('app.ts')).toEqual([]);
    client.settingsOf = () => ({ severity: { 'vpc-no-flow-log': 'error' } });
    await client.changeSettings(null);
    await client.refreshes.next();
    expect((await pull('app.ts'))[0]?.severity).toBe(DiagnosticSeverity.Error);
  });

  test('is pushed to a client that does not pull', async () => {
    const { client, uri, write } = await openApplication(pushing);
    await client.open(uri('app.ts'), source);
    const first = await client.published.nextWhere(({ diagnostics }) => diagnostics.length > 0);
    expect(first.uri).toBe(uri('app.ts'));
    await write('cdk.out/Network.template.json', coveredTemplate);
    await client.changeFiles(uri('cdk.out/Network.template.json'), uri('cdk.out/manifest.json'));
    await client.published.nextWhere(({ diagnostics }) => diagnostics.length === 0);
  });

  test('and its template say nothing of a synthesis before it is whole', async () => {
    const { client, uri, pull, write } = await openApplication();
    await client.open(uri('cdk.out/Network.template.json'), JSON.stringify(coveredTemplate));
    expect(await pull('cdk.out/Network.template.json')).toEqual([]);
    // The editor shows what it finds on the disk, half of it or not.
    const bare = JSON.stringify(template);
    await write('cdk.out/Network.template.json', bare.slice(0, -3));
    await client.changeFiles(uri('cdk.out/Network.template.json'));
    await client.change(uri('cdk.out/Network.template.json'), 2, { text: bare.slice(0, -3) });
    let isAnswered = false;
    const answer = pull('cdk.out/Network.template.json').then((items) => {
      isAnswered = true;
      return items;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isAnswered).toBe(false);
    await write('cdk.out/Network.template.json', JSON.stringify(coveredTemplate));
    await client.changeFiles(uri('cdk.out/Network.template.json'));
    await client.change(uri('cdk.out/Network.template.json'), 3, { text: JSON.stringify(coveredTemplate) });
    expect(await answer).toEqual([]);
  });

  test('and its template both have the finding', async () => {
    const { client, uri, pull } = await openApplication();
    await client.open(uri('cdk.out/Network.template.json'), JSON.stringify(template));
    expect(await pull('cdk.out/Network.template.json')).toHaveLength(1);
  });
});

describe('the lens that offers a synthesis', () => {
  test('is there only after an edit, at the finding', async () => {
    const { client, uri } = await openApplication();
    await client.open(uri('app.ts'), source);
    expect(await client.lenses(uri('app.ts'))).toEqual([]);
    await client.change(uri('app.ts'), 2, { text: `// first\n${source}` });
    const lenses = await client.lenses(uri('app.ts'));
    expect(lenses).toEqual([
      {
        range: { start: { line: 3, character: 0 }, end: { line: 3, character: 11 } },
        command: {
          title: 'Run cdk synth: this file has changed since the last synthesis',
          command: runCdkSynthCommand,
          arguments: [uri('').replace(/\/$/, '')],
        },
      },
    ]);
  });

  test('is at the top where the finding cannot be found any more', async () => {
    const { client, uri } = await openApplication();
    await client.open(uri('app.ts'), source.replace("'Main'", "'Renamed'"));
    expect((await client.lenses(uri('app.ts'))).map(({ range }) => range.start.line)).toEqual([0]);
  });

  test('is not offered to clients without the command', async () => {
    const { client, uri } = await openApplication(pulling);
    await client.open(uri('app.ts'), `// first\n${source}`);
    expect(await client.lenses(uri('app.ts'))).toEqual([]);
  });
});

describe('ways between template and source', () => {
  const templateText = JSON.stringify(template);

  test('from the logical id and the construct path to the expression', async () => {
    const { client, uri } = await openApplication();
    await client.open(uri('cdk.out/Network.template.json'), templateText);
    const start = positionOf('new ec2.Vpc', source);
    const range = { start, end: { ...start, character: start.character + 11 } };
    for (const needle of ['Main54E5BC70', 'Network/Main/Resource']) {
      const found = await client.definition(
        uri('cdk.out/Network.template.json'),
        positionOf(needle, templateText),
      );
      expect(found).toEqual([
        {
          originSelectionRange: expect.anything(),
          targetUri: uri('app.ts'),
          targetRange: range,
          targetSelectionRange: range,
        },
      ]);
    }
    const elsewhere = positionOf('CidrBlock', templateText);
    expect(await client.definition(uri('cdk.out/Network.template.json'), elsewhere)).toEqual([]);
  });

  test('to the expression where it is now, if the source is open and edited', async () => {
    const { client, uri } = await openApplication();
    await client.open(uri('cdk.out/Network.template.json'), templateText);
    await client.open(uri('app.ts'), `// first\n${source}`);
    const at = positionOf('Main54E5BC70', templateText);
    const [found] = await client.definition<LocationLink>(uri('cdk.out/Network.template.json'), at);
    expect(found?.targetSelectionRange.start.line).toBe(3);
  });

  test('as a link on the construct path, with line and column', async () => {
    const { client, uri } = await openApplication();
    await client.open(uri('cdk.out/Network.template.json'), templateText);
    const [link, ...others] = await client.links(uri('cdk.out/Network.template.json'));
    expect(others).toEqual([]);
    expect(link?.target).toBe(`${uri('app.ts')}#L3,1`);
    expect(link?.range.start).toEqual(positionOf('"Network/Main/Resource"', templateText));
  });

  test('back from the new and from the id to the resource', async () => {
    const { client, uri } = await openApplication();
    await client.open(uri('app.ts'), source);
    const start = positionOf('"Main54E5BC70"', templateText);
    for (const needle of ['new ec2', "'Main'"]) {
      const [found] = await client.definition<LocationLink>(uri('app.ts'), positionOf(needle, source));
      expect(found?.targetUri).toBe(uri('cdk.out/Network.template.json'));
      expect(found?.targetSelectionRange.start).toEqual(start);
    }
    // What stands between has a definition of its own, of the language's own server.
    expect(await client.definition(uri('app.ts'), positionOf('Vpc(', source))).toEqual([]);
  });

  test('back as a link on the id of the VPC', async () => {
    const { client, uri } = await openApplication();
    await client.open(uri('app.ts'), source);
    const [link, ...others] = await client.links(uri('app.ts'));
    expect(others).toEqual([]);
    expect(link?.range.start).toEqual(positionOf("'Main'", source));
    const { line, character } = positionOf('"Main54E5BC70"', templateText);
    expect(link?.target).toBe(`${uri('cdk.out/Network.template.json')}#L${line + 1},${character + 1}`);
  });

  test('nowhere once the assembly is gone', async () => {
    const { client, uri, folder } = await openApplication();
    await client.open(uri('app.ts'), source);
    expect(await client.links(uri('app.ts'))).toHaveLength(1);
    await rm(path.join(folder, 'cdk.out'), { recursive: true });
    await client.changeFiles(uri('cdk.out'));
    await vi.waitFor(async () => expect(await client.links(uri('app.ts'))).toEqual([]), 10_000);
  });
});
