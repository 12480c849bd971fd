import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { bareVpc, buildIfOutdated, bundle, checkJson, folderWith, vpcRecording } from './command.ts';

beforeAll(buildIfOutdated);

const noLinks = process.platform === 'win32';

async function filesFound(cwd: string, paths: readonly string[] = []): Promise<string[]> {
  const { report } = await checkJson(cwd, paths);
  expect(report.errors).toEqual([]);
  return report.vpcs.map(({ file }) => file);
}

describe('a folder', () => {
  it('is searched for what is called like a template', async () => {
    const called = [
      'a.yaml',
      'b.yml',
      'c.json',
      'd.template',
      'e.cfn.yaml',
      'f.template.json',
      'g.cfn.txt',
      'h.template.txt',
      'i.YAML',
      '.hidden/j.yaml',
    ];
    const others = ['a.txt', 'yaml', 'b.yaml.bak', 'template', 'c.js'];
    const cwd = folderWith(Object.fromEntries([...called, ...others].map((name) => [name, bareVpc])));
    expect(await filesFound(cwd)).toEqual(called.toSorted());
  });

  it('is searched without node_modules and .git, at any depth', async () => {
    const cwd = folderWith({
      'node_modules/a/a.yaml': bareVpc,
      'sub/node_modules/a.yaml': bareVpc,
      '.git/a.yaml': bareVpc,
      'sub/a.yaml': bareVpc,
    });
    expect(await filesFound(cwd)).toEqual(['sub/a.yaml']);
  });

  it('is searched without what its .gitignore names', async () => {
    const cwd = folderWith({
      '.gitignore': 'build/\n*.tmp.yaml\n/only-here.yaml\n!keep.tmp.yaml\n',
      'a.yaml': bareVpc,
      'a.tmp.yaml': bareVpc,
      'keep.tmp.yaml': bareVpc,
      'only-here.yaml': bareVpc,
      'sub/only-here.yaml': bareVpc,
      'build/a.yaml': bareVpc,
      'build/keep.tmp.yaml': bareVpc,
    });
    expect(await filesFound(cwd)).toEqual(['a.yaml', 'keep.tmp.yaml', 'sub/only-here.yaml']);
  });

  it('follows nested .gitignore files, the nearer one going first', async () => {
    const cwd = folderWith({
      '.gitignore': '*.gen.yaml\n',
      'a.gen.yaml': bareVpc,
      'kept/.gitignore': '!*.gen.yaml\nprivate.yaml\n',
      'kept/a.gen.yaml': bareVpc,
      'kept/deep/a.gen.yaml': bareVpc,
      'kept/private.yaml': bareVpc,
      'private.yaml': bareVpc,
    });
    expect(await filesFound(cwd)).toEqual(['kept/a.gen.yaml', 'kept/deep/a.gen.yaml', 'private.yaml']);
  });

  it('follows the .gitignore files above it, up to the root of the repository', async () => {
    const cwd = folderWith({
      '.gitignore': 'outside.yaml\n',
      'repository/.git/HEAD': '',
      'repository/.gitignore': '/stacks/old/\n',
      'repository/stacks/old/a.yaml': bareVpc,
      'repository/stacks/new/a.yaml': bareVpc,
      'repository/stacks/new/outside.yaml': bareVpc,
    });
    expect(await filesFound(path.join(cwd, 'repository'), ['stacks'])).toEqual([
      'stacks/new/a.yaml',
      'stacks/new/outside.yaml',
    ]);
  });

  it('that is ignored is searched when it is named', async () => {
    const cwd = folderWith({
      '.git/HEAD': '',
      '.gitignore': 'build\n',
      'build/a.yaml': bareVpc,
      'build/.gitignore': 'b.yaml\n',
      'build/b.yaml': bareVpc,
    });
    expect(await filesFound(cwd, ['build'])).toEqual(['build/a.yaml']);
    expect(await filesFound(cwd, ['build/b.yaml'])).toEqual(['build/b.yaml']);
  });

  it.each(['cdk.out', 'cdk.out/', '/cdk.out/*', '*.template.json'])(
    'has its cdk.out read, although .gitignore says %s',
    async (pattern) => {
      const template = '{"Resources":{"Vpc":{"Type":"AWS::EC2::VPC"}}}';
      const cwd = folderWith({
        '.git/HEAD': '',
        '.gitignore': `${pattern}\n`,
        'cdk.out/App.template.json': template,
        'cdk.out/assembly-Stage/App.template.json': template,
        'cdk.out/asset.1/node_modules/App.template.json': template,
      });
      const expected = ['cdk.out/App.template.json', 'cdk.out/assembly-Stage/App.template.json'];
      expect(await filesFound(cwd)).toEqual(expected);
      expect(await filesFound(cwd, ['cdk.out'])).toEqual(expected);
      expect(await filesFound(cwd, ['cdk.out/assembly-Stage'])).toEqual(expected.slice(1));
    },
  );

  it.skipIf(noLinks)('with links that go in circles is searched once', async () => {
    const cwd = folderWith({ 'stacks/a.yaml': bareVpc });
    symlinkSync('..', path.join(cwd, 'stacks/up'));
    symlinkSync('.', path.join(cwd, 'here'));
    symlinkSync('self.yaml', path.join(cwd, 'self.yaml'));
    symlinkSync('gone.yaml', path.join(cwd, 'dangling.yaml'));
    expect(await filesFound(cwd)).toEqual(['stacks/a.yaml']);
    expect(await filesFound(cwd, ['stacks/up'])).toEqual(['stacks/up/stacks/a.yaml']);
  });

  it.skipIf(noLinks)('has links to files read, unless the file itself is met', async () => {
    const cwd = folderWith({ 'shared/a.yaml': bareVpc, 'stacks/b.yaml': vpcRecording('ALL') });
    symlinkSync('../shared/a.yaml', path.join(cwd, 'stacks/a.yaml'));
    symlinkSync('b.yaml', path.join(cwd, 'stacks/0.yaml'));
    expect(await filesFound(cwd, ['stacks'])).toEqual(['stacks/a.yaml', 'stacks/b.yaml']);
    expect(await filesFound(cwd)).toEqual(['shared/a.yaml', 'stacks/b.yaml']);
  });

  it.skipIf(noLinks)('is an error where it is named and its link goes in a circle', async () => {
    const cwd = folderWith({});
    symlinkSync('self', path.join(cwd, 'self'));
    const { code, report } = await checkJson(cwd, ['self']);
    expect(code).toBe(2);
    expect(report.errors).toEqual([
      { file: 'self', message: 'It cannot be read: its symbolic links go in a circle' },
    ]);
  });

  it('without permission is an error, and the rest is checked', async (context) => {
    const user = unprivilegedUser(context);
    const cwd = folderWith({
      'a.yaml': vpcRecording('ALL'),
      'closed/b.yaml': bareVpc,
      'file.yaml': bareVpc,
      'node_modules/closed.yaml': bareVpc,
    });
    // The user of the test may not reach the place of the build.
    const program = path.join(cwd, 'cli.cjs');
    copyFileSync(bundle, program);
    chmodSync(path.join(cwd, 'closed'), 0);
    chmodSync(path.join(cwd, 'file.yaml'), 0);
    chmodSync(path.join(cwd, 'node_modules'), 0);
    const { code, report } = await checkJson(cwd, [], { user, program });
    for (const name of ['closed', 'file.yaml', 'node_modules']) chmodSync(path.join(cwd, name), 0o755);
    expect(code).toBe(2);
    expect(report.vpcs).toHaveLength(1);
    expect(report.errors).toEqual([
      { file: 'closed', message: 'It cannot be read: permission denied' },
      { file: 'file.yaml', message: 'It cannot be read: permission denied' },
    ]);
  });

  it('deeply nested is searched to its end', async () => {
    const deep = 'd/'.repeat(300);
    const cwd = folderWith({ [`${deep}a.yaml`]: bareVpc });
    expect(await filesFound(cwd)).toEqual([`${deep}a.yaml`]);
  });
});

/** A user for whom permissions hold; undefined where the current one is such. Skips where there is none. */
function unprivilegedUser({ skip }: TestContext): number | undefined {
  if (process.platform === 'win32') return skip('Windows knows no permissions that chmod could take away');
  if (process.getuid?.() !== 0) return undefined;
  const nobody = 65534;
  const probe = spawnSync(process.execPath, ['-e', '0'], { uid: nobody, gid: nobody, cwd: '/' });
  if (probe.status !== 0) return skip('root cannot run Node as another user here');
  return nobody;
}
