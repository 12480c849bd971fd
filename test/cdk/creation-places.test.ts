import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseStackFrame } from '../../server/src/cdk/stack-frame.ts';
import { openFolder, placeOf } from './application.ts';
import {
  creationStack,
  manifest,
  metadata,
  newFolder,
  source,
  template,
  tree,
  writeApplication,
} from './written-assembly.ts';

describe('a line of a stack trace', () => {
  test.each([
    ['new Net (/abs/app.ts:12:16)', '/abs/app.ts', 11, 15],
    ['<anonymous> (/abs/my app (1).ts:15:1)', '/abs/my app (1).ts', 14, 0],
    ['    at new Net (/abs/app.js:3:5)', '/abs/app.js', 2, 4],
    ['    at /abs/app.js:3:5', '/abs/app.js', 2, 4],
    ['new Net (file:///abs/my%20app.js:3:5)', '/abs/my app.js', 2, 4],
    [String.raw`new Net (C:\abs\app.ts:12:16)`, String.raw`C:\abs\app.ts`, 11, 15],
    ['new Net (file:///C:/abs/app.mjs:12:16)', 'C:/abs/app.mjs', 11, 15],
    ['__init__ (/abs/app.py:7)', '/abs/app.py', 6, undefined],
    ['new Net (/abs/app.ts:0:0)', undefined, 0, 0],
    ['...new Vpc2 in aws-cdk-lib...', undefined, 0, 0],
    ['(no user code in 10 frames, use --stack-trace-limit to capture more)', undefined, 0, 0],
    ['Array.forEach (:)', undefined, 0, 0],
    ['Module._compile (node:internal/modules/cjs/loader:1554:14)', undefined, 0, 0],
    ['main (App.java:12)', 'App.java', 11, undefined],
    ['<module> (infra/app.py:12)', 'infra/app.py', 11, undefined],
    ['evalmachine.<anonymous>:1:1', undefined, 0, 0],
    ['', undefined, 0, 0],
  ])('%s', (line, file, lineNumber, column) => {
    expect(parseStackFrame(line)).toEqual(
      file === undefined ? undefined : { file, line: lineNumber, column },
    );
  });
});

/** What the CDK writes for a VPC whose trace is that, with `source` in a file of that name. */
async function findingsFor(
  sources: Readonly<Record<string, string>>,
  frames: (folder: string) => readonly string[],
  assembly = 'cdk.out',
): Promise<string[]> {
  const it = await newFolder();
  for (const [name, text] of Object.entries(sources)) await it.write(name, text);
  await it.write(`${assembly}/Network.template.json`, template);
  await it.write(`${assembly}/Network.metadata.json`, metadata(frames(it.folder)));
  await it.write(`${assembly}/tree.json`, tree);
  await it.write(`${assembly}/manifest.json`, manifest);
  const { findingsIn } = await openFolder(it.folder);
  const found = await Promise.all(
    Object.entries(sources).map(async ([name, text]) =>
      (await findingsIn(name)).map((finding) => `${name}:${placeOf(finding, text)}`),
    ),
  );
  return found.flat();
}

const here = (name: string) => (folder: string) => creationStack(path.join(folder, name));

test('the first frame of the workspace is the place', async () => {
  const frames = (folder: string): readonly string[] => [
    'new Other (/elsewhere/lib.ts:1:1)',
    `new Installed (${folder}/node_modules/vpcs/index.js:3:1)`,
    ...creationStack(path.join(folder, 'app.ts')),
    `<anonymous> (${folder}/main.ts:1:1)`,
  ];
  const sources = { 'app.ts': source, 'main.ts': source, 'node_modules/vpcs/index.js': source };
  expect(await findingsFor(sources, frames)).toEqual(['app.ts:3:1 new ec2.Vpc']);
});

test('a trace of another machine leads to the file with the longest tail of its path', async () => {
  const frames = (): readonly string[] => creationStack('/home/ci/build/infra/lib/app.ts');
  const sources = { 'app.ts': source, 'lib/app.ts': source, 'other/lib/app.ts': source };
  expect(await findingsFor(sources, frames)).toEqual(['lib/app.ts:3:1 new ec2.Vpc']);
  const inFolder = { 'app.ts': source, 'infra/app.ts': source };
  expect(await findingsFor(inFolder, frames, 'infra/cdk.out')).toEqual(['infra/app.ts:3:1 new ec2.Vpc']);
});

test('a trace of a Windows machine does so, too', async () => {
  const frames = (): readonly string[] => creationStack(String.raw`C:\build\infra\app.ts`);
  expect(await findingsFor({ 'infra/app.ts': source }, frames)).toEqual(['infra/app.ts:3:1 new ec2.Vpc']);
});

test('a file that only has the name of the one in another machine’s trace gets no finding', async () => {
  const frames = (): readonly string[] => creationStack('/home/ci/other-project/app.ts');
  expect(await findingsFor({ 'app.ts': 'one\ntwo\nconsole.log(1);\n' }, frames)).toEqual([]);
  const another = source.replace("'Main'", "'Another'");
  expect(await findingsFor({ 'app.ts': another }, frames)).toEqual([]);
});

test('Python’s frames name a line, in which the call is looked for', async () => {
  const python = [
    'from aws_cdk import aws_ec2 as ec2',
    '',
    'vpc = ec2.Vpc(self, "Main", max_azs=2)',
    '',
  ].join('\n');
  const frames = (folder: string): readonly string[] => [
    '...jsii runtime...',
    `__init__ (${folder}/app.py:3)`,
    `<module> (${folder}/app.py:9)`,
  ];
  expect(await findingsFor({ 'app.py': python }, frames)).toEqual(['app.py:3:7 ec2.Vpc']);
});

test('a script that Python knows by a relative name is looked for beside the assembly', async () => {
  const python = 'ec2.Vpc(stack, "Main")\n';
  const frames = (): readonly string[] => ['<module> (app.py:1)'];
  const sources = { 'infra/app.py': python, 'app.py': '# another\n' };
  expect(await findingsFor(sources, frames, 'infra/cdk.out')).toEqual(['infra/app.py:1:1 ec2.Vpc']);
});

test('of languages that are not known, the line is underlined', async () => {
  const java = 'class Net {\n  void make() {\n    Vpc.Builder.create(this, "Main").build();\n  }\n}\n';
  const frames = (folder: string): readonly string[] => [`make (${folder}/Net.java:3)`];
  expect(await findingsFor({ 'Net.java': java }, frames)).toEqual([
    'Net.java:3:5 Vpc.Builder.create(this, "Main").build();',
  ]);
});

test('a trace that leads nowhere leaves the finding to the template', async () => {
  const frames = (): readonly string[] => [
    '...aws-cdk-lib...',
    '(no user code in 10 frames, use --stack-trace-limit to capture more)',
  ];
  expect(await findingsFor({ 'app.ts': source }, frames)).toEqual([]);
});

test('a line that is not there any more is no place', async () => {
  expect(await findingsFor({ 'app.ts': 'const one = 1;' }, here('app.ts'))).toEqual([]);
});

test('metadata of older versions stands in the manifest, with traces at the logical ids', async () => {
  const it = await newFolder();
  const file = await it.write('app.ts', source);
  await it.write('cdk.out/Network.template.json', template);
  await it.write('cdk.out/manifest.json', {
    version: '36.0.0',
    artifacts: {
      Network: {
        type: 'aws:cloudformation:stack',
        properties: { templateFile: 'Network.template.json' },
        metadata: {
          '/Network/Main/Resource': [
            {
              type: 'aws:cdk:logicalId',
              data: 'Main54E5BC70',
              trace: [
                `new Vpc (${it.folder}/node_modules/aws-cdk-lib/aws-ec2/lib/vpc.js:1:18000)`,
                `Object.<anonymous> (${file}:3:1)`,
                'Module._compile (node:internal/modules/cjs/loader:1554:14)',
              ],
            },
          ],
        },
      },
    },
  });
  const { findingsIn } = await openFolder(it.folder);
  const [finding] = await findingsIn('app.ts');
  expect(finding && placeOf(finding, source)).toBe('3:1 new ec2.Vpc');
  expect(finding?.kind).toBe('Vpc');
  expect(finding?.message).toBe('Main has no flow log (stack Network)');
});

test('templates of nested stacks of older versions are found by the paths of their assets', async () => {
  const it = await newFolder();
  const file = await it.write('app.ts', source);
  const asset = (name: string): unknown => ({
    Resources: {
      Nested: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: {
          TemplateURL: { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::Region' }, '/asset.json']] },
        },
        Metadata: { 'aws:cdk:path': 'Network/Nested', 'aws:asset:path': name },
      },
    },
  });
  await it.write('cdk.out/Network.template.json', asset('NetworkNested.nested.template.json'));
  await it.write('cdk.out/NetworkNested.nested.template.json', template);
  await it.write('cdk.out/Network.metadata.json', metadata(creationStack(file)));
  await it.write('cdk.out/tree.json', tree);
  await it.write('cdk.out/manifest.json', manifest);
  const { findingsIn } = await openFolder(it.folder);
  const [finding] = await findingsIn('app.ts');
  expect(finding?.instances.map((one) => path.basename(one.template))).toEqual([
    'NetworkNested.nested.template.json',
  ]);
  await it.write('cdk.out/Network.template.json', asset('Network.template.json'));
  expect(await (await openFolder(it.folder)).findingsIn('app.ts')).toEqual([]);
});

test('a template without construct paths is known by its logical ids', async () => {
  const it = await newFolder();
  await writeApplication(it);
  await it.write('cdk.out/Network.template.json', {
    Resources: { Main54E5BC70: { Type: 'AWS::EC2::VPC' } },
  });
  const { findingsIn } = await openFolder(it.folder);
  expect(await findingsIn('app.ts')).toHaveLength(1);
});

test('an assembly may be in a folder of any name', async () => {
  expect(await findingsFor({ 'app.ts': source }, here('app.ts'), 'build/synth')).toEqual([
    'app.ts:3:1 new ec2.Vpc',
  ]);
});

test('a manifest.json of something else is none of ours', async () => {
  const it = await newFolder();
  await it.write('extension/manifest.json', { manifest_version: 3, name: 'a browser extension' });
  await it.write('web/manifest.json', 'not even JSON');
  const { assemblies, changes } = await openFolder(it.folder);
  expect(assemblies.assemblies).toEqual([]);
  expect(changes()).toBe(0);
});

test('a workspace that was opened through a link has its findings under the names of the editor', async () => {
  const it = await newFolder();
  await writeApplication(it);
  const link = path.join(it.outside, 'link');
  await symlink(it.folder, link, 'dir');
  // The trace has the real path, as Node tells it.
  const { findingsIn } = await openFolder(link);
  const [finding] = await findingsIn('app.ts');
  expect(finding?.instances[0]?.template).toBe(path.join(link, 'cdk.out/Network.template.json'));
});

describe('a source map', () => {
  const vlq = 'AAAA;AAAA;AAEA';
  const script = `// 1\n// 2\nnew ec2.Vpc(stack, 'Main', {});\n//# sourceMappingURL=app.js.map\n`;

  async function through(map: unknown, sources: Readonly<Record<string, string>> = { 'app.ts': source }) {
    return findingsFor({ ...sources, 'app.js': script, 'app.js.map': JSON.stringify(map) }, here('app.js'));
  }

  test('leads to the source', async () => {
    const map = { version: 3, sources: ['app.ts'], names: [], mappings: vlq };
    expect(await through(map)).toEqual(['app.ts:3:1 new ec2.Vpc']);
  });

  test('leads there by its root, and by sections', async () => {
    const map = { version: 3, sourceRoot: 'src/', sources: ['app.ts'], names: [], mappings: vlq };
    expect(await through(map, { 'src/app.ts': source })).toEqual(['src/app.ts:3:1 new ec2.Vpc']);
    const sections = [{ offset: { line: 0, column: 0 }, map: { ...map, sourceRoot: '' } }];
    expect(await through({ version: 3, sections })).toEqual(['app.ts:3:1 new ec2.Vpc']);
  });

  test('with spaces in the names of its files', async () => {
    const map = { version: 3, sources: ['my%20app.ts'], names: [], mappings: vlq };
    expect(await through(map, { 'my app.ts': source })).toEqual(['my app.ts:3:1 new ec2.Vpc']);
  });

  test.each([
    [
      'that names what is not on the disk',
      { version: 3, sources: ['webpack://x/app.ts'], names: [], mappings: vlq },
    ],
    ['that names another machine', { version: 3, sources: ['file://host/app.ts'], names: [], mappings: vlq }],
    ['that names a source it does not have', { version: 3, sources: [], names: [], mappings: vlq }],
    ['whose mappings are no such', { version: 3, sources: ['app.ts'], names: [], mappings: '!!!!;;;~' }],
    ['whose source is gone', { version: 3, sources: ['gone.ts'], names: [], mappings: vlq }],
    ['that has nothing on the place', { version: 3, sources: ['app.ts'], names: [], mappings: '' }],
    ['that is none', { mappings: 1 }],
    ['that is not even an object', 1],
  ])('%s leaves the finding in the script', async (_what, map) => {
    expect(await through(map)).toEqual(['app.js:3:1 new ec2.Vpc']);
  });
});
