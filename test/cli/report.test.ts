import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { bareVpc, buildIfOutdated, checkJson, folderWith, run, start, vpcRecording } from './command.ts';

beforeAll(buildIfOutdated);

const escape = '\u001B';

describe('exit code', () => {
  it('is 0 where nothing of severity warning or above was found', async () => {
    const cwd = folderWith({ 'a.yaml': vpcRecording('REJECT') });
    expect(await run(['check'], { cwd })).toEqual({
      code: 0,
      stdout: '1 of 1 VPC in 1 template has a flow log that counts\n',
      stderr: '',
    });
  });

  it('is 1 where something was', async () => {
    expect((await run(['check'], { cwd: folderWith({ 'a.yaml': bareVpc }) })).code).toBe(1);
  });

  it('is 2 where a path does not exist', async () => {
    const { code, stdout, stderr } = await run(['check', 'gone.yaml'], { cwd: folderWith({}) });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error  gone.yaml: It cannot be read: no such file or folder\n',
    });
    expect(stdout).toContain('1 path could not be fully checked');
  });

  it('is 2 for an empty path, which does not mean the working folder', async () => {
    const { code, report } = await checkJson(folderWith({ 'a.yaml': bareVpc }), ['']);
    expect({ code, report }).toEqual({
      code: 2,
      report: {
        version: 1,
        vpcs: [],
        findings: [],
        errors: [{ file: '', message: 'It cannot be read: no such file or folder' }],
      },
    });
  });

  it('is 2 where something could not be checked and the rest is clean', async () => {
    const { code, report } = await checkJson(folderWith({ 'a.yaml': vpcRecording('ALL') }), ['.', 'gone']);
    expect(code).toBe(2);
    expect(report.vpcs).toHaveLength(1);
    expect(report.errors).toHaveLength(1);
  });

  it('is 1 where something could not be checked and the rest has findings', async () => {
    const cwd = folderWith({ 'a.yaml': bareVpc });
    const { code, stdout, stderr } = await run(['check', 'a.yaml', 'gone'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('vpc-no-flow-log');
    expect(stderr).toContain('gone');
  });
});

describe('text report', () => {
  it('groups the findings by file, with the related places and a summary', async () => {
    const cwd = folderWith({
      'b/accept.yaml': vpcRecording('ACCEPT'),
      'a.yaml': bareVpc,
      'c.yaml': vpcRecording('ALL'),
      'package.json': '{}',
    });
    const { stdout, stderr } = await run(['check'], { cwd });
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('a.yaml');
    expect(lines[1]).toMatch(/^ {2}2:3 {2}warning {2}\S.* {2}vpc-no-flow-log$/);
    expect(lines[2]).toBe('');
    expect(lines[3]).toBe('b/accept.yaml');
    expect(lines[4]).toMatch(/^ {2}2:3 {2}warning {2}\S.* {2}vpc-flow-log-accept-only$/);
    expect(lines[5]).toMatch(/^ {16}4:3 {2}\S/);
    expect(lines.slice(6)).toEqual([
      '',
      '1 of 3 VPCs in 3 templates have a flow log that counts; 2 warnings',
      '',
    ]);
    expect(stderr).toBe('');
  });

  it('says what was looked at where there was nothing to find', async () => {
    const cwd = folderWith({
      'topic.yaml': 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n',
      'package.json': '{}',
    });
    expect((await run(['check'], { cwd })).stdout).toBe('No VPC in 1 template\n');
    expect((await run(['check', 'package.json'], { cwd })).stdout).toBe(
      'No CloudFormation template in 1 file\n',
    );
  });

  it.each([
    { env: {}, colored: false },
    { env: { FORCE_COLOR: '1' }, colored: true },
    { env: { NO_COLOR: '1' }, colored: false },
    { env: { FORCE_COLOR: '0' }, colored: false },
    { env: { FORCE_COLOR: '1', NO_COLOR: '1' }, colored: true },
  ])('in colour only where asked for, when there is no terminal: $env', async ({ env, colored }) => {
    const cwd = folderWith({ 'a.yaml': bareVpc });
    const { stdout, stderr } = await run(['check', '.', 'gone'], { cwd, env });
    expect(stdout.includes(escape)).toBe(colored);
    expect(stderr.includes(escape)).toBe(colored);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it.skipIf(process.platform === 'win32')('lets no name steer the terminal', async () => {
    const cwd = folderWith({ [`${escape}[2J\n.yaml`]: bareVpc });
    const { stdout } = await run(['check'], { cwd });
    expect(stdout.split('\n')[0]).toBe(String.raw`\u001b[2J\u000a.yaml`);
  });

  it('does not fail when its reader goes away', async () => {
    const vpcs = Array.from({ length: 5000 }, (_, index) => `  Vpc${index}: { Type: 'AWS::EC2::VPC' }\n`);
    const child = start(['check'], { cwd: folderWith({ 'a.yaml': `Resources:\n${vpcs.join('')}` }) });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.stdout?.destroy();
    const code = await new Promise((resolve) => {
      child.on('close', resolve);
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });
});

describe.skipIf(!existsSync('/dev/full'))('output that cannot be written', () => {
  it.each(['text', 'json'])('is a failure of its own: %s', async (format) => {
    const cwd = folderWith({ 'a.yaml': bareVpc });
    const { code, stderr } = await run(['check', '--format', format], { cwd, output: '/dev/full' });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'flow-log-guard: cannot write: ENOSPC: no space left on device, write\n',
    });
  });
});

describe('JSON report', () => {
  it('lists every VPC, the findings and the errors', async () => {
    const cwd = folderWith({
      'accept.yaml': vpcRecording('ACCEPT'),
      'bare.json': '{\n\t"Resources": {\n\t\t"Vpc": { "Type": "AWS::EC2::VPC" }\n\t}\n}\n',
      'covered.yaml': vpcRecording('ALL'),
    });
    const { report } = await checkJson(cwd, ['.', 'gone']);
    const vpc = { logicalId: 'Vpc', line: 2, column: 3, reason: expect.stringMatching(/./) as unknown };
    const finding = {
      severity: 'warning',
      message: expect.stringMatching(/./) as unknown,
      logicalId: 'Vpc',
      line: 2,
      column: 3,
      endLine: 2,
      endColumn: 6,
    };
    expect(report).toEqual({
      version: 1,
      vpcs: [
        { ...vpc, file: 'accept.yaml', verdict: 'wrong-traffic', flowLogs: ['FlowLog'] },
        { ...vpc, file: 'bare.json', line: 3, verdict: 'missing', flowLogs: [] },
        { ...vpc, file: 'covered.yaml', verdict: 'covered', flowLogs: ['FlowLog'] },
      ],
      findings: [
        { ...finding, code: 'vpc-flow-log-accept-only', file: 'accept.yaml' },
        {
          ...finding,
          code: 'vpc-no-flow-log',
          file: 'bare.json',
          line: 3,
          endLine: 3,
          endColumn: expect.any(Number) as unknown,
        },
      ],
      errors: [{ file: 'gone', message: 'It cannot be read: no such file or folder' }],
    });
  });

  it('follows its schema', async () => {
    const schema = JSON.parse(
      readFileSync(path.join(import.meta.dirname, '../../schemas/report.schema.json'), 'utf8'),
    ) as object;
    const follows = new Ajv({ allErrors: true }).compile(schema);
    const cwd = folderWith({
      'accept.yaml': vpcRecording('ACCEPT'),
      'bare.yaml': bareVpc,
      'covered.yaml': vpcRecording('ALL'),
      'target.yaml': vpcRecording('ALL').replace('!Ref Vpc', '!Ref Vpx'),
      'broken.yaml': 'Resources:\n  Vpc: {Type: AWS::EC2::VPC\n  "',
    });
    const { report } = await checkJson(cwd);
    expect(report.errors).not.toEqual([]);
    expect(report.findings.map(({ code }) => code)).toContain('flow-log-target-invalid');
    follows(report);
    expect(follows.errors).toBeNull();
    expect(follows({ ...report, version: 2 })).toBe(false);
    expect(follows({ ...report, errors: [{ file: 'a' }] })).toBe(false);
  });

  it('shows no colour and nothing besides, whatever the environment says', async () => {
    const { stdout, stderr } = await run(['check', '--format=json', '.', 'gone'], {
      cwd: folderWith({ 'a.yaml': bareVpc }),
      env: { FORCE_COLOR: '3' },
    });
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
    expect(stdout).not.toContain(escape);
    expect(stderr).toBe('');
  });

  it('comes whole when it is larger than a pipe', async () => {
    const vpcs = Array.from({ length: 5000 }, (_, index) => `  Vpc${index}: { Type: 'AWS::EC2::VPC' }\n`);
    const { report } = await checkJson(folderWith({ 'a.yaml': `Resources:\n${vpcs.join('')}` }));
    expect(report.vpcs).toHaveLength(5000);
  });
});

describe('position', () => {
  const place = { line: 3, column: 3, endLine: 3, endColumn: 6 };

  async function placeIn(text: string | Uint8Array): Promise<unknown> {
    const { report } = await checkJson(folderWith({ 'a.yaml': text }));
    const [{ line, column, endLine, endColumn } = {}] = report.findings as readonly Partial<typeof place>[];
    return { line, column, endLine, endColumn };
  }

  it.each([
    { title: 'LF', text: `# comment\n${bareVpc}` },
    { title: 'CRLF', text: `# comment\n${bareVpc}`.replaceAll('\n', '\r\n') },
    { title: 'a byte order mark', text: `\uFEFF# comment\n${bareVpc}` },
    { title: 'non-ASCII before it', text: `# Ünïcödé 🛰\n${bareVpc}` },
    { title: 'UTF-16 little endian', text: Buffer.from(`\uFEFF# comment\n${bareVpc}`, 'utf16le') },
    {
      title: 'UTF-16 big endian',
      text: Buffer.from(`\uFEFF# comment\n${bareVpc}`, 'utf16le').swap16(),
    },
    {
      title: 'bytes that are no UTF-8',
      text: Buffer.concat([Buffer.from('# '), Buffer.from([0xe9, 0xff]), Buffer.from(`\n${bareVpc}`)]),
    },
  ])('is the same with $title', async ({ text }) => {
    expect(await placeIn(text)).toEqual(place);
  });

  it('counts columns in UTF-16 code units', async () => {
    expect(await placeIn("{ Metadata: '🛰é', Resources: { Vpc: { Type: 'AWS::EC2::VPC' } } }")).toEqual({
      line: 1,
      column: 33,
      endLine: 1,
      endColumn: 36,
    });
  });

  it('does not count the byte order mark as a column', async () => {
    expect(await placeIn("\uFEFF{ Resources: { Vpc: { Type: 'AWS::EC2::VPC' } } }")).toEqual({
      line: 1,
      column: 16,
      endLine: 1,
      endColumn: 19,
    });
  });
});

describe('paths', () => {
  const files = { 'stacks/vpc.yaml': bareVpc, 'app/main.yaml': bareVpc };

  it.each([
    { given: [], shown: ['app/main.yaml', 'stacks/vpc.yaml'] },
    { given: ['.'], shown: ['app/main.yaml', 'stacks/vpc.yaml'] },
    { given: ['./stacks'], shown: ['stacks/vpc.yaml'] },
    { given: ['stacks//'], shown: ['stacks/vpc.yaml'] },
    { given: ['./stacks/../app/main.yaml'], shown: ['app/main.yaml'] },
    { given: ['stacks', 'app'], shown: ['app/main.yaml', 'stacks/vpc.yaml'] },
    { given: ['stacks', 'stacks/vpc.yaml', '.'], shown: ['app/main.yaml', 'stacks/vpc.yaml'] },
  ])('$given are shown as $shown', async ({ given, shown }) => {
    expect(await filesOf(folderWith(files), given)).toEqual(shown);
  });

  it('stay absolute', async () => {
    const folder = folderWith(files);
    const shown = path.join(folder, 'stacks/vpc.yaml').replaceAll('\\', '/');
    expect(await filesOf(folder, [path.join(folder, 'stacks')])).toEqual([shown]);
  });

  it('lead out of the working folder where they were given so', async () => {
    const folder = folderWith(files);
    expect(await filesOf(path.join(folder, 'app'), ['../stacks'])).toEqual(['../stacks/vpc.yaml']);
    expect(await filesOf(path.join(folder, 'app'), ['..'])).toEqual([
      '../app/main.yaml',
      '../stacks/vpc.yaml',
    ]);
  });

  it('are in the same order on every run', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `${(index * 7) % 40}.yaml`);
    const folder = folderWith({});
    mkdirSync(path.join(folder, 'sub'));
    for (const name of names) writeFileSync(path.join(folder, 'sub', name), bareVpc);
    expect(await filesOf(folder, [])).toEqual(names.map((name) => `sub/${name}`).toSorted());
  });
});

async function filesOf(cwd: string, paths: readonly string[]): Promise<string[]> {
  const { report } = await checkJson(cwd, paths);
  return report.vpcs.map(({ file }) => file);
}
