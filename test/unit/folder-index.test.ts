import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Disk } from '../../server/src/workspace/disk.ts';
import { FolderIndex } from '../../server/src/workspace/folder-index.ts';
import { localDisk } from '../../server/src/workspace/local-disk.ts';
import { readFiles } from '../../server/src/workspace/read-file.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const bareVpc = 'Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n';

let root: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'folder-index-')));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

/** The disk, and how often each file was read. */
function countingDisk(): { disk: Disk; reads: Map<string, number> } {
  const reads = new Map<string, number>();
  return {
    reads,
    disk: {
      ...localDisk,
      readFiles: (files) => {
        for (const file of files) reads.set(file.path, (reads.get(file.path) ?? 0) + 1);
        return readFiles(files);
      },
    },
  };
}

async function write(name: string, text: string): Promise<string> {
  const file = path.join(root, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

function verdictOf(workspace: Workspace, file: string): string | undefined {
  const check = workspace.check(file);
  return check.kind === 'template' ? check.vpcs[0]?.verdict : check.kind;
}

test('reads no file of a large workspace twice', async () => {
  await Promise.all(
    Array.from({ length: 1000 }, (_, n) => write(`folder-${n % 20}/template-${n}.yaml`, bareVpc)),
  );
  const parent = await write(
    'main.yaml',
    'Resources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: folder-1/template-1.yaml\n',
  );
  const { disk, reads } = countingDisk();
  const workspace = new Workspace();
  const index = new FolderIndex(workspace, disk);
  await index.setFolders([root]);
  workspace.openDocument(path.join(root, 'folder-1/template-1.yaml'), `${bareVpc}# edited`);
  expect(verdictOf(workspace, path.join(root, 'folder-1/template-1.yaml'))).toBe('missing');
  expect(verdictOf(workspace, path.join(root, 'folder-2/template-2.yaml'))).toBe('missing');
  expect(reads.size).toBe(1001);
  expect(reads.get(parent)).toBe(1);
  expect(Math.max(...reads.values())).toBe(1);

  const changed = await write('folder-2/template-2.yaml', bareVpc.replace('VPC', 'Subnet'));
  expect(await index.filesChanged([changed])).toBe(true);
  expect(verdictOf(workspace, changed)).toBeUndefined();
  expect([...reads.values()].reduce((sum, count) => sum + count, 0)).toBe(1002);
});

test('follows files that come and go', async () => {
  const workspace = new Workspace();
  const index = new FolderIndex(workspace, localDisk);
  await index.setFolders([root]);
  const file = await write('new.yaml', bareVpc);
  expect(await index.filesChanged([file])).toBe(true);
  expect(verdictOf(workspace, file)).toBe('missing');
  await rm(file);
  expect(await index.filesChanged([file])).toBe(true);
  expect(verdictOf(workspace, file)).toBe('not-a-template');
  expect(await index.filesChanged([file])).toBe(false);
});

test('a file that .gitignore names, or of node_modules, stays out when it changes', async () => {
  await write('.gitignore', 'build/\n');
  const workspace = new Workspace();
  const index = new FolderIndex(workspace, localDisk);
  await index.setFolders([root]);
  const built = await write('build/out.yaml', bareVpc);
  const installed = await write('node_modules/some/template.yaml', bareVpc);
  const synthesised = await write(
    'cdk.out/App.template.json',
    '{"Resources":{"V":{"Type":"AWS::EC2::VPC"}}}',
  );
  expect(await index.filesChanged([built, installed])).toBe(false);
  expect(await index.filesChanged([synthesised])).toBe(true);
  expect(verdictOf(workspace, built)).toBe('not-a-template');
  expect(verdictOf(workspace, synthesised)).toBe('missing');
});

test('never reads outside the folders, whatever links lead there', async () => {
  const secret = await write('outside/secret.yaml', bareVpc);
  await mkdir(path.join(root, 'inside'));
  const link = path.join(root, 'inside/link.yaml');
  await symlink(secret, link);
  await symlink(path.join(root, 'outside'), path.join(root, 'inside/folder'));
  const { disk, reads } = countingDisk();
  const workspace = new Workspace();
  const index = new FolderIndex(workspace, disk);
  await index.setFolders([path.join(root, 'inside')]);
  await index.filesChanged([link, secret, path.join(root, 'inside/folder/secret.yaml')]);
  expect([...reads.keys()]).toEqual([]);
  expect(verdictOf(workspace, link)).toBe('not-a-template');
});

test('forgets the files of a folder that is closed, but not an open document', async () => {
  const one = await write('one/a.yaml', bareVpc);
  const two = await write('two/b.yaml', bareVpc);
  const workspace = new Workspace();
  const index = new FolderIndex(workspace, localDisk);
  await index.setFolders([path.join(root, 'one'), path.join(root, 'two')]);
  workspace.openDocument(two, bareVpc);
  await index.setFolders([path.join(root, 'missing')]);
  expect(verdictOf(workspace, one)).toBe('not-a-template');
  expect(verdictOf(workspace, two)).toBe('missing');
});
