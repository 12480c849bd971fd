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
    ['main (App.java:12)', undefined, 0, 0],
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
