import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from './in-process.ts';

const withVpc = `Resources:
  Vpc:
    Type: AWS::EC2::VPC
`;

let root: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'find-resource-')));
});

afterEach(() => rm(root, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** Where the VPC of a stack is found, each file relative to the folder, `!` where it is surely that of the stack. */
async function find(stackName: string): Promise<string[]> {
  const client = connect();
  await client.initialize({}, undefined, [{ uri: pathToFileURL(root).toString(), name: 'root' }]);
  const found = await client.findResource({ logicalId: 'Vpc', type: 'AWS::EC2::VPC', stackName });
  expect(found.map(({ range }) => range)).toEqual(
    found.map(() => ({ start: { line: 1, character: 2 }, end: { line: 1, character: 5 } })),
  );
  return found.map(({ uri, isOfStack }) => {
    const file = path.relative(root, fileURLToPath(uri)).replaceAll(path.sep, '/');
    return isOfStack ? `${file}!` : file;
  });
}

test('the template that is named like the stack comes first, and says so', async () => {
  await write({ 'a.yaml': withVpc, 'network.yaml': withVpc, 'z.yaml': withVpc });
  expect(await find('network')).toEqual(['network.yaml!', 'a.yaml', 'z.yaml']);
});

test('a folder that is named like the stack will do, and so will the CDK’s names', async () => {
  await write({ 'stacks/Network/template.yml': withVpc });
  expect(await find('network')).toEqual(['stacks/Network/template.yml!']);
  await write({ 'cdk.out/Shop.template.json': '{"Resources":\n  {"Vpc": {"Type": "AWS::EC2::VPC"}}}' });
  const client = connect();
  await client.initialize({}, undefined, [{ uri: pathToFileURL(root).toString(), name: 'root' }]);
  const [first] = await client.findResource({ logicalId: 'Vpc', type: 'AWS::EC2::VPC', stackName: 'Shop' });
  expect(first).toMatchObject({ isOfStack: true, range: { start: { line: 1, character: 3 } } });
});

test('what people write comes before what the CDK made', async () => {
  await write({ 'cdk.out/A.template.yaml': withVpc, 'z.yaml': withVpc });
  expect(await find('another')).toEqual(['z.yaml', 'cdk.out/A.template.yaml']);
});

test('another type or another logical id is not it, nor is a file that is no template', async () => {
  await write({
    'a.yaml': withVpc.replace('VPC', 'Subnet'),
    'b.yaml': withVpc.replace('  Vpc:', '  MyVpc:'),
    'c.yaml': 'Vpc: AWS::EC2::VPC\n',
  });
  expect(await find('network')).toEqual([]);
});

test('what is open wins over the disk', async () => {
  await write({ 'network.yaml': withVpc });
  const client = connect();
  await client.initialize({}, undefined, [{ uri: pathToFileURL(root).toString(), name: 'root' }]);
  await client.open(pathToFileURL(path.join(root, 'network.yaml')).toString(), `# moved\n${withVpc}`);
  const [found] = await client.findResource({
    logicalId: 'Vpc',
    type: 'AWS::EC2::VPC',
    stackName: 'network',
  });
  expect(found?.range.start.line).toBe(2);
});

test('what the CDK made leads on to the line of code that declares it', async () => {
  await cp(path.resolve(import.meta.dirname, '../../examples/cdk'), root, { recursive: true });
  await write({ '.gitignore': 'cdk.out\n' });
  const client = connect();
  await client.initialize({}, undefined, [{ uri: pathToFileURL(root).toString(), name: 'root' }]);
  const found = await client.findResource({
    logicalId: 'Sandbox987275F0',
    type: 'AWS::EC2::VPC',
    stackName: 'Sandbox',
  });
  expect(found).toMatchObject([{ isOfStack: true }]);
  const [{ uri, range } = { uri: '', range: undefined }] = found;
  await client.open(uri, await readFile(fileURLToPath(uri), 'utf8'));
  const [source] = await client.definition(uri, range?.start ?? { line: 0, character: 0 });
  expect(source?.uri).toBe(pathToFileURL(path.join(root, 'app.ts')).toString());
  const lines = (await readFile(path.join(root, 'app.ts'), 'utf8')).split('\n');
  expect(lines[source?.range.start.line ?? 0]).toContain("new ec2.Vpc(this, 'Sandbox'");
});
