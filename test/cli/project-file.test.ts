import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bareVpc, buildIfOutdated, checkJson, folderWith, run, vpcRecording } from './command.ts';

beforeAll(buildIfOutdated);

const isRoot = process.getuid?.() === 0;
const ordinaryUser = isRoot ? 65_534 : undefined;

function severity(value: string): string {
  return `severities: { vpc-no-flow-log: ${value} }\n`;
}

describe('severities', () => {
  it.each([
    { value: 'error', code: 1, shown: 'error' },
    { value: 'warning', code: 1, shown: 'warning' },
    { value: 'information', code: 0, shown: 'information' },
    { value: 'hint', code: 0, shown: 'hint' },
  ])('$value makes the exit code $code', async ({ value, code, shown }) => {
    const cwd = folderWith({ '.flow-log-guard.yaml': severity(value), 'a.yaml': bareVpc });
    const result = await run(['check'], { cwd });
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code, stderr: '' });
    expect(result.stdout.split('\n')[1]).toMatch(
      new RegExp(String.raw`^ {2}2:3 {2}${shown} {2}.*vpc-no-flow-log$`),
    );
  });

  it('off leaves the VPC with its verdict in the report', async () => {
    const cwd = folderWith({ '.flow-log-guard.yml': severity('off'), 'a.yaml': bareVpc });
    const { code, report } = await checkJson(cwd);
    expect(code).toBe(0);
    expect(report.findings).toEqual([]);
    expect(report.vpcs).toEqual([expect.objectContaining({ logicalId: 'Vpc', verdict: 'missing' })]);
  });
});

describe('standard', () => {
  it('config-rule takes a flow log for ACCEPT traffic', async () => {
    const cwd = folderWith({
      '.flow-log-guard.yaml': 'standard: config-rule',
      'a.yaml': vpcRecording('ACCEPT'),
    });
    const { code, report } = await checkJson(cwd);
    expect({ code, findings: report.findings }).toEqual({ code: 0, findings: [] });
    expect(report.vpcs).toEqual([expect.objectContaining({ verdict: 'covered' })]);
  });
});

describe('ignore', () => {
  it('leaves files out, on a walk and where they are named, and says so', async () => {
    const cwd = folderWith({
      '.flow-log-guard.yaml': 'ignore: [examples/]',
      'examples/a.yaml': bareVpc,
      'b.yaml': vpcRecording('ALL'),
    });
    expect(await run(['check'], { cwd })).toEqual({
      code: 0,
      stdout: '1 of 1 VPC in 1 template has a flow log that counts; 1 file ignored\n',
      stderr: '',
    });
    expect(await run(['check', 'examples/a.yaml'], { cwd })).toEqual({
      code: 0,
      stdout: 'No CloudFormation template in 1 file; 1 file ignored\n',
      stderr: '',
    });
    expect((await checkJson(cwd)).report.vpcs.map(({ file }) => file)).toEqual(['b.yaml']);
  });
});

describe('which project file applies', () => {
  const files = {
    'repository/.git/HEAD': '',
    'repository/.flow-log-guard.yaml': severity('hint'),
    'repository/a/b/template.yaml': bareVpc,
    'repository/own/.flow-log-guard.yaml': severity('off'),
    'repository/own/template.yaml': bareVpc,
  };

  /** The severity of the one finding; `off` where there is none. */
  async function severityOf(cwd: string, ...paths: string[]): Promise<string | undefined> {
    const { code, report } = await checkJson(cwd, paths);
    expect({ errors: report.errors, vpcs: report.vpcs.length }).toEqual({ errors: [], vpcs: 1 });
    const [finding] = report.findings as readonly { readonly severity?: string }[];
    expect(code).toBe(finding?.severity === 'warning' ? 1 : 0);
    return finding?.severity ?? 'off';
  }

  it('is found above what is given, up to the root of the repository', async () => {
    const root = folderWith(files);
    const repository = path.join(root, 'repository');
    expect(await severityOf(repository, 'a')).toBe('hint');
    expect(await severityOf(path.join(repository, 'a'), 'b/template.yaml')).toBe('hint');
    expect(await severityOf(path.join(repository, 'a/b'))).toBe('hint');
    expect(await severityOf(root, path.join(repository, 'a/b'))).toBe('hint');
    expect(await severityOf(repository, 'own')).toBe('off');
    expect(await severityOf(path.join(repository, 'own'), 'template.yaml')).toBe('off');
  });

  it('is not one above the repository, unless the working folder is there', async () => {
    const root = folderWith({
      '.flow-log-guard.yaml': severity('hint'),
      'repository/.git/HEAD': '',
      'repository/a/template.yaml': bareVpc,
      'other/none.yaml': '',
    });
    expect(await severityOf(path.join(root, 'repository'))).toBe('warning');
    expect(await severityOf(path.join(root, 'other'), '../repository/a')).toBe('warning');
    expect(await severityOf(root, 'repository/a')).toBe('hint');
    expect(await severityOf(root, 'repository/a', 'repository')).toBe('hint');
  });

  it('is, outside of a repository, one in the given folder or the working folder', async () => {
    const root = folderWith({
      '.flow-log-guard.yaml': severity('hint'),
      'given/.flow-log-guard.yaml': severity('off'),
      'given/template.yaml': bareVpc,
      'plain/template.yaml': bareVpc,
      'elsewhere/none.yaml': '',
    });
    const elsewhere = path.join(root, 'elsewhere');
    expect(await severityOf(elsewhere, '../given')).toBe('off');
    expect(await severityOf(elsewhere, path.join(root, 'given/template.yaml'))).toBe('off');
    expect(await severityOf(elsewhere, '../plain')).toBe('warning');
    expect(await severityOf(elsewhere, '../plain/template.yaml')).toBe('warning');
    expect(await severityOf(root, 'plain')).toBe('hint');
  });

  it('is read although a .gitignore names it', async () => {
    const cwd = folderWith({
      '.gitignore': '.*\n',
      '.flow-log-guard.yaml': severity('off'),
      'a.yaml': bareVpc,
    });
    expect(await severityOf(cwd)).toBe('off');
  });

  it.skipIf(process.platform === 'win32')('may be a link', async () => {
    const cwd = folderWith({ 'shared/.flow-log-guard.yaml': severity('off'), 'a/template.yaml': bareVpc });
    symlinkSync('../shared/.flow-log-guard.yaml', path.join(cwd, 'a/.flow-log-guard.yaml'));
    expect(await severityOf(cwd)).toBe('off');
    expect(await severityOf(cwd, 'a')).toBe('off');
  });

  it('is no folder of that name', async () => {
    const cwd = folderWith({ 'a/template.yaml': bareVpc });
    mkdirSync(path.join(cwd, '.flow-log-guard.yaml'));
    expect(await severityOf(cwd, 'a')).toBe('warning');
  });
});

describe('mistakes', () => {
  const broken = `standard: cis\n${severity('hint')}ignor: []\n`;

  it('are errors with line and column, and the rest counts', async () => {
    const cwd = folderWith({ '.flow-log-guard.yaml': broken, 'a/template.yaml': bareVpc });
    const { code, report } = await checkJson(cwd, ['a']);
    expect({ code, errors: report.errors }).toEqual({
      code: 2,
      errors: [
        {
          file: '.flow-log-guard.yaml',
          message: "Line 1, column 11: standard must be ec2.6 or config-rule, not 'cis'",
        },
        {
          file: '.flow-log-guard.yaml',
          message: "Line 3, column 1: Unknown key 'ignor'; did you mean 'ignore'?",
        },
      ],
    });
    expect(report.findings).toEqual([expect.objectContaining({ severity: 'hint' })]);
  });

  it('leave the exit code 1 where something was found', async () => {
    const cwd = folderWith({ '.flow-log-guard.yaml': 'ignor: []', 'a.yaml': bareVpc });
    const { code, stdout, stderr } = await run(['check'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('1 warning, 1 error in project files\n');
    expect(stderr).toBe(
      "error  .flow-log-guard.yaml: Line 1, column 1: Unknown key 'ignor'; did you mean 'ignore'?\n",
    );
  });

  it('are shown once, by the path that is nearest to what was given', async () => {
    const cwd = folderWith({
      '.git/HEAD': '',
      '.flow-log-guard.yaml': 'ignor: []',
      'a/one.yaml': bareVpc,
      'b/two.yaml': bareVpc,
    });
    const filesOf = async (folder: string, ...paths: string[]) =>
      (await checkJson(path.join(cwd, folder), paths)).report.errors.map(({ file }) => file);
    expect(await filesOf('', 'a', 'b/two.yaml', '.')).toEqual(['.flow-log-guard.yaml']);
    expect(await filesOf('a', '.', '../b')).toEqual(['../.flow-log-guard.yaml']);
    expect(await filesOf('a', path.join(cwd, 'b'))).toEqual([path.join(cwd, '.flow-log-guard.yaml')]);
  });

  it('are not looked for in files that do not apply', async () => {
    const cwd = folderWith({
      '.flow-log-guard.yaml': 'ignor: []',
      'a/.flow-log-guard.yaml': severity('hint'),
      'a/template.yaml': bareVpc,
    });
    const { code, report } = await checkJson(cwd, ['a']);
    expect({ code, errors: report.errors }).toEqual({ code: 0, errors: [] });
  });

  it('can be looked for alone', async () => {
    const cwd = folderWith({ '.flow-log-guard.yaml': 'ignor: []', 'a.yaml': bareVpc });
    const { code, report } = await checkJson(cwd, ['.flow-log-guard.yaml']);
    expect({ code, errors: report.errors.length, vpcs: report.vpcs }).toEqual({
      code: 2,
      errors: 1,
      vpcs: [],
    });
  });

  it.each([
    { title: 'binary', content: Buffer.from('standard: ec2.6\n\0'), message: 'It is binary' },
    {
      title: 'far too large',
      content: `# ${'x'.repeat(200_000)}`,
      message: 'Line 1, column 1: It is larger than 128 KB, so nothing of it counts',
    },
  ])('are all of a file that is $title', async ({ content, message }) => {
    const cwd = folderWith({ '.flow-log-guard.yaml': content, 'a/template.yaml': vpcRecording('ALL') });
    for (const paths of [['.'], ['a']]) {
      const { code, report } = await checkJson(cwd, paths);
      expect({ code, errors: report.errors }).toEqual({
        code: 2,
        errors: [{ file: '.flow-log-guard.yaml', message }],
      });
    }
  });

  it.skipIf(process.platform === 'win32')('are permissions, too', async () => {
    const cwd = folderWith({ '.flow-log-guard.yaml': severity('off'), 'a/template.yaml': bareVpc });
    chmodSync(path.join(cwd, '.flow-log-guard.yaml'), 0o000);
    const { code, report } = await checkJson(cwd, ['a'], { user: ordinaryUser });
    expect({ code, errors: report.errors }).toEqual({
      code: 1,
      errors: [{ file: '.flow-log-guard.yaml', message: 'It cannot be read: permission denied' }],
    });
  });
});
