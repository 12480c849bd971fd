import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FolderIndex } from '../../server/src/workspace/folder-index.ts';
import { localDisk } from '../../server/src/workspace/local-disk.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const root = path.resolve('/workspace');

function at(name: string): string {
  return path.join(root, name);
}

/** A workspace of these files below one folder. */
function workspaceOf(files: Record<string, string>): Workspace {
  const workspace = new Workspace();
  workspace.setFolders([root]);
  for (const [name, text] of Object.entries(files)) workspace.setDiskText(at(name), text);
  return workspace;
}

const bareVpc = 'Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n';

function severitySetting(severity: string): string {
  return `severities: { vpc-no-flow-log: ${severity} }\n`;
}

/** The severity of the first finding, or what else became of the file. */
function outcome(workspace: Workspace, file: string): string {
  const check = workspace.check(file);
  if (check.kind !== 'template') return check.kind;
  return check.findings[0]?.severity ?? 'clean';
}

function messagesIn(workspace: Workspace, file: string): string[] {
  const check = workspace.check(file);
  return check.kind === 'project-file' ? check.problems.map(({ message }) => message) : [check.kind];
}

describe('which project file applies', () => {
  test('the nearest at or above the folder, and that one alone', () => {
    const workspace = workspaceOf({
      '.flow-log-guard.yaml': severitySetting('error'),
      'a/b/.flow-log-guard.yaml': 'severities: { vpc-flow-log-unknown: off }',
      'top.yaml': bareVpc,
      'a/middle.yaml': bareVpc,
      'a/b/near.yaml': bareVpc,
      'a/b/c/below.yaml': bareVpc,
    });
    expect(outcome(workspace, at('top.yaml'))).toBe('error');
    expect(outcome(workspace, at('a/middle.yaml'))).toBe('error');
    expect(outcome(workspace, at('a/b/near.yaml'))).toBe('warning');
    expect(outcome(workspace, at('a/b/c/below.yaml'))).toBe('warning');
    expect(workspace.settingsFor(at('a/b/c/below.yaml')).projectFile).toBe(at('a/b/.flow-log-guard.yaml'));
  });

  test('none of a folder beside or with the same beginning', () => {
    const workspace = workspaceOf({
      'a/.flow-log-guard.yaml': severitySetting('error'),
      'ab/template.yaml': bareVpc,
      'b/template.yaml': bareVpc,
    });
    expect(outcome(workspace, at('ab/template.yaml'))).toBe('warning');
    expect(outcome(workspace, at('b/template.yaml'))).toBe('warning');
  });

  test('none above the workspace folders, even when it is open in the editor', () => {
    const workspace = workspaceOf({ 'a/template.yaml': bareVpc });
    workspace.setFolders([at('a')]);
    workspace.openDocument(at('.flow-log-guard.yaml'), severitySetting('error'));
    expect(outcome(workspace, at('a/template.yaml'))).toBe('warning');
    workspace.setFolders([at('a'), root]);
    expect(outcome(workspace, at('a/template.yaml'))).toBe('error');
  });

  test('none for what is not on a disk', () => {
    const workspace = workspaceOf({ '.flow-log-guard.yaml': severitySetting('error') });
    workspace.setFolders([root, process.cwd(), '/']);
    workspace.setDiskText(path.resolve('.flow-log-guard.yaml'), severitySetting('error'));
    workspace.openDocument('untitled:Untitled-1', bareVpc);
    expect(outcome(workspace, 'untitled:Untitled-1')).toBe('warning');
  });

  test('of two in one folder, .yaml; the other says so', () => {
    const workspace = workspaceOf({
      '.flow-log-guard.yml': severitySetting('hint'),
      'template.yaml': bareVpc,
    });
    expect(outcome(workspace, at('template.yaml'))).toBe('hint');
    expect(messagesIn(workspace, at('.flow-log-guard.yml'))).toEqual([]);

    workspace.setDiskText(at('.flow-log-guard.yaml'), severitySetting('error'));
    expect(outcome(workspace, at('template.yaml'))).toBe('error');
    expect(messagesIn(workspace, at('.flow-log-guard.yml'))).toEqual([
      'Nothing of this file counts, because .flow-log-guard.yaml is beside it',
    ]);
    expect(messagesIn(workspace, at('.flow-log-guard.yaml'))).toEqual([]);
  });
});

describe('a change of a project file', () => {
  test('on the disk and in the editor, where what is typed wins', () => {
    const projectFile = at('.flow-log-guard.yaml');
    const workspace = workspaceOf({ 'template.yaml': bareVpc });
    const seen = [outcome(workspace, at('template.yaml'))];
    const step = (act: () => void): void => {
      const before = workspace.linkState;
      act();
      expect(workspace.linkState).not.toBe(before);
      seen.push(outcome(workspace, at('template.yaml')));
    };
    step(() => workspace.setDiskText(projectFile, severitySetting('error')));
    step(() => workspace.openDocument(projectFile, severitySetting('hint')));
    step(() => workspace.openDocument(projectFile, severitySetting('off')));
    workspace.setDiskText(projectFile, severitySetting('information'));
    seen.push(outcome(workspace, at('template.yaml')));
    step(() => workspace.closeDocument(projectFile));
    step(() => workspace.removeDiskText(projectFile));
    expect(seen).toEqual(['warning', 'error', 'hint', 'clean', 'clean', 'information', 'warning']);
  });

  test('leaves the checks of other folders as they are', () => {
    const workspace = workspaceOf({
      'a/.flow-log-guard.yaml': severitySetting('error'),
      'a/template.yaml': bareVpc,
      'b/template.yaml': bareVpc,
    });
    const [inA, inB] = ['a', 'b'].map((folder) => workspace.check(at(`${folder}/template.yaml`)));
    workspace.setDiskText(at('a/.flow-log-guard.yaml'), severitySetting('hint'));
    expect(workspace.check(at('a/template.yaml'))).not.toBe(inA);
    expect(workspace.check(at('b/template.yaml'))).toBe(inB);
  });

  test('to the same text is none', () => {
    const workspace = workspaceOf({
      '.flow-log-guard.yaml': severitySetting('error'),
      'template.yaml': bareVpc,
    });
    const [check, state] = [workspace.check(at('template.yaml')), workspace.linkState];
    workspace.setDiskText(at('.flow-log-guard.yaml'), severitySetting('error'));
    workspace.openDocument(at('.flow-log-guard.yaml'), severitySetting('error'));
    expect(workspace.check(at('template.yaml'))).toBe(check);
    expect(workspace.linkState).toBe(state);
  });
});

describe('the base policy', () => {
  test('holds where the project file says nothing', () => {
    const workspace = workspaceOf({
      'a/.flow-log-guard.yaml': severitySetting('hint'),
      'a/template.yaml': bareVpc,
      'b/template.yaml': bareVpc,
    });
    workspace.setBasePolicy({
      standard: 'config-rule',
      severities: { 'vpc-no-flow-log': 'error', 'suppression-unused': 'off' },
    });
    expect(outcome(workspace, at('a/template.yaml'))).toBe('hint');
    expect(outcome(workspace, at('b/template.yaml'))).toBe('error');
    expect(workspace.settingsFor(at('a/template.yaml')).policy).toEqual({
      standard: 'config-rule',
      severities: { 'vpc-no-flow-log': 'hint', 'suppression-unused': 'off' },
    });
  });

  test('gives way to the standard of the project file', () => {
    const workspace = workspaceOf({ '.flow-log-guard.yaml': 'standard: ec2.6', 'template.yaml': bareVpc });
    workspace.setBasePolicy({ standard: 'config-rule', severities: {} });
    expect(workspace.settingsFor(at('template.yaml')).policy.standard).toBe('ec2.6');
  });
});

describe('standards of linked files', () => {
  test('each file has its own', () => {
    const child = `
Parameters:
  VpcId: { Type: 'AWS::EC2::VPC::Id' }
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref VpcId
      ResourceType: VPC
      TrafficType: ACCEPT
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::logs
`;
    const parent = `${bareVpc}  Nested:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ../child.yaml
      Parameters: { VpcId: !Ref Vpc }
`;
    const workspace = workspaceOf({
      'child.yaml': child,
      'strict/parent.yaml': parent,
      'lenient/parent.yaml': parent,
      'lenient/.flow-log-guard.yaml': 'standard: config-rule',
    });
    expect(outcome(workspace, at('strict/parent.yaml'))).toBe('warning');
    expect(outcome(workspace, at('lenient/parent.yaml'))).toBe('clean');
    expect(outcome(workspace, at('strict/parent.yaml'))).toBe('warning');
  });
});

describe('ignored files', () => {
  test.each([
    { patterns: ['examples/'], ignored: ['examples/a.yaml', 'x/examples/y/a.yaml'], checked: ['a.yaml'] },
    { patterns: ['/examples/'], ignored: ['examples/a.yaml'], checked: ['x/examples/a.yaml'] },
    { patterns: ['*.gen.yaml'], ignored: ['a.gen.yaml', 'x/b.gen.yaml'], checked: ['gen.yaml'] },
    { patterns: ['x/**/a.yaml'], ignored: ['x/a.yaml', 'x/y/z/a.yaml'], checked: ['a.yaml', 'y/a.yaml'] },
    { patterns: ['x/*', '!x/a.yaml'], ignored: ['x/b.yaml'], checked: ['x/a.yaml'] },
    { patterns: ['[ab].yaml', '?.yml'], ignored: ['a.yaml', 'c.yml'], checked: ['c.yaml', 'ab.yml'] },
    { patterns: ['[', '\\', '!', '#a.yaml', ' '], ignored: [], checked: ['a.yaml', '#a.yaml'] },
  ])('$patterns', ({ patterns, ignored, checked }) => {
    const files = Object.fromEntries([...ignored, ...checked].map((name) => [`sub/${name}`, bareVpc]));
    const projectFile = { 'sub/.flow-log-guard.yaml': JSON.stringify({ ignore: patterns }) };
    const workspace = workspaceOf({ ...files, ...projectFile });
    expect(Object.keys(files).filter((name) => outcome(workspace, at(name)) === 'ignored')).toEqual(
      ignored.map((name) => `sub/${name}`),
    );
  });

  test('name the file that says so', () => {
    const workspace = workspaceOf({ '.flow-log-guard.yml': 'ignore: ["*"]', 'a/template.yaml': bareVpc });
    expect(workspace.check(at('a/template.yaml'))).toEqual({
      kind: 'ignored',
      by: at('.flow-log-guard.yml'),
    });
  });

  test('are not those that could not be templates anyway, nor the project file', () => {
    const workspace = workspaceOf({ '.flow-log-guard.yaml': 'ignore: ["*"]', 'values.yaml': 'a: b\n' });
    expect(outcome(workspace, at('values.yaml'))).toBe('not-a-template');
    expect(outcome(workspace, at('.flow-log-guard.yaml'))).toBe('project-file');
  });

  test('count for others all the same', () => {
    const workspace = workspaceOf({
      'network.yaml': `${bareVpc}Outputs:\n  Id: { Value: !Ref Vpc, Export: { Name: vpc-id } }\n`,
      'vendor/logs.yaml': `
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !ImportValue vpc-id
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::logs
`,
      '.flow-log-guard.yaml': 'ignore: [vendor/]',
    });
    expect(outcome(workspace, at('vendor/logs.yaml'))).toBe('ignored');
    expect(outcome(workspace, at('network.yaml'))).toBe('clean');
  });
});

describe('the defaults for fixes', () => {
  test('are those of the project file, or none', () => {
    const workspace = workspaceOf({ 'a/.flow-log-guard.yaml': 'flowLog: { destination: s3 }' });
    expect(workspace.settingsFor(at('a/template.yaml')).flowLog).toEqual({ destination: 's3' });
    expect(workspace.settingsFor(at('template.yaml')).flowLog).toEqual({});
  });
});

describe('the folder index', () => {
  async function temporaryFolder(): Promise<string> {
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'project-files-')));
    onTestFinished(() => rm(folder, { recursive: true }));
    return folder;
  }

  async function write(folder: string, name: string, text: string): Promise<string> {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  }

  test('follows project files, even those that .gitignore names', async () => {
    const folder = await temporaryFolder();
    await write(folder, '.gitignore', '.flow-log-guard.yaml\n');
    const projectFile = await write(folder, '.flow-log-guard.yaml', severitySetting('hint'));
    const template = await write(folder, 'a/template.yaml', bareVpc);
    const workspace = new Workspace();
    const index = new FolderIndex(workspace, localDisk);
    await index.setFolders([folder]);
    const seen = [outcome(workspace, template)];
    await write(folder, '.flow-log-guard.yaml', severitySetting('error'));
    expect(await index.filesChanged([projectFile])).toBe(true);
    seen.push(outcome(workspace, template));
    await rm(projectFile);
    expect(await index.filesChanged([projectFile])).toBe(true);
    seen.push(outcome(workspace, template));
    expect(seen).toEqual(['hint', 'error', 'warning']);
  });

  test('takes one that two folders link to for both', async () => {
    const folder = await temporaryFolder();
    const shared = await write(folder, 'shared/.flow-log-guard.yaml', severitySetting('hint'));
    const templates = [
      await write(folder, 'a/template.yaml', bareVpc),
      await write(folder, 'b/template.yaml', bareVpc),
    ];
    for (const template of templates) {
      await symlink(shared, path.join(path.dirname(template), '.flow-log-guard.yaml'));
    }
    const workspace = new Workspace();
    await new FolderIndex(workspace, localDisk).setFolders([folder]);
    expect(templates.map((template) => outcome(workspace, template))).toEqual(['hint', 'hint']);
  });

  test('reads none above the folder, nor through a link that leads out of it', async () => {
    const folder = await temporaryFolder();
    const outside = await write(folder, '.flow-log-guard.yaml', severitySetting('hint'));
    const template = await write(folder, 'inside/template.yaml', bareVpc);
    await symlink(outside, path.join(folder, 'inside/.flow-log-guard.yaml'));
    const workspace = new Workspace();
    await new FolderIndex(workspace, localDisk).setFolders([path.join(folder, 'inside')]);
    expect(outcome(workspace, template)).toBe('warning');
  });
});
