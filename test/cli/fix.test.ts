import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bareVpc, buildIfOutdated, checkJson, folderWith, run, vpcRecording } from './command.ts';

beforeAll(buildIfOutdated);

function contentOf(cwd: string, file: string): string {
  return readFileSync(path.join(cwd, file), 'utf8');
}

describe('fix', () => {
  it('writes the flow logs, keeps all that was there, and says what it did', async () => {
    const cwd = folderWith({ 'a.yaml': bareVpc, 'b.yaml': vpcRecording('ALL') });
    const { code, stdout, stderr } = await run(['fix'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe('a.yaml: 1 finding fixed\n1 finding fixed, 0 left\n');
    for (const line of bareVpc.split('\n')) expect(contentOf(cwd, 'a.yaml')).toContain(line);
    expect(contentOf(cwd, 'b.yaml')).toBe(vpcRecording('ALL'));
    expect(readdirSync(cwd)).toEqual(['a.yaml', 'b.yaml']);
    const { report } = await checkJson(cwd);
    expect(report.vpcs.map(({ verdict }) => verdict)).toEqual(['covered', 'covered']);
  });

  it('changes nothing the second time', async () => {
    const cwd = folderWith({ 'a.yaml': bareVpc });
    await run(['fix'], { cwd });
    const before = contentOf(cwd, 'a.yaml');
    expect(await run(['fix'], { cwd })).toEqual({
      code: 0,
      stdout: 'There was nothing to fix\n',
      stderr: '',
    });
    expect(contentOf(cwd, 'a.yaml')).toBe(before);
  });

  it.each([
    ['cloud-watch-logs', 'AWS::Logs::LogGroup'],
    ['s3', 'AWS::S3::Bucket'],
    ['kinesis-data-firehose', 'kinesis-data-firehose'],
  ])('delivers to %s where told to', async (destination, shows) => {
    const cwd = folderWith({ 'a.yaml': bareVpc });
    const { code } = await run(['fix', '--destination', destination], { cwd });
    expect(code).toBe(0);
    expect(contentOf(cwd, 'a.yaml')).toContain(shows);
  });

  it('takes the destination from the project file', async () => {
    const cwd = folderWith({
      '.flow-log-guard.yaml': 'flowLog:\n  destination: s3\n',
      'a.yaml': bareVpc,
    });
    await run(['fix'], { cwd });
    expect(contentOf(cwd, 'a.yaml')).toContain('LogDestinationType: s3');
  });

  it('keeps the mode, a byte order mark, the line ends and links', async () => {
    const cwd = folderWith({ 'real/a.yaml': `\uFEFF${bareVpc.replaceAll('\n', '\r\n')}` });
    chmodSync(path.join(cwd, 'real/a.yaml'), 0o640);
    symlinkSync('real/a.yaml', path.join(cwd, 'link.yaml'));
    expect((await run(['fix', 'link.yaml'], { cwd })).code).toBe(0);
    const text = contentOf(cwd, 'real/a.yaml');
    expect(text.startsWith('\uFEFFResources:\r\n')).toBe(true);
    expect(text).toContain('AWS::EC2::FlowLog');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(lstatSync(path.join(cwd, 'link.yaml')).isSymbolicLink()).toBe(true);
    expect(statSync(path.join(cwd, 'real/a.yaml')).mode & 0o777).toBe(0o640);
  });

  it('writes UTF-16 as UTF-16', async () => {
    const cwd = folderWith({ 'a.yaml': Buffer.from(`\uFEFF${bareVpc}`, 'utf16le') });
    expect((await run(['fix'], { cwd })).code).toBe(0);
    const text = readFileSync(path.join(cwd, 'a.yaml')).toString('utf16le');
    expect(text.startsWith(`\uFEFF${bareVpc.slice(0, 10)}`)).toBe(true);
    expect(text).toContain('AWS::EC2::FlowLog');
  });

  it('leaves a file alone whose other bytes it could not keep, and says so', async () => {
    const bytes = Buffer.concat([Buffer.from(bareVpc), Buffer.from([0x23, 0xe9, 0x0a])]);
    const cwd = folderWith({ 'a.yaml': bytes });
    const { code, stderr } = await run(['fix'], { cwd });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'left  a.yaml: Vpc: It is not valid UTF-8, so it is not written.\n',
    });
    expect(readFileSync(path.join(cwd, 'a.yaml')).equals(bytes)).toBe(true);
  });

  it('never writes into a cdk.out', async () => {
    const cwd = folderWith({
      'cdk.out/Stack.template.json': '{"Resources":{"Vpc":{"Type":"AWS::EC2::VPC"}}}',
    });
    const { code, stderr } = await run(['fix'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('cdk.out/Stack.template.json: Vpc: ');
    expect(stderr).toContain('generated');
    expect(contentOf(cwd, 'cdk.out/Stack.template.json')).toBe(
      '{"Resources":{"Vpc":{"Type":"AWS::EC2::VPC"}}}',
    );
  });

  it('says of a broken file that it is left', async () => {
    const broken = `${bareVpc}  Other: [\n`;
    const cwd = folderWith({ 'a.yaml': broken });
    const { code, stderr } = await run(['fix'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^left {2}a\.yaml: Vpc: .*syntax errors/m);
    expect(contentOf(cwd, 'a.yaml')).toBe(broken);
  });

  it('could not run where there is nothing to read', async () => {
    const { code, stderr } = await run(['fix', 'none.yaml'], { cwd: folderWith({}) });
    expect(code).toBe(2);
    expect(stderr).toContain('none.yaml');
  });

  it.each([
    { args: ['fix', '--destination', 'tape'], says: "unknown destination 'tape'" },
    { args: ['fix', '--format', 'json'], says: "fix has no option '--format'" },
    { args: ['check', '--dry-run'], says: "check has no option '--dry-run'" },
  ])('says what is wrong with $args', async ({ args, says }) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });
});

describe('fix --dry-run', () => {
  it.each([
    ['LF', bareVpc],
    ['CRLF', bareVpc.replaceAll('\n', '\r\n')],
    ['no final newline', bareVpc.trimEnd()],
    ['a byte order mark', `\uFEFF${bareVpc}`],
  ])('prints a diff that git applies to the same effect: %s', async (_name, text) => {
    const cwd = folderWith({ 'in/a.yaml': text });
    const { code, stdout, stderr } = await run(['fix', '--dry-run'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^--- a\/in\/a\.yaml\n\+\+\+ b\/in\/a\.yaml\n@@ /);
    expect(contentOf(cwd, 'in/a.yaml')).toBe(text);

    const git = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], {
      cwd,
      input: stdout,
      encoding: 'utf8',
    });
    expect(git.stderr).toBe('');
    const other = folderWith({ 'in/a.yaml': text });
    await run(['fix'], { cwd: other });
    expect(contentOf(cwd, 'in/a.yaml')).toBe(contentOf(other, 'in/a.yaml'));
  });

  it('prints nothing where nothing is to be done', async () => {
    const cwd = folderWith({ 'a.yaml': vpcRecording('ALL') });
    expect(await run(['fix', '--dry-run'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
