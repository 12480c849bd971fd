import { execFileSync } from 'node:child_process';
import type * as promises from 'node:fs/promises';
import { open, symlink } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ConfinedFiles } from '../../server/src/cdk/confined-files.ts';
import { readAssembly } from '../../server/src/cdk/read-assembly.ts';
import { openFolder, type OpenedFolder } from './application.ts';
import {
  creationStack,
  manifest,
  metadata,
  newFolder,
  source,
  template,
  tree,
  writeApplication,
  type WrittenFolder,
} from './written-assembly.ts';

/** Every path that was opened or read while a test ran. */
const { touched } = vi.hoisted(() => ({ touched: new Set<string>() }));

vi.mock('node:fs/promises', async (importOriginal) => {
  const actual = await importOriginal<typeof promises>();
  return {
    ...actual,
    open: (...parameters: Parameters<typeof actual.open>) => {
      touched.add(String(parameters[0]));
      return actual.open(...parameters);
    },
    readFile: (...parameters: Parameters<typeof actual.readFile>) => {
      if (typeof parameters[0] === 'string') touched.add(parameters[0]);
      return actual.readFile(...parameters);
    },
  };
});

beforeEach(() => touched.clear());

/** Does not wait for what will not become whole. */
const impatient = { quiet: 1, again: 5, most: 20 };

function openImpatiently({ folder }: WrittenFolder): Promise<OpenedFolder> {
  return openFolder(folder, impatient);
}

function expectNothingReadOutside({ folder }: WrittenFolder): void {
  expect(touched.size).toBeGreaterThan(0);
  expect([...touched].filter((file) => !file.startsWith(folder + path.sep))).toEqual([]);
}

function withArtifact(id: string, artifact: unknown): typeof manifest {
  return { ...manifest, artifacts: { ...manifest.artifacts, [id]: artifact as never } };
}

/** Outside, the same application; who reads it finds its VPC, which is what must not happen. */
async function writeOutside({ outside, write }: WrittenFolder): Promise<void> {
  await writeApplication({ write: (name, content) => write(path.join(outside, name), content) });
}

describe('a path that leads out of the assembly', () => {
  const ways: readonly (readonly [string, (outside: string) => string])[] = [
    ['by dots', () => '../../outside/cdk.out'],
    ['absolutely', (outside) => path.join(outside, 'cdk.out')],
    ['by a URL', (outside) => `file://${outside}/cdk.out`],
    ['to a share', () => '\\\\server\\share\\cdk.out'],
    ['with a NUL', () => '../../outside/cdk.out\0'],
  ];

  test.each(ways)('%s: of a template, metadata, tree or nested assembly', async (_way, to) => {
    const it = await newFolder();
    await writeOutside(it);
    const there = to(it.outside);
    await it.write('app.ts', source);
    await it.write('cdk.out/manifest.json', {
      version: '55.0.0',
      artifacts: {
        Network: {
          type: 'aws:cloudformation:stack',
          properties: { templateFile: `${there}/Network.template.json` },
          additionalMetadataFile: `${there}/Network.metadata.json`,
        },
        Tree: { type: 'cdk:tree', properties: { file: `${there}/tree.json` } },
        Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: there } },
      },
    });
    const { assemblies, findingsIn } = await openImpatiently(it);
    expect(assemblies.assemblies.flatMap(({ stacks }) => stacks)).toEqual([]);
    expect(assemblies.assemblies.flatMap(({ folders }) => folders.slice(1))).toEqual([]);
    expect(await findingsIn('app.ts')).toEqual([]);
    expectNothingReadOutside(it);
  });

  test('by a link', async () => {
    const it = await newFolder();
    await writeOutside(it);
    await it.write('app.ts', source);
    await symlink(path.join(it.outside, 'cdk.out'), path.join(it.folder, 'linked'));
    await it.write(
      'cdk.out/manifest.json',
      withArtifact('Stage', {
        type: 'cdk:cloud-assembly',
        properties: { directoryName: 'stage' },
      }),
    );
    await symlink(path.join(it.outside, 'cdk.out'), path.join(it.folder, 'cdk.out/stage'));
    for (const name of ['Network.template.json', 'Network.metadata.json', 'tree.json']) {
      await symlink(path.join(it.outside, 'cdk.out', name), path.join(it.folder, 'cdk.out', name));
    }
    const { assemblies, findingsIn } = await openImpatiently(it);
    await assemblies.settled(path.join(it.folder, 'cdk.out'));
    expect(assemblies.assemblies).toEqual([]);
    expect(await findingsIn('app.ts')).toEqual([]);
    expectNothingReadOutside(it);
  });

  test('of a stack frame', async () => {
    const it = await newFolder();
    await writeOutside(it);
    await writeApplication(it);
    await symlink(path.join(it.outside, 'app.ts'), path.join(it.folder, 'linked.ts'));
    await it.write(
      'cdk.out/Network.metadata.json',
      metadata([
        `<anonymous> (${it.outside}/app.ts:3:1)`,
        `<anonymous> (${it.folder}/../outside/app.ts:3:1)`,
        `<anonymous> (${it.folder}/linked.ts:3:1)`,
        '<anonymous> (/etc/passwd:1:1)',
        '<anonymous> (../outside/app.ts:3:1)',
        String.raw`<anonymous> (\\server\share\app.js:3:1)`,
      ]),
    );
    // The tail of the first is another file's path below the folder; that alone may be found.
    const { findingsIn } = await openImpatiently(it);
    expect(await findingsIn('app.ts')).toHaveLength(1);
    expect(await findingsIn('linked.ts')).toEqual([]);
    expectNothingReadOutside(it);
  });

  test('of a source map', async () => {
    const it = await newFolder();
    await writeOutside(it);
    await writeApplication(it);
    const map = (sources: readonly string[]): string =>
      JSON.stringify({ version: 3, sources, names: [], mappings: 'AAAA;AAAA;AAAA' });
    await it.write(path.join(it.outside, 'secret.map'), map([path.join(it.folder, 'app.ts')]));
    const script = source.replace('import', '\n\n// import');
    for (const [name, url] of [
      ['one.js', '../outside/secret.map'],
      ['two.js', `file://${it.outside}/secret.map`],
      ['three.js', 'three.js.map'],
    ] as const) {
      await it.write(name, `${source}//# sourceMappingURL=${url}\n${script.slice(0, 0)}`);
    }
    await it.write('three.js.map', map([path.join(it.outside, 'app.ts')]));
    for (const name of ['one.js', 'two.js', 'three.js']) {
      await it.write('cdk.out/Network.metadata.json', metadata(creationStack(path.join(it.folder, name))));
      const { findingsIn } = await openImpatiently(it);
      expect(await findingsIn(name), name).toHaveLength(1);
      expect(await findingsIn('app.ts'), name).toEqual([]);
    }
    expectNothingReadOutside(it);
  });
});

describe('an assembly without end', () => {
  test('nested in itself and in its parent', async () => {
    const it = await newFolder();
    await writeApplication(it);
    const nested = (directoryName: string): unknown => ({
      type: 'cdk:cloud-assembly',
      properties: { directoryName },
    });
    await it.write('cdk.out/manifest.json', withArtifact('A', nested('a')));
    await it.write('cdk.out/a/manifest.json', {
      version: '55.0.0',
      artifacts: { Self: nested('.'), Parent: nested('..'), B: nested('b'), Twin: nested('../a') },
    });
    await it.write('cdk.out/a/b/manifest.json', { version: '55.0.0', artifacts: { A: nested('../../a') } });
    const { assemblies, findingsIn } = await openImpatiently(it);
    expect(assemblies.assemblies[0]?.folders).toHaveLength(3);
    expect(await findingsIn('app.ts')).toHaveLength(1);
  });

  test('nested through a link to itself', async () => {
    const it = await newFolder();
    await writeApplication(it);
    await symlink('.', path.join(it.folder, 'cdk.out/a'));
    const nested = { type: 'cdk:cloud-assembly', properties: { directoryName: 'a' } };
    await it.write('cdk.out/manifest.json', withArtifact('A', nested));
    const { assemblies, findingsIn } = await openImpatiently(it);
    expect(assemblies.assemblies[0]?.folders).toHaveLength(1);
    expect(await findingsIn('app.ts')).toHaveLength(1);
  });

  test('nested a thousand times', async () => {
    const it = await newFolder();
    const artifacts = Object.fromEntries(
      Array.from({ length: 1000 }, (_, n) => [
        `S${n}`,
        { type: 'cdk:cloud-assembly', properties: { directoryName: `s${n}` } },
      ]),
    );
    await it.write('cdk.out/manifest.json', { version: '55.0.0', artifacts });
    for (let n = 0; n < 300; n += 1) {
      await it.write(`cdk.out/s${n}/manifest.json`, { version: '55.0.0', artifacts: {} });
    }
    const { assemblies } = await openImpatiently(it);
    expect(assemblies.assemblies[0]?.folders).toHaveLength(200);
    expect(assemblies.assemblies[0]?.problems.length).toBeLessThan(50);
  });

  test('a tree and metadata nested deeper than any program can recurse', async () => {
    const it = await newFolder();
    await writeApplication(it);
    const depth = 200_000;
    await it.write('cdk.out/tree.json', `${'{"tree":{"children":{"a":'.repeat(depth / 4)}1`);
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    await it.write('cdk.out/Network.metadata.json', `{"/Network/Main/Resource":${deep}}`);
    const { findingsIn } = await openImpatiently(it);
    expect(await findingsIn('app.ts')).toEqual([]);
  });
});

describe('too much of it', () => {
  test('metadata of 100 MB is not read, and the rest goes on', async () => {
    const it = await newFolder();
    await writeApplication(it);
    const large = await open(path.join(it.folder, 'cdk.out/Large.metadata.json'), 'w');
    await large.truncate(100 * 1024 * 1024);
    await large.close();
    await it.write('cdk.out/Large.template.json', template);
    await it.write(
      'cdk.out/manifest.json',
      withArtifact('Large', {
        ...manifest.artifacts.Network,
        properties: { templateFile: 'Large.template.json' },
        additionalMetadataFile: 'Large.metadata.json',
      }),
    );
    const before = process.memoryUsage().arrayBuffers;
    const { findingsIn, logged } = await openImpatiently(it);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 1024 * 1024);
    expect(await findingsIn('app.ts')).toHaveLength(1);
    expect(logged.join('\n')).toMatch(/Large\.metadata\.json: it is too large to be read/);
  });

  test('many files that are large together', async () => {
    const it = await newFolder();
    const filler = { '/Filler': [{ type: 'x', data: 'x'.repeat(15 * 1024 * 1024) }] };
    const artifacts: Record<string, unknown> = {};
    for (let n = 0; n < 8; n += 1) {
      await it.write(`cdk.out/S${n}.template.json`, template);
      await it.write(`cdk.out/S${n}.metadata.json`, filler);
      artifacts[`S${n}`] = {
        type: 'aws:cloudformation:stack',
        properties: { templateFile: `S${n}.template.json` },
        additionalMetadataFile: `S${n}.metadata.json`,
      };
    }
    await it.write('cdk.out/manifest.json', { version: '55.0.0', artifacts });
    const { assemblies } = await openImpatiently(it);
    expect(assemblies.assemblies[0]?.problems).toHaveLength(4);
  });

  test('stack frames without number, each to be looked for elsewhere', async () => {
    const it = await newFolder();
    await writeApplication(it);
    const resources: Record<string, unknown> = {};
    const entries: Record<string, unknown> = {};
    for (let n = 0; n < 300; n += 1) {
      resources[`Vpc${n}`] = { Type: 'AWS::EC2::VPC', Metadata: { 'aws:cdk:path': `Network/Vpc${n}` } };
      const frames = Array.from(
        { length: 100 },
        (_, m) => `<anonymous> (/${'x/'.repeat(50)}${n}/${m}.ts:1:1)`,
      );
      entries[`/Network/Vpc${n}`] = [
        { type: 'aws:cdk:logicalId', data: `Vpc${n}` },
        { type: 'aws:cdk:creationStack', data: frames },
      ];
    }
    await it.write('cdk.out/Network.template.json', { Resources: resources });
    await it.write('cdk.out/Network.metadata.json', entries);
    const { findingsIn } = await openImpatiently(it);
    expect(await findingsIn('app.ts')).toEqual([]);
  });

  test('a line of a stack trace that is a megabyte long', async () => {
    const it = await newFolder();
    await writeApplication(it);
    await it.write(
      'cdk.out/Network.metadata.json',
      metadata([
        `<anonymous> (/${'a:1'.repeat(400_000)}`,
        ':1'.repeat(2000),
        ...creationStack(path.join(it.folder, 'app.ts')),
      ]),
    );
    const { findingsIn } = await openImpatiently(it);
    expect(await findingsIn('app.ts')).toHaveLength(1);
  });

  test.skipIf(process.platform === 'win32')('a pipe in the place of a file is not waited for', async () => {
    const it = await newFolder();
    await writeApplication(it);
    execFileSync('mkfifo', [path.join(it.folder, 'cdk.out/Pipe.metadata.json')]);
    await it.write(
      'cdk.out/manifest.json',
      withArtifact('Pipe', {
        ...manifest.artifacts.Network,
        additionalMetadataFile: 'Pipe.metadata.json',
      }),
    );
    const { assemblies } = await openImpatiently(it);
    await assemblies.settled(path.join(it.folder, 'cdk.out'));
    expect(assemblies.assemblies).toEqual([]);
  });
});

describe('nothing of the right type', () => {
  /** Whatever JSON can say, with the words of assemblies in it. */
  const words = fc.constantFrom(
    'type',
    'properties',
    'templateFile',
    'metadata',
    'artifacts',
    'children',
    'path',
    'data',
    'trace',
    'aws:cdk:logicalId',
    'aws:cdk:creationStack',
    'aws:cdk:templateFile',
    'cdk:tree',
    'cdk:cloud-assembly',
    'aws:cloudformation:stack',
    'Network.template.json',
    'Network.metadata.json',
    'tree.json',
    'tree',
    'constructInfo',
    'fqn',
    'additionalMetadataFile',
    'directoryName',
    'file',
    '__proto__',
    'constructor',
    '/Network/Main/Resource',
    'Main54E5BC70',
    '.',
    '..',
    '',
    '/',
    'hasOwnProperty',
  );
  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      words,
      fc.constantFrom(null, true, 0, -1, 1e308, 'new X (/a.ts:1:1)'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(words, tie('value'), { maxKeys: 5 }),
    ),
  })).value;

  test('never makes the reader throw', async () => {
    const it = await newFolder();
    const files = await ConfinedFiles.below([it.folder]);
    const folder = path.join(it.folder, 'cdk.out');
    await fc.assert(
      fc.asyncProperty(json, json, json, async (artifacts, ofStack, ofTree) => {
        await it.write('cdk.out/manifest.json', {
          version: '55.0.0',
          artifacts: { ...manifest.artifacts, X: artifacts, ...(artifacts as object) },
        });
        await it.write('cdk.out/Network.template.json', template);
        await it.write('cdk.out/Network.metadata.json', ofStack);
        await it.write('cdk.out/tree.json', ofTree);
        const { kind } = await readAssembly(folder, files);
        expect(['complete', 'incomplete', 'foreign']).toContain(kind);
      }),
      { numRuns: 150 },
    );
    expectNothingReadOutside(it);
  });

  test('anything as the manifest is another file than an assembly, or an assembly', async () => {
    const it = await newFolder();
    const files = await ConfinedFiles.below([it.folder]);
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        await it.write('cdk.out/manifest.json', JSON.stringify(value));
        const { kind } = await readAssembly(path.join(it.folder, 'cdk.out'), files);
        expect(['complete', 'foreign']).toContain(kind);
      }),
      { numRuns: 100 },
    );
  });

  test('resources, paths and ids that are other things', async () => {
    const it = await newFolder();
    await writeApplication(it);
    await it.write('cdk.out/Network.template.json', {
      Resources: {
        ...template.Resources,
        '(((': { Type: 'AWS::EC2::VPC', Metadata: { 'aws:cdk:path': 'Network/(((/Resource' } },
        __proto__x: { Type: 'AWS::EC2::VPC', Metadata: { 'aws:cdk:path': ['Network'] } },
        Other: { Type: 'AWS::EC2::VPC', Metadata: { 'aws:cdk:path': 'Elsewhere/Other' } },
      },
    });
    await it.write('cdk.out/Network.metadata.json', {
      ...metadata(creationStack(path.join(it.folder, 'app.ts'))),
      '/Network/(((/Resource': [
        { type: 'aws:cdk:logicalId', data: '(((' },
        { type: 'aws:cdk:creationStack', data: creationStack(path.join(it.folder, 'app.ts')) },
      ],
    });
    const { findingsIn } = await openImpatiently(it);
    const [finding] = await findingsIn('app.ts');
    expect(finding?.instances).toHaveLength(2);
  });

  test('a tree that lies about classes only makes the construct another one', async () => {
    const it = await newFolder();
    await writeApplication(it);
    await it.write('cdk.out/tree.json', {
      ...tree,
      tree: { path: 'Network/Main', constructInfo: { fqn: 1 } },
    });
    const { findingsIn } = await openImpatiently(it);
    expect((await findingsIn('app.ts'))[0]?.kind).toBe('Vpc');
  });
});
