import { readFile, rm, symlink, mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SourceFinding } from '../../server/src/cdk/source-findings.ts';
import { openFolder, placeOf } from './application.ts';
import { manifest, newFolder, template as networkTemplate } from './written-assembly.ts';
import { compile, copyApplication, synthesise } from './synthesis.ts';

/** The findings in a file of an application, each as one line, and where they stand. */
async function report(folder: string, file: string): Promise<string[]> {
  const text = await readFile(path.join(folder, file), 'utf8');
  const { findingsIn } = await openFolder(folder);
  return (await findingsIn(file)).map((finding) => summary(finding, text));
}

function summary(finding: SourceFinding, text: string): string {
  return `${placeOf(finding, text)} [${finding.kind} ${finding.code}] ${finding.message}`;
}

// Each starts several programs, which takes long where others are busy, too.
describe('an application that was really synthesised', { timeout: 180_000 }, () => {
  test('of one stack', async () => {
    const folder = await copyApplication('single');
    await synthesise(folder, 'app.ts');
    expect(await report(folder, 'app.ts')).toEqual([
      '7:14 new ec2.Vpc [Vpc vpc-no-flow-log] Main has no flow log: Recorded/all/FlowLog is on Recorded (stack Network)',
    ]);
  });

  test('of stages: one finding, with the stacks that go without', async () => {
    const folder = await copyApplication('stages');
    await synthesise(folder, 'app.ts');
    expect(await report(folder, 'app.ts')).toEqual([
      '12:5 new ec2.Vpc [Vpc vpc-no-flow-log] Main has no flow log (stacks Dev/Network and Test/Network)',
    ]);
    const { findingsIn, links } = await openFolder(folder);
    const [finding] = await findingsIn('app.ts');
    const text = await readFile(path.join(folder, 'app.ts'), 'utf8');
    const back = await links.templatesAt(path.join(folder, 'app.ts'), text, finding!.expression.span.start);
    expect(back.map(({ stack }) => stack)).toEqual(['Dev/Network', 'Test/Network', 'Prod/Network']);
    const there = await links.sourceAt(back[2]!.template, back[2]!.to.start);
    expect([there?.file, there?.to]).toEqual([path.join(folder, 'app.ts'), finding!.expression.span]);
    expect(
      finding?.instances.map(({ constructPath, stack, template }) => [
        constructPath,
        stack,
        path.relative(folder, template),
      ]),
    ).toEqual([
      [
        'Dev/Network/Main/Resource',
        'Dev/Network',
        path.join('cdk.out', 'assembly-Dev', 'DevNetwork50E7350E.template.json'),
      ],
      [
        'Test/Network/Main/Resource',
        'Test/Network',
        path.join('cdk.out', 'assembly-Test', 'TestNetworkDFC5FB2C.template.json'),
      ],
    ]);
  });

  test('of nested stacks: a flow log in a nested stack counts for a VPC of its parent', async () => {
    const folder = await copyApplication('nested');
    await synthesise(folder, 'app.ts');
    expect(await report(folder, 'app.ts')).toEqual([
      '8:5 new ec2.Vpc [Vpc vpc-no-flow-log] Blue/Main has no flow log: FlowLog is on Recorded (stack Parent); Green/Main has no flow log: FlowLog is on Recorded (stack Parent)',
    ]);
  });

  test('with the flow log in another stack, which imports the VPC', async () => {
    const folder = await copyApplication('cross-stack');
    await synthesise(folder, 'app.ts');
    expect(await report(folder, 'app.ts')).toEqual([
      '9:18 new ec2.Vpc [Vpc vpc-flow-log-accept-only] Accepted has no flow log that counts: ACCEPTFlowLog records ACCEPT traffic only; EC2.6 asks for REJECT or ALL (stack Network)',
    ]);
  });

  test('with the VPC in a library of the same workspace', async () => {
    const folder = await copyApplication('library');
    const library = path.join(folder, 'packages/network');
    await compile(library, 'src/index.ts', 'lib');
    const scope = path.join(folder, 'node_modules/@example');
    await mkdir(scope, { recursive: true });
    await symlink(library, path.join(scope, 'network'), 'dir');
    await synthesise(folder, 'packages/app/app.ts');
    const source = 'packages/network/src/index.ts';
    const expected = [
      '10:16 new ec2.Vpc [Vpc vpc-no-flow-log] Network/Vpc has no flow log (stacks Red and Blue)',
    ];
    expect(await report(folder, source)).toEqual(expected);
    expect(await report(folder, 'packages/app/app.ts')).toEqual([]);

    // Without the help of tsx, which follows the maps of others, too.
    await compile(folder, 'packages/app/app.ts', 'packages/app');
    await synthesise(folder, 'packages/app/app.js');
    expect(await report(folder, source)).toEqual(expected);

    // Someone who has the library without its source gets the finding in what is there.
    await rm(path.join(library, 'src'), { recursive: true });
    expect((await report(folder, 'packages/network/lib/index.js'))[0]).toMatch(/^\d+:20 new ec2\.Vpc /);
  });

  test('with bare resources and a class of its own', async () => {
    const folder = await copyApplication('l1');
    await synthesise(folder, 'app.ts');
    expect(await report(folder, 'app.ts')).toEqual([
      '6:1 new CfnVPC [CfnVPC vpc-no-flow-log] Raw has no flow log (stack Network)',
      '9:1 new aws_ec2.CfnVPC [CfnVPC vpc-no-flow-log] Wrapper/Resource has no flow log (stack Network)',
      '13:5 super [Vpc vpc-no-flow-log] Own has no flow log (stack Network)',
    ]);
  });

  test('compiled by tsc, followed through its source map', async () => {
    const folder = await copyApplication('compiled');
    await compile(folder, 'src/app.ts', 'dist');
    await synthesise(folder, 'dist/app.js');
    const expected = ['14:30 new ec2.Vpc [Vpc vpc-no-flow-log] Main has no flow log (stack Network)'];
    expect(await report(folder, 'src/app.ts')).toEqual(expected);
    expect(await report(folder, 'dist/app.js')).toEqual([]);

    await synthesise(folder, 'dist/app.js', '--enable-source-maps');
    expect(await report(folder, 'src/app.ts')).toEqual(expected);
  });

  test('compiled with the map in the script itself', async () => {
    const folder = await copyApplication('compiled');
    await compile(folder, 'src/app.ts', 'dist');
    const script = path.join(folder, 'dist/app.js');
    const map = await readFile(`${script}.map`);
    const text = await readFile(script, 'utf8');
    const inline = `sourceMappingURL=data:application/json;base64,${map.toString('base64')}`;
    await writeFile(script, text.replace(/sourceMappingURL=.*/, inline));
    await rm(`${script}.map`);
    await synthesise(folder, 'dist/app.js');
    expect(await report(folder, 'src/app.ts')).toEqual([
      '14:30 new ec2.Vpc [Vpc vpc-no-flow-log] Main has no flow log (stack Network)',
    ]);
  });

  test('written in JavaScript', async () => {
    const folder = await copyApplication('javascript');
    await synthesise(folder, 'app.js');
    expect(await report(folder, 'app.js')).toEqual([
      '6:1 new ec2.Vpc [Vpc vpc-no-flow-log] Main has no flow log (stack Network)',
    ]);
  });

  test('and synthesised again once the VPC has its flow log', async () => {
    const folder = await copyApplication('javascript');
    await synthesise(folder, 'app.js');
    const { findingsIn, tell, assemblies } = await openFolder(folder);
    expect(await findingsIn('app.js')).toHaveLength(1);

    const file = path.join(folder, 'app.js');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('natGateways: 0', 'natGateways: 0, flowLogs: { all: {} }'));
    const [stale] = await findingsIn('app.js');
    expect(stale?.isStale).toBe(true);
    await synthesise(folder, 'app.js');
    await tell('cdk.out/manifest.json', 'cdk.out/Network.template.json', 'cdk.out/Network.metadata.json');
    await assemblies.settled(path.join(folder, 'cdk.out'));
    expect(await findingsIn('app.js')).toEqual([]);
  });
});

test('a bare resource with the id Resource is found in a source that is newer than its assembly', async () => {
  const { folder, write } = await newFolder();
  const file = await write('app.ts', "new ec2.CfnVPC(stack, 'Resource', {});\n");
  const resource = {
    ...networkTemplate.Resources.Main54E5BC70,
    Metadata: { 'aws:cdk:path': 'Network/Resource' },
  };
  await write('cdk.out/Network.template.json', { Resources: { Resource: resource } });
  await write('cdk.out/Network.metadata.json', {
    '/Network/Resource': [
      { type: 'aws:cdk:logicalId', data: 'Resource' },
      { type: 'aws:cdk:creationStack', data: [`<anonymous> (${file}:1:1)`] },
    ],
  });
  const constructInfo = { fqn: 'aws-cdk-lib.aws_ec2.CfnVPC' };
  await write('cdk.out/tree.json', {
    version: 'tree-0.1',
    tree: {
      id: 'App',
      path: '',
      children: { R: { id: 'Resource', path: 'Network/Resource', constructInfo } },
    },
  });
  await write('cdk.out/manifest.json', manifest);
  const later = new Date(Date.now() + 60_000);
  await utimes(file, later, later);
  const { findingsIn } = await openFolder(folder);
  expect((await findingsIn('app.ts')).map(({ kind, isStale, message }) => [kind, isStale, message])).toEqual([
    ['CfnVPC', true, expect.stringMatching(/^Resource has no flow log/)],
  ]);
});
